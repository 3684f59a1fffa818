"""The report of a measurement: a page with plots, a methods paragraph and the citation."""

from __future__ import annotations

import json
from math import nan
from typing import TYPE_CHECKING

from ...classifier.ad import FAMILIES, ROLES
from ...corpus.study.labelled import TITLE_GROUPS
from ...corpus.study.questions import AD_ROLES, ALL, PLATFORMS, SEVERITIES
from ...messages import phrase
from .measurement import category_name, gold_notes, question_name, span_of, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ...corpus.measure import Estimate, Measurement
    from ...corpus.resampling import Interval
    from .measurement import Shown

HEADLINES = (
    "roles/all:mixed", "roles/all:none", "mainly CM/SMM:yes", "strategy/CM:yes", "all three:yes", "OM duties/SMM:yes",
    "OM duties without paid social/SMM:yes", "content/all:yes", "confusion/all:yes", "confusion/CM:yes",
    "confusion/SMM:yes", "confusion/OM:yes",
)  # fmt: skip
"""The figures that come first, as question and category."""

MOST_AREAS = 18
TRENDS = ("confusion/all:yes", "roles/all:mixed", "mainly CM/SMM:yes", "OM duties/SMM:yes")
TIMES = ("year", "date", "jahr")


def as_page(shown: Shown, language: str) -> str:
    """The report as a page that stands alone."""
    from .pages import page

    found = shown.measurement
    corrected = found.gold_ads > 0
    values = {
        "found": found,
        "same": found.duplicates,
        "corrected": corrected,
        "gold_notes": gold_notes(found, language),
        "headlines": [_row(e, language) for e in _picked(found.estimates, HEADLINES)],
        "headline_plot": _forest(_picked(found.estimates, HEADLINES), language),
        "titles": [_row(e, language) for e in _asked(found, "titles/all")],
        "means": [_row(e, language) for name in ("duties per ad", "areas per ad") for e in _asked(found, name)],
        "flags": [_row(e, language) for e in found.estimates if e.question.startswith("flag ") and not e.field],
        "figures": _figures(found, language),
        "groups": _groups(found, language),
        "copies": [
            (question_name(e, language), span_of(e.raw, e.unit), span_of(kept.raw, e.unit))
            for e in _picked(found.with_duplicates, HEADLINES)
            if (kept := _same(e, found))
        ],
        "shown_kind": phrase("measure", "adjusted" if corrected else "raw", language),
        "methods": methods(shown, language),
        "digests": shown.digests,
        "notes": [phrase("notes", name, language) for name in ("people", "groups", "small", "profile")],
    }
    return page("measurement", language).render(values) + "\n"


def _shown(e: Estimate, found: Measurement) -> Interval | None:
    """What plots show: the adjusted share, if there is one; the raw one only where there is no gold at all."""
    return e.adjusted if found.gold_ads else e.raw


def _values(estimates: Iterable[Estimate], found: Measurement) -> list[float]:
    return [interval.value if (interval := _shown(e, found)) else nan for e in estimates]


def _row(e: Estimate, language: str) -> dict[str, object]:
    gold = f"{e.gold_ads}" if e.ppi_gold_ads in (0, e.gold_ads) else f"{e.gold_ads} ({e.ppi_gold_ads})"
    name = question_name(e, language)
    return {"name": name, "ads": e.ads, "gold": gold, "few": e.few, **spans_of(e, language)}


def _picked(estimates: Iterable[Estimate], names: Sequence[str]) -> list[Estimate]:
    known = {f"{e.question}:{e.category}": e for e in estimates if not e.field}
    return [known[name] for name in names if name in known]


def _asked(found: Measurement, question: str, field: str = "", value: str = "") -> list[Estimate]:
    return [e for e in found.estimates if (e.question, e.field, e.value) == (question, field, value)]


def _same(e: Estimate, found: Measurement) -> Estimate | None:
    """The same share without copies; a question may be asked of copies alone."""
    return next((other for other in _asked(found, e.question) if other.category == e.category), None)


def _forest(estimates: Sequence[Estimate], language: str) -> str:
    from .plots import forest

    kinds = {kind: phrase("measure", kind, language) for kind in ("raw", "adjusted", "ppi")}
    mark = phrase("report", "few_mark", language)
    rows = {
        question_name(e, language) + (f" {mark}" if e.few or e.ppi_few else ""): {
            name: value for kind, name in kinds.items() if (value := getattr(e, kind)) is not None
        }
        for e in estimates
    }
    return forest(rows, phrase("report", "share", language))


def _figures(found: Measurement, language: str) -> list[tuple[str, str]]:
    """Plots and their captions: titles by duties, roles, severity, areas, platforms."""
    from .plots import dots, matrix

    titles = {
        group: phrase("groups", group, language) for group in (*TITLE_GROUPS, ALL) if _known(found, f"families/{group}")
    }
    names = {code: category_name(code, language) for code in (*AD_ROLES, *FAMILIES, *SEVERITIES, *PLATFORMS)}
    figures = []
    if titles:
        cells = [_asked(found, f"families/{group}") for group in titles]
        plot = matrix(
            [_values(row, found) for row in cells],
            list(titles.values()),
            [names[family] for family in FAMILIES],
            shares=True,
            axes=(phrase("report", "title", language), phrase("report", "duties", language)),
            few=[[e.few for e in row] for row in cells],
        )
        figures.append((plot, "matrix"))
    of_ads = phrase("report", "of_ads", language)
    figures += _bars(found, "roles", titles, AD_ROLES, names, of_ads)
    figures += _bars(found, "severity", titles, SEVERITIES, names, of_ads)
    if areas := _areas(found):
        titled = {role: phrase("questions", "of_title", language, name=role) for role in ROLES}
        figures.append((dots(*areas, titled, phrase("report", "of_duties", language)), "areas"))
    roles = {role: phrase("questions", "of_role", language, name=role) for role in ROLES}
    figures += _bars(found, "platform", roles, PLATFORMS, names, phrase("report", "of_placed", language))
    return [(plot, phrase("captions", caption, language)) for plot, caption in figures]


