"""What the JSON formats share: records one a line or as a list, checked spans, and codes grouped into duties."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ...errors import InputError
from .spans import DutySpan, ZoneSpan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from .spans import Annotated

ZONE = "zone:"
"""Before the label of a zone, where zones and codes share one set of labels."""


def lines(records: Iterable[Mapping[str, object]]) -> bytes:
    """Records as JSON Lines."""
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def decoded(
    data: bytes, where: str, decode: Callable[[dict[str, Any]], Annotated], *, array: bool = False
) -> Iterator[Annotated]:
    """The ads behind JSON records.

    Args:
        data: the bytes of a file.
        where: names the file in errors.
        decode: makes an ad of one record; may raise `KeyError`, `TypeError` or `ValueError` for one that does not fit.
        array: whether the file is one JSON array; else JSON Lines.

    Raises:
        InputError: a record is no JSON or does not fit the format; the error names it.
    """
    rows = [data] if array else data.splitlines()
    for number, row in enumerate(rows, 1):
        place = f"{where}:{number}"
        try:
            found = json.loads(row) if row.strip() else []
            for place_in_row, record in enumerate(found if isinstance(found, list) else [found], 1):
                place = f"{where}:{place_in_row if array else number}"
                yield decode(record)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise InputError("E501", where=place, problem=repr(error)) from error


def checked(start: object, end: object, text: str, quote: object = None) -> tuple[int, int]:
    """Offsets as they may stand in a text.

    Raises:
        ValueError: they lie outside the text, or the words between them are not `quote`.
    """
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        message = f"the span {start}:{end} does not lie in a text of {len(text)} characters"
        raise ValueError(message)
    if isinstance(quote, str) and quote != text[start:end]:
        message = f"the span {start}:{end} is {text[start:end]!r}, not {quote!r}; offsets must count code points"
        raise ValueError(message)
    return start, end


def labels_of(ad: Annotated) -> Iterator[tuple[int, int, str]]:
    """Every span of an ad with one label: zones with their prefix, then each code of each duty."""
    for zone in ad.zones:
        yield zone.start, zone.end, ZONE + zone.zone
    for duty in ad.duties:
        for code in duty.areas:
            yield duty.start, duty.end, code


def spans_of(
    labels: Iterable[tuple[int, int, str]], attributes: Mapping[tuple[int, int], tuple[str, str]] | None = None
) -> tuple[tuple[ZoneSpan, ...], tuple[DutySpan, ...]]:
    """Zones and duties from labelled spans; codes on the same stretch are one duty, in the order they come.

    Args:
        labels: start, end and label of each span.
        attributes: grade and platform of a stretch, where they are known.
    """
    zones: list[ZoneSpan] = []
    codes: dict[tuple[int, int], list[str]] = {}
    for start, end, label in labels:
        if label.startswith(ZONE):
            zones.append(ZoneSpan(start, end, label.removeprefix(ZONE)))
        else:
            codes.setdefault((start, end), []).append(label)
    known = attributes or {}
    duties = tuple(
        DutySpan(*place, tuple(dict.fromkeys(areas)), *known.get(place, ("A", ""))) for place, areas in codes.items()
    )
    return tuple(zones), duties
