"""Prodigy: JSON Lines with `text`, `spans` (overlapping allowed, as in `spans.manual`), `accept` and `meta`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from . import records
from .spans import Annotated, described, described_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DROPS: tuple[str, ...] = ()


def dumps(ads: Sequence[Annotated]) -> tuple[bytes, Counter[str]]:
    """Tasks with zones and codes as spans, grade and platform beside them, the role as the accepted choice."""
    return records.lines(map(_task, ads)), Counter()


def _task(ad: Annotated) -> dict[str, object]:
    attributes = {(duty.start, duty.end): {"grade": duty.grade, "platform": duty.platform} for duty in ad.duties}
    spans = [
        {"start": start, "end": end, "label": label}
        | ({} if label.startswith(records.ZONE) else attributes[start, end])
        for start, end, label in records.labels_of(ad)
    ]
    coded = {"accept": [ad.role], "answer": "accept"} if ad.role else {}
    return {"text": ad.text, "spans": spans, **coded, "meta": described(ad)}


def loads(data: bytes, where: str) -> Iterator[Annotated]:
    """Accepted tasks of an export; those that were rejected or skipped are left out."""
    return (ad for ad in records.decoded(data, where, _annotated) if ad.text)


def _annotated(task: dict[str, Any]) -> Annotated:
    if task.get("answer", "accept") != "accept":
        return Annotated("")
    text = str(task["text"])
    spans = [(*records.checked(span["start"], span["end"], text), str(span["label"])) for span in task["spans"]]
    attributes = {
        (span["start"], span["end"]): (str(span["grade"]), str(span.get("platform", "")))
        for span in task["spans"]
        if "grade" in span
    }
    zones, duties = records.spans_of(spans, attributes)
    role = str((task.get("accept") or [""])[0])
    return Annotated(text, zones, duties, role, **described_from(task.get("meta", {})))  # type: ignore[arg-type]  # checked as gold
