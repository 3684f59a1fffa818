from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup

from jobclass.cli.render import html
from jobclass.cli.results import Labelled, Result

Written = Callable[..., str]


@pytest.fixture(scope="module")
def source(written: Written) -> str:
    return written(html)


@pytest.fixture
def page(source: str) -> BeautifulSoup:
    return BeautifulSoup(source, "lxml")


def test_html_needs_nothing_from_elsewhere_and_runs_nothing(page: BeautifulSoup) -> None:
    assert page.find_all(["script", "img", "link", "iframe", "object", "form", "base"]) == []
    assert not re.search(r"url\(|@import|https?:", str(page.style))
    assert not [tag for tag in page.find_all() for name in tag.attrs if name.startswith("on")]
    policy = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})
    assert policy is not None
    assert str(policy["content"]).startswith("default-src 'none'")
    assert all(str(link["href"]).startswith("#") for link in page.find_all("a"))


def test_html_every_jump_has_a_target_and_every_target_one_name(page: BeautifulSoup) -> None:
    names = [tag["id"] for tag in page.find_all(id=True)]
    assert len(names) == len(set(names))
    assert {str(link["href"])[1:] for link in page.find_all("a")} <= set(names)


def test_html_shows_the_whole_text_with_its_duties_in_order(page: BeautifulSoup, results: list[Result]) -> None:
    sections = page.select("section.ad")
    assert len(sections) == len(results)
    for section, result in zip(sections, results, strict=True):
        if not isinstance(result, Labelled):
            assert "E102" in section.text
            continue
        words = section.select_one(".words")
        assert words is not None
        marked = words.select(".duty")
        assert len(marked) == len(result.verdict.duties)
        for tag in words.select(".tag, .to"):
            tag.decompose()
        shown, meant = words.text.split(), re.sub(r"[^\w\s\S]|\x07", " ", result.verdict.text).split()
        assert shown == meant


def test_html_colour_is_never_the_only_sign(page: BeautifulSoup) -> None:
    for duty in page.select(".words .duty"):
        tag = duty.select_one(".tag")
        assert tag is not None
        assert re.match(r"\d+ (CM|SMM|OM|SH|N)\.", tag.text)
    style = str(page.style)
    kinds = [re.search(rf"\.{family} {{.*?border-bottom-style: (\w+)", style) for family in ("CM", "SMM", "OM", "SH")]
    assert len({kind[1] for kind in kinds if kind}) == 4


def test_html_findings_carry_reason_and_way_out_and_accepted_ones_say_so(page: BeautifulSoup) -> None:
    for finding in page.select(".finding:not(.split)"):
        assert "Warum:" in finding.text
        assert "Ausweg:" in finding.text
    (accepted,) = page.select(".finding.accepted")
    assert '"<b>so</b>" & gewollt' in accepted.text


@pytest.mark.parametrize("language", ["de", "en"])
def test_html_one_ad_needs_no_overview(language: str, written: Written, results: list[Any]) -> None:
    page = BeautifulSoup(written(html, language, [results[1]]), "lxml")
    assert page.find("nav") is None
    assert page.html is not None
    assert page.html["lang"] == language


def test_html_marks_every_word_that_decided(results: list[Result]) -> None:
    for result in results:
        for piece in html.pieces(result) if isinstance(result, Labelled) else ():
            if piece.duty is None:
                continue
            marked = [decided for words, decided in piece.words for _ in words]
            meant = [
                any(item.start <= n < item.end for item in piece.duty.evidence)
                for n in range(piece.duty.start, piece.duty.end)
            ]
            assert marked == meant
            assert "".join(words for words, _ in piece.words) == piece.duty.text


SHORT = "Deine Aufgaben\n- Du moderierst unsere Gruppe\n- Du beantwortest die Kommentare unserer Mitglieder\n"


def test_html_an_ad_with_too_few_duties_is_not_judged_and_its_note_has_a_code(
    written: Written, check: Callable[..., Labelled]
) -> None:
    page = BeautifulSoup(written(html, "de", [check("Community Manager (m/w/d)\n\n" + SHORT)]), "lxml")
    chip, note = page.select_one(".head .chip"), page.select_one(".note b")
    assert chip is not None
    assert note is not None
    assert (chip.text, note.text) == ("nicht beurteilt", "N1")
    assert "Keine Rollenverwechslung" not in page.text


@pytest.mark.parametrize(
    ("title", "said"), [("Referent Kommunikation (m/w/d)\n\n", "Der Titel nenntkeine der drei Rollen"), ("", "")]
)
def test_html_says_what_a_title_names_only_where_there_is_one(
    title: str, said: str, written: Written, check: Callable[..., Labelled]
) -> None:
    page = BeautifulSoup(written(html, "de", [check(title + SHORT + "- Du schreibst Pressemitteilungen\n")]), "lxml")
    first = page.select_one(".head div")
    assert first is not None
    assert first.text == (said or first.text)
    assert ("Der Titel nennt" in page.text) is bool(said)


def test_html_names_both_roles_in_the_overview_and_in_each_ad(page: BeautifulSoup, results: list[Result]) -> None:
    head = [cell.text for cell in page.select(".ads th")]
    assert head[2:4] == ["Rolle im Gesamtbild", "Rolle nach Regeln"]
    for section, result in zip(page.select("section.ad"), results, strict=True):
        if isinstance(result, Labelled):
            said = {div.dt.text: div.dd.text for div in section.select(".head div") if div.dt and div.dd}
            assert re.search(r"\d+\s%", said["Rolle im Gesamtbild"])
            assert "%" not in said["Rolle nach Regeln"]


def contrast(first: str, second: str) -> float:
    """The contrast of two colours; source: WCAG 2.2, "relative luminance" and "contrast ratio"."""
    light, dark = sorted(map(luminance, (first, second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1])
def test_html_every_sign_can_be_read(scheme: int, page: BeautifulSoup) -> None:
    colours = dict(re.findall(r"--(\w[\w-]*): (#\w{6})", str(page.style).split(":root {")[scheme + 1]))
    families = [(name, f"{name}-tint") for name in ("CM", "SMM", "OM", "SH", "N")]
    severities = [(f"s{number}", ground) for number in range(4) for ground in ("paper", "card")]
    for sign, ground in (*families, *severities, ("soft", "card"), ("soft", "paper")):
        assert contrast(colours[sign], colours[ground]) >= 4.5, (sign, ground)
