"""Seeds of every format, and what becomes of them: input N is made from a seed by a generator seeded with N.

The seeds of documents are the examples, those of tables are written here from the same ads. Packages (DOCX, ODT, XLSX,
zip) are also mutated inside, since a broken zip tells nothing about what is in it.
"""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, datetime
from gzip import compress
from io import BytesIO, StringIO
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pyarrow as pa
from pyarrow import parquet

from jobclass.corpus.readers import formats

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Seeds = Sequence[tuple[str, bytes]]
    """The name and content of each file that is mutated."""

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
PACKED = 0.8
"""Share of the packages that are mutated inside."""

CUT_OFF = 0.05
"""Share of the files that end early."""

HOSTILE = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\x1b[31m", "\u202e\u200f".encode(), b"\xed\xa0\x80", b"\r\n\r\n"),
    *(b"&#xD800;", b"&lt;", b"<div>" * 500, b"</div>" * 50, b"<table><tr><td>" * 50),
    *(b"<!--", b"<![CDATA[", b"<script>", b"<plaintext>", b"- " * 500, b"[" * 2000, b"\\ud800", b"<w:p>" * 100),
    *(b'{"@type":"JobPosting","description":', b"% obj << /Kids [1 0 R] >>", b"{\\rtf1{\\" * 100),
    *(b"<!DOCTYPE x [<!ENTITY a 'b'>]>&a;", b"-1", b"99999999999", b"%s", b"\xf0\x9f\x98\x80" * 50, b"A" * 5000),
    *(b'"', b'"\n', b";", b"\t", b",,,,", b"NaN", b"1e999", b"9" * 5000, b"\\U00110000", b"_:", b"> .", b"\x1f\x8b"),
    *(
        b"WARC/1.0\r\n",
        b"Content-Length: 99999999999999999999\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"PAR1",
        b"null",
    ),
)
_TAGS = r"(?:(?:w|text|table|draw):[\w-]+|sheetData|row|c|v|is|si|t|f)"
_ELEMENT = re.compile(rf"(<({_TAGS})\b[^<>]*(?<!/)>)((?:(?!</?\2\b).)*?)(</\2>)".encode(), re.DOTALL)


def documents() -> Seeds:
    """The examples."""
    return [(str(path), path.read_bytes()) for path in sorted(EXAMPLES.rglob("*")) if path.suffix in formats.ENDINGS]


def tables() -> Seeds:
    """A small table of each kind that is read, with values of many types."""
    rows = [
        {
            "id": number, "Titel": path.read_text("utf-8").partition("\n")[0], "Beschreibung": path.read_text("utf-8"),
            "Datum": datetime(2026, 1, number, tzinfo=UTC), "Ort": "Köln; Bonn", "Gehalt": number / 7,
            "remote": number % 2 == 0, "leer": None,
        }
        for number, path in enumerate(sorted(EXAMPLES.glob("*.txt"))[:3], 1)
    ]  # fmt: skip
    plain = [row | {"Datum": str(row["Datum"])} for row in rows]
    nested = [row | {"Wörter": str(row["Titel"]).split(), "Firma": {"name": "Muster GmbH"}} for row in rows]
    posting = {
        "@type": "JobPosting", "title": plain[1]["Titel"], "jobLocation": [{"address": {"addressLocality": "Ulm"}}],
        "description": str(plain[1]["Beschreibung"]).replace("\n", "<br>"), "hiringOrganization": {"name": "Muster"},
    }  # fmt: skip
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in plain).encode()
    return [
        ("ads.csv", delimited(plain, ";")),
        ("ads-utf16.csv", delimited(plain, ",").decode().encode("utf-16")),
        ("ads.csv.gz", compress(delimited(plain, ","), mtime=0)),
        ("ads.tsv", delimited(plain, "\t")),
        ("ads.json", json.dumps(plain).encode()),
        ("search.json", json.dumps({"page": 1, "stellenangebote": plain}).encode()),
        ("graph.json", json.dumps([posting, {"@type": "WebPage"}]).encode()),
        ("ads.jsonl", lines),
        ("ads.jsonl.gz", compress(lines, mtime=0)),
        ("ads.parquet", columns(rows, compression="none")),
        ("nested.parquet", columns(nested, compression="none", use_dictionary=False, version="1.0")),
        ("packed.parquet", columns(nested, compression="zstd", row_group_size=1)),
        ("ads.xlsx", workbook(plain)),
        ("ads.warc", crawl([posting, posting | {"title": "Pflegefachkraft"}])),
        ("ads.nq", quads(posting)),
    ]


def delimited(rows: Sequence[Mapping[str, object]], separator: str) -> bytes:
    """Rows as CSV or TSV."""
    file = StringIO()
    writer = csv.DictWriter(file, rows[0], delimiter=separator)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def columns(rows: Sequence[Mapping[str, object]], **options: object) -> bytes:
    """Rows as Parquet."""
    file = BytesIO()
    parquet.write_table(pa.Table.from_pylist(list(rows)), file, **options)
    return file.getvalue()