def _known(found: Measurement, question: str) -> list[Estimate]:
    """The estimates of a question, if plots have anything to show of them."""
    asked = _asked(found, question)
    return asked if any(_shown(e, found) for e in asked) else []


def _bars(  # noqa: PLR0913 -- what is asked of whom, the parts and their names
    found: Measurement,
    topic: str,
    of: Mapping[str, str],
    parts: Sequence[str],
    names: Mapping[str, str],
    axis: str,
) -> list[tuple[str, str]]:
    """Bars for the groups of which something is known, and the name of their caption; nothing if there are none."""
    from .plots import stacked

    cells = {name: asked for group, name in of.items() if (asked := _known(found, f"{topic}/{group}"))}
    if not cells:
        return []
    values = {name: _values(row, found) for name, row in cells.items()}
    return [(stacked(values, parts, names, axis, {name: [e.few for e in row] for name, row in cells.items()}), topic)]


def _areas(found: Measurement) -> tuple[list[str], dict[str, list[float]]] | None:
    """The areas that matter most, and their share under each title; what is not to be interpreted is left out."""
    shares = {
        group: {e.category: interval.value for e in asked if not e.few and (interval := _shown(e, found))}
        for group in (ALL, *ROLES)
        if (asked := _asked(found, f"areas/{group}"))
    }
    every = shares.pop(ALL, {})
    codes = [code for code in every if any(code in of_title for of_title in shares.values())]
    chosen = sorted(sorted(codes, key=lambda code: -every[code])[:MOST_AREAS], key=list(every).index)
    series = {
        role: [of_title.get(code, nan) for code in chosen]
        for role, of_title in shares.items()
        if not of_title.keys().isdisjoint(chosen)
    }
    return (chosen, series) if series else None


def _groups(found: Measurement, language: str) -> list[dict[str, object]]:
    """A plot for each column of groups: a trend for times, the intervals of confusion under each other for the rest."""
    from .plots import forest, trend

    shown = []
    for field in found.by:
        series: dict[str, dict[str, Interval]] = {}
        few: dict[str, list[str]] = {}
        rows = [e for e in found.estimates if e.field == field and f"{e.question}:{e.category}" in TRENDS]
        for e in rows:
            if interval := _shown(e, found):
                name = question_name(e, language)
                series.setdefault(name, {})[e.value] = interval
                few.setdefault(name, []).extend([e.value] if e.few else [])
        confusion = phrase("questions", "confusion", language)
        points = {
            value + (f" {phrase('report', 'few_mark', language)}" if value in few[confusion] else ""): {"": interval}
            for value, interval in series.get(confusion, {}).items()
        }
        plot = ""
        if field in TIMES and series:
            dated = {name: {t: points[t] for t in points if t[:1].isdigit()} for name, points in series.items()}
            plot = trend(dated, phrase("report", "share", language), few)
        elif points:
            plot = forest(points, confusion)
        table = [_row(e, language) | {"value": e.value} for e in rows]
        shown.append({"field": field, "plot": plot, "rows": table, "few": any(e.few or e.ppi_few for e in rows)})
    return shown


def methods(shown: Shown, language: str) -> list[str]:
    """The methods section, a paragraph an item: what was counted, how it was corrected, with which versions."""
    found = shown.measurement
    same = found.duplicates
    values: dict[str, object] = {
        "tool": found.tool or "–",
        "rows": found.rows,
        "refused": found.refused,
        "ads": found.ads,
        "exact": same.exact,
        "near": same.near,
        "mode": same.mode,
        "reposts": same.reposts,
        "templates": same.templates,
        "gold": found.gold_ads,
        "gold_refused": found.gold_refused,
        "seed": found.seed,
        "draws": shown.draws,
    }
    names = ["corpus", "duplicates" if same.mode != "keep" else "kept", "labels"]
    names += ["weights"] if found.weighted else []
    copied = ["gold_copies"] if same.mode != "keep" and found.gold_foreign < found.gold_ads else []
    weighed = "gold_weighted" if found.gold_weighted else "gold_equal"
    names += ["gold", weighed, *copied, "estimates"] if found.gold_ads else ["bare"]
    return [phrase("methods", name, language, **values) for name in (*names, "intervals")]


def citation(shown: Shown) -> str:
    """How to cite the tool with the versions of this measurement (Citation File Format 1.2.0)."""
    from ... import __version__

    said = shown.measurement.tool.replace('"', "'")
    return f"""cff-version: 1.2.0
message: "Please cite jobclass with the versions below, and the corpus as its owners ask."
title: "jobclass: duties and role confusion in German job ads"
type: software
authors:
  - name: The jobclass authors
version: {__version__}
license: MIT
abstract: "Measured with {said}; seed {shown.measurement.seed}."
identifiers:
""" + "".join(
        f'  - type: other\n    value: "sha256:{digest}"\n    description: {json.dumps(path, ensure_ascii=False)}\n'
        for path, digest in shown.digests.items()
    )
