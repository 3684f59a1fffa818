"""What readers deliver: an ad that was read, or a source that could not be."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...classifier.ad import Ad
    from ...errors import JobclassError


@dataclass(frozen=True, slots=True)
class Comment:
    """What the author of a page told this program in a comment; it is no part of the ad.

    Attributes:
        where: the file and line it stands in.
        text: what stands between the marks.
    """

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    """An ad that was read.

    Attributes:
        ad: the ad; `ad.source` is how the user named it, with `#` and a number or name behind it for a part of a file.
        record: the other columns of the ad's row, if it stood in a table.
        comments: those of its page that speak to this program.
    """

    ad: Ad
    record: Mapping[str, object] = field(default_factory=dict)
    comments: tuple[Comment, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source that holds no readable ad, with the reason."""

    source: str
    error: JobclassError
