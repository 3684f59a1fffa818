"""A real browser and a real server: an ad is coded by keyboard and mouse, and the gold is evaluated."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jobclass.corpus.gold import read_gold

Browser = Any
"""That of `conftest.py`."""

NAMES = ("community-manager", "all-in-one")
ENTER, DOWN = "Enter", "ArrowDown"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, examples: Path) -> Path:
    """A folder with a sample."""
    found = tmp_path_factory.mktemp("coding")
    rows = []
    for name in NAMES:
        text = (examples / f"{name}.txt").read_text()
        rows.append({"id": name, "title": text.splitlines()[0], "text": f"🎉 {text}", "inclusion": 0.5})
    (found / "sample.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return found


@pytest.fixture
def address(serving: Callable[..., Any], folder: Path) -> Iterator[str]:
    """Where the page stands, with nothing coded."""
    gold = folder / "gold.jsonl"
    gold.unlink(missing_ok=True)
    with serving(str(folder / "sample.jsonl"), "-o", str(gold), "--coder", "anna", command="annotate") as served:
        yield served.address


def coding(browser: Browser) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(browser.do("JSON.stringify(coding)"))
    return found


def code_first_ad(browser: Browser) -> None:
    """Zones, duties, role and title of the first example, by keyboard alone."""
    browser.press("1", DOWN, "2", DOWN, DOWN, "3", DOWN, "4", DOWN)
    for typed in (["strat", "v"], ["koord", "v"], ["qual"], ["sh.c"], ["dial", "ext"], ["smm.m", ""]):
        browser.press(ENTER)
        for part in filter(None, typed):
            browser.press(*part, ENTER)
        browser.press(ENTER)
    browser.press("5", *[DOWN] * 4, "6", *[DOWN] * 3, "7")
    browser.press("r", " ", DOWN, "t", " ")


def test_annotation_browser_codes_an_ad_that_is_evaluated(
    browser: Browser, address: str, folder: Path, call: Callable[..., Any]
) -> None:
    browser.open(address)
    code_first_ad(browser)
    browser.save()
    assert browser.do("location.pathname") == "/ad/2"
    assert browser.complaints == []
    (ad,) = read_gold(folder / "gold.jsonl")
    assert [(duty.areas[0], duty.grade, duty.platform) for duty in ad.duties] == [
        ("SMM.strategie", "V", ""),
        ("SMM.koordination", "V", ""),
        ("SMM.qualitaet", "A", ""),
        ("SH.content", "A", ""),
        ("CM.dialog", "A", "extern"),
        ("SMM.monitoring", "A", ""),
    ]
    assert (ad.role, ad.roles_involved, ad.title_roles, ad.level) == ("SMM", ("SMM",), ("CM",), "")
    assert [line.zone for line in ad.lines] == [
        *("title", "company", "company", "intro", *["duties"] * 7),
        *(*["profile"] * 4, *["offer"] * 3, "apply"),
    ]
    assert dict(ad.extra) == {"inclusion": 0.5, "coder": "anna"}
    evaluated = call("evaluate", folder / "gold.jsonl", "-f", "json")
    assert (evaluated.status, evaluated.err) == (0, "")
    assert json.loads(evaluated.out)
    assert call("agree", folder / "gold.jsonl", folder / "gold.jsonl").status == 0


def test_annotation_browser_shows_the_title_last(browser: Browser, address: str) -> None:
    browser.open(address)
    title = "Community Manager (m/w/d) in Vollzeit"
    assert title not in browser.do("document.body.innerText")
    assert "die Stelle" in browser.do("list.children[0].innerText")
    browser.press("t")
    assert title not in browser.do("document.body.innerText")
    browser.press("r", "ArrowUp", "t")
    assert title in browser.do("document.body.innerText")
    assert browser.do("document.getElementById('role').disabled")


def test_annotation_browser_tells_what_is_missing_where_it_is(browser: Browser, address: str, folder: Path) -> None:
    browser.open(address)
    browser.press(DOWN, "2", DOWN, ENTER, "Tab")
    browser.save()
    told = browser.do("[...document.querySelectorAll('.wrong')].map(e => e.innerText).filter(Boolean)")
    assert [text.split("(")[0].strip() for text in told] == [
        "Gib dieser Zeile eine Zone",
        "Gib dieser Aufgabe ein bis drei Bereiche aus der Liste",
        "Wähle die Rolle, die zu den Aufgaben passt.",
    ]
    assert browser.do("document.activeElement.dataset.line") == "0"
    assert coding(browser)["zones"][:3] == ["", "company", ""]
    assert not (folder / "gold.jsonl").exists()
    browser.press("1")
    assert not browser.do("list.children[0].querySelector('.wrong')")


def test_annotation_browser_splits_a_line_at_the_cut(browser: Browser, address: str) -> None:
    browser.open(f"{address}ad/2")
    browser.press(*[DOWN] * 4, "ArrowRight", "ArrowRight", "s")
    found = coding(browser)["duties"]
    assert [duty["text"] for duty in found] == ["Planung und", "Koordination unserer Social-Media-Aktivitäten"]


def test_annotation_browser_makes_a_duty_of_the_words_that_are_selected(browser: Browser, address: str) -> None:
    browser.open(f"{address}ad/2")
    browser.press(*[DOWN] * 4, ENTER, *"koord", ENTER, ENTER)
    select = (
        "(() => {{ const n = list.children[{line}].querySelector('.words span').firstChild;"
        " getSelection().setBaseAndExtent(n, n.data.indexOf({word!r}) + 2, n, n.data.indexOf({word!r}) + 5); }})()"
    )
    browser.do(select.format(line=4, word="Koordination"))
    browser.wait("document.getElementById('mark-selection')")
    browser.press(ENTER, *"kanal", ENTER, "Escape")
    browser.do(select.format(line=0, word="Social"))
    browser.press(ENTER, "Escape")
    found = [(duty["text"], duty["areas"]) for duty in coding(browser)["duties"]]
    assert found == [("Planung und", ["SMM.koordination"]), ("Koordination", ["SH.kanal"])]
    text, duty = browser.do("text"), coding(browser)["duties"][1]
    assert text[duty["start"] : duty["end"]] == "Koordination"


def test_annotation_browser_takes_steps_back(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.press("1", DOWN, ENTER, *"seo", ENTER, ENTER)
    browser.press("ArrowUp", "x", "z")
    assert coding(browser)["duties"][0]["areas"] == ["OM.seo"]
    browser.press(*["z"] * 9)
    assert (coding(browser)["duties"], set(coding(browser)["zones"])) == ([], {""})


def test_annotation_browser_keeps_a_draft_until_it_is_saved_or_discarded(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.press("1", DOWN, ENTER, *"seo", ENTER, "Escape")
    browser.go("n")
    browser.go("b")
    assert coding(browser)["zones"][0] == "title"
    assert coding(browser)["duties"][0]["areas"] == ["OM.seo"]
    assert "Entwurf" in browser.do("document.getElementById('draft').innerText")
    browser.click("#draft button")
    assert coding(browser)["duties"] == []
    assert browser.do("document.getElementById('draft').hidden")


def test_annotation_browser_of_two_windows_tells_of_the_newer_coding(
    browser: Browser, address: str, folder: Path
) -> None:
    browser.open(address)
    code_first_ad(browser)
    browser.save()
    browser.open(f"{address}ad/1")
    browser.do(
        "form.addEventListener('submit', () => { form.elements.coding.value = JSON.stringify("
        "{ ...coding, key, version: '', role: 'CM', roles_involved: ['CM'] }); })"
    )
    browser.save()
    assert "E613" in browser.do("document.querySelector('.problem').innerText")
    assert [ad.role for ad in read_gold(folder / "gold.jsonl")] == ["SMM"]
    assert coding(browser)["role"] == "CM"
    browser.save()
    assert [ad.role for ad in read_gold(folder / "gold.jsonl")] == ["CM"]


def test_annotation_browser_reads_a_refused_page_anew_with_all_that_was_changed(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.press("1")
    browser.save()
    browser.press(DOWN, "2", ENTER, *"seo", ENTER, "Escape")
    browser.reload()
    found = coding(browser)
    assert (found["zones"][:2], found["duties"][0]["areas"]) == (["title", "company"], ["OM.seo"])
    assert "Entwurf" in browser.do("document.getElementById('draft').innerText")
    assert browser.do("document.activeElement.dataset.line") == "1"


def test_annotation_browser_of_a_refused_ad_still_shows_its_title(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.press("r", "ArrowUp", "t", " ")
    browser.save()
    assert browser.do("document.querySelector('.wrong:not(:empty)').innerText")
    assert browser.do("shown")
    assert coding(browser)["title_roles"] == ["CM"]


def test_annotation_browser_saves_once_at_a_double_click(browser: Browser, address: str, folder: Path) -> None:
    browser.open(address)
    code_first_ad(browser)
    browser.press("Enter", control=True)
    browser.save()
    browser.wait("location.pathname !== '/ad/1' || document.querySelector('.problem')")
    assert browser.do("location.pathname") == "/ad/2"
    assert [ad.role for ad in read_gold(folder / "gold.jsonl")] == ["SMM"]


def test_annotation_browser_goes_back_to_an_ad_that_was_saved(browser: Browser, address: str, folder: Path) -> None:
    browser.open(address)
    code_first_ad(browser)
    browser.save()
    browser.back()
    browser.wait("document.readyState === 'complete' && typeof version === 'string' && version")
    browser.press("8")
    browser.save()
    assert [ad.lines[0].zone for ad in read_gold(folder / "gold.jsonl")] == ["other"]


def test_annotation_browser_keeps_what_was_sent_while_the_gold_was_broken(
    browser: Browser, address: str, folder: Path
) -> None:
    browser.open(address)
    code_first_ad(browser)
    (folder / "gold.jsonl").write_text("{")
    browser.save()
    assert "E110" in browser.do("document.body.innerText")
    (folder / "gold.jsonl").unlink()
    browser.open(f"{address}ad/1?lang=en")
    assert len(coding(browser)["duties"]) == 6
    assert browser.do("shown")
    browser.save()
    assert [ad.role for ad in read_gold(folder / "gold.jsonl")] == ["SMM"]


def test_annotation_browser_asks_before_it_loses_a_draft_that_it_cannot_keep(browser: Browser, address: str) -> None:
    browser.open(address)
    asks = (
        "(() => { document.getElementById('next').addEventListener('click', event => event.preventDefault());"
        " document.getElementById('next').click(); const event = new Event('beforeunload', {cancelable: true});"
        " dispatchEvent(event); return event.defaultPrevented; })()"
    )
    browser.press("1")
    assert not browser.do(asks)
    browser.do("Storage.prototype.setItem = () => { throw new Error('full'); }")
    browser.press("2")
    assert browser.do(asks)


def test_annotation_browser_takes_steps_back_without_the_remark(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.press("1", DOWN, ENTER, *"seo", ENTER, "Escape")
    browser.paste("#remark", "schwierig")
    browser.do("goTo(1)")
    browser.press("x", *["z"] * 9)
    assert (coding(browser)["remark"], browser.do("remark.value")) == ("schwierig", "schwierig")


def test_annotation_browser_changes_the_duty_that_a_step_back_brought_again(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.press(DOWN, ENTER, *"seo", ENTER, "Escape", "ArrowUp", "1", "z")
    browser.do("list.querySelector('.summary button').click()")
    browser.press(*"sea", ENTER)
    assert coding(browser)["duties"][0]["areas"] == ["OM.seo", "OM.sea"]


def test_annotation_browser_draws_only_lines_that_changed(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.do("window.before = [...list.children]")
    browser.press(DOWN, DOWN, ENTER, *"seo", ENTER, "Escape")
    same = "[...list.children].map((line, number) => line === before[number])"
    assert browser.do(same) == [number != 2 for number in range(len(coding(browser)["zones"]))]


WORDS = """(() => {{
  const found = list.children[{line}].querySelector('.words');
  const text = [...found.querySelectorAll('span')].map(span => span.firstChild).find(node => node.data.includes('{word}'));
  const range = document.createRange();
  range.setStart(text, text.data.indexOf('{word}'));
  range.setEnd(text, text.data.indexOf('{word}') + '{word}'.length);
  const box = range.getBoundingClientRect();
  return [box.x + {part} * box.width, box.y + box.height / 2];
}})()"""
"""Where a word stands in the window."""


def drag_over(browser: Browser, first: tuple[int, str], last: tuple[int, str]) -> None:
    """Selects from a word to another by mouse, and makes a duty of it."""
    start = browser.do(WORDS.format(line=first[0], word=first[1], part=0.2))
    browser.drag(start, browser.do(WORDS.format(line=last[0], word=last[1], part=0.8)))
    browser.wait("document.getElementById('mark-selection')")
    x, y = browser.do(
        "(() => { const b = document.getElementById('mark-selection').getBoundingClientRect();"
        " return [b.x + b.width / 2, b.y + b.height / 2]; })()"
    )
    browser.drag((x, y), (x, y))


def test_annotation_browser_makes_one_duty_of_two_lines_by_mouse(browser: Browser, address: str) -> None:
    browser.open(f"{address}ad/2")
    first, second = (browser.do(f"quote(lines[{number}].from, lines[{number}].to)") for number in (3, 4))
    drag_over(browser, (3, first.split()[0]), (4, second.split()[0]))
    (duty,) = coding(browser)["duties"]
    assert duty["text"].startswith(first)
    assert duty["text"].endswith(second.split()[0])
    browser.press(*"kanal", ENTER, "Escape", DOWN, ENTER)
    assert len(coding(browser)["duties"]) == 1
    assert browser.do("open === coding.duties[0]")


def select(browser: Browser, line: int, word: str) -> None:
    """Selects the first letters of a word, without a mouse."""
    browser.do(
        f"(() => {{ const n = [...list.children[{line}].querySelectorAll('.words span')].map(span => span.firstChild)"
        f".find(node => node.data.includes('{word}')); const at = n.data.indexOf('{word}');"
        f" getSelection().setBaseAndExtent(n, at, n, at + 3); }})()"
    )
    browser.wait("document.getElementById('mark-selection')")


def test_annotation_browser_keeps_the_areas_of_a_duty_that_grows(browser: Browser, address: str) -> None:
    browser.open(f"{address}ad/2")
    select(browser, 4, "Koordination")
    browser.press(ENTER, *"koord", ENTER, "v", ENTER, "Escape")
    browser.do(
        "(() => { const s = list.children[4].querySelectorAll('.words span');"
        " getSelection().setBaseAndExtent(s[0].firstChild, 0, s[2].firstChild, 8); })()"
    )
    browser.wait("document.getElementById('mark-selection')")
    browser.press(ENTER, "Escape")
    (duty,) = coding(browser)["duties"]
    assert (duty["text"], duty["areas"], duty["grade"]) == (
        "Planung und Koordination unserer",
        ["SMM.koordination"],
        "V",
    )


def test_annotation_browser_forgets_a_selection_when_the_coder_goes_on(browser: Browser, address: str) -> None:
    browser.open(f"{address}ad/2")
    select(browser, 3, "bei")
    browser.press(DOWN, ENTER)
    (duty,) = coding(browser)["duties"]
    assert duty["text"] == browser.do("quote(lines[4].from, lines[4].to)")


def test_annotation_browser_moves_the_cut_to_the_next_clause(browser: Browser, address: str) -> None:
    browser.open(address)
    number = browser.do("lines.findIndex(line => /, ./.test(quote(line.from, line.to)))")
    words = browser.do(f"quote(lines[{number}].from, lines[{number}].to)")
    browser.press(*[DOWN] * number)
    browser.do("KEYS.ArrowRight({ shiftKey: true })")
    assert browser.do("quote(lines[current].from, cut)").strip() == words[: words.index(",") + 1]


def test_annotation_browser_masks_the_title_in_the_words_of_a_duty(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.do("newDuty({ start: masks[0][0], end: masks[0][1] + 1 }); changed()")
    assert browser.do("list.querySelector('q').innerText").strip() == "die Stelle"
    assert "Community Manager (m/w/d)" not in browser.do("list.innerText")


def test_annotation_browser_lets_role_and_level_be_chosen_at_any_time(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.press(DOWN, ENTER)
    browser.do("inputs('role')[1].focus()")
    browser.press(DOWN)
    assert browser.do("document.activeElement.value") == "OM"
    browser.do("level.value = level.options[1].value; level.dispatchEvent(new Event('change'))")
    assert coding(browser)["level"] == browser.do("level.value") == browser.do("level.options[1].value")


def test_annotation_browser_asks_for_the_role_that_goes_with_the_duties(browser: Browser, address: str) -> None:
    shown = "[...whole.querySelectorAll('.todo')].filter(e => !e.hidden).map(e => e.id)"
    browser.open(address)
    browser.press(DOWN, ENTER, *"seo", ENTER, "Escape", "r", " ", "t")
    assert (browser.do(shown), browser.do("shown")) == (["few"], False)
    browser.do("goTo(0)")
    browser.press("r", "ArrowUp", "t")
    assert (browser.do(shown), browser.do("shown")) == ([], True)
    assert browser.do("document.getElementById('role').disabled")
    browser.do("goTo(2)")
    for _ in range(2):
        browser.press(ENTER, *"seo", ENTER, ENTER)
    assert browser.do(shown) == ["enough"]
    assert not browser.do("document.getElementById('role').disabled")


def test_annotation_browser_tells_what_is_wrong_at_the_same_duty_when_another_goes(
    browser: Browser, address: str
) -> None:
    browser.open(address)
    browser.press("1", DOWN, ENTER, *"seo", ENTER, "Escape", DOWN, ENTER, "Tab")
    browser.save()
    assert browser.do("list.children[2].querySelectorAll('.coded-duty .wrong').length") == 1
    browser.do("goTo(1)")
    browser.press("x")
    assert browser.do("list.children[2].querySelectorAll('.coded-duty .wrong').length") == 1
    browser.do("goTo(2)")
    browser.press(ENTER, *"seo", ENTER)
    assert browser.do("list.querySelectorAll('.wrong').length") == 0


def test_annotation_browser_asks_for_the_platform_of_a_community_duty(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.press("1", DOWN, ENTER, *"dialog", ENTER, "Escape")
    browser.save()
    told = "[...list.querySelectorAll('.coded-duty .wrong')].map(e => e.innerText)"
    assert [text.split()[-1] for text in browser.do(told)] == ["dasteht."]
    browser.do("goTo(1)")
    browser.press("p")
    assert (browser.do(told), coding(browser)["duties"][0]["platform"]) == ([], "extern")


def test_annotation_browser_goes_through_the_roles_of_the_title_by_arrows(browser: Browser, address: str) -> None:
    browser.open(address)
    browser.press("r", "ArrowUp", "t", DOWN, " ", DOWN, " ")
    assert coding(browser)["title_roles"] == ["SMM", "OM"]


def test_annotation_browser_needs_its_script_and_says_so(browser: Browser, address: str) -> None:
    browser.open("about:blank")
    browser.ask("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(address)
        assert "JavaScript" in browser.do("document.querySelector('noscript').textContent")
        assert browser.do("document.getElementById('desk').hidden")
    finally:
        browser.ask("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.parametrize("width", [360, 390, 1200])
def test_annotation_browser_page_is_as_wide_as_the_window(width: int, browser: Browser, address: str) -> None:
    browser.ask("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=True)
    try:
        browser.open(address)
        browser.press("4", DOWN, ENTER, *"dial", ENTER)
        assert browser.do("document.documentElement.scrollWidth") <= width
    finally:
        browser.ask("Emulation.clearDeviceMetricsOverride")
