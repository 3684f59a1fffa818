"""Verdicts as one page: the ad's own text with its duties marked, the findings beside it, no script, ready to print.

Colour is never the only sign: a duty carries its label, and every role its own kind of line. What the page shows of
an ad is escaped, and its policy forbids everything but its own styles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...classifier.ad import FAMILIES, family_of
from ...classifier.advice import SEVERITIES, split, worded_notes
from ...messages import entries, error_text, term, text
from ..results import Refused
from .pages import page
from .roles import by_rules, judged, leaning, roles_of, shares_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import TextIO

    from ...classifier.ad import Duty, Verdict
    from ...classifier.profile import Profile
    from ..results import Labelled, Result


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the ad's text: plain, or a duty with its number (from 1) and the flags that rest on it."""

    text: str
    number: int = 0
    duty: Duty | None = None
    flags: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """The family of the governing area; empty for plain text."""
        return family_of(self.duty.codes[0]) if self.duty else ""

    @property
    def words(self) -> Iterator[tuple[str, bool]]:
        """The text cut at the words that decided, each part with whether it is such a word."""
        if self.duty is None:
            return
        start = at = self.duty.start
        for item in self.duty.evidence:
            begin = max(at, item.start)  # the words of two rules may overlap
            if item.end > begin:
                yield self.text[at - start : begin - start], False
                yield self.text[begin - start : item.end - start], True
                at = item.end
        yield self.text[at - start :], False


def write(results: Iterable[Result], file: TextIO, profile: Profile, language: str) -> None:
    """Writes one page with a section for each input; refused ones are named with their error."""
    file.writelines(page("findings", language).generate(shown(list(results), profile, language)))
    file.write("\n")


def shown(results: Sequence[Result], profile: Profile, language: str) -> dict[str, object]:
    """What the templates of ads need: the results, and how each part of them is said.

    Args:
        results: the ads, in their order.
        profile: of the labeller.
        language: `de` or `en`.
    """
    return {
        "results": results,
        "refused": lambda result: isinstance(result, Refused),
        "error": lambda result: error_text(result.error.code, result.error.details, language),
        "pieces": pieces,
        "findings": lambda result: list(result.worded_findings(language)),
        "split": lambda verdict: split(verdict, language),
        "notes": lambda verdict: list(zip(verdict.notes, worded_notes(verdict, language), strict=True)),
        "roles": lambda verdict: roles_of(verdict, language),
        "judged": lambda verdict: judged(verdict, language),
        "by_rules": lambda verdict: by_rules(verdict, language),
        "shares": lambda verdict: shares_of(verdict, profile),
        "leaning": lambda verdict: leaning(verdict, language),
        "kind": lambda name: text(entries("check")["kinds"], name, language),
        "severity": lambda number: term("words", SEVERITIES[number], language),
        "areas": profile.areas,
        "codes_of": lambda verdict: [code for code in profile.areas if any(code in d.codes for d in verdict.duties)],
        "families": FAMILIES,
    }


def pieces(result: Labelled) -> Iterator[Piece]:
    """The whole text of an ad, cut at its duties."""
    verdict, at = result.verdict, 0
    for number, duty in sorted(enumerate(verdict.duties), key=lambda pair: pair[1].start):
        if duty.start >= at:
            yield Piece(verdict.text[at : duty.start])
            yield Piece(duty.text, number + 1, duty, _flags_on(number, verdict))
            at = duty.end
    yield Piece(verdict.text[at:])


def _flags_on(number: int, verdict: Verdict) -> tuple[str, ...]:
    return tuple(flag.code for flag in verdict.flags if number in flag.duties)
