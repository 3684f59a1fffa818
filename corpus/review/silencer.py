"""A silencer: what somebody said, somewhere, to accept a finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["comment", "configuration", "baseline"]


@dataclass(frozen=True, slots=True)
class Silencer:
    """Something that silences findings of one code.

    Attributes:
        kind: where it was said.
        where: the file and line it stands in.
        code: the flag.
        fingerprint: the one finding it means; empty for all of that code.
        reason: why, in the words of who wrote it.
    """

    kind: Kind
    where: str
    code: str
    fingerprint: str = ""
    reason: str = ""
