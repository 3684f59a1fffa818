"""doccano, sequence labelling: JSON Lines with `text`, `label` as [start, end, label], and flat metadata.

Further fields that are plain values, such as `inclusion`, are metadata as well; lists and records have no place.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from . import records
from .spans import FIELDS, LISTS, Annotated, described, described_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DROPS = ("grade", "platform")
"""A span of doccano has a label and nothing else."""

_ID = "ad"
"""doccano numbers records by itself under `id`."""

_LABELS = ("label", "labels", "entities")
_OWN = frozenset(("text", "data", "role", "extra", "relations", "cats", "Comments", "comments", _ID, *_LABELS, *FIELDS))
"""Keys that hold something else than a further field, here or in doccano's own exports."""


def dumps(ads: Sequence[Annotated]) -> tuple[bytes, Counter[str]]:
    """Records with zones and codes as labels; the project must allow overlapping spans."""
    dropped = sum(len(_flat(ad)) < len(ad.extra) for ad in ads)
    return records.lines(map(_record, ads)), Counter(extra=dropped)


def _record(ad: Annotated) -> dict[str, object]:
    values = described(ad)
    values.pop("extra", None)
    values[_ID] = values.pop("id")
    flat = {name: " ".join(map(str, value)) if isinstance(value, list) else value for name, value in values.items()}
    coded = {"role": ad.role} if ad.role else {}
    return {"text": ad.text, "label": [list(item) for item in records.labels_of(ad)]} | coded | flat | _flat(ad)


def _flat(ad: Annotated) -> dict[str, object]:
    """The further fields that metadata can hold."""
    return {
        name: value for name, value in ad.extra.items() if isinstance(value, (str, int, float)) and name not in _OWN
    }


def loads(data: bytes, where: str) -> Iterator[Annotated]:
    """The records of an export; `labels` and `entities`, as other versions name the list, are read as well."""
    return records.decoded(data, where, _annotated)


def _annotated(record: dict[str, Any]) -> Annotated:
    text = str(record.get("text", record.get("data")))
    found = record[next((name for name in _LABELS if name in record), _LABELS[-1])]
    spans = [_span(item, text) for item in found]
    zones, duties = records.spans_of(spans)
    values = {name: str(value).split() if name in LISTS else value for name, value in record.items()}
    values["id"] = str(record.get(_ID, record.get("id", "")))
    values["extra"] = {name: value for name, value in record.items() if name not in _OWN}
    return Annotated(text, zones, duties, str(record.get("role") or ""), **described_from(values))  # type: ignore[arg-type]  # checked as gold


def _span(item: Any, text: str) -> tuple[int, int, str]:  # noqa: ANN401 -- a list or an object, as the version of doccano has it
    if isinstance(item, dict):
        return (*records.checked(item["start_offset"], item["end_offset"], text), str(item["label"]))
    start, end, label = item
    return (*records.checked(start, end, text), str(label))
