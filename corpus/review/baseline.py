"""A baseline: the findings of today, written down, so that only new ones count."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ...errors import InputError
from .silence import path_from
from .silencer import Silencer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from .findings import Finding

SCHEMA = "jobclass/baseline/1"
_FIELDS = ("path", "code", "fingerprint")


@dataclass(frozen=True, slots=True)
class Baseline:
    """Findings that were accepted when the baseline was written.

    Attributes:
        file: where it is kept; the paths in it are relative to its folder.
        by_path: for each path the silencers of its accepted findings.
    """

    file: Path
    by_path: Mapping[str, Sequence[Silencer]] = field(default_factory=dict)

    def for_source(self, source: str) -> Sequence[Silencer]:
        """The accepted findings of an ad."""
        return self.by_path.get(path_from(source, self.file.parent), ())


def read_baseline(file: Path) -> Baseline:
    """Reads a baseline.

    Raises:
        InputError: the file is missing or is no baseline.
    """
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        if content["schema"] != SCHEMA:
            raise InputError("E408", path=file, problem=f"schema {content['schema']!r}")
        by_path: dict[str, list[Silencer]] = {}
        for row in content["findings"]:
            path, code, fingerprint = (str(row[name]) for name in _FIELDS)
            silencer = Silencer("baseline", f"{file} ({path})", code, fingerprint, str(row.get("reason", "")))
            by_path.setdefault(path, []).append(silencer)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError("E408", path=file, problem=getattr(error, "strerror", None) or repr(error)) from error
    return Baseline(file, by_path)


def content_of(
    known: Baseline, checked: Iterable[tuple[str, Sequence[Finding]]], *, prune: bool = False
) -> tuple[str, int]:
    """What a baseline file shall hold after a check, sorted, so that it reads well in version control.

    Args:
        known: the baseline there was, perhaps empty; its reasons are kept, and so is what it says of other ads.
        checked: each checked ad with its findings.
        prune: accept nothing new, only drop what is no longer found.

    Returns:
        The content, and how many findings it accepts.
    """
    by_path = dict(known.by_path)
    for source, findings in checked:
        path = path_from(source, known.file.parent)
        before = {silencer.fingerprint: silencer for silencer in known.by_path.get(path, ())}
        by_path[path] = [
            before.get(found.fingerprint) or Silencer("baseline", "", found.flag.code, found.fingerprint)
            for found in findings
            if found.fingerprint in before or (_is_new(found) and not prune)
        ]
    rows = [
        {"path": path, "code": s.code, "fingerprint": s.fingerprint, "reason": s.reason}
        for path, silencers in sorted(by_path.items())
        for s in silencers
    ]
    return json.dumps({"schema": SCHEMA, "findings": rows}, ensure_ascii=False, indent=1) + "\n", len(rows)


def _is_new(found: Finding) -> bool:
    """Whether a finding may be accepted: notes need not be, nor what is silenced elsewhere."""
    return found.flag.severity > 0 and found.silencer is None
