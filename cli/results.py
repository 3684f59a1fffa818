"""What commands hand to their renderers: each input with its verdict, or with the error that kept it from one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..classifier.advice import worded
from ..corpus.review.findings import findings_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..classifier.ad import Verdict
    from ..classifier.advice import WordedFlag
    from ..corpus.review.findings import Finding
    from ..errors import JobclassError


@dataclass(frozen=True, slots=True)
class Labelled:
    """An input that was labelled.

    Attributes:
        source: how the user named it.
        verdict: what was found.
        findings: what `check` made of its flags, in their order; None where nothing was checked.
        record: the other columns of its row, if it stood in a table.
        with_text: whether the text that offsets count in is wanted.
    """

    source: str
    verdict: Verdict
    findings: tuple[Finding, ...] | None = None
    record: Mapping[str, object] = field(default_factory=dict)
    with_text: bool = False

    def worded_findings(self, language: str) -> Iterator[tuple[Finding, WordedFlag]]:
        """Each finding with its words; of an input that was not checked, each flag as a finding.

        Args:
            language: `de` or `en`.
        """
        findings = findings_of(self.verdict) if self.findings is None else self.findings
        return zip(findings, worded(self.verdict, language), strict=True)


@dataclass(frozen=True, slots=True)
class Refused:
    """An input that could not be labelled."""

    source: str
    error: JobclassError


Result = Labelled | Refused
