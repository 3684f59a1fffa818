"""`jobclass evaluate`: how good the verdicts are on hand-coded ads."""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from ..errors import InputError
from .configuration import load_configuration
from .options import ConfigurationFile, Language, checked_language, files_of, form_of, labeller_for, names_in, one_of

FORMATS = ("text", "json", "html")
ENDINGS = {".txt": "text", ".json": "json", ".html": "html"}
PACKAGED = "packaged"
MOST_MODELS = 2


def command(  # noqa: PLR0913 -- one argument for each option
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD…", help="Gold files (JSON Lines, docs/codebook.md 13).")],
    output_format: Annotated[
        str,
        typer.Option("--format", "-f", metavar="|".join(FORMATS), help="Form of the output; else by the ending of -o."),
    ] = "",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    model: Annotated[
        list[str] | None,
        typer.Option(help=f"A model folder, or `{PACKAGED}`; given twice, the second is compared with the first."),
    ] = None,
    by: Annotated[str, typer.Option(help="Fields of gold to break the key figures down by, with commas.")] = "",
    draws: Annotated[int, typer.Option(min=1, max=100_000, help="Resamples for the intervals.")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="Of the resamples.")] = 0,
    *,
    quotes: Annotated[bool, typer.Option("--quotes", help="List what is wrong, with the words (text).")] = False,
    config: ConfigurationFile = None,
    lang: Language = None,
) -> None:
    """Compares verdicts with gold: every figure with a 95 % interval, resampled by ad; each ad counts once."""
    chosen = one_of("--format", output_format or form_of(output, ENDINGS, "text"), FORMATS)
    configuration = load_configuration(config)
    language = checked_language(lang or configuration.language)
    if chosen == "html":
        from .render.plots import require

        require()
    from ..corpus.breakdown import evaluation
    from ..corpus.contrast import contrasts
    from ..corpus.evaluate import compare
    from ..corpus.gold import read_gold_files
    from .output import ensure_apart, opened
    from .render import evaluation as rendered

    names = model or [PACKAGED]
    if len(names) > MOST_MODELS:
        raise InputError("E506", count=len(names))
    folders = [Path(name) for name in names if name != PACKAGED]
    ensure_apart([output], [*gold, *configuration.files, *chain.from_iterable(map(files_of, folders))])
    ads = list(read_gold_files(gold))
    if not ads:
        raise InputError("E113", path=", ".join(map(str, gold)))
    labellers = [labeller_for(configuration, None if name == PACKAGED else Path(name)) for name in names]
    comparisons = [compare(ads, labeller) for labeller in labellers]
    result = rendered.Shown(
        evaluation=evaluation(comparisons[-1], names_in(by), draws, seed),
        contrasts=contrasts(comparisons[0], comparisons[1], draws, seed) if len(names) > 1 else [],
        models=names,
        tool=labellers[-1].tool,
        draws=draws,
        seed=seed,
        quotes=quotes,
    )
    with opened(output) as file:
        file.write(
            {"text": rendered.as_text, "json": rendered.as_json, "html": rendered.as_page}[chosen](result, language)
        )
