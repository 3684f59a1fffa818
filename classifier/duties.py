"""Duties: the units of the codebook, found wherever they stand, with exact spans.

A bullet or a bare row is one unit, each sentence of it another; semicolons part units; prose is cut by task clause
(a verb of its own with an object of its own). Which of these units are duties a small linear model decides: it knows
the zone, the heading and the words, and has seen requirements, benefits and company text that look alike. What a unit
denies in so many words is none by rule (`denials.py`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ..models.features import Example
from .ad import ZONES, Span
from .denials import is_denial
from .memory import remembered
from .pronouns import ADDRESSES, SUBJECTS
from .words import bag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from ..models.features import Group
    from ..models.linear import LinearModel
    from .ad import Kind, Line, Zone

DUTY = "duty"
"""The model's label for a unit that is a duty; the other one is `other`."""

LEAST_ZONE = 0.10
"""Lines whose probabilities of the zones duties and intro together stay below this are not looked at."""

SHORT = 3
"""Words; a shorter unit is seldom a duty."""

MANY = 6
"""Lines of tasks; where there are so many, a sentence of the introduction mostly sums them up."""

GROUPS_KNOWN = 1 << 14
"""Groups of signals remembered."""

SERIES = 3
"""Sentences on end that address the reader alike; so many are a list that was run together."""

_HEADING_WORDS = 6
_TOLD_APART: tuple[Zone, ...] = ("duties", "intro", "profile", "offer")
"""Zones whose units look alike."""

_TELLING = [ZONES.index(zone) for zone in _TOLD_APART]
SURE = 0.6
"""Probability from which a unit counts as a duty; a little more than a half, as most wrong ones are barely above it."""

_PAGE_NUMBER = re.compile(r"(?:Seite|Page) ?\d{1,3}(?: ?(?:von|of|/) ?\d{1,3})?", re.IGNORECASE)
"""Left between rows where a text was copied from pages."""

_SEMICOLON = re.compile(r";\s*(?=\w{3})")
_JOINT = re.compile(
    r"""(?:,\s+(?:und\s+|sowie\s+|oder\s+)?|(?<!\s)\s++(?:und|sowie|oder|bzw\.)\s+)(?=
      (?:(?:dabei|dort|dazu|zudem|außerdem|auch|dann|anschließend|gleichzeitig|ggf\.|selbstständig|eigenständig|aktiv|eng)\s+)?
      (?P<verb>bist|[a-zäöüß]{3,}(?:st|tzt|ßt|en|ern|eln))\s+)""",
    re.VERBOSE,
)
_NOUN = re.compile(r"(?<!^)(?<![.!?:] )\b[A-ZÄÖÜ][\w-]{2,}")
_FORMAL = re.compile(r"\b[Ss]ie\b")
_SUBJECT = re.compile(rf"\b(?:{'|'.join(sorted(SUBJECTS))})\b", re.IGNORECASE)
_NO_VERB = re.compile(
    r"^(?:unseren?|eigenen?|neuen?|anderen?|allen|deinen|ihren|weiteren?|internen?|externen?|verschiedenen?|digitalen?|relevanten?|den|einen|sozialen?"
    r"|gemeinsamen?|\w+(?:ischen|lichen|igen|ellen|alen|iven|baren|samen|enden|ierten))$"
)

_EDGE = r"[\s,;:–—-]"
_LEAD = re.compile(rf"{_EDGE}*(?:(?:und|sowie|oder|bzw\.)\s+)?")
_TAIL = re.compile(rf"(?<!{_EDGE}){_EDGE}++$")


def candidates(zones: Sequence[Zone], probabilities: NDArray[np.float64]) -> list[bool]:
    """For each line whether duties are looked for in it: where tasks are listed, or where the ad is introduced."""
    near = probabilities[:, [ZONES.index("duties"), ZONES.index("intro")]].sum(axis=1) >= LEAST_ZONE
    return [bool(close) or zone == "duties" for close, zone in zip(near, zones, strict=True)]


def units(lines: Sequence[Line], chosen: Sequence[bool]) -> list[tuple[int, Span]]:
    """The units of the chosen lines: index of the line, and the stretch of the ad.

    Args:
        lines: the lines of the ad.
        chosen: for each line whether it is looked at.
    """
    found = []
    for number, line in enumerate(lines):
        if not chosen[number] or line.kind == "heading" or _PAGE_NUMBER.fullmatch(line.text):
            continue
        prose = line.kind == "text" and _is_prose(lines, number)
        for start, end in _parts(line.text, prose):
            found.append((number, Span(line.text_start + start, line.text_start + end)))
    return found


