"""Duties: the units of the codebook, found wherever they stand, with exact spans.

A bullet or a bare row is one unit, each sentence of it another; semicolons part units; prose is cut by task clause
(a verb of its own with an object of its own). Which of these units are duties a small linear model decides: it knows
the zone, the heading and the words, and has seen requirements, benefits and company text that look alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from ..models.features import Example
from .ad import ZONES, Span
from .words import bag

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from ..models.linear import LinearModel
    from .ad import Line, Zone

DUTY = "duty"
"""The model's label for a unit that is a duty; the other one is `other`."""

LEAST_ZONE = 0.10
"""Lines whose probabilities of the zones duties and intro together stay below this are not looked at."""

_SEMICOLON = re.compile(r";\s*(?=\w{3})")
_JOINT = re.compile(
    r"""(?:,\s+(?:und\s+|sowie\s+|oder\s+)?|\s+(?:und|sowie|oder|bzw\.)\s+)(?=
      (?:(?:dabei|dort|dazu|zudem|außerdem|auch|dann|anschließend|gleichzeitig|ggf\.|selbstständig|eigenständig|aktiv|eng)\s+)?
      (?P<verb>[a-zäöüß]{3,}(?:st|en|ern|eln))\s+)""",
    re.VERBOSE,
)
_NOUN = re.compile(r"(?<!^)(?<![.!?:] )\b[A-ZÄÖÜ][\w-]{2,}")
_SUBJECT = re.compile(r"\b(?:du|sie|ihr|wir|er)\b", re.IGNORECASE)
_NO_VERB = re.compile(
    r"^(?:unseren?|eigenen?|neuen?|anderen?|allen|deinen|ihren|weiteren?|internen?|externen?|verschiedenen?|digitalen?|relevanten?|den|einen|sozialen?"
    r"|gemeinsamen?|\w+(?:ischen|lichen|igen|ellen|alen|iven|baren|samen|enden|ierten))$"
)
_PUNCTUATION = re.compile(r"^[\s,;:–—-]+|[\s,;:–—-]+$")


def units(lines: Sequence[Line], candidates: Sequence[bool]) -> list[tuple[int, Span]]:
    """The units of the candidate lines: index of the line, and the stretch of the ad.

    Args:
        lines: the lines of the ad.
        candidates: for each line whether it is looked at.
    """
    found = []
    for number, line in enumerate(lines):
        if not candidates[number] or line.kind == "heading":
            continue
        prose = line.kind == "text" and _is_prose(lines, number)
        for start, end in _parts(line.text, prose=prose):
            found.append((number, Span(line.text_start + start, line.text_start + end)))
    return found


def _is_prose(lines: Sequence[Line], number: int) -> bool:
    """A row of running text, as opposed to a bare row of a list that lost its marks."""
    line = lines[number]
    neighbour = number + 1 < len(lines) and not lines[number + 1].opens
    return line.text[-1:] in ".!" and (not line.opens or neighbour or bool(_SUBJECT.search(line.text)))


def _parts(text: str, *, prose: bool) -> Iterator[tuple[int, int]]:
    begin = 0
    for stop in [*(match.start() for match in _SEMICOLON.finditer(text)), len(text)]:
        cuts = _clauses(text, begin, stop) if prose else []
        for first, last in zip([begin, *cuts], [*cuts, stop], strict=True):
            start, end = _trimmed(text, first, last)
            if end - start > 1:
                yield start, end
        begin = stop


def _clauses(text: str, start: int, end: int) -> list[int]:
    """Where a sentence is cut: before a verb of its own with an object of its own, behind a clause that has both."""
    cuts: list[int] = []
    begin = start
    for joint in _JOINT.finditer(text, start, end):
        verb = joint["verb"]
        if _NO_VERB.match(verb) or (not verb.endswith("st") and not re.search(r"\b[Ss]ie\b", text[start:end])):
            continue
        if _NOUN.search(text[begin : joint.start()]) and _NOUN.search(text[joint.end("verb") : end]):
            cuts.append(joint.start())
            begin = joint.end()
    return cuts


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    piece_start = start
    if start:
        lead = re.match(r"[\s,;:–—-]*(?:(?:und|sowie|oder|bzw\.)\s+)?", piece)
        piece_start += lead.end() if lead else 0
    tail = re.search(r"[\s,;:–—-]+$", text[piece_start:end])
    return piece_start, end - (len(tail.group()) if tail else 0)


def examples(
    lines: Sequence[Line],
    zones: Sequence[Zone],
    probabilities: NDArray[np.float32],
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
    result = []
    sizes: dict[int, int] = {}
    for number, _ in found:
        sizes[number] = sizes.get(number, 0) + 1
    for number, span in found:
        line = lines[number]
        words = bag(text[span.start : span.end])
        zone = zones[number]
        before = zones[number - 1] if number else "none"
        signals = [
            f"zone {zone}",
            f"zone {zone} kind {line.kind}",
            f"zone {zone} opens {line.opens}",
            f"kind {line.kind} opens {line.opens}",
            f"before {before}",
            f"sure {int(4 * probabilities[number, ZONES.index('duties')])}",
            f"length {min(len(words), 30) // 3}",
            f"zone {zone} short {len(words) < 3}",
            f"parts {sizes[number] > 1}",
            f"ends {text[span.end - 1] if not text[span.end - 1].isalnum() else 'word'} {zone}",
        ]
        if words:
            signals += [
                f"begins {words[0]}",
                f"begins {' '.join(words[:2])}",
                f"zone {zone} begins {words[0]}",
                f"form {words[0][-3:]}",
            ]
        if number + 1 < len(lines):
            signals.append(f"above {lines[number + 1].kind} {text[span.end - 1] == ':'}")
        result.append(Example(words, signals))
    return result


def find(  # noqa: PLR0913 -- the ad, three things known of its lines, and two of the model
    text: str,
    lines: Sequence[Line],
    zones: Sequence[Zone],
    probabilities: NDArray[np.float32],
    model: LinearModel,
    threshold: float = 0.5,
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
    near = probabilities[:, [ZONES.index("duties"), ZONES.index("intro")]].sum(axis=1) >= LEAST_ZONE
    candidates = [bool(close) or zone == "duties" for close, zone in zip(near, zones, strict=True)]
    found = units(lines, candidates)
    column = model.labels.index(DUTY)
    kept, seen = [], set()
    for unit, example in zip(found, examples(lines, zones, probabilities, found, text), strict=True):
        said = tuple(example.words)
        if said and said not in seen and model.probabilities(example)[column] >= threshold:
            seen.add(said)
            kept.append(unit)
    return kept
