"""What a coder can choose: the codes of the rule set and of gold, each with its name and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...classifier.ad import FAMILIES, GRADES, PLATFORMS, ROLES, ZONES
from ...classifier.profile import MOST_AREAS
from ...classifier.title import load_title_rules
from ...corpus.coding.coding import FEWEST_DUTIES
from ...corpus.gold import GOLD_ROLES
from ...messages import entries, term

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ...classifier.profile import Profile

Choice = dict[str, str]


def choices(profile: Profile, language: str) -> dict[str, object]:
    """All lists of codes, as a page needs them.

    Args:
        profile: the rule set.
        language: of names and meanings.
    """
    return {
        "zones": _explained(ZONES, "printed", language),
        "areas": [
            {
                "code": area.code,
                "family": area.family,
                "name": area.name[language],
                "about": " ".join(filter(None, (area.definition[language], area.excludes.get(language, "")))),
            }
            for area in profile.areas.values()
        ],
        "families": [{"code": code, "name": term("families", code, language)} for code in FAMILIES],
        "grades": _explained(GRADES, "", language),
        "platforms": _explained(filter(None, PLATFORMS), "", language),
        "roles": _explained(GOLD_ROLES, "roles", language),
        "single": _explained(ROLES, "roles", language),
        "levels": list(load_title_rules().levels),
        "most": MOST_AREAS,
        "fewest": FEWEST_DUTIES,
    }


def _explained(codes: Iterable[str], group: str, language: str) -> list[Choice]:
    """Codes with the name that a group of terms has for them, if any, and what they mean."""
    names = entries("terms").get(group, {})
    return [
        {
            "code": code,
            "name": term(group, code, language) if code in names else code,
            "about": term("explained", code, language),
        }
        for code in codes
    ]
