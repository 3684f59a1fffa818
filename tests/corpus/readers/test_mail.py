from __future__ import annotations

from email.message import EmailMessage

import pytest

from jobclass.corpus.readers.mail import read
from jobclass.errors import InputError


def text_of(content: bytes) -> str:
    (document,) = read(content, "mail.eml", "")
    return document.ad.text


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_mail_prefers_html_and_keeps_umlauts(encoding: str) -> None:
    mail = EmailMessage()
    mail.set_content("Geräte", cte=encoding)
    mail.add_alternative("<h1>Geräte</h1><p>Text</p>", subtype="html", cte=encoding)
    mail.add_attachment(b"<p>Anhang</p>", maintype="text", subtype="html", filename="a.html")
    assert text_of(mail.as_bytes()) == "# Geräte\n\nText"


def test_mail_of_plain_text() -> None:
    mail = EmailMessage()
    mail.set_content("Geräte für Gärten", charset="iso-8859-1")
    assert text_of(mail.as_bytes()).strip() == "Geräte für Gärten"


@pytest.mark.parametrize("charset", ["no-such", "punycode", "idna", "unicode_escape"])
def test_mail_with_a_strange_charset_is_read(charset: str) -> None:
    assert "Pflege" in text_of(f"MIME-Version: 1.0\nContent-Type: text/plain; charset={charset}\n\nPflege".encode())


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"MIME-Version: 1.0\nContent-Type: image/png\n\nx", "E102"),
        (b"MIME-Version: 1.0\n\n", "E102"),
        (b"MIME-Version: 1.0\n" + b"A: b\n" * 400_000, "E122"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * 5000, "E122"),
        (b" " * 20_000_001, "E107"),
    ],
)
def test_mail_without_a_body_or_beyond_a_limit_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(InputError) as caught:
        text_of(content)
    assert caught.value.code == code


def test_mail_with_many_parts_inside_each_other_is_refused_or_read() -> None:
    content = b"MIME-Version: 1.0\n"
    for number in range(900):
        content += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    with pytest.raises(InputError):
        text_of(content)
