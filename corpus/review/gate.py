"""The gate: one ad in, its verdict and findings out, with what the house accepted marked; counts on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .comments import silencers_of, without_comments
from .findings import findings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ...classifier.ad import Ad, Verdict
    from ...classifier.labeller import Labeller
    from ..readers.document import Comment
    from .findings import Finding
    from .silence import Silence


@dataclass(slots=True)
class Summary:
    """What a check came to so far.

    Attributes:
        ads: how many ads were checked.
        refused: how many inputs could not be.
        unjudged: how many of the ads hold too few duties for a verdict.
        found: how many of the ads have findings that count, notes aside.
        severities: findings that count, by severity.
        silenced: findings that do not, by the kind of their silencer.
    """

    ads: int = 0
    refused: int = 0
    unjudged: int = 0
    found: int = 0
    severities: Counter[int] = field(default_factory=Counter)
    silenced: Counter[str] = field(default_factory=Counter)

    def add(self, verdict: Verdict, findings: Sequence[Finding]) -> None:
        """Counts one more ad and its findings."""
        self.ads += 1
        self.unjudged += verdict.role == "notcodable"
        counted = [found.flag.severity for found in findings if not found.silencer]
        self.found += any(counted)
        self.severities.update(counted)
        self.silenced.update(found.silencer.kind for found in findings if found.silencer)

    def reaches(self, severity: int) -> bool:
        """Whether a finding that counts is at least that severe."""
        return any(count and found >= severity for found, count in self.severities.items())


class Gate:
    """Checks ads before they are published.

    Args:
        labeller: does the work.
        silence: what the house accepted.
        intended: the roles an ad is meant for, by its source; none if unknown.

    Attributes:
        checked: every ad that went through, with its findings.
        summary: what came of it so far.
    """

    def __init__(self, labeller: Labeller, silence: Silence, intended: Callable[[str], tuple[str, ...]]) -> None:
        self._labeller = labeller
        self._intended = intended
        self.profile = labeller.profile
        self.silence = silence
        self.checked: list[tuple[str, tuple[Finding, ...]]] = []
        self.summary = Summary()

    def check(self, ad: Ad, comments: Iterable[Comment] = ()) -> tuple[Verdict, tuple[Finding, ...]]:
        """The verdict on an ad, and its findings.

        Args:
            ad: what is to be published.
            comments: of the page it stands in, which are no part of its text.

        Raises:
            InputError: the text is empty, too long, not German, or no job ad at all.
        """
        _, in_text = without_comments(ad.text, ad.source)
        verdict = self.verdict(ad)
        findings = self.silence.applied(ad.source, findings_of(verdict), [*in_text, *silencers_of(comments)])
        self.checked.append((ad.source, findings))
        self.summary.add(verdict, findings)
        return verdict, findings

    def verdict(self, ad: Ad) -> Verdict:
        """The verdict on an ad that does not go through the gate, such as an earlier version of one that does."""
        text, _ = without_comments(ad.text, ad.source)
        return self._labeller.label(replace(ad, text=text), self._intended(ad.source))
