"""What is to be coded: the ads behind a path, without any judgement, as they go into other annotation tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import InputError
from ..formats import uncoded
from ..formats.spans import Annotated
from ..readers.document import Unreadable
from ..readers.paths import is_table, read, sources_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def ads_at(path: str, output: Path | None = None) -> list[Annotated]:
    """The ads behind a path, in a stable order; fields of tables, such as `inclusion`, travel along.

    Args:
        path: a table, a file, a folder, a pattern or `-`.
        output: a file that is passed over in a folder, since the gold goes there.

    Raises:
        InputError: an ad cannot be read, an id stands there twice, or there is no ad at all.
    """
    known: dict[str, Annotated] = {}
    for source in sources_of(path, output):
        if isinstance(source, Unreadable):
            raise source.error
        for ad in uncoded.read(Path(source)) if is_table(source) else _documents(source):
            if ad.id in known:
                raise InputError("E526", where=source, id=ad.id, first=known[ad.id].source or path)
            known[ad.id] = ad
    if not known:
        raise InputError("E611", path=path)
    return list(known.values())


def _documents(source: str) -> Iterator[Annotated]:
    """The ads of a file; each is known by the name of its source."""
    for document in read(source):
        if isinstance(document, Unreadable):
            raise document.error
        ad = document.ad
        if not ad.text.strip():
            raise InputError("E102", source=ad.source)
        yield Annotated(ad.text, role="", id=ad.source, title=ad.title.strip(), source=ad.source)
