"""The rule set at work: which areas a duty gives evidence for, by which rule and on which words.

A rule fires when each of its needs is met by some concept of the duty and none of its exclusions is there. Of two
hits the more specific wins: evidence that is wholly part of another hit's evidence is dropped. Shared and foreign
areas yield to a role area that rests on the same object (codebook 5).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

from .ad import family_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .concepts import Occurrence

ROLE_FAMILIES = frozenset({"CM", "SMM", "OM"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One reviewed rule: `needs` must all be met, each by one of its concepts; none of `unless` may be found.

    `also` only widens the evidence, so that the rule outdoes general rules that fire on the same words; `instead` leads
    from an exclusion to the code it is evidence for.
    """

    id: str
    code: str
    basis: str
    needs: tuple[frozenset[str], ...]
    also: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    instead: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that fired: its code, its basis, and the spans of the words it rests on, in code points of the ad.

    `rule` begins with the code: `CM.dialog/3`, or `N.pr/CM.dialog/3` where an exclusion of that rule led to `N.pr`.
    """

    code: str
    rule: str
    basis: str
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Firing:
    rule: Rule
    code: str
    evidence: frozenset[Occurrence]

    @property
    def first(self) -> int:
        return min(occurrence.first for occurrence in self.evidence)


class RuleSet:
    """All rules, indexed by the concepts of their first need.

    Args:
        rules: the rules in the order of the profile.
        objects: the concepts that name an object, as opposed to an action.
        bases: the basis of each area; evidence that an exclusion leads to has the basis of its own area.
        most: how many codes a duty may carry.
    """

    def __init__(self, rules: Iterable[Rule], objects: frozenset[str], bases: Mapping[str, str], most: int) -> None:
        self._objects = objects
        self._bases = bases
        self._most = most
        self._by_concept: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            for concept in rule.needs[0]:
                self._by_concept[concept].append(rule)

    def hits(self, places: Sequence[tuple[int, int]], occurrences: Sequence[Occurrence]) -> tuple[Hit, ...]:
        """The surviving hits of a duty, the governing one first, at most one for each code.

        Args:
            places: where each of the duty's words begins and ends.
            occurrences: what `Lexicon.find` found in them.
        """
        firings = self._without_general(self._fire(occurrences))
        firings = self._without_yielding(firings)
        chosen: dict[str, _Firing] = {}
        for firing in sorted(firings, key=lambda f: (f.first, -len(f.evidence), f.rule.id)):
            chosen.setdefault(firing.code, firing)
        return tuple(self._hit(firing, places) for firing in list(chosen.values())[: self._most])

    def _fire(self, occurrences: Sequence[Occurrence]) -> list[_Firing]:
        places: dict[str, list[Occurrence]] = defaultdict(list)
        for occurrence in occurrences:
            places[occurrence.concept].append(occurrence)
        present = frozenset(places)
        candidates = {rule.id: rule for concept in places for rule in self._by_concept.get(concept, ())}
        firings = []
        for rule in candidates.values():
            if any(map(present.isdisjoint, rule.needs)):
                continue
            wanted = rule.also.union(*rule.needs) & present
            evidence = frozenset(occurrence for concept in wanted for occurrence in places[concept])
            if rule.unless.isdisjoint(present):
                firings.append(_Firing(rule, rule.code, evidence))
            for exclusion, code in rule.instead:
                if exclusion in present:
                    firings.append(_Firing(rule, code, evidence | frozenset(places[exclusion])))
        return firings

    @staticmethod
    def _without_general(firings: list[_Firing]) -> list[_Firing]:
        return [f for f in firings if not any(f.evidence < other.evidence for other in firings)]

    def _without_yielding(self, firings: list[_Firing]) -> list[_Firing]:
        of_roles = [family_of(firing.code) in ROLE_FAMILIES for firing in firings]
        if all(of_roles) or not any(of_roles):
            return firings
        objects = list(map(self._object_words, firings))
        taken = set[int]().union(*compress(objects, of_roles))
        return [
            firing
            for firing, of_role, words in zip(firings, of_roles, objects, strict=True)
            if of_role or taken.isdisjoint(words)
        ]

    def _object_words(self, firing: _Firing) -> set[int]:
        return {
            word
            for occurrence in firing.evidence
            if occurrence.concept in self._objects
            for word in range(occurrence.first, occurrence.last + 1)
        }

    def _hit(self, firing: _Firing, places: Sequence[tuple[int, int]]) -> Hit:
        rule, code = firing.rule, firing.code
        spans = tuple(sorted({(places[o.first][0], places[o.last][1]) for o in firing.evidence}))
        if code == rule.code:
            return Hit(code, rule.id, rule.basis, spans)
        return Hit(code, f"{code}/{rule.id}", self._bases[code], spans)
