"""`jobclass check`: the gate before an ad is published; its exit status says whether it may pass."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path  # noqa: TC003 -- typer reads the annotations at run time
from typing import TYPE_CHECKING, Annotated

import typer

from ..classifier.ad import ROLES
from ..errors import InputError
from .configuration import load_configuration
from .options import (
    FAILED,
    ConfigurationFile,
    Language,
    ModelFolder,
    checked_language,
    files_of,
    form_of,
    labeller_for,
    one_of,
    report,
    severity_named,
)
from .settings_check import LEVELS, roles_named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TextIO

    from ..corpus.review.baseline import Baseline
    from ..corpus.review.gate import Gate, Summary
    from .results import Result

FOUND = 1
"""Exit status when a finding is at least as severe as `--fail-on`."""

RENDERERS = {
    "text": "review",
    "concise": "concise",
    "json": "json",
    "jsonl": "jsonl",
    "csv": "findings_csv",
    "html": "html",
    "sarif": "sarif",
    "github": "github",
    "junit": "junit",
}
"""Format and the module of `render/` that writes it; loaded when it is needed."""

FOR_PEOPLE = ("text", "concise")
"""Formats that end with the summary; the others are read by programs, and the summary goes to standard error."""

ENDINGS = {
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".html": "html",
    ".sarif": "sarif",
    ".xml": "junit",
    ".txt": "text",
}
"""The format that the ending of an output file asks for."""


def command(  # noqa: PLR0913 -- one argument for each option
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="Ads: files, folders or patterns; - is standard input.")
    ],
    *,
    output_format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="|".join(RENDERERS),
            help="Form of the output; by default text on a terminal, concise elsewhere, or by the ending of --output.",
        ),
    ] = None,
    fail_on: Annotated[
        str | None,
        typer.Option(metavar="|".join(LEVELS), help="Exit status 1 from this severity; by default medium."),
    ] = None,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Exit status 0 whatever is found.")] = False,
    role: Annotated[
        str, typer.Option(metavar="CM|SMM|OM", help="What the ads are meant to be; several joined by +.")
    ] = "",
    title: Annotated[str, typer.Option(help="The title, if it does not stand in the text.")] = "",
    diff: Annotated[str, typer.Option(metavar="OTHER", help="Compare with this earlier version of the ad.")] = "",
    baseline: Annotated[Path | None, typer.Option(help="A file of accepted findings, which do not count.")] = None,
    write_baseline: Annotated[
        bool, typer.Option("--write-baseline", help="Accept what is found now: write it to the baseline.")
    ] = False,
    prune_baseline: Annotated[
        bool, typer.Option("--prune-baseline", help="Drop from the baseline what is no longer found.")
    ] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write to this file.")] = None,
    model: ModelFolder = None,
    config: ConfigurationFile = None,
    lang: Language = None,
) -> None:
    """Checks ads before they are published: exit status 0 if they may pass, 1 if not, 2 if something failed."""
    configuration = load_configuration(config)
    language = checked_language(lang or configuration.language)
    chosen = one_of("--format", output_format or _format_for(output), list(RENDERERS))
    level = severity_named("--fail-on", fail_on) if fail_on else configuration.fail_on
    roles = _intended(role)
    changes = write_baseline or prune_baseline
    known = baseline or configuration.baseline
    from ..corpus.review.gate import Gate
    from ..corpus.review.silence import Silence
    from .output import ensure_apart, opened

    if changes:
        ensure_apart([output, known], [])
    accepted = _baseline(known, changes=changes)
    ensure_apart([output], [*paths, diff or None, known, *configuration.files, *files_of(model)])
    silence = Silence([configuration.ignored, *([accepted] if accepted else [])])
    gate = Gate(labeller_for(configuration, model), silence, configuration.intended_or(roles))
    with opened(output) as file:
        if diff:
            _differ(paths, diff, title, gate, file, chosen, language)
        else:
            _review(paths, title, gate, file, chosen, language, output)
    if changes and accepted:
        _write(accepted, gate, language, prune=prune_baseline)
    raise typer.Exit(_status(gate.summary, level, forgiving=exit_zero or changes))


def _format_for(output: Path | None) -> str:
    return form_of(output, ENDINGS, "text" if output is None and sys.stdout.isatty() else "concise")


def _intended(value: str) -> tuple[str, ...]:
    roles, unknown = roles_named(value) if value else ((), "")
    if unknown:
        one_of("--role", unknown, ROLES)
    return roles


def _baseline(file: Path | None, *, changes: bool) -> Baseline | None:
    """The accepted findings; a file that is to be written need not be there yet."""
    from ..corpus.review.baseline import Baseline, read_baseline

    if file is None:
        if changes:
            raise InputError("E407")
        return None
    return Baseline(file) if changes and not file.exists() else read_baseline(file)


def _review(  # noqa: PLR0913 -- one argument for each thing a review rests on
    paths: Sequence[str], title: str, gate: Gate, file: TextIO, chosen: str, language: str, output: Path | None
) -> None:
    """Writes the findings, then the summary: behind them for people, on standard error beside a program's output."""
    from .summary import summary_line, unused_line

    renderer = import_module(f".render.{RENDERERS[chosen]}", __package__)
    renderer.write(_results(paths, title, gate, output), file, gate.profile, language)
    summary = summary_line(gate.summary, language)
    if chosen in FOR_PEOPLE:
        file.write(summary + "\n")
    else:
        typer.echo(summary, err=True)
    for silencer in gate.silence.unused:
        typer.echo(unused_line(silencer, language), err=True)


def _results(paths: Sequence[str], title: str, gate: Gate, output: Path | None) -> Iterator[Result]:
    """Checks each input, one by one."""
    from ..corpus.readers.paths import read
    from .results import Refused, checked

    for document in (document for path in paths for document in read(path, title, output=output)):
        result = checked(document, gate)
        if isinstance(result, Refused):
            gate.summary.refused += 1
            report(result.error)
        yield result


def _differ(  # noqa: PLR0913 -- one argument for each thing the comparison rests on
    paths: Sequence[str], other: str, title: str, gate: Gate, file: TextIO, chosen: str, language: str
) -> None:
    """Writes how an ad differs from an earlier version of it; only the new one goes through the gate."""
    from ..corpus.review.versions import compare
    from .profile import only_document
    from .render import difference

    if len(paths) != 1:
        raise InputError("E406", option="--diff", path=" ".join(paths))
    before, after = (only_document(path, title, "--diff") for path in (other, paths[0]))
    old, (new, _) = gate.verdict(before.ad), gate.check(after.ad, after.comments)
    write = difference.write_json if chosen == "json" else difference.write_text
    write(compare(old, new), file, language)


def _write(accepted: Baseline, gate: Gate, language: str, *, prune: bool) -> None:
    from ..corpus.review.baseline import content_of
    from .output import opened
    from .summary import baseline_line

    content, count = content_of(accepted, gate.checked, prune=prune)
    with opened(accepted.file) as file:
        file.write(content)
    typer.echo(baseline_line(accepted.file, count, language), err=True)


def _status(summary: Summary, level: int, *, forgiving: bool) -> int:
    if summary.refused:
        return FAILED
    return FOUND if summary.reaches(level) and not forgiving else 0
