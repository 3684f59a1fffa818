"""`jobclass train`: builds the model from a training corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from .options import files_of

if TYPE_CHECKING:
    from ..classifier.profile import Profile
    from ..corpus.training import TrainingCorpus


def command(
    corpus: Annotated[Path | None, typer.Option(help="A training corpus instead of the packaged one.")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder of the new model.")] = Path("model"),
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes; the result does not depend on it.")] = 2,
    apart_from: Annotated[
        list[Path] | None, typer.Option(help="Gold whose wording must not be in the corpus, so that it can measure.")
    ] = None,
    *,
    anyway: Annotated[bool, typer.Option("--anyway", help="Train in spite of what the checks find.")] = False,
) -> None:
    """Builds the model; the packaged corpus gives the packaged model, byte for byte. Own data is checked first."""
    from ..classifier.headings import load_headings
    from ..classifier.profile import load_profile
    from ..corpus.lessons.build import build
    from ..corpus.training import load_corpus
    from ..models.store import JSON_FILE, WEIGHTS_FILE, save_model
    from .output import ensure_apart, ensure_folder

    ensure_folder(output)
    if output.exists():
        ensure_apart([output / name for name in (JSON_FILE, WEIGHTS_FILE)], [*files_of(corpus), *(apart_from or [])])
    material, profile = load_corpus(corpus), load_profile()
    typer.echo(f"{len(material.duties)} duties, {len(material.lines)} lines, {len(material.ads)} ads", err=True)
    if corpus is not None or apart_from:
        _check(material, profile, apart_from or [], anyway=anyway)
    digest = save_model(build(material, profile, load_headings(), jobs), output)
    typer.echo(f"{output} sha256:{digest}")


def _check(material: TrainingCorpus, profile: Profile, apart_from: list[Path], *, anyway: bool) -> None:
    """The checks the packaged corpus has to pass: values, doubles, and words shared with the gold that measures."""
    from ..corpus.check import problems
    from ..corpus.gold import read_gold

    real = [ad for path in apart_from for ad in read_gold(path)]
    found = list(problems(material, profile.codes, real))
    for problem in found:
        typer.echo(problem, err=True)
    if found and not anyway:
        raise InputError("E507", count=len(found))
