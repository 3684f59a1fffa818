"""Verdicts for a person at a terminal: label first, then shares, duties with the words that decided, flags, advice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ...classifier.ad import FAMILIES, family_of
from ...classifier.advice import SEVERITIES, split, worded, worded_notes
from ...classifier.house import HOUSE
from ...classifier.words import in_one_row
from ...messages import in_percent, term
from ..results import Refused
from .roles import leaning, roles_of, shares_of
from .terminal import printed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from rich.console import RenderableType

    from ...classifier.ad import Duty, Evidence, Verdict
    from ...classifier.advice import WordedFlag
    from ...classifier.profile import Profile
    from ..results import Result

BAR = 24
"""Cells of a full bar."""

STYLES = {"CM": "green", "SMM": "blue", "OM": "magenta", "SH": "yellow", "N": "bright_black"}
SEVERITY_STYLES = ("dim", "yellow", "dark_orange", "bold red")


def write(results: Iterable[Result], file: TextIO, profile: Profile, language: str) -> None:
    """Prints each verdict. Refused inputs are left out."""
    printed(_parts(results, profile, language), file)


def _parts(results: Iterable[Result], profile: Profile, language: str) -> Iterator[RenderableType]:
    labelled = (result for result in results if not isinstance(result, Refused))
    for number, result in enumerate(labelled):
        if number:
            yield ""
        yield Rule(Text(shown(result.source)), align="left", style="dim")
        yield as_text(result.verdict, profile, language)
        if not number:
            yield _legend(language)


def as_text(verdict: Verdict, profile: Profile, language: str) -> RenderableType:
    """A verdict as something rich prints at any width, with or without colour.

    Args:
        verdict: the verdict.
        profile: for the names of the areas.
        language: `de` or `en`.
    """
    flags = worded(verdict, language)
    return Group(
        _head(verdict, language),
        "",
        _shares(verdict, profile, language),
        "",
        *_duties(verdict, profile, language),
        "",
        *_flags(verdict, flags, language),
        *notes_of(verdict, language),
    )


def shown(text: str) -> str:
    """A text of the ad as it may go to a terminal: one row, no control characters."""
    return "".join(char if char.isprintable() else " " for char in in_one_row(text))


def _heading(word: str, language: str) -> Text:
    return Text(term("words", word, language), style="bold underline")


def _head(verdict: Verdict, language: str) -> Table:
    table = _grid()
    title = shown(verdict.title.text) or term("words", "no_title", language)
    named = ", ".join(verdict.title.roles)
    table.add_row(Text(term("words", "title", language), style="dim"), Text(title + (f"  [{named}]" if named else "")))
    for number, (name, said) in enumerate(roles_of(verdict, language)):
        style = STYLES.get(verdict.role, "") if number == 0 else ""
        table.add_row(Text(name, style="dim"), Text(said, style=f"bold {style}".strip() if number == 0 else ""))
    word = term("words", SEVERITIES[verdict.severity], language) if verdict.severity else clean(verdict, language).plain
    table.add_row(
        Text(term("words", "flags", language), style="dim"), Text(word, style=SEVERITY_STYLES[verdict.severity])
    )
    return table


def _grid() -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    return table


def _shares(verdict: Verdict, profile: Profile, language: str) -> Group:
    shares = shares_of(verdict, profile)
    heading = _heading("shares", language)
    if shares:
        heading.append(f"  {term('words', 'among', language)}", style="not bold not underline dim")
    table = Table.grid(padding=(0, 2))
    for width in (None, BAR, None, None):
        table.add_column(no_wrap=True, width=width)
    total = sum(verdict.shares.weights.values()) or 1
    for family in FAMILIES:
        weight = verdict.shares.weights[family]
        filled = round(BAR * weight / total)
        bar = Text("█" * filled, style=STYLES[family]) + Text("░" * (BAR - filled), style="dim")
        share = Text(shares.get(family, ""), style="dim")
        table.add_row(Text(family, style=f"bold {STYLES[family]}"), bar, f"{weight:g}", share)
    remark = leaning(verdict, language)
    return Group(heading, table, *([Text(remark, style="dim")] if remark else []))


def _duties(verdict: Verdict, profile: Profile, language: str) -> Iterator[RenderableType]:
    yield _heading("duties", language)
    if not verdict.duties:
        yield Text(term("words", "no_duties", language))
    for number, duty in enumerate(verdict.duties, 1):
        yield _duty(number, duty, profile, language)


def _duty(number: int, duty: Duty, profile: Profile, language: str) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right", width=3, style="dim")
    table.add_column(overflow="fold")
    quote = Text(shown(duty.text))
    style = STYLES[family_of(duty.areas[0].code)]
    for item in duty.evidence:
        if _code_of(item) in (*duty.codes, ""):
            begin, end = (len(shown(duty.text[: place - duty.start])) for place in (item.start, item.end))
            quote.stylize(f"bold {style} underline", begin, end)
    table.add_row(str(number), quote)
    for area in duty.areas:
        line = Text(area.code, style=f"bold {STYLES[family_of(area.code)]}")
        line.append(f"  {profile.areas[area.code].name[language]}", style="not bold")
        by = term("words", f"by_{area.by}", language)
        by = f"{term('bases', HOUSE, language)} [{HOUSE}]" if area.basis == HOUSE else by
        line.append(f"  {in_percent(area.probability)} · {by} · {duty.grade}", style="not bold dim")
        if words := _words_behind(duty, area.code):
            line.append(f" · {', '.join(words)}", style="not bold dim italic")
        table.add_row("", line)
    if declined := sorted({code for item in duty.evidence if (code := _code_of(item)) not in (*duty.codes, "")}):
        table.add_row("", Text(term("words", "declined", language) + " " + ", ".join(declined), style="dim"))
    return table


def _code_of(item: Evidence) -> str:
    """The code a rule speaks for; empty for words of the model."""
    return "" if item.rule == "model" else item.rule.partition("/")[0]


def _words_behind(duty: Duty, code: str) -> list[str]:
    """The words that decided for a code, in their order; overlapping ones joined."""
    found: list[tuple[int, int]] = []
    for item in duty.evidence:
        if _code_of(item) not in (code, ""):
            continue
        if found and item.start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], item.end))
        else:
            found.append((item.start, item.end))
    return [shown(duty.text[start - duty.start : end - duty.start]) for start, end in found]


def _flags(verdict: Verdict, flags: tuple[WordedFlag, ...], language: str) -> Iterator[RenderableType]:
    yield _heading("flags", language)
    if not flags:
        yield clean(verdict, language)
        return
    for item in flags:
        severity = term("words", SEVERITIES[item.flag.severity], language)
        line = Text(f"{item.flag.code} {severity}", style=SEVERITY_STYLES[item.flag.severity])
        line.append(f"  {item.name}", style="not dim bold")
        yield line
        yield Padding(Text(item.message), (0, 0, 0, 4))
        for number in item.flag.duties:
            quote = shown(verdict.duties[number].text)
            yield Padding(
                Text(f"{number + 1:>2} „{quote}“", style="dim", overflow="ellipsis", no_wrap=True), (0, 0, 0, 4)
            )
        yield Padding(Text(f"→ {item.advice}"), (0, 0, 0, 4))
    yield from split_of(verdict, language)


def clean(verdict: Verdict, language: str) -> Text:
    """What is said of an ad without findings: that it is consistent, or that it was not judged."""
    if verdict.role == "notcodable":
        return Text(term("words", "not_judged_sentence", language), style="yellow")
    return Text(term("words", "no_flags", language), style="green")


def split_of(verdict: Verdict, language: str) -> Iterator[RenderableType]:
    """The two or three ads a mixture could be split into; nothing where no split is asked for."""
    parts = split(verdict, language)
    if parts:
        yield ""
        yield Text(term("words", "split", language), style="bold")
        for part in parts:
            numbers = ", ".join(str(number + 1) for number in part.duties)
            noun = term("words", "duties" if len(part.duties) > 1 else "duty", language)
            yield Padding(Text(f"{part.title}: {noun} {numbers}"), (0, 0, 0, 4))
        yield Padding(Text(term("words", "small_team", language), style="dim"), (0, 0, 0, 4))


def notes_of(verdict: Verdict, language: str) -> Iterator[RenderableType]:
    """What a reader should know about a verdict, below the rest; nothing if there is nothing."""
    if verdict.notes:
        yield ""
        yield _heading("notes", language)
        for code, message in zip(verdict.notes, worded_notes(verdict, language), strict=True):
            yield Text(f"{code} {message}")


def _legend(language: str) -> RenderableType:
    """What the signs of a report mean; once, below the first ad."""
    lines = (term("words", name, language) for name in ("legend_families", "legend_area", "legend_more"))
    return Group("", _heading("legend", language), *(Text(line, style="dim") for line in lines))
