"""The worst files that the limits admit: how much of the processor and of memory a reader needs for each.

    python benchmarks/hostile.py

Pages, mails and texts are read in the process itself, so their limits on bytes, tags and depth must bound the time; PDF
and office documents are stopped by the clock (`isolated.SECONDS`). Each file is read in a process of its own here, to
measure its memory. A file that is refused shows the code.
"""

from __future__ import annotations

import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from jobclass.corpus.readers import html, mail, tree
from jobclass.corpus.readers.document import Unreadable
from jobclass.corpus.readers.formats import LARGEST
from jobclass.corpus.readers.paths import read
from jobclass.corpus.readers.text import LARGEST as LARGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Callable

TAGS = tree.MOST_TAGS - 10
PAGE = b"<!doctype html><body>"
MAIL = b"MIME-Version: 1.0\n"
MIXED = b"Content-Type: multipart/mixed"


def attributes() -> bytes:
    """Tags with as many attributes as are not cut."""
    names = b" ".join(b"a%d" % number for number in range(3 * tree.MOST_ATTRIBUTES))
    return PAGE + b"<p %s>x" % names * (html.LARGEST // (len(names) + 6))


def nested_links() -> bytes:
    """Lists of links inside each other, as deep as is admitted, again and again."""
    deep = tree.DEEPEST // 3
    return PAGE + (b"<ul><li><h3>Weitere Jobs" * deep + b"</h3></li></ul>" * deep) * (TAGS // (6 * deep))


def postings(description: bytes) -> bytes:
    """As many postings on a page as are admitted."""
    one = b'{"@type":"JobPosting","title":"x","description":"%s"}' % description
    return PAGE + b'<script type="application/ld+json">[' + b",".join([one] * 1000) + b"]</script>"


def forms(levels: int, fan: int) -> bytes:
    """A PDF whose page shows a form that shows the next one several times, and so on."""
    page = b"/Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 5 0 R/Resources<</XObject<</X 10 0 R>>>>"
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: b"<<" + page + b">>"}
    objects |= {4: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", 5: stream(b"", b"/X Do\n" * fan)}
    kind = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</Font<</F 4 0 R>>/XObject<</X %d 0 R>>>>"
    for level in range(levels):
        shown = b"/X Do\n" * fan if level < levels - 1 else b"BT /F 12 Tf 72 700 Td (Hallo) Tj ET"
        objects[10 + level] = stream(kind % (11 + level), shown)
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % item for item in objects.items())
    return b"%PDF-1.5\n" + body + b"trailer<</Root 1 0 R/Size 99>>\n%%EOF"


def stream(entries: bytes, content: bytes) -> bytes:
    """A PDF stream."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def package(**parts: bytes) -> bytes:
    """A zip; `__` in a name stands for a slash, `_` for a dot."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return target.getvalue()


def word(body: bytes) -> bytes:
    """A Word document."""
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    types = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
    root = b"<w:document %s><w:body>%s</w:body></w:document>" % (space, body)
    return package(Content_Types=types, word__document_xml=root)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bullets.txt": lambda: b"- Pflege der Website\n" * (LARGEST_TEXT // 21),
    "paragraphs.html": lambda: PAGE + b"<p>a" * TAGS,
    "letters.html": lambda: PAGE + b"<p>" + b"a b " * (html.LARGEST // 4 - 10),
    "deep.html": lambda: PAGE + b"<div>" * 100_000,
    "links.html": nested_links,
    "attributes.html": attributes,
    "formatting.html": lambda: PAGE + b"<a><b><i>" * (TAGS // 3),
    "closing.html": lambda: PAGE + b"<div>" * 1900 + b"</p>" * (TAGS - 1900),
    "blanks.html": lambda: PAGE + (b"<h2>" + b" " * (html.LARGEST // 1900 - 4)) * 1900,
    "comments.html": lambda: PAGE + b"<!--" * (TAGS // 2),
    "entities.html": lambda: PAGE + b"&amp;" * (html.LARGEST // 5 - 9),
    "postings.html": lambda: postings(b"<p>Pflege der Website</p>" * 600),
    "escaped.html": lambda: postings(b"&amp;lt;p&amp;gt;Pflege" * 600),
    "json.html": lambda: PAGE + b'<script type="application/ld+json">' + b"[" * 10_000_000,
    "commas.html": lambda: PAGE + b'<script type="application/ld+json">[' + b", " * 7_000_000,
    "quotes.html": lambda: PAGE + b'<script type="application/ld+json">[' + b'"\\' * 7_000_000,
    "parts.eml": lambda: MAIL + b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nhallo\n" * 900_000,
    "nested.eml": lambda: MAIL + b"".join(b"%s; boundary=b%d\n\n--b%d\n" % (MIXED, n, n) for n in range(900)),
    "headers.eml": lambda: MAIL + b"Subject: a\n" * (mail.MOST_LINES - 9) + b"\nhallo",
    "folded.eml": lambda: MAIL + b"Subject: a\n" + b" a\n" * (mail.MOST_LINES - 9) + b"\nhallo",
    "base64.eml": lambda: MAIL + b"Content-Transfer-Encoding: base64\n\n" + b"QUFB" * 4_900_000,
    "forms.pdf": lambda: forms(9, 12),
    "paragraphs.docx": lambda: word(b"<w:p><w:r><w:t>Pflege</w:t></w:r></w:p>" * 480_000),
    "runs.docx": lambda: word(b"<w:p>" + b"<w:r><w:t>a</w:t></w:r>" * 800_000 + b"</w:p>"),
    "deep.docx": lambda: word(b"<w:p>" * 10_000 + b"</w:p>" * 10_000),
    "entities.docx": lambda: package(word__document_xml=b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><x>&a;</x>"),
    "bomb.docx": lambda: word(b" " * 400_000_000),
    "groups.rtf": lambda: b"{\\rtf1" + b"{" * 9_000_000,
    "fields.rtf": lambda: b"{\\rtf1" + b"{\\field{\\*\\fldinst{HYPERLINK " * 300_000,
    "bomb.zip": lambda: package(**{f"a{number}_txt": b"a " * 20_000_000 for number in range(15)}),
    "many.zip": lambda: package(**{f"a{number}_txt": b"a" for number in range(10_001)}),
    "large.bin": lambda: b"\n" * (LARGEST + 1),
}  # fmt: skip


def measured(path: str) -> None:
    """The child: reads one file and prints seconds of the processor, megabytes and what became of it."""
    results = list(read(path))
    errors = [result.error.code for result in results if isinstance(result, Unreadable)]
    usages = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    took = sum(usage.ru_utime + usage.ru_stime for usage in usages)
    memory = max(usage.ru_maxrss for usage in usages) // 1000
    print(json.dumps([took, memory, len(results) - len(errors), sorted(set(errors))]))


def main() -> None:
    """Prints a row for each file."""
    if len(sys.argv) > 1 and Path(sys.argv[1]).is_file():
        measured(sys.argv[1])
        return
    if sys.argv[1:2] == ["--make"]:
        path = Path(sys.argv[2])
        path.write_bytes(HOSTILE[path.name]())
        return
    for name in sys.argv[1:] or HOSTILE:
        with TemporaryDirectory() as folder:
            path = Path(folder) / name
            # Made by a child: memory of this process would count for its later children.
            subprocess.run([sys.executable, __file__, "--make", str(path)], check=True)  # noqa: S603 -- this script
            size = path.stat().st_size
            done = subprocess.run([sys.executable, __file__, str(path)], capture_output=True, text=True, check=True)  # noqa: S603 -- this script
        took, memory, read_ads, errors = json.loads(done.stdout)
        print(
            f"{name:<18}{size / 1e6:7.1f} MB{took:8.1f} s{memory:6} MB  {read_ads or ''} {' '.join(errors)}", flush=True
        )


if __name__ == "__main__":
    main()
