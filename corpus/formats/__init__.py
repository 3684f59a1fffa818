"""Annotation formats: gold in the project's own JSON Lines, Prodigy, Label Studio, doccano and spaCy's DocBin.

A format that cannot carry something says what it drops: `dumps` returns what was lost and how often. Ads that nobody
has coded yet go the same way (`uncoded`, `dumps_annotated`); back they come as gold, or with an error that names the
first ad without a role.
"""

from __future__ import annotations

from collections import Counter
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from ...errors import InputError
from ..gold import checked, gold_row, read_gold
from .spans import annotated, as_gold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from ..gold import GoldAd
    from .spans import Annotated

FORMATS = ("gold", "prodigy", "label-studio", "doccano", "docbin")
UNCODED = "ads"
LABEL_STUDIO = "label-studio"
_DEFAULTS = {"grade": "A", "platform": ""}


class AnnotationFormat(Protocol):
    """What the module of a format offers.

    Attributes:
        DROPS: parts of an annotated ad that the format has no place for.
    """

    DROPS: tuple[str, ...]

    def dumps(self, ads: Sequence[Annotated]) -> tuple[bytes, Counter[str]]:
        """The bytes of a file, and what could not be carried."""

    def loads(self, data: bytes, where: str) -> Iterator[Annotated]:
        """The ads of a file; `where` names it in errors."""


def format_named(name: str) -> AnnotationFormat:
    """The module of a format other than `gold`."""
    return cast("AnnotationFormat", import_module(f".{name.replace('-', '_')}", __package__))


def dumps(ads: Iterable[GoldAd], name: str) -> tuple[bytes, Counter[str]]:
    """Gold in a format.

    Args:
        ads: the gold ads.
        name: one of `FORMATS`.

    Returns:
        The bytes of the file, and what the format could not carry with the number of times it was there.
    """
    ads = list(ads)
    if name == "gold":
        return "".join(gold_row(ad) + "\n" for ad in ads).encode(), Counter()
    lost: Counter[str] = Counter()
    placed = []
    for ad in ads:
        item, missing = annotated(ad)
        placed.append(item)
        lost.update(missing)
    data, dropped = dumps_annotated(placed, name)
    return data, lost + dropped


def dumps_annotated(ads: Iterable[Annotated], name: str) -> tuple[bytes, Counter[str]]:
    """Annotated ads, or such that nobody has coded, in a format of annotation tools.

    Args:
        ads: the ads.
        name: one of `FORMATS` other than `gold`.

    Returns:
        As `dumps`.
    """
    ads = list(ads)
    module = format_named(name)
    data, lost = module.dumps(ads)
    for part in module.DROPS:
        lost[part] += sum(_has(ad, part) for ad in ads)
    return data, +lost


def read(path: Path, name: str, coder: str = "") -> Iterator[GoldAd]:
    """Reads annotated ads as gold.

    Args:
        path: the file.
        name: its format, one of `FORMATS`.
        coder: whose annotations are read, where a file has those of several people (Label Studio).

    Raises:
        InputError: the file cannot be read, or a record does not fit the format or the codebook's lists.
    """
    if coder and name != LABEL_STUDIO:
        raise InputError("E531", option="--coder", needed=f"--from {LABEL_STUDIO}")
    if name == "gold":
        yield from read_gold(path)
        return
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError("E101", path=path, problem=error.strerror or error) from error
    for number, item in enumerate(_loaded(data, str(path), name, coder), 1):
        if not item.role:
            raise InputError("E534", where=f"{path}:{number}", id=item.id)
        yield checked(as_gold(item), f"{path}:{number}")


def _loaded(data: bytes, where: str, name: str, coder: str) -> Iterator[Annotated]:
    if name == LABEL_STUDIO:
        from . import label_studio

        return label_studio.loads(data, where, coder)
    return format_named(name).loads(data, where)


def _has(ad: Annotated, part: str) -> int:
    """How often an ad has a part that a format may drop."""
    if part in _DEFAULTS:
        return sum(getattr(duty, part) != _DEFAULTS[part] for duty in ad.duties)
    return int(bool(getattr(ad, part)))
