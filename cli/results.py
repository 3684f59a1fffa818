"""What commands hand to their renderers: each input with its verdict, or with the error that kept it from one."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..classifier.advice import worded
from ..corpus.readers.document import Unreadable
from ..corpus.review.findings import findings_of
from ..errors import JobclassError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..classifier.ad import Verdict
    from ..classifier.advice import WordedFlag
    from ..classifier.labeller import Labeller
    from ..corpus.readers.document import Document
    from ..corpus.review.findings import Finding
    from ..corpus.review.gate import Gate


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


def labelled(document: Document | Unreadable, labeller: Labeller, *, with_text: bool = False) -> Result:
    """What labelling a document comes to.

    Args:
        document: as a reader delivered it.
        labeller: does the work.
        with_text: hand the text of the ad on to the renderer.
    """
    return _result(
        document,
        lambda read: Labelled(read.ad.source, labeller.label(read.ad), record=read.record, with_text=with_text),
    )


def checked(document: Document | Unreadable, gate: Gate) -> Result:
    """What checking a document comes to.

    Args:
        document: as a reader delivered it.
        gate: checks it.
    """
    return _result(document, lambda read: Labelled(read.ad.source, *gate.check(read.ad, read.comments)))


def _result(document: Document | Unreadable, judge: Callable[[Document], Labelled]) -> Result:
    """What judging a document comes to, or the error that keeps it from a verdict."""
    if isinstance(document, Unreadable):
        return Refused(document.source, document.error)
    try:
        return judge(document)
    except JobclassError as error:
        return Refused(document.ad.source, error)
