"""What `label` hands to its renderers: each input with its verdict, or with the error that kept it from one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..classifier.ad import Verdict
    from ..errors import JobclassError


@dataclass(frozen=True, slots=True)
class Labelled:
    """An input that was labelled.

    Attributes:
        source: how the user named it.
        verdict: what was found.
        record: the other columns of its row, if it stood in a table.
        with_text: whether the text that offsets count in is wanted.
    """

    source: str
    verdict: Verdict
    record: Mapping[str, object] = field(default_factory=dict)
    with_text: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that could not be labelled."""

    source: str
    error: JobclassError


Result = Labelled | Refused