def _is_prose(lines: Sequence[Line], number: int) -> bool:
    """A row of running text, as opposed to a bare row of a list that lost its marks.

    Several sentences in a row are prose, unless one after the other begins with "Du" or "Sie" (codebook C4). A single
    one is prose if it has a subject and stands alone: rows of one sentence each, one below the other, are a list.
    """
    line = lines[number]
    if line.text[-1:] not in ".!":
        return False
    if not _is_whole_row(lines, number):
        return not _in_series(lines, number)
    listed = any(
        0 <= other < len(lines) and lines[other].kind == "text" and _is_whole_row(lines, other)
        for other in (number - 1, number + 1)
    )
    return not listed and bool(_SUBJECT.search(line.text))


def _in_series(lines: Sequence[Line], number: int) -> bool:
    first, last = max(0, number - SERIES + 1), min(number, len(lines) - SERIES)
    return any(_is_series(lines[start : start + SERIES]) for start in range(first, last + 1))


def _is_series(sentences: Sequence[Line]) -> bool:
    """Whether sentences stand in one row and address the reader alike."""
    openings = {sentence.text.partition(" ")[0].casefold() for sentence in sentences}
    return len(openings) == 1 and openings <= ADDRESSES and not any(sentence.opens for sentence in sentences[1:])


def _is_whole_row(lines: Sequence[Line], number: int) -> bool:
    return lines[number].opens and (number + 1 == len(lines) or lines[number + 1].opens)


@remembered
def _parts(text: str, prose: bool) -> tuple[tuple[int, int], ...]:  # noqa: FBT001 -- a fact of a line
    """Where the units of a line begin and end."""
    stops = [*(match.start() for match in _SEMICOLON.finditer(text)), len(text)]
    found = []
    for begin, stop in pairwise([0, *stops]):
        cuts = _clauses(text, begin, stop) if prose else []
        found += [_trimmed(text, first, last) for first, last in pairwise([begin, *cuts, stop])]
    return tuple((start, end) for start, end in found if end - start > 1)


def _clauses(text: str, start: int, end: int) -> list[int]:
    """Where a sentence is cut: before a verb of its own with an object of its own, behind a clause that has both."""
    cuts: list[int] = []
    begin = start
    nouns = [noun.start() for noun in _NOUN.finditer(text, start, end)]
    is_formal = bool(_FORMAL.search(text, start, end))
    for joint in _JOINT.finditer(text, start, end):
        verb = joint["verb"]
        if _NO_VERB.match(verb) or (verb[-1] != "t" and not is_formal):
            continue
        has_object = bisect_left(nouns, begin) < bisect_left(nouns, joint.start())
        if has_object and nouns[-1] >= joint.end("verb"):
            cuts.append(joint.start())
            begin = joint.end()
    return cuts


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    if start and (lead := _LEAD.match(text, start, end)):
        start = lead.end()
    tail = _TAIL.search(text[start:end])
    return start, start + tail.start() if tail else end


def examples(
    lines: Sequence[Line],
    zones: Sequence[Zone],
    probabilities: NDArray[np.float64],
    found: Sequence[tuple[int, Span]],
    text: str,
) -> list[Example]:
    """What the model sees of each unit.

    Args:
        lines: the lines of the ad.
        zones: their zones.
        probabilities: of each zone for each line.
        found: the units.
        text: the ad.
    """
    sizes = Counter(number for number, _ in found)
    tasks = sum(zone == "duties" and line.kind != "heading" for zone, line in zip(zones, lines, strict=True))
    listed = min(tasks, MANY) // 2
    headings = _headings_above(lines)
    quarters = (4 * probabilities[:, _TELLING]).astype(int).tolist()
    result = []
    for number, span in found:
        words = tuple(bag(text[span.start : span.end]))
        groups = [
            *_zone_signals(lines, zones, number),
            _sure_signals(*quarters[number]),
            headings[number],
            _size_signals(zones[number], listed, len(words), sizes[number] > 1),
        ]
        if words:
            groups.append(_opening_signals(zones[number], words[0], " ".join(words[:2])))
        result.append(Example(words, groups))
    return result


