"""spaCy's DocBin: span groups `zones`, `duties`, `grades` and `platforms`, the role in `cats`, the rest in user data.

DocBin is packed with msgpack, not pickled; spans must begin and end with a token, so some are widened.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, cast

from ...errors import InputError
from .spans import Annotated, DutySpan, ZoneSpan, described, described_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc, Span

DROPS: tuple[str, ...] = ()
MOVED = "moved_borders"
"""Borders of spans inside a token, widened to the token."""

_DESCRIBED = "jobclass"
LARGEST = 500_000_000
"""Bytes; a larger file is not opened."""


def dumps(ads: Sequence[Annotated]) -> tuple[bytes, Counter[str]]:
    """One document for each ad, tokenised by spaCy's blank German pipeline."""
    import spacy
    from spacy.tokens import DocBin

    language, lost = spacy.blank("de"), Counter[str]()
    docs = [_doc(language.make_doc(ad.text), ad, lost) for ad in ads]
    return DocBin(attrs=["ORTH", "SPACY"], store_user_data=True, docs=docs).to_bytes(), +lost


def _doc(doc: Doc, ad: Annotated, lost: Counter[str]) -> Doc:
    def span(start: int, end: int, label: str) -> Span:
        found = doc.char_span(start, end, label=label)
        lost[MOVED] += found is None
        return found or cast("Span", doc.char_span(start, end, label=label, alignment_mode="expand"))

    doc.spans["zones"] = [span(zone.start, zone.end, zone.zone) for zone in ad.zones]
    doc.spans["duties"] = [span(duty.start, duty.end, " ".join(duty.areas)) for duty in ad.duties]
    doc.spans["grades"] = [span(duty.start, duty.end, duty.grade) for duty in ad.duties]
    doc.spans["platforms"] = [span(duty.start, duty.end, duty.platform) for duty in ad.duties]
    doc.cats = {ad.role: 1.0} if ad.role else {}
    doc.user_data[_DESCRIBED] = json.dumps(described(ad))
    return doc


def loads(data: bytes, where: str) -> Iterator[Annotated]:
    """The documents of a file that was written here, or of one with the same groups.

    Raises:
        InputError: the bytes are no DocBin, or its groups do not fit.
    """
    import spacy
    from spacy.tokens import DocBin

    try:
        if len(data) > LARGEST:
            message = f"{len(data)} bytes are more than {LARGEST}"
            raise ValueError(message)  # noqa: TRY301 -- told in one place, like all that is wrong with a file
        docs = list(DocBin().from_bytes(data).get_docs(spacy.blank("de").vocab))
        yield from map(_annotated, docs)
    except Exception as error:  # zlib, msgpack and spaCy raise many kinds for bytes that are no DocBin
        raise InputError("E501", where=where, problem=repr(error)) from error


def _annotated(doc: Doc) -> Annotated:
    zones = tuple(ZoneSpan(span.start_char, span.end_char, span.label_) for span in doc.spans.get("zones", ()))
    areas = [(span.start_char, span.end_char, tuple(span.label_.split())) for span in doc.spans["duties"]]
    grades = [span.label_ for span in doc.spans.get("grades", ())] or ["A"] * len(areas)
    platforms = [span.label_ for span in doc.spans.get("platforms", ())] or [""] * len(areas)
    duties = tuple(
        DutySpan(*area, grade or "A", platform) for area, grade, platform in zip(areas, grades, platforms, strict=True)
    )
    described_as = cast("dict[str, object]", json.loads(str(doc.user_data.get(_DESCRIBED, "{}"))))
    role = max(doc.cats, key=lambda name: doc.cats[name]) if doc.cats else ""
    return Annotated(doc.text, zones, duties, role, **described_from(described_as))  # type: ignore[arg-type]  # checked as gold
