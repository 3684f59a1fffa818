"""From an ad to a verdict: the whole pipeline, readable in one function."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from .. import __version__
from ..errors import InputError, ModelError
from ..models.store import load_model
from . import areas, duties, flags, role, steering, title, zones
from .ad import JUDGED_ROLES, Ad, CodedDuty, Verdict, ZonedLine
from .breaks import Breaks
from .fitting import fitting
from .headings import load_headings
from .language import is_german
from .lines import read_lines
from .profile import load_profile, read_profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..models.store import Model
    from .ad import Duty, Line, Role, Title, Zone
    from .headings import Headings
    from .house import House
    from .profile import Profile
    from .role import RuleRole
    from .title import TitleRules

LONGEST_AD = 1_000_000
"""Characters; a longer text is no job ad, and is refused."""

FEWEST_LETTERS = 20
"""A text with fewer letters holds no job ad."""


TASKS, PARTS = ("breaks", "zones", "duties", "areas", "grades", "role"), ("zones.steps", "zones.first")
"""What a model must hold: linear models and further arrays."""


class Labeller:
    """Labels German job ads; made once, used for any number of ads, and by any number of threads at once.

    Threads gain no speed, since Python runs one at a time: processes do (`jobclass label --jobs`).

    Args:
        profile: the rule set; the packaged BVCM profile if left out.
        model: the trained model; the packaged one if left out.
        headings: the lexicon of headings; the packaged one if left out.
        titles: what titles mean; the packaged patterns if left out.

    Raises:
        ProfileError: the rule set is wrong.
        ModelError: the model cannot be used.
    """

    def __init__(
        self,
        profile: Profile | None = None,
        model: Model | None = None,
        headings: Headings | None = None,
        titles: TitleRules | None = None,
    ) -> None:
        self.profile = profile or load_profile()
        self.model = model or load_model()
        self.headings = headings or load_headings()
        self.titles = titles or title.load_title_rules()
        _check_model(self.model, self.profile)
        linear, arrays = self.model.linear, self.model.arrays
        self._zones = zones.ZoneModel(linear["zones"], arrays["zones.steps"], arrays["zones.first"])
        self.breaks = Breaks(self.headings, linear["breaks"])
        self.tool = {
            "version": __version__,
            "profile": self.profile.version,
            "model": f"{self.model.name} sha256:{self.model.digest[:16]}",
        }

    @classmethod
    def of_house(cls, house: House, model: Model | None = None) -> Labeller:
        """A labeller that knows a house's own words and choices.

        Args:
            house: what the house adds to the packaged rule set.
            model: the trained model; the packaged one if left out.

        Raises:
            ProfileError: a cue of the house is wrong.
        """
        if not house.mark:
            return cls(model=model)
        headings, titles = load_headings().with_more(house.headings), title.load_title_rules()
        return cls(read_profile(house), model, headings, titles.with_titles(house.titles))

    def label(self, ad: Ad, intended: tuple[str, ...] = ()) -> Verdict:
        """The verdict on one ad.

        Args:
            ad: the ad; its title may be empty, then it is looked for in the text.
            intended: the roles the ad is meant for, if known; flags then hold the duties against these instead of
                the roles of the title, and R1 tells when the title names others.

        Returns:
            Zones, duties with areas and evidence, roles, flags and notes. An ad with fewer than three duties gets the
            role `notcodable`.

        Raises:
            InputError: the text is empty, too long, not German, or no job ad at all.
        """
        _check(ad)
        lines = read_lines(ad.text, self.headings, self.breaks)
        of_line, probabilities = zones.assign(lines, self.headings, self._zones)
        found = duties.find(ad.text, lines, of_line, probabilities, self.model.linear["duties"])
        labels = areas.labels_above(lines, self.headings)
        coded = areas.decide(
            ad.text,
            [span for _, span in found],
            [labels[number] for number, _ in found],
            self.profile,
            self.model.linear["areas"],
            self.model.linear["grades"],
        )
        named = title.read_title(ad.title or title.find_title(lines, of_line, self.titles), self.titles)
        if not coded and not named.text and not any(self.headings.zones_of(line.text) for line in lines):
            raise InputError("E115", source=ad.source)
        return self._verdict(ad, named, lines, of_line, coded, intended)

    def _verdict(  # noqa: PLR0913 -- what the stages found, handed over once
        self,
        ad: Ad,
        named: Title,
        lines: Sequence[Line],
        of_line: Sequence[Zone],
        coded: tuple[Duty, ...],
        intended: tuple[str, ...],
    ) -> Verdict:
        thresholds, counted = self.profile.thresholds, self.profile.counted
        resting = [CodedDuty(counted(duty.codes), duty.grade, duty.platform, duty.text) for duty in coded]
        ruled = role.by_rule(resting, self.profile)
        intro = " ".join(line.text for line, zone in zip(lines, of_line, strict=True) if zone == "intro")
        probabilities = self._judged(resting, ruled, intro, named.text)
        decided, unclear = _decide(ruled.role, probabilities, thresholds["decision"]["confidence"])
        texts = [line.text for line in lines]
        facts = flags.facts_of(resting, ruled, named, texts, self.profile, self.titles, intended)
        found = flags.find(facts)
        severity = flags.severity_of(found)
        return Verdict(
            source=ad.source,
            text=ad.text,
            title=named,
            role=decided,
            roles_involved=role.involved_in(decided, ruled.shares, thresholds["role"]["involved_share"]),
            unclear=unclear,
            rule_role=ruled.role,
            rule_involved=ruled.involved,
            probabilities=probabilities,
            shares=ruled.shares,
            lines=tuple(
                ZonedLine(line.start, line.end, zone, ad.text[line.start : line.end])
                for line, zone in zip(lines, of_line, strict=True)
            ),
            duties=coded,
            flags=found,
            severity=severity,
            confusion=severity >= thresholds["flags"]["confusion"],
            notes=_notes(decided, ruled, named, thresholds["flags"]["evidence"], unclear=unclear),
            tool=self.tool,
            intended=intended,
            fitting=fitting(facts, found) if found else None,
        )

    def _judged(self, duties: Sequence[CodedDuty], ruled: RuleRole, intro: str, named: str) -> dict[str, float]:
        """The probability of each role; a post that only makes content, and steers none, is likelier none of them."""
        decision, shares = self.profile.thresholds["decision"], ruled.shares
        item = role.example(duties, ruled, intro=intro, title=named)
        probabilities = role.judge(item, self.model.linear["role"], decision["caution"])
        texts, codes = [duty.text for duty in duties], [duty.codes for duty in duties]
        if steering.is_missing(texts, codes, shares, self.profile, decision["content_only"]):
            return steering.as_none(probabilities, decision["unsteered"])
        return probabilities


def _check_model(model: Model, profile: Profile) -> None:
    """Refuses a model that lacks a part, or was trained with another list of areas."""
    missing = [task for task in TASKS if task not in model.linear] + [
        part for part in PARTS if part not in model.arrays
    ]
    if missing:
        raise ModelError("E205", model=model.name, missing=", ".join(missing))
    unknown = [code for code in model.linear["areas"].labels if code not in profile.areas]
    if unknown:
        raise ModelError("E206", model=model.name, areas=", ".join(unknown))


def _check(ad: Ad) -> None:
    if len(ad.text) > LONGEST_AD:
        raise InputError("E105", source=ad.source, size=len(ad.text), largest=LONGEST_AD)
    letters = filter(str.isalpha, ad.text[: 100 * FEWEST_LETTERS])
    found = sum(1 for _ in islice(letters, FEWEST_LETTERS))
    if not found:
        raise InputError("E102", source=ad.source)
    if found < FEWEST_LETTERS:
        raise InputError("E127", source=ad.source, size=found, fewest=FEWEST_LETTERS)
    if not is_german(ad.text):
        raise InputError("E104", source=ad.source)


def _decide(by_rule: Role, probabilities: dict[str, float], confidence: float) -> tuple[Role, bool]:
    if by_rule == "notcodable":
        return by_rule, False
    best = max(JUDGED_ROLES, key=lambda name: probabilities[name])
    return best, probabilities[best] < confidence


def _notes(decided: Role, ruled: RuleRole, named: Title, evidence: float, *, unclear: bool) -> tuple[str, ...]:
    found = []
    if decided == "notcodable":
        return ("N1",)
    if decided != ruled.role:
        found.append("N2")
    if unclear:
        found.append("N3")
    if (named.roles or decided != "none") and ruled.shares.evidence < evidence:
        found.append("N4")
    if decided == "SMM" and ruled.shares.weights["SMM"] == 0:
        found.append("N5")
    if not named.text:
        found.append("N6")
    return tuple(found)
