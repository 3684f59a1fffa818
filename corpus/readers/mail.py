"""Mails (EML) and pages saved in one file (MHTML): the body, HTML before plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import InputError
from . import html, text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from .document import Document

LARGEST = 20_000_000
"""Bytes, attachments included."""

MOST_LINES = 300_000
"""As many as the largest mail has; the parser needs 10 µs for each."""

MOST_PARTS = 1000


def read(content: bytes, source: str, title: str) -> Iterator[Document]:
    """The ads in the body of a mail; attachments are left alone.

    Args:
        content: of the mail.
        source: how the user named it.
        title: the title, if the user gave it.

    Raises:
        InputError: the mail is too large, or has no body of text.
    """
    from email import message_from_bytes

    if len(content) > LARGEST:
        raise InputError("E107", path=source, size=len(content), largest=LARGEST)
    for what, size, largest in (("EML", content.count(b"\n"), MOST_LINES), ("EML", content.count(b"\n--"), MOST_PARTS)):
        if size > largest:
            raise InputError("E122", path=source, what=what, size=size, largest=largest)
    try:
        parts = _bodies(message_from_bytes(content))
    except (ValueError, RecursionError, LookupError) as error:
        raise InputError("E119", path=source, problem=f"EML: {type(error).__name__}") from error
    for kind, reader in (("text/html", html.read), ("text/plain", text.read)):
        if kind in parts:
            yield from reader(parts[kind], source, title)
            return
    raise InputError("E102", source=source)


def _bodies(message: Message) -> dict[str, bytes]:
    """The first part of each kind that is no attachment."""
    found: dict[str, bytes] = {}
    for part in message.walk():
        body = part.get_payload(decode=True)
        if isinstance(body, bytes) and body.strip() and part.get_content_disposition() != "attachment":
            found.setdefault(part.get_content_type(), _as_utf8(body, part.get_content_charset()))
    return found


def _as_utf8(body: bytes, charset: str | None) -> bytes:
    """The mail says the encoding of a part better than the part does."""
    if charset and html.is_charset(charset):
        return body.decode(charset, "replace").encode("utf-8", "replace")
    return body
