"""Findings for a person at a terminal: what is wrong, on which words it rests, why it matters, the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from ...classifier.advice import SEVERITIES
from ...messages import entries, term, text
from ..results import Refused
from .roles import leaning, roles_of, shares_of
from .terminal import printed
from .text import SEVERITY_STYLES, clean, notes_of, shown, split_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TextIO

    from rich.console import RenderableType

    from ...classifier.ad import Verdict
    from ...classifier.advice import WordedFlag
    from ...classifier.profile import Profile
    from ...corpus.review.findings import Finding
    from ..results import Labelled, Result


def write(results: Iterable[Result], file: TextIO, profile: Profile, language: str) -> None:
    """Prints the findings of each ad."""
    printed(_parts(results, profile, language), file)


def _parts(results: Iterable[Result], profile: Profile, language: str) -> Iterator[RenderableType]:
    for result in results:
        if not isinstance(result, Refused):
            yield Rule(Text(shown(result.source)), align="left", style="dim")
            yield as_text(result, profile, language)
            yield ""


def as_text(result: Labelled, profile: Profile, language: str) -> RenderableType:
    """The findings of an ad as something rich prints at any width.

    Args:
        result: the ad, checked.
        profile: for the weight that shares need.
        language: `de` or `en`.
    """
    findings = list(result.worded_findings(language))
    parts: list[RenderableType] = [_head(result.verdict, profile, language)]
    for found, item in findings:
        parts += [
            Text(),
            _accepted(found, item, language) if found.silencer else _finding(found, item, result, language),
        ]
    if not findings:
        parts += [Text(), clean(result.verdict, language)]
    return Group(*parts, *split_of(result.verdict, language), *notes_of(result.verdict, language))


def word(name: str, language: str) -> str:
    """A word of `messages/check.toml`."""
    return text(entries("check")["words"], name, language)


def _head(verdict: Verdict, profile: Profile, language: str) -> Text:
    """Title, intended role and what the duties say, a line each."""
    line = Text(shown(verdict.title.text) or term("words", "no_title", language), style="bold")
    line.append(f"  [{', '.join(verdict.title.roles) or '–'}]", style="not bold")
    if verdict.intended:
        line.append(f"  {word('intended', language)}: {', '.join(verdict.intended)}", style="not bold")
    for name, said in roles_of(verdict, language):
        line.append(f"\n{name}: {said}", style="not bold")
    for remark in _remarks(verdict, profile, language):
        line.append(f"\n    {remark}", style="not bold dim")
    return line


def _remarks(verdict: Verdict, profile: Profile, language: str) -> list[str]:
    """What the role by the rules, the last one named, rests on."""
    shares = ", ".join(f"{role} {share}" for role, share in shares_of(verdict, profile).items() if share != "0 %")
    among = text(entries("terms")["words"], "shares_among", language, {"shares": shares}) if shares else ""
    return [remark for remark in (among, leaning(verdict, language)) if remark]


def _finding(found: Finding, item: WordedFlag, result: Labelled, language: str) -> RenderableType:
    style = SEVERITY_STYLES[found.flag.severity]
    head = Text(f"{found.flag.code} {term('words', SEVERITIES[found.flag.severity], language)}", style=style)
    head.append(f"  {item.name}", style="not dim bold")
    head.append(f"  {found.place.line}:{found.place.column}", style="not bold dim")
    return Group(head, *(Padding(part, (0, 0, 0, 4)) for part in _body(found, item, result, language)))


def _body(found: Finding, item: WordedFlag, result: Labelled, language: str) -> Iterator[Text]:
    yield Text(item.message)
    for number in found.flag.duties:
        quote = shown(result.verdict.duties[number].text)
        yield Text(f"{number + 1:>2} „{quote}“", style="dim", overflow="ellipsis", no_wrap=True)
    for name, said in (("why", item.reason), ("way_out", item.advice)):
        yield Text(f"{word(name, language)}: ", style="bold").append(said, style="not bold")


def _accepted(found: Finding, item: WordedFlag, language: str) -> Text:
    """A finding that does not count, in one line, with who accepted it and why."""
    line = Text(f"{found.flag.code} {word('accepted', language)}", style="dim")
    if found.silencer:
        kind = text(entries("check")["kinds"], found.silencer.kind, language)
        reason = f": {shown(found.silencer.reason)}" if found.silencer.reason else ""
        line.append(f"  {item.name} ({kind}{reason})")
    return line
