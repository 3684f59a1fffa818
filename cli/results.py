"""What `label` hands to its renderers: each input with its verdict, or with the error that kept it from one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..classifier.ad import Verdict
    from ..errors import JobclassError


@dataclass(frozen=True, slots=True)
class Labelled:
    """An input that was labelled; `with_text` asks for the text that its offsets count in."""

    source: str
    verdict: Verdict
    with_text: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that could not be labelled."""

    source: str
    error: JobclassError


Result = Labelled | Refused
