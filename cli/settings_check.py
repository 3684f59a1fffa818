"""Checks settings against the commented default file: unknown keys, wrong kinds, impossible numbers.

The default file is the whole truth: a key it does not have is refused, and a value must be of the kind it has there.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ..classifier.ad import ROLES
from ..errors import ConfigurationError, ProfileError
from ..messages import LANGUAGES
from ..messages.nearest import hint
from .settings import OWN_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .settings import Keys, Settings

LEVELS = {"light": 1, "medium": 2, "heavy": 3}
CHOICES = {"language": LANGUAGES, "fail-on": tuple(LEVELS), "paid-social": ("OM", "neutral")}
FLAG_CHOICES = ("on", "off", *LEVELS)
IGNORED: dict[str, Any] = {"path": "*", "codes": [], "reason": ""}
"""The keys of an entry of the ignore list, with their defaults."""

OPEN = ("roles", "titles", "cues")
"""Tables whose keys the house chooses."""

BOUNDS = {
    "fewest_duties": (1, 50), "offline_other": (0, 50), "evidence": (0, 50), "role_weight": (0, 50),
    "community_weight": (0, 50), "confusion": (1, 3), "caution": (0.1, 10),
}  # fmt: skip
"""What a threshold may be; the others are shares, from 0 to 1."""

ORDERED = (("foreign_light", "foreign_heavy"), ("role_share", "dominant_share"))
"""Thresholds of which the first cannot lie above the second."""


@cache
def defaults() -> dict[str, Any]:
    """The values of the packaged default file; nothing is ignored in it, so it cannot hold that list."""
    return {"ignore": [], **tomllib.loads((files(__package__) / OWN_FILE).read_text(encoding="utf-8"))}


def check(settings: Settings) -> None:
    """Checks every key and value of a settings file.

    Raises:
        ConfigurationError: one is wrong; the error names file, line and the nearest that works.
    """
    _check(settings.values, defaults(), (), settings)
    for table in ("roles", "titles"):
        for key, value in settings.values.get(table, {}).items():
            _, unknown = roles_named(value)
            if unknown:
                _one_of(unknown, ROLES, (table, key), settings)
    for number, entry in enumerate(settings.values.get("ignore", [])):
        _check_ignored(entry, ("ignore", number), settings)


def _check(own: Mapping[str, Any], default: Mapping[str, Any], keys: Keys, settings: Settings) -> None:
    """Holds every key and value of a table against the same table of the default file."""
    for key, value in own.items():
        here = (*keys, key)
        if keys and keys[0] in OPEN:
            _check_open(keys[0], value, here, settings)
        else:
            _known(key, list(default), here, settings)
            _check_value(value, default[key], here, settings)
    if keys[:1] == ("thresholds",):
        _check_order({**default, **own}, keys, settings)


def _check_value(value: Any, default: Any, keys: Keys, settings: Settings) -> None:  # noqa: ANN401 -- what a user wrote
    if choices := FLAG_CHOICES if keys[0] == "flags" and len(keys) > 1 else CHOICES.get(str(keys[0])):
        _one_of(value, choices, keys, settings)
    _check_kind(value, default, keys, settings)
    if isinstance(value, dict):
        _check(value, default, keys, settings)
    elif keys[0] == "thresholds":
        _check_bounds(value, keys, settings)


def _known(key: str, known: Sequence[str], keys: Keys, settings: Settings) -> None:
    if key not in known:
        raise ConfigurationError("E402", where=settings.where(keys), key=key, hint=hint(key, known))


def _one_of(value: object, allowed: Sequence[str], keys: Keys, settings: Settings) -> None:
    if value not in allowed:
        raise ConfigurationError(
            "E403", where=settings.where(keys), key=_named(keys), value=value,
            expected=" | ".join(allowed), hint=hint(str(value), allowed),
        )  # fmt: skip


def _check_kind(value: object, default: object, keys: Keys, settings: Settings) -> None:
    """The kind of the default: a whole number may stand for any number, and lists hold strings or tables."""
    kind = (int, float) if isinstance(default, float) else type(default)
    wrong = not isinstance(value, kind) or (isinstance(value, bool) and not isinstance(default, bool))
    of_strings = keys != ("ignore",)
    if wrong or (of_strings and isinstance(value, list) and not all(isinstance(item, str) for item in value)):
        raise ConfigurationError(
            "E403", where=settings.where(keys), key=_named(keys), value=value, expected=_KINDS[type(default)], hint=""
        )


def _check_open(table: str, value: object, keys: Keys, settings: Settings) -> None:
    if table != "cues":
        _check_kind(value, "", keys, settings)
        return
    from ..classifier.concepts import checked  # only a house with cues pays for the rule set
    from ..classifier.profile import load_profile

    code = str(keys[-1])
    _known(code, load_profile().codes, keys, settings)
    _check_kind(value, [], keys, settings)
    for cue in value if isinstance(value, list) else ():
        try:
            checked([cue], code)
        except ProfileError as error:
            raise ConfigurationError(
                _CUE_ERRORS[error.code], where=settings.where(keys), cue=cue, key=_named(keys)
            ) from error


def _check_bounds(value: float, keys: Keys, settings: Settings) -> None:
    low, high = BOUNDS.get(str(keys[-1]), (0, 1))
    if not low <= value <= high:
        raise ConfigurationError(
            "E404", where=settings.where(keys), key=_named(keys), value=value, problem=f"{low} … {high}"
        )


def _check_order(values: Mapping[str, float], keys: Keys, settings: Settings) -> None:
    for lower, upper in ORDERED:
        if lower in values and upper in values and values[lower] > values[upper]:
            here = (*keys, lower)
            raise ConfigurationError(
                "E404", where=settings.where(here), key=_named(here), value=values[lower],
                problem=f"{lower} ≤ {upper} = {values[upper]}",
            )  # fmt: skip


def roles_named(value: str) -> tuple[tuple[str, ...], str]:
    """The roles in `CM+SMM`, in their order and any case, and the first name that is none, or nothing."""
    named = [part.strip().upper() for part in value.split("+")]
    return tuple(role for role in ROLES if role in named), next((name for name in named if name not in ROLES), "")


def _check_ignored(entry: Mapping[str, Any], keys: Keys, settings: Settings) -> None:
    """An entry of the ignore list: a pattern, codes, a reason."""
    _check_kind(entry, {}, keys, settings)
    for key, value in entry.items():
        _known(key, list(IGNORED), (*keys, key), settings)
        _check_kind(value, IGNORED[key], (*keys, key), settings)
    for code in entry.get("codes", ()):
        _one_of(code, list(defaults()["flags"]), (*keys, "codes"), settings)


def _named(keys: Keys) -> str:
    return ".".join(map(str, keys))


_CUE_ERRORS = {"E305": "E405", "E309": "E409"}
"""What is wrong with a cue of the rule set, and with one of a house."""

_KINDS: dict[type, str] = {str: '"…"', list: '["…"]', dict: "[…]", float: "0.0", int: "0", bool: "true | false"}
