from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.classifier.ad import GRADES, PLATFORMS, ROLES, ZONES
from jobclass.classifier.headings import load_headings
from jobclass.classifier.profile import load_profile
from jobclass.classifier.title import load_title_rules
from jobclass.corpus.coding.coding import Coding, begun, carried, coding_of, gold_of, problems
from jobclass.corpus.coding.plain import coding_from, plain
from jobclass.corpus.coding.sheet import Sheet, sheet_of
from jobclass.corpus.formats.spans import Annotated, DutySpan
from jobclass.corpus.gold import GOLD_ROLES, GoldLine, checked
from jobclass.errors import InputError

TEXT = """Community Manager (m/w/d)
Du moderierst Gruppen, sagt das Team.
Aufgaben
- Du moderierst Gruppen
- Du planst Themen. Du gibst Texte frei.
- Hilfe im Forum 🎉 und mehr
Profil
- Erfahrung"""
CODES = load_profile().codes


@pytest.fixture
def sheet() -> Sheet:
    ad = Annotated(TEXT, role="", id="1", title="Community Manager (m/w/d)", extra={"inclusion": 0.5})
    return sheet_of(ad, load_headings())


def duty(words: str, *areas: str, behind: int = 0, grade: str = "A", platform: str = "") -> DutySpan:
    start = TEXT.index(words, behind)
    return DutySpan(start, start + len(words), areas, grade, platform)


@pytest.fixture
def coding() -> Coding:
    return Coding(
        ("title", "intro", "duties", *[""] * 4, "profile", ""),
        (
            duty("Du moderierst Gruppen", "CM.engagement", behind=TEXT.index("Aufgaben"), platform="extern"),
            duty("Du planst Themen.", "SMM.koordination", "SH.content", grade="V"),
            duty("Hilfe im Forum 🎉", "CM.support", platform="eigen"),
        ),
        "CM",
        ("CM",),
        ("CM",),
        "",
        "zwei Zeilen",
    )


def test_coding_becomes_gold_that_is_right(sheet: Sheet, coding: Coding) -> None:
    gold = checked(gold_of(sheet, coding, coder="anna"), "gold.jsonl:1")
    assert [line.zone for line in gold.lines] == ["title", "intro", *["duties"] * 5, "profile", "profile"]
    assert [line.text for line in gold.lines[3:6]] == ["- Du moderierst Gruppen", "- Du planst Themen.", "Du gibst Texte frei."]  # fmt: skip
    assert gold.duties[2].text == "Hilfe im Forum 🎉"
    assert dict(gold.extra) == {"inclusion": 0.5, "coder": "anna", "remark": "zwei Zeilen"}
    assert (gold.level, gold.left_out, list(problems(sheet, coding, CODES))) == ("", (), [])


def test_coding_comes_back_from_gold_as_it_was(sheet: Sheet, coding: Coding) -> None:
    assert coding_of(sheet, gold_of(sheet, coding)) == (coding, ())


def test_coding_finds_a_duty_in_the_list_before_the_same_words_above_it(sheet: Sheet, coding: Coding) -> None:
    found, _ = coding_of(sheet, gold_of(sheet, coding))
    assert found.duties[0].start > TEXT.index("Aufgaben")


def test_coding_of_a_title_that_nobody_coded_is_left_out(sheet: Sheet, coding: Coding) -> None:
    uncoded = replace(coding, title_roles=None, level=None)
    gold = gold_of(sheet, uncoded)
    assert gold.left_out == ("title_roles", "level")
    assert coding_of(sheet, gold)[0] == uncoded


def test_coding_keeps_fields_that_nobody_codes_here(sheet: Sheet, coding: Coding) -> None:
    before = replace(gold_of(sheet, coding, coder="anna"), extra={"confidence": "low", "coder": "anna", "inclusion": 1})
    kept = gold_of(sheet, replace(coding, remark=""), before)
    assert dict(kept.extra) == {"confidence": "low", "inclusion": 0.5, "coder": "anna"}


def test_coding_takes_zones_by_their_words_from_gold_that_was_cut_otherwise(sheet: Sheet, coding: Coding) -> None:
    gold = gold_of(sheet, coding)
    joined = GoldLine("- Du planst Themen. Du gibst Texte frei.", "duties")
    cut = replace(gold, lines=(*gold.lines[:4], joined, *gold.lines[6:]))
    assert coding_of(sheet, cut)[0].zones == coding.zones


def test_coding_tells_duties_of_gold_that_do_not_stand_in_the_ad(sheet: Sheet, coding: Coding) -> None:
    gold = gold_of(sheet, coding)
    strange = replace(gold, duties=(replace(gold.duties[0], text="Kaltakquise"), *gold.duties[1:]))
    found, lost = coding_of(sheet, strange)
    assert (lost, len(found.duties)) == (("Kaltakquise",), 2)