def workbook(rows: Sequence[Mapping[str, object]]) -> bytes:
    """Rows as an Excel file, with a sheet before it that is empty."""
    from openpyxl import Workbook

    book, file, dateless = Workbook(), BytesIO(), BytesIO()
    sheet = book.create_sheet("Stellen")
    for cells in (rows[0], *(row.values() for row in rows), ["=1+1", datetime(2026, 1, 1)]):  # noqa: DTZ001 -- Excel's
        sheet.append(list(cells))
    book.save(file)
    with ZipFile(file) as package, ZipFile(dateless, "w", ZIP_DEFLATED) as changed:
        for name in package.namelist():
            if name != "docProps/core.xml":  # it says when it was written
                changed.writestr(ZipInfo(name), package.read(name), ZIP_DEFLATED)
    return dateless.getvalue()


def crawl(postings: Iterable[Mapping[str, object]]) -> bytes:
    """A WARC file with a page for each posting."""
    import fastwarc

    file = BytesIO()
    for number, posting in enumerate(postings):
        page = f'<html><script type="application/ld+json">{json.dumps(posting)}</script></html>'.encode()
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(page)}\r\n\r\n"
        record = fastwarc.WarcRecord()
        record.init_headers(fastwarc.WarcRecordType.response)
        record.headers["WARC-Target-URI"] = f"https://a.example/{number}"
        record.headers["WARC-Date"] = "2026-01-02T03:04:05Z"
        record.headers["WARC-Record-ID"] = f"<urn:uuid:00000000-0000-4000-8000-{number:012}>"
        record.set_bytes_content(head.encode() + page)
        record.is_http = True
        record.write(file)
    return file.getvalue()


def quads(posting: Mapping[str, object]) -> bytes:
    """The statements of two pages that state a posting."""
    said = {
        "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>": "<http://schema.org/JobPosting>",
        "<http://schema.org/title>": json.dumps(posting["title"]) + "@de",
        "<http://schema.org/description>": json.dumps(posting["description"]),
        "<http://schema.org/datePosted>": '"2026-01-01"^^<http://schema.org/Date>',
        "<http://schema.org/hiringOrganization>": "_:o",
    }
    pages = (f"<https://a.example/{number}>" for number in range(2))
    return "".join(
        f'_:j {name} {value} {page} .\n_:o <http://schema.org/name> "Muster" {page} .\n'
        for page in pages
        for name, value in said.items()
    ).encode()


def mutated(number: int, seeds: Seeds) -> tuple[str, bytes]:
    """Input N: its name and content."""
    random = Random(number)  # noqa: S311 -- repeatable, no secret
    name, content = random.choice(seeds)
    if content.startswith(b"PK") and random.random() < PACKED:
        return name, _mutated_inside(content, random, seeds)
    return name, _mutated(content, random, seeds)


def _mutated(content: bytes, random: Random, seeds: Seeds) -> bytes:
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        start, length = random.randrange(len(content) + 1), int(random.expovariate(1 / 40))
        other = random.choice(seeds)[1]
        cut = random.randrange(len(other))
        middle = random.choice(
            (
                b"",
                random.randbytes(length),
                bytes(byte ^ (1 << random.randrange(8)) for byte in content[start : start + length]),
                content[start : start + length] * random.choice((2, 50)),
                random.choice(HOSTILE),
                other[cut : cut + 20 * length],
            )
        )
        content = content[:start] + middle + content[start + random.choice((0, length)) :]
    return content[: random.randrange(len(content) + 1)] if random.random() < CUT_OFF else content


def _mutated_inside(content: bytes, random: Random, seeds: Seeds) -> bytes:
    target = BytesIO()
    with ZipFile(BytesIO(content)) as package, ZipFile(target, "w", ZIP_DEFLATED) as changed:
        names = package.namelist()
        telling = ("content", "document", "numbering", "sheet", "sharedStrings", "workbook", "styles")
        victim = random.choice([name for name in names if any(part in name for part in telling)] or names)
        for name in names:
            part = package.read(name)
            mutate = random.choice((_mutated, _rearranged)) if name == victim else None
            changed.writestr(name, mutate(part, random, seeds) if mutate else part)
    return target.getvalue()


def _rearranged(content: bytes, random: Random, seeds: Seeds) -> bytes:
    """XML that stays well-formed: elements repeated, removed or put inside each other, texts of other seeds."""
    for _ in range(random.choice((1, 2, 8))):
        elements = list(_ELEMENT.finditer(content))
        if not elements:
            break
        element = random.choice(elements)
        whole, opening, inner, closing = (element.group(part) for part in (0, 1, 3, 4))
        foreign = escape(random.choice(seeds)[1][:2000].decode("latin-1")).encode("ascii", "ignore")
        changed = random.choice(
            (
                b"",
                whole * random.choice((2, 200)),
                opening * 150 + inner + closing * 150,
                opening + foreign + closing,
            )
        )
        content = content[: element.start()] + changed + content[element.end() :]
    return content
