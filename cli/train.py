"""`jobclass train`: builds the model from a training corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def command(
    corpus: Annotated[Path | None, typer.Option(help="A training corpus instead of the packaged one.")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the new model.")] = Path("model"),
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes; the result does not depend on it.")] = 2,
) -> None:
    """Builds the model; the packaged corpus gives the packaged model, byte for byte."""
    from ..classifier.headings import load_headings
    from ..classifier.profile import load_profile
    from ..corpus.build import build
    from ..corpus.training import load_corpus
    from ..models.store import save_model

    material = load_corpus(corpus)
    typer.echo(f"{len(material.duties)} duties, {len(material.lines)} lines, {len(material.ads)} ads", err=True)
    digest = save_model(build(material, load_profile(), load_headings(), jobs), output)
    typer.echo(f"{output} sha256:{digest}")
