from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from jobclass.classifier.headings import load_headings
from jobclass.classifier.profile import load_profile
from jobclass.corpus.coding.book import UNCODED, GoldBook
from jobclass.corpus.coding.coding import Coding, gold_of
from jobclass.corpus.coding.sheet import sheet_of
from jobclass.corpus.formats.spans import Annotated
from jobclass.corpus.gold import GoldAd, gold_row, read_gold, text_of
from jobclass.errors import InputError

CODES = load_profile().codes
ADS = [Annotated(f"Anzeige {name}\n- Aufgabe", role="", id=name, title="Titel", extra={"inclusion": 0.5}) for name in "abc"]  # fmt: skip


def gold(number: int, role: str = "none", coder: str = "") -> GoldAd:
    sheet = sheet_of(ADS[number], load_headings())
    return gold_of(sheet, Coding(("duties", *[""] * (len(sheet.lines) - 1)), role=role), coder=coder)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gold.jsonl"


def book(path: Path, coder: str = "") -> GoldBook:
    return GoldBook(path, ADS, CODES, coder)


def test_book_has_the_order_of_the_ads_whenever_they_were_coded(path: Path) -> None:
    coded = book(path)
    assert coded.entries() == {}
    for number in (2, 0, 1):
        coded.save(gold(number), UNCODED)
    assert [ad.id for ad in read_gold(path)] == ["a", "b", "c"]
    assert list(read_gold(path)) == [gold(number) for number in range(3)]


def test_book_goes_on_where_it_was_left(path: Path) -> None:
    book(path).save(gold(1), UNCODED)
    again = book(path)
    assert list(again.entries()) == ["b"]
    again.save(gold(0), UNCODED)
    again.save(gold(1, "CM"), again.entries()["b"].version)
    assert [(ad.id, ad.role) for ad in read_gold(path)] == [("a", "none"), ("b", "CM")]


def test_book_overwrites_no_newer_coding(path: Path) -> None:
    one, other = book(path), book(path)
    one.save(gold(0, "CM"), UNCODED)
    with pytest.raises(InputError, match="E613"):
        other.save(gold(0, "OM"), UNCODED)
    assert [ad.role for ad in read_gold(path)] == ["CM"]
    other.save(gold(0, "OM"), other.entries()["a"].version)
    assert [ad.role for ad in read_gold(path)] == ["OM"]


def test_book_of_two_windows_loses_nothing(path: Path) -> None:
    one, other = book(path), book(path)
    one.save(gold(0), UNCODED)
    other.save(gold(1), UNCODED)
    one.save(gold(2), UNCODED)
    assert [ad.id for ad in read_gold(path)] == ["a", "b", "c"]


def test_book_of_two_programs_that_save_at_once_loses_nothing(path: Path) -> None:
    ads = [replace(ADS[0], id=str(number)) for number in range(40)]
    golds = [replace(gold(0), id=ad.id) for ad in ads]

    def save_all(mine: list[GoldAd]) -> None:
        own = GoldBook(path, ads, CODES)
        for each in mine:
            own.save(each, UNCODED)

    with ThreadPoolExecutor() as programs:
        list(programs.map(save_all, (golds[::2], golds[1::2])))
    assert list(read_gold(path)) == golds


def test_book_that_cannot_be_reached_for_a_while_is_not_taken_for_an_empty_one(path: Path) -> None:
    coded = book(path)
    coded.save(gold(0), UNCODED)
    away = path.rename(path.with_name("away"))
    path.symlink_to(path)  # leads to itself
    for use in (coded.entries, lambda: coded.save(gold(1), UNCODED)):
        with pytest.raises(InputError):
            use()
    path.unlink()
    away.rename(path)
    coded.save(gold(1), UNCODED)
    assert [ad.id for ad in read_gold(path)] == ["a", "b"]


@pytest.mark.parametrize("change", [{"id": "x"}, {"text": "anders"}, {"title": "anders"}])
def test_book_of_other_ads_is_refused(change: dict[str, str], path: Path) -> None:
    path.write_text(gold_row(replace(gold(0), **change)))  # type: ignore[arg-type]  # a table of cases
    with pytest.raises(InputError, match="E612"):
        book(path)


def test_book_knows_a_page_by_its_words(path: Path) -> None:
    page = replace(gold(0), text="<p>Anzeige a</p><ul><li>Aufgabe</li></ul>", format="html", title=" Titel ")
    path.write_text(gold_row(page))
    ad = replace(ADS[0], text=text_of(page))
    assert list(GoldBook(path, [ad], CODES).entries()) == ["a"]


def test_book_of_another_coder_is_refused(path: Path) -> None:
    book(path, "anna").save(gold(0, coder="anna"), UNCODED)
    with pytest.raises(InputError, match=r"E614.*'anna'"):
        book(path, "ben")
    assert list(book(path).entries()) == ["a"]


@pytest.mark.parametrize("row", ["{", '{"id": "a"}', json.dumps({"id": "a", "text": "x", "title": "x"})])
def test_book_that_is_no_gold_is_refused_and_left_as_it_is(row: str, path: Path) -> None:
    path.write_text(row)
    with pytest.raises(InputError):
        book(path)
    assert path.read_text() == row


def test_book_that_breaks_while_it_is_open_is_not_written_over(path: Path) -> None:
    coded = book(path)
    coded.save(gold(0), UNCODED)
    path.write_text("{")
    with pytest.raises(InputError, match="E110"):
        coded.save(gold(1), UNCODED)
    assert path.read_text() == "{"


def test_book_that_cannot_be_written_says_so_and_forgets_nothing(path: Path) -> None:
    coded = book(path)
    coded.save(gold(0), UNCODED)
    path.unlink()
    path.mkdir()
    with pytest.raises(InputError):
        coded.save(gold(1), UNCODED)


def test_book_spells_what_no_text_can_hold(path: Path) -> None:
    ad = replace(ADS[0], text="Anzeige \ud800")
    sheet = sheet_of(ad, load_headings())
    coded = GoldBook(path, [ad], CODES)
    coded.save(gold_of(sheet, Coding(("other",), role="none")), UNCODED)
    assert [found.text for found in read_gold(path)] == [ad.text]
    assert list(GoldBook(path, [ad], CODES).entries()) == [ad.id]
