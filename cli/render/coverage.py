"""What an ad covers of the profile of a role, as text and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ...messages import entries, term, text
from .text import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...classifier.ad import Verdict
    from ...classifier.profile import Profile
    from ...corpus.review.coverage import Coverage, Duties

SCHEMA = "jobclass/coverage/1"


def as_text(found: Coverage, verdict: Verdict, profile: Profile, language: str) -> str:
    """The areas of the profile with the ad's duties under them, the missing ones, and what belongs to others."""
    lines = [
        f"{shown(verdict.title.text) or term('words', 'no_title', language)} · {term('families', found.role, language)}"
    ]
    of = {"found": len(found.covered), "all": len(found.covered) + len(found.lacking)}
    lines += ["", _said("covered", language, **of)]
    for code, duties in found.covered.items():
        lines += _area(code, duties, verdict, profile, language)
    if found.lacking:
        lines += ["", _said("lacking", language)]
        lines += [f"  {code:<18}{profile.areas[code].name[language]}" for code in found.lacking]
    for family, areas in found.elsewhere.items():
        lines += ["", _said("elsewhere", language, family=term("families", family, language))]
        for code, duties in areas.items():
            lines += _area(code, duties, verdict, profile, language)
    return "\n".join([*lines, "", _said("reading", language)])


def _area(code: str, duties: Duties, verdict: Verdict, profile: Profile, language: str) -> Iterator[str]:
    yield f"  {code:<18}{profile.areas[code].name[language]}"
    yield from (f"    {number + 1:>2} „{shown(verdict.duties[number].text)}“" for number in duties)


def _said(name: str, language: str, **values: object) -> str:
    return text(entries("check")["coverage"], name, language, values)


def as_json(found: Coverage, verdict: Verdict, profile: Profile, language: str) -> str:  # noqa: ARG001 -- called like `as_text`
    """The same as one object; duties are told by number (from 0) and text."""
    values = {
        "schema": SCHEMA,
        "source": verdict.source,
        "role": found.role,
        "covered": {code: list(duties) for code, duties in found.covered.items()},
        "lacking": list(found.lacking),
        "elsewhere": {
            family: {code: list(duties) for code, duties in areas.items()} for family, areas in found.elsewhere.items()
        },
        "duties": [duty.text for duty in verdict.duties],
    }
    return json.dumps(values, ensure_ascii=False, indent=2)
