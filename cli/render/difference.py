"""Two versions of an ad side by side: better or not, which duties came and went, which findings are solved."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.text import Text

from ...classifier.advice import SEVERITIES, worded
from ...messages import entries, term, text
from .terminal import printed
from .text import STYLES, shown

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from ...classifier.ad import Duty, Flag, Verdict
    from ...corpus.review.versions import Difference

SCHEMA = "jobclass/difference/1"
JUDGED = {"better": "bold green", "same": "bold", "worse": "bold red"}


def write_text(difference: Difference, file: TextIO, language: str) -> None:
    """Prints what changed."""
    printed(_lines(difference, language), file, soft_wrap=True)


def write_json(difference: Difference, file: TextIO, language: str) -> None:
    """Writes what changed as one object."""
    values = {
        "schema": SCHEMA,
        "old": _version(difference.old),
        "new": _version(difference.new),
        "judgement": difference.judgement,
        "came": [_duty(duty) for duty in difference.came],
        "went": [_duty(duty) for duty in difference.went],
        "moved": [{"old": _duty(old), "new": _duty(new)} for old, new in difference.moved],
        "solved": _flags(difference.solved, difference.old, language),
        "raised": _flags(difference.raised, difference.new, language),
    }
    file.write(json.dumps(values, ensure_ascii=False, indent=2) + "\n")


def _lines(difference: Difference, language: str) -> Iterator[Text]:
    old, new = difference.old, difference.new
    head = Text(f"{shown(old.source)} → {shown(new.source)}: ")
    head.append(_word(difference.judgement, language), style=JUDGED[difference.judgement])
    severities = " → ".join(_severity(verdict.severity, language) for verdict in (old, new))
    yield head.append(f" ({term('words', 'flags', language)}: {severities})", style="not bold")
    roles = [term("roles", verdict.rule_role, language) for verdict in (old, new)]
    yield Text(f"{term('words', 'role_by_rules', language)}: {' → '.join(dict.fromkeys(roles))}")
    for name, verdict, flags in (("solved", old, difference.solved), ("raised", new, difference.raised)):
        for flag in _flags(flags, verdict, language):
            line = f"{flag['code']} {term('words', SEVERITIES[flag['severity']], language)}  {flag['message']}"
            yield _row(name, language).append(line)
    for name, duties in (("went", difference.went), ("came", difference.came)):
        for duty in duties:
            yield _row(name, language).append_text(_quote(duty))
    for before, after in difference.moved:
        yield _row("moved", language).append_text(_quote(before)).append(" → ").append_text(_quote(after))
    if not any((difference.solved, difference.raised, difference.went, difference.came, difference.moved)):
        yield Text(_word("unchanged", language))


def _severity(severity: int, language: str) -> str:
    return term("words", SEVERITIES[severity], language) if severity else _word("none", language)


def _word(name: str, language: str) -> str:
    return text(entries("check")["difference"], name, language)


def _row(name: str, language: str) -> Text:
    return Text(f"{_word(name, language):<10}", style="dim").append("", style="not dim")


def _quote(duty: Duty) -> Text:
    codes = Text(" + ".join(duty.codes), style=STYLES[duty.codes[0].partition(".")[0]])
    return Text(f"„{shown(duty.text)}“ ", style="not dim").append("[").append_text(codes).append("]")


def _flags(flags: tuple[Flag, ...], verdict: Verdict, language: str) -> list[dict[str, Any]]:
    words = {item.flag.code: item for item in worded(verdict, language)}
    return [{"code": flag.code, "severity": flag.severity, "message": words[flag.code].message} for flag in flags]


def _version(verdict: Verdict) -> dict[str, object]:
    return {"source": verdict.source, "rule_role": verdict.rule_role, "severity": verdict.severity}


def _duty(duty: Duty) -> dict[str, object]:
    return {"text": duty.text, "codes": list(duty.codes)}