@lru_cache(GROUPS_KNOWN)
def _size_signals(zone: Zone, listed: int, words: int, parted: bool) -> Group:  # noqa: FBT001 -- facts of a unit
    return (
        f"zone {zone} listed {listed}",
        f"length {min(words, 30) // 3}",
        f"zone {zone} short {words < SHORT}",
        f"parts {parted}",
    )


@lru_cache(GROUPS_KNOWN)
def _opening_signals(zone: Zone, first: str, opening: str) -> Group:
    return (f"begins {first}", f"begins {opening}", f"form {first[-3:]}", f"zone {zone} begins {first}")


def _zone_signals(lines: Sequence[Line], zones: Sequence[Zone], number: int) -> Iterator[Group]:
    """What a unit learns from its line, the line's zone, and the lines before and behind."""
    line, zone = lines[number], zones[number]
    last = number + 1 == len(lines)
    yield _line_signals(zone, line.kind, line.opens, line.text[-1] if not line.text[-1].isalnum() else "word")
    yield _neighbour_signals(
        zones[number - 1] if number else "none",
        zone,
        "none" if last else zones[number + 1],
        "" if last else f"above {lines[number + 1].kind} {line.text[-1] == ':'}",
    )


@lru_cache(GROUPS_KNOWN)
def _line_signals(zone: Zone, kind: Kind, opens: bool, end: str) -> Group:  # noqa: FBT001 -- facts of a line
    return (
        f"zone {zone}",
        f"zone {zone} kind {kind} opens {opens}",
        f"kind {kind} opens {opens}",
        f"ends {end} {zone}",
    )


@lru_cache(GROUPS_KNOWN)
def _neighbour_signals(before: str, zone: Zone, behind: str, above: str) -> Group:
    return (f"before {before} {zone}", f"behind {behind} {zone}", *([above] if above else []))


@lru_cache(GROUPS_KNOWN)
def _sure_signals(*quarters: int) -> Group:
    return tuple(f"sure {name} {quarter}" for name, quarter in zip(_TOLD_APART, quarters, strict=True))


def _headings_above(lines: Sequence[Line]) -> list[Group]:
    """For each line what the first words of the last heading above it say."""
    nearest: Group = ()
    result = []
    for line in lines:
        if line.kind == "heading":
            nearest = tuple(f"heading {word}" for word in bag(line.text)[:_HEADING_WORDS])
        result.append(nearest)
    return result


def find(  # noqa: PLR0913 -- the ad, three things known of its lines, and two of the model
    text: str,
    lines: Sequence[Line],
    zones: Sequence[Zone],
    probabilities: NDArray[np.float64],
    model: LinearModel,
    threshold: float = SURE,
) -> list[tuple[int, Span]]:
    """The duties of an ad.

    Args:
        text: the ad.
        lines: its lines.
        zones: their zones.
        probabilities: of each zone for each line, as `zones.assign` returns them.
        model: tells duties from other units.
        threshold: probability from which a unit counts as a duty.

    Returns:
        For each duty the index of its line and its span, in order; a duty said twice word for word is kept once.
    """
    found = units(lines, candidates(zones, probabilities))
    seen_as = examples(lines, zones, probabilities, found, text)
    scores = _with_lists(model.score_all(seen_as), lines, found)
    sure = model.calibrated(scores)[:, model.labels.index(DUTY)]
    kept, said = [], set()
    for unit, example, probability in zip(found, seen_as, sure, strict=True):
        if probability < threshold or not example.words or example.words in said:
            continue
        if not is_denial(text[unit[1].start : unit[1].end], example.words):
            said.add(example.words)
            kept.append(unit)
    return kept


def _with_lists(
    scores: NDArray[np.floating[Any]], lines: Sequence[Line], found: Sequence[tuple[int, Span]]
) -> NDArray[np.floating[Any]]:
    """Scores in which the parts of a semicolon list take that of the best: "die SEO" says little by itself."""
    begin = 0
    for number, parts in Counter(number for number, _ in found).items():
        if parts > 1 and ";" in lines[number].text:
            scores[begin : begin + parts] = scores[begin : begin + parts].max(axis=0)
        begin += parts
    return scores
