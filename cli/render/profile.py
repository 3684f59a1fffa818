"""The rule set as text, Markdown, HTML and JSON: areas, their sources, the additions of a house, the thresholds."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING

from ...messages import term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ...classifier.house import House
    from ...classifier.profile import AreaDefinition, Profile

SCHEMA = "jobclass/profile/1"


def as_text(profile: Profile, house: House, language: str) -> str:
    """Each area with its definition and its basis, then the words of the house and the thresholds."""
    lines = [profile.version]
    for family, areas in _families(profile):
        lines += ["", f"{family}  {term('families', family, language)}"]
        for area in areas:
            lines.append(f"  {area.code:<18}{area.name[language]} [{area.basis}]")
            lines.append(f"  {'':<18}{area.definition[language]}")
            lines += [f"  {'':<18}[house] {cue}" for cue in house.cues.get(area.code, ())]
    for group, values in profile.thresholds.items():
        lines += ["", f"[{group}]", *(f"  {name:<20}{value:g}" for name, value in values.items())]
    return "\n".join(lines)


def as_markdown(profile: Profile, house: House, language: str) -> str:
    """A document: a section for each family, a paragraph for each area, the thresholds as tables."""
    lines = [f"# {profile.version}"]
    for family, areas in _families(profile):
        lines += ["", f"## {family}: {term('families', family, language)}"]
        for area in areas:
            lines += ["", f"### `{area.code}` {area.name[language]}", "", area.definition[language]]
            lines += ["", *(f"- {name}: {value}" for name, value in _details(area, house, language))]
    for group, values in profile.thresholds.items():
        lines += ["", f"## `{group}`", "", "| | |", "| --- | --- |"]
        lines += [f"| `{name}` | {value:g} |" for name, value in values.items()]
    return "\n".join(lines)


def as_json(profile: Profile, house: House, language: str) -> str:  # noqa: ARG001 -- every form is called alike; JSON holds both languages
    """Everything as one object, in both languages."""
    areas = [
        {
            "code": area.code, "family": area.family, "name": dict(area.name), "definition": dict(area.definition),
            "excludes": dict(area.excludes), "examples": list(area.examples), "basis": area.basis,
            "source": area.source, "lean": area.lean, "rules": area.rules, "house": list(house.cues.get(area.code, ())),
        }
        for area in profile.areas.values()
    ]  # fmt: skip
    values = {
        "schema": SCHEMA, "version": profile.version, "digest": profile.digest, "areas": areas,
        "thresholds": {group: dict(numbers) for group, numbers in profile.thresholds.items()},
    }  # fmt: skip
    return json.dumps(values, ensure_ascii=False, indent=2)


def as_html(profile: Profile, house: House, language: str) -> str:
    """A page of its own: the families with their areas, ready to print."""
    from .pages import page

    return page("profile", language).render(
        version=profile.version,
        families=[(family, list(areas)) for family, areas in _families(profile)],
        details=lambda area: list(_details(area, house, language)),
        thresholds=profile.thresholds,
    )


def _families(profile: Profile) -> Iterator[tuple[str, Iterator[AreaDefinition]]]:
    return groupby(profile.areas.values(), key=lambda area: area.family)


def _details(area: AreaDefinition, house: House, language: str) -> Iterator[tuple[str, str]]:
    """What stands under the definition of an area, each with its name."""
    if area.excludes:
        yield term("words", "excludes", language), area.excludes[language]
    for example in area.examples:
        yield term("words", "example", language), f"„{example}“"
    if area.lean:
        yield term("words", "lean", language), term("roles", area.lean, language)
    yield term("words", "basis", language), f"{term('bases', area.basis, language)} [{area.basis}]"
    yield term("words", "source", language), area.source
    if cues := house.cues.get(area.code):
        yield f"{term('bases', 'house', language)} [house]", ", ".join(cues)


FORMS: dict[str, Callable[[Profile, House, str], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "html": as_html,
    "json": as_json,
}
"""Format and what writes it."""