OTHERS = (duty("Du planst Themen.", "OM.seo"), duty("Du gibst Texte frei.", "OM.seo"))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"role": ""}, "role"),
        ({"role": "Chef"}, "role"),
        ({"role": "notcodable", "roles_involved": ()}, "role"),
        ({"duties": OTHERS}, "role"),
        ({"role": "mixed", "roles_involved": ("CM",)}, "roles_involved"),
        ({"role": "mixed", "roles_involved": ("CM", "CM")}, "roles_involved"),
        ({"zones": ("", "intro", *[""] * 7)}, "lines[1].zone"),
        ({"zones": ("Titel", "intro", *[""] * 7)}, "lines[1].zone"),
        ({"duties": (duty("Hilfe im Forum"), *OTHERS)}, "duties[3].areas"),
        ({"duties": (duty("Hilfe im Forum", "OM.soe"), *OTHERS)}, "duties[3].areas"),
        ({"duties": (duty("Hilfe im Forum", *CODES[-4:]), *OTHERS)}, "duties[3].areas"),
        ({"duties": (duty("Hilfe im Forum", "OM.seo", grade="B"), *OTHERS)}, "duties[3].grade"),
        ({"duties": (duty("Hilfe im Forum", "OM.seo", platform="Mond"), *OTHERS)}, "duties[3].platform"),
        ({"duties": (duty("Hilfe im Forum", "CM.dialog"), *OTHERS)}, "duties[3].platform"),
        ({"duties": (duty("Hilfe im Forum", "OM.seo", platform="extern"), *OTHERS)}, "duties[3].platform"),
        ({"title_roles": ("mixed",)}, "title_roles"),
        ({"level": "Chef"}, "level"),
    ],
)
def test_coding_problems_name_their_field(change: dict[str, object], field: str, sheet: Sheet, coding: Coding) -> None:
    (problem,) = problems(sheet, replace(coding, **change), CODES)  # type: ignore[arg-type]  # a table of cases
    assert problem.field == field


def test_coding_as_plain_values_and_back(sheet: Sheet, coding: Coding) -> None:
    values = plain(coding, sheet)
    assert coding_from(values, sheet) == (coding, [])


@pytest.mark.parametrize("words", ["Kaltakquise", "Hilfe im forum 🎉"])
def test_coding_from_values_tells_words_that_do_not_stand_in_the_ad(words: str, sheet: Sheet, coding: Coding) -> None:
    values = plain(coding, sheet)
    values["duties"][2]["text"] = words  # type: ignore[index]  # plain values
    found, (problem,) = coding_from(values, sheet)
    assert (problem.field, problem.value, len(found.duties)) == ("duties[3].text", words, 2)


@pytest.mark.parametrize(
    "change",
    [{"zones": ["title"]}, {"zones": None}, {"duties": [1]}, {"role": None}, {"title_roles": "CM"}, {"level": 1}, {"remark": []}],
)  # fmt: skip
def test_coding_from_values_refuses_what_no_page_sends(change: dict[str, object], sheet: Sheet, coding: Coding) -> None:
    with pytest.raises(InputError, match="E602"):
        coding_from(plain(coding, sheet) | change, sheet)


@given(st.lists(st.sampled_from(ZONES)))
def test_coding_zones_are_carried_down_from_where_they_begin(zones: list[str]) -> None:
    assert carried(begun(zones)) == zones


WORDS = st.text("abcdä. -•\n🎉*", max_size=120)
EXTRA = st.dictionaries(st.sampled_from(["inclusion", "stratum", "coder", "remark"]), st.text("xy", min_size=1))


@st.composite
def codings(draw: st.DrawFn) -> tuple[Sheet, Coding]:
    text = draw(WORDS)
    sheet = sheet_of(Annotated(text, role="", id="1", extra=draw(EXTRA)), load_headings())
    spans = [
        DutySpan(
            start,
            draw(st.integers(start + 1, len(text))),
            tuple(draw(st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True))),
            draw(st.sampled_from(GRADES)),
            draw(st.sampled_from(PLATFORMS)),
        )
        for start in sorted(draw(st.lists(st.integers(0, max(0, len(text) - 1)), max_size=4 if text else 0)))
    ]
    role = draw(st.sampled_from(GOLD_ROLES))
    coding = Coding(
        tuple(draw(st.sampled_from(ZONES)) for _ in sheet.lines),
        tuple(spans),
        role,
        ROLES if role == "mixed" else (),
        draw(st.none() | st.just(()) | st.just(("CM", "OM"))),
        draw(st.none() | st.sampled_from(("", *load_title_rules().levels))),
        draw(st.sampled_from(("", "ein Satz"))),
    )
    return sheet, coding


@given(codings())
def test_coding_gold_that_is_opened_and_saved_again_stays_the_same(found: tuple[Sheet, Coding]) -> None:
    sheet, coding = found
    gold = checked(gold_of(sheet, coding, coder="anna"), "?")
    opened, lost = coding_of(sheet, gold)
    sent, wrong = coding_from(plain(opened, sheet), sheet)
    again = gold_of(sheet, sent, gold)
    assert (lost, wrong) == ((), [])
    assert (sorted(map(repr, again.duties)), replace(again, duties=())) == (
        sorted(map(repr, gold.duties)),
        replace(gold, duties=()),
    )
