"""The configuration: the settings of a house, checked and laid over the commented defaults in `jobclass.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from ..classifier.house import House
from ..corpus.review.silence import IgnoreList, path_from
from ..corpus.review.silencer import Silencer
from .settings import find_settings, read_settings
from .settings_check import IGNORED, LEVELS, check, defaults, roles_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .settings import Settings

PAID_SOCIAL = "OM.paidsocial"


@dataclass(frozen=True, slots=True)
class Configuration:
    """What holds for a call, before its options.

    Attributes:
        folder: what paths in it are relative to.
        language: of messages.
        fail_on: the severity from which `check` fails.
        baseline: the file of accepted findings, if any.
        roles: patterns over paths with the roles those ads are meant for.
        ignored: the findings that are accepted in general.
        house: what the house adds to the rule set.
        files: the file it stands in, if there is one.
    """

    folder: Path
    language: str
    fail_on: int
    baseline: Path | None
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    ignored: IgnoreList
    house: House
    files: tuple[Path, ...] = ()

    def intended(self, source: str) -> tuple[str, ...]:
        """The roles an ad is meant for, by its path; empty if nothing is said."""
        path = path_from(source, self.folder)
        return next((roles for pattern, roles in self.roles if fnmatchcase(path, pattern)), ())

    def intended_or(self, roles: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
        """What tells the roles an ad is meant for: those of the call, if it names some, else the configuration."""
        return (lambda _: roles) if roles else self.intended


def load_configuration(file: Path | None = None) -> Configuration:
    """The configuration of a call.

    Args:
        file: the file the user named; else the nearest from the current folder upwards.

    Raises:
        ConfigurationError: a file cannot be read, or a key or value in it is wrong; the error names file, line and
            the nearest key or value that works.
    """
    settings = read_settings(file) if file else find_settings(Path.cwd())
    check(settings)
    own = settings.values
    values = defaults() | own
    folder = settings.file.parent
    return Configuration(
        folder=folder,
        language=values["language"],
        fail_on=LEVELS[values["fail-on"]],
        baseline=folder / values["baseline"] if values["baseline"] else None,
        roles=tuple((path, roles_named(value)[0]) for path, value in values["roles"].items()),
        ignored=IgnoreList(tuple(_ignored(settings)), folder),
        house=House(
            cues={code: tuple(cues) for code, cues in values["cues"].items()},
            headings={zone: tuple(texts) for zone, texts in own.get("headings", {}).items() if texts},
            titles={name: roles_named(value)[0] for name, value in values["titles"].items()},
            severities={code: LEVELS.get(said) for code, said in own.get("flags", {}).items() if said != "on"},
            thresholds=own.get("thresholds", {}),
            neutral=frozenset([PAID_SOCIAL] if values["paid-social"] == "neutral" else []),
        ),
        files=(settings.file,) if settings.values else (),
    )


def _ignored(settings: Settings) -> Iterator[tuple[str, Silencer]]:
    """The entries of the ignore list, one silencer for each code."""
    for number, own in enumerate(settings.values.get("ignore", [])):
        entry = IGNORED | own
        for code in entry["codes"]:
            where = settings.where(("ignore", number))
            yield entry["path"], Silencer("configuration", where, code, reason=entry["reason"])
