"""An evaluation for a terminal, for programs and as a page."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from ...corpus.breakdown import ERRORS
from ...messages import phrase
from .numbers import number, percent, plain, span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ...corpus.breakdown import Evaluation
    from ...corpus.contrast import Contrast

SCHEMA = "jobclass/evaluation/1"
FEW = 20
"""Classes with fewer cases, and groups with fewer ads, are marked and not to be interpreted (codebook 12)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown: an evaluation, the comparison with another model if there is one, and how it was made."""

    evaluation: Evaluation
    contrasts: Sequence[Contrast]
    models: Sequence[str]
    tool: Mapping[str, str]
    draws: int
    seed: int
    quotes: bool


def as_text(shown: Shown, language: str) -> str:
    """The evaluation as tables."""
    return "\n".join(_rows(shown, language)) + "\n"


def _rows(shown: Shown, language: str) -> Iterator[str]:
    found = shown.evaluation
    yield from gold_notes(found, language)
    yield f"{'ads':<24}{found.ads:6}"
    for name, value in found.figures.items():
        yield f"{name:<24}{number(value.value):>6}  [{number(value.low)}, {number(value.high)}]"
    yield from _class_rows(found, language)
    yield from _matrix_rows(found, language)
    yield from _confidence_rows(found, language)
    yield from _group_rows(found, language)
    yield from _contrast_rows(shown, language)
    if shown.quotes:
        yield from _error_rows(shown, language)


def gold_notes(found: Evaluation, language: str) -> list[str]:
    """What a reader must know of the gold, a sentence each."""
    counts = {"unequal": int(found.unequal), "titles_read": found.titles_read}
    return [phrase("gold", name, language, count=count, gold=found.ads) for name, count in counts.items() if count]


def _class_rows(found: Evaluation, language: str) -> Iterator[str]:
    for part, scores in found.classes.items():
        yield f"\n{part:<24}{'gold':>6}{'found':>7}  {'precision':<22}{'recall':<22}F1"
        for s in scores:
            few = f"  {phrase('evaluation', 'few', language)}" if s.gold < FEW else ""
            counts = f"  {s.label:<22}{s.gold:>6}{s.found:>7}  "
            yield f"{counts}{span(s.precision):<22}{span(s.recall):<22}{span(s.f1)}{few}"


def _matrix_rows(found: Evaluation, language: str) -> Iterator[str]:
    for part, (labels, counts) in found.matrices.items():
        yield f"\n{phrase('evaluation', 'matrix', language, part=part)}"
        width = max(map(len, labels), default=0) + 2
        yield "  " + " " * width + "".join(f"{label:>{width}}" for label in labels)
        for label, row in zip(labels, counts, strict=True):
            yield f"  {label:<{width}}" + "".join(f"{count:>{width}}" for count in row)


def _confidence_rows(found: Evaluation, language: str) -> Iterator[str]:
    for name, bins in found.bins.items():
        yield f"\n{phrase('evaluation', 'reliability', language, part=name)}"
        for item in bins:
            yield f"  {item.units:>6}  {number(item.confidence)}  {span(item.right)}"
        for bound in ERRORS:
            said = phrase("evaluation", "coverage_at", language, error=percent(bound))
            yield f"  {said}: {span(found.abstained[name].at[bound])}"


def _group_rows(found: Evaluation, language: str) -> Iterator[str]:
    for field, rows in found.groups.items():
        yield f"\n{phrase('evaluation', 'by', language, field=field)}"
        for row in rows:
            few = f"  {phrase('evaluation', 'few', language)}" if row.ads < FEW else ""
            yield f"  {row.value[:40]:<40} {row.ads:>5}{few}"
            yield from (f"    {name:<20}{span(value)}" for name, value in row.figures.items())


def _contrast_rows(shown: Shown, language: str) -> Iterator[str]:
    if shown.contrasts:
        first, second = shown.models
        yield "\n" + phrase("evaluation", "contrast_note", language, first=first, second=second)
        for c in shown.contrasts:
            yield f"  {c.name:<22}{number(c.first):>6}{number(c.second):>7}  {span(c.difference)}  p = {number(c.p)}"


def _error_rows(shown: Shown, language: str) -> Iterator[str]:
    yield "\n" + phrase("evaluation", "errors", language)
    for item in shown.evaluation.errors:
        gold, found = item.role
        said = "" if gold == found else phrase("evaluation", "role_wrong", language, gold=gold, found=found)
        yield f"{item.id}  {said}".rstrip()
        for coded, codes, text in item.areas:
            yield f"  {coded} -> {codes}: „{text}“"
        for word in ("missed", "invented"):
            for text in getattr(item, word):
                yield f"  {phrase('evaluation', word, language)}: „{text}“"


def as_json(shown: Shown, language: str) -> str:  # noqa: ARG001 -- keys are the same in both languages
    """The evaluation as one JSON object; what cannot be measured is null."""
    found = shown.evaluation
    values = {
        "schema": SCHEMA,
        "ads": found.ads,
        "tool": dict(shown.tool),
        "models": list(shown.models),
        "draws": shown.draws,
        "seed": shown.seed,
        "titles_read": found.titles_read,
        "unequal": found.unequal,
        "figures": {name: asdict(value) for name, value in found.figures.items()},
        "classes": {part: [asdict(s) for s in scores] for part, scores in found.classes.items()},
        "matrices": {
            part: {"labels": list(labels), "counts": counts.tolist()}
            for part, (labels, counts) in found.matrices.items()
        },
        "reliability": {name: [asdict(item) for item in bins] for name, bins in found.bins.items()},
        "abstention": {name: asdict(curve) for name, curve in found.abstained.items()},
        "groups": [asdict(row) for rows in found.groups.values() for row in rows],
        "contrasts": [asdict(c) for c in shown.contrasts],
        "errors": [asdict(item) for item in found.errors],
    }
    return json.dumps(plain(values), ensure_ascii=False, indent=2) + "\n"


def as_page(shown: Shown, language: str) -> str:
    """The evaluation as a page with plots."""
    from . import plots
    from .pages import page

    found = shown.evaluation
    words = [phrase("evaluation", word, language) for word in ("stated", "right", "coverage", "error")]
    values = {
        "ads": found.ads,
        "draws": shown.draws,
        "seed": shown.seed,
        "gold_notes": gold_notes(found, language),
        "tool": " · ".join(f"{name} {value}" for name, value in shown.tool.items()),
        "models": shown.models,
        "figures": found.figures,
        "figures_plot": plots.forest(
            {name: {"": value} for name, value in found.figures.items()}, phrase("evaluation", "value", language)
        ),
        "contrasts": shown.contrasts,
        "matrices": {
            part: plots.matrix(
                counts, labels, labels, shares=False, axes=("Gold", phrase("evaluation", "found", language))
            )
            for part, (labels, counts) in found.matrices.items()
            if labels
        },
        "confidence": [
            {
                "name": name,
                "plot": plots.confidence(
                    [(item.confidence, item.right) for item in bins],
                    found.abstained[name].coverage,
                    found.abstained[name].error,
                    words,
                ),
                "at": found.abstained[name].at,
            }
            for name, bins in found.bins.items()
            if bins
        ],
        "classes": found.classes,
        "groups": found.groups,
        "errors": found.errors,
        "few": FEW,
    }
    return page("evaluation", language).render(values) + "\n"
