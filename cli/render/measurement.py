"""A measurement for a terminal, for programs and as tables."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, dataclass
from io import BytesIO, StringIO
from typing import TYPE_CHECKING

from ...corpus.study.questions import ALL
from ...messages import entries, phrase, term
from .numbers import number, percent, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ...corpus.measure import Estimate, Measurement
    from ...corpus.resampling import Interval

SCHEMA = "jobclass/measurement/1"
KINDS = ("raw", "adjusted", "ppi")
COLUMNS = (
    "question", "category", "field", "value", "unit", "ads", "gold_ads", "few", "ppi_gold_ads", "ppi_few",
    *(f"{kind}{bound}" for kind in KINDS for bound in ("", "_low", "_high")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A measurement, and what it was made from.

    Attributes:
        digests: SHA-256 of each file by its name, the table first; see `names.short_names`.
    """

    measurement: Measurement
    draws: int
    digests: Mapping[str, str]


def category_name(category: str, language: str) -> str:
    """What a category is called."""
    if category in entries("research")["categories"]:
        return phrase("categories", category, language)
    for group in ("roles", "families"):
        if category in entries("terms")[group]:
            return term(group, category, language)
    return category


def question_name(estimate: Estimate, language: str) -> str:
    """What is asked, in words: topic, category, and the titles or role it is asked of."""
    topic, _, of = estimate.question.partition("/")
    code = topic.removeprefix("flag ")
    name = phrase("questions", "flag", language, code=code) if code != topic else phrase("questions", topic, language)
    if estimate.category not in ("yes", "mean"):
        name += f": {category_name(estimate.category, language)}"
    if of and of != ALL:
        among = "of_role" if topic == "platform" else "of_title"
        name += f" ({phrase('questions', among, language, name=phrase('groups', of, language))})"
    return name


def span_of(interval: Interval | None, unit: str) -> str:
    """An estimate and its interval: shares as per cent, means as numbers."""
    if interval is None:
        return "–"
    said = number if unit == "mean" else percent
    return f"{said(interval.value)} [{said(interval.low)}, {said(interval.high)}]".replace(" %", "")


def spans_of(e: Estimate, language: str) -> dict[str, str]:
    """The three estimates by kind; a prediction-powered one that rests on few gold ads is marked."""
    spans = {kind: span_of(getattr(e, kind), e.unit) for kind in KINDS}
    if e.ppi_few and not e.few:
        spans["ppi"] += f" {phrase('report', 'few_mark', language)}"
    return spans


def as_text(shown: Shown, language: str) -> str:
    """The questions of the field as a table; areas and groups stand in the tables of the report."""
    return "\n".join(_rows(shown, language)) + "\n"


def _rows(shown: Shown, language: str) -> Iterator[str]:
    found = shown.measurement
    same = found.duplicates
    yield phrase("measure", "head", language, ads=found.ads, rows=found.rows, refused=found.refused)
    yield phrase("measure", "copies", language, exact=same.exact, near=same.near, mode=same.mode)
    yield phrase("measure", "gold" if found.gold_ads else "uncorrected", language, gold=found.gold_ads)
    yield from gold_notes(found, language)
    if any(e.ppi_few and not e.few for e in found.estimates):
        yield phrase("measure", "ppi_few", language)
    yield ""
    names = [phrase("measure", kind, language) for kind in KINDS]
    yield f"{'':<64}{phrase('measure', 'ads', language):>8}  {names[0]:<22}{names[1]:<22}{names[2]}"
    for e in found.estimates:
        if e.question.startswith("areas/") or (e.field and e.question != "confusion/all"):
            continue
        name = question_name(e, language) if not e.field else f"{question_name(e, language)} · {e.field} {e.value}"
        few = f"  {phrase('measure', 'few', language)}" if e.few else ""
        spans = "".join(f"{said:<22}" for said in spans_of(e, language).values()).rstrip()
        yield f"{name[:63]:<64}{e.ads:>8}  {spans}{few}"


def gold_notes(found: Measurement, language: str) -> list[str]:
    """What a reader must know of the gold, a sentence each."""
    counts = {
        "copies": found.gold_copies,
        "foreign": found.gold_foreign,
        "unknown": found.gold_unknown,
        "titles_read": found.titles_read,
    }
    return [phrase("gold", name, language, count=count, gold=found.gold_ads) for name, count in counts.items() if count]


def as_values(shown: Shown) -> dict[str, object]:
    """The measurement as plain values."""
    values = asdict(shown.measurement)
    values["duplicates"].pop("group")
    values["duplicates"]["kept"] = shown.measurement.duplicates.kept
    return {"schema": SCHEMA, "files": dict(shown.digests), "draws": shown.draws, **values}


def as_json(shown: Shown, language: str) -> str:  # noqa: ARG001 -- keys are the same in both languages
    """The measurement as one JSON object; what cannot be had is null."""
    return json.dumps(plain(as_values(shown)), ensure_ascii=False, indent=1) + "\n"


def table(shown: Shown) -> list[dict[str, object]]:
    """All estimates, a row for each."""
    return [_record(e) for e in shown.measurement.estimates]


def _record(e: Estimate) -> dict[str, object]:
    record: dict[str, object] = {name: getattr(e, name) for name in COLUMNS[:10]}
    for kind in KINDS:
        interval = getattr(e, kind)
        for bound, name in (("", "value"), ("_low", "low"), ("_high", "high")):
            record[kind + bound] = plain(getattr(interval, name)) if interval else None
    return record


def as_csv(shown: Shown, language: str) -> str:  # noqa: ARG001 -- columns are the same in both languages
    """All estimates as CSV; an empty cell is what cannot be had."""
    file = StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table(shown))
    return file.getvalue()


def as_parquet(shown: Shown) -> bytes:
    """All estimates as Parquet."""
    import pyarrow as pa
    from pyarrow import parquet

    types = {name: pa.int64() for name in ("ads", "gold_ads", "ppi_gold_ads")} | {
        name: pa.bool_() for name in ("few", "ppi_few")
    }
    text = ("question", "category", "field", "value", "unit")
    schema = pa.schema([(name, pa.string() if name in text else types.get(name, pa.float64())) for name in COLUMNS])
    file = BytesIO()
    parquet.write_table(pa.Table.from_pylist(table(shown), schema), file)
    return file.getvalue()
