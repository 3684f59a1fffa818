"""The last lines of a check: how many ads, what was found, what was accepted, and which silencers are of no use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..classifier.advice import SEVERITIES
from ..messages import entries, meant, term, text
from ..messages.nearest import hint
from .render.concise import shown
from .settings_check import defaults

if TYPE_CHECKING:
    from pathlib import Path

    from ..corpus.review.gate import Summary
    from ..corpus.review.silencer import Silencer


def summary_line(summary: Summary, language: str) -> str:
    """What a check came to, in one line."""
    found = sorted((severity for severity, count in summary.severities.items() if severity and count), reverse=True)
    told = ", ".join(f"{summary.severities[n]} {term('words', SEVERITIES[n], language)}" for n in found)
    judged = summary.ads - summary.unjudged
    name = "summary" if found else "nothing" if judged else "unchecked"
    line = _said(name, language, ads=_ads(judged, language), found=summary.found, severities=told)
    line += _said("unjudged", language, count=summary.unjudged) if summary.unjudged else ""
    if accepted := summary.silenced.total():
        kinds = (f"{text(entries('check')['kinds'], kind, language)} {n}" for kind, n in summary.silenced.items() if n)
        line += _said("silenced", language, count=accepted, kinds=", ".join(kinds))
    return line + (_said("refused", language, count=summary.refused) if summary.refused else "")


def unused_line(silencer: Silencer, language: str) -> str:
    """A silencer that silences nothing, with the code it may have meant."""
    known = list(defaults()["flags"])
    near = "" if silencer.code in known else meant(hint(silencer.code, known), language)
    return _said("unused", language, where=shown(silencer.where), code=silencer.code or "?", hint=near)


def baseline_line(file: Path, count: int, language: str) -> str:
    """How many findings were accepted."""
    return _said("baseline", language, path=file, count=count)


def _ads(count: int, language: str) -> str:
    return text(entries("check")["ad"], "one" if count == 1 else "many", language, {"count": count})


def _said(name: str, language: str, **values: object) -> str:
    return text(entries("check")[name], "text", language, values)
