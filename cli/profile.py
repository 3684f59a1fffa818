"""`jobclass profile`: the rule set, readable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from ..messages import term
from .options import Language, checked_language

if TYPE_CHECKING:
    from ..classifier.profile import Profile


def command(lang: Language = None) -> None:
    """Prints the rule set."""
    from ..classifier.profile import load_profile

    typer.echo(as_text(load_profile(), checked_language(lang)))


def as_text(profile: Profile, language: str) -> str:
    """The rule set as text: each area with its definition, its basis and its number of rules, then the thresholds."""
    lines = [profile.version]
    family = ""
    for area in profile.areas.values():
        if area.family != family:
            family = area.family
            lines += ["", f"{family}  {term('families', family, language)}"]
        lines.append(f"  {area.code:<18}{area.name[language]} [{area.basis}]")
        lines.append(f"  {'':<18}{area.definition[language]}")
    for group, values in profile.thresholds.items():
        lines += ["", f"[{group}]", *(f"  {name:<20}{value:g}" for name, value in values.items())]
    return "\n".join(lines)
