"""doccano, sequence labelling: JSON Lines with `text`, `label` as [start, end, label], and flat metadata."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from . import records
from .spans import LISTS, Annotated, described, described_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DROPS = ("grade", "platform", "extra")
"""A span of doccano has a label and nothing else, metadata are flat."""

_ID = "ad"
"""doccano numbers records by itself under `id`."""


def dumps(ads: Sequence[Annotated]) -> tuple[bytes, Counter[str]]:
    """Records with zones and codes as labels; the project must allow overlapping spans."""
    return records.lines(map(_record, ads)), Counter()


def _record(ad: Annotated) -> dict[str, object]:
    values = described(ad)
    values.pop("extra", None)
    values[_ID] = values.pop("id")
    flat = {name: " ".join(map(str, value)) if isinstance(value, list) else value for name, value in values.items()}
    return {"text": ad.text, "label": [list(item) for item in records.labels_of(ad)], "role": ad.role} | flat


def loads(data: bytes, where: str) -> Iterator[Annotated]:
    """The records of an export; `labels` and `entities`, as other versions name the list, are read as well."""
    return records.decoded(data, where, _annotated)


def _annotated(record: dict[str, Any]) -> Annotated:
    text = str(record.get("text", record.get("data")))
    found = record["label"] if "label" in record else record["labels"] if "labels" in record else record["entities"]
    spans = [_span(item, text) for item in found]
    zones, duties = records.spans_of(spans)
    values = {name: str(value).split() if name in LISTS else value for name, value in record.items()}
    values["id"] = str(record.get(_ID, record.get("id", "")))
    values.pop("extra", None)
    return Annotated(text, zones, duties, str(record.get("role", "none")), **described_from(values))  # type: ignore[arg-type]  # checked as gold


def _span(item: Any, text: str) -> tuple[int, int, str]:  # noqa: ANN401 -- a list or an object, as the version of doccano has it
    if isinstance(item, dict):
        return (*records.checked(item["start_offset"], item["end_offset"], text), str(item["label"]))
    start, end, label = item
    return (*records.checked(start, end, text), str(label))
