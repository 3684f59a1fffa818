from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobclass.classifier.ad import ZONES
from jobclass.corpus.formats import FORMATS, dumps, dumps_annotated, read, uncoded
from jobclass.corpus.formats.label_studio import interface
from jobclass.corpus.formats.spans import places
from jobclass.corpus.gold import GOLD_ROLES, OPTIONAL, GoldAd, GoldDuty, GoldLine
from jobclass.errors import InputError

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=8)
CODES = st.lists(
    st.sampled_from(["CM.dialog", "SMM.strategie", "SH.content", "OM.seo"]), min_size=1, max_size=3, unique=True
)
ROLES = st.lists(st.sampled_from(["CM", "SMM", "OM"]), max_size=3, unique=True).map(tuple)


@st.composite
def gold_ads(draw: st.DrawFn) -> GoldAd:
    """Ads whose lines differ, some of them duties."""
    rows = [
        f"{number} {' '.join(words)}."
        for number, words in enumerate(draw(st.lists(st.lists(WORDS, min_size=1, max_size=4), min_size=1, max_size=5)))
    ]
    chosen = [row for row in rows if draw(st.booleans())]
    return GoldAd(
        id=draw(WORDS),
        title=draw(WORDS),
        format=draw(st.sampled_from(["text", "markdown"])),
        text=draw(st.sampled_from(["\n", "\r\n", "\n\n  "])).join(rows),
        lines=tuple(GoldLine(row, draw(st.sampled_from(ZONES))) for row in rows),
        duties=tuple(
            GoldDuty(row, tuple(draw(CODES)), draw(st.sampled_from(["V", "A", "U"])), draw(st.sampled_from(["", "extern", "eigen"])))
            for row in chosen
        ),
        role=draw(st.sampled_from(GOLD_ROLES)),
        roles_involved=draw(ROLES),
        title_roles=draw(ROLES),
        level=draw(st.sampled_from(["", "Senior"])),
        source=draw(WORDS),
        extra=draw(st.dictionaries(st.sampled_from(["author", "remark"]), WORDS)),
    )  # fmt: skip


def back_again(ads: list[GoldAd], name: str, folder: Path) -> tuple[list[GoldAd], dict[str, int]]:
    data, lost = dumps(ads, name)
    file = folder / "ads"
    file.write_bytes(data)
    return list(read(file, name)), dict(lost)


@pytest.mark.parametrize("name", ["gold", "prodigy", "label-studio"])
@given(ads=st.lists(gold_ads(), min_size=1, max_size=3, unique_by=lambda ad: ad.id))
@settings(max_examples=25, deadline=None)
def test_formats_full_round_trip(tmp_path_factory: pytest.TempPathFactory, name: str, ads: list[GoldAd]) -> None:
    assert back_again(ads, name, tmp_path_factory.mktemp("ads")) == (ads, {})


@given(ads=st.lists(gold_ads(), min_size=1, max_size=3, unique_by=lambda ad: ad.id))
@settings(max_examples=25, deadline=None)
def test_formats_doccano_loses_what_it_says(tmp_path_factory: pytest.TempPathFactory, ads: list[GoldAd]) -> None:
    ads = [replace(ad, extra={**ad.extra, "inclusion": 0.25}) for ad in ads]
    ads = [replace(ad, extra={n: [v] if n == "remark" else v for n, v in ad.extra.items()}) for ad in ads]
    found, lost = back_again(ads, "doccano", tmp_path_factory.mktemp("ads"))
    bare = [
        replace(
            ad,
            extra={name: value for name, value in ad.extra.items() if name != "remark"},
            duties=tuple(replace(duty, grade="A", platform="") for duty in ad.duties),
        )
        for ad in ads
    ]
    assert found == bare
    assert lost.get("grade", 0) == sum(duty.grade != "A" for ad in ads for duty in ad.duties)
    assert lost.get("platform", 0) == sum(duty.platform != "" for ad in ads for duty in ad.duties)
    assert lost.get("extra", 0) == sum("remark" in ad.extra for ad in ads)


@given(ads=st.lists(gold_ads(), min_size=1, max_size=2, unique_by=lambda ad: ad.id))
@settings(max_examples=10, deadline=None)
def test_formats_docbin_moves_borders_only_when_it_says(
    tmp_path_factory: pytest.TempPathFactory, ads: list[GoldAd]
) -> None:
    found, lost = back_again(ads, "docbin", tmp_path_factory.mktemp("ads"))
    if not lost:
        assert found == ads
    else:
        assert set(lost) == {"moved_borders"}
        assert [ad.role for ad in found] == [ad.role for ad in ads]
        assert [[duty.areas for duty in ad.duties] for ad in found] == [
            [duty.areas for duty in ad.duties] for ad in ads
        ]


def test_formats_docbin_keeps_ordinary_ads(tmp_path: Path, repository: Path) -> None:
    ads = list(read(repository / "corpus" / "evaluation" / "confusion.jsonl", "gold"))[:10]
    found, lost = back_again(ads, "docbin", tmp_path)
    assert (found, lost) == (ads, {})


def test_formats_say_what_does_not_stand_in_the_text() -> None:
    ad = GoldAd(
        "1", "", "html", "<p>Planung der Posts</p>", (), (GoldDuty("Pflege der Kanäle", ("SH.kanal",)),), "none"
    )
    assert dumps([ad], "prodigy")[1] == {"duties_not_in_text": 1, "html": 1}


def test_formats_places_follow_the_order_and_any_white_space() -> None:
    text = "Posts planen\nPosts planen und\n texten"
    assert places(text, ["Posts planen", "Posts planen und texten", "fehlt"]) == [(0, 12), (13, len(text)), (0, 0)]


def test_formats_places_pass_over_marks() -> None:
    text = "**Planung:** Themen (monatlich)"
    assert places(text, ["Planung Themen monatlich", "– "]) == [(2, 30), (0, 0)]


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "gold"])
@pytest.mark.parametrize("data", [b"{", b"[1]", b'{"text": "x"}', b"\x00\xff", b'{"text": "x", "spans": 3}'])
def test_formats_broken_files_are_named(name: str, data: bytes, tmp_path: Path) -> None:
    file = tmp_path / "broken"
    file.write_bytes(data)
    with pytest.raises(InputError) as caught:
        list(read(file, name))
    assert caught.value.code == "E501"
    assert str(file) in str(caught.value)


@pytest.mark.parametrize(
    ("name", "record"),
    [
        ("prodigy", {"text": "kurz", "spans": [{"start": 0, "end": 99, "label": "zone:duties"}]}),
        ("doccano", {"text": "kurz", "label": [[3, 1, "CM.dialog"]]}),
        ("label-studio", [{"data": {"text": "kurz"}, "annotations": [{"result": [{"id": "1", "type": "labels", "from_name": "zone", "value": {"start": 0, "end": 2, "text": "rz", "labels": ["duties"]}}]}]}]),
    ],
)  # fmt: skip
def test_formats_wrong_offsets_are_refused(name: str, record: object, tmp_path: Path) -> None:
    file = tmp_path / "wrong"
    file.write_text(json.dumps(record))
    with pytest.raises(InputError, match="E501"):
        list(read(file, name))


def test_formats_unknown_labels_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "wrong"
    file.write_text(
        json.dumps({"text": "kurz", "spans": [{"start": 0, "end": 4, "label": "zone:Aufgaben"}], "accept": ["CM"]})
    )
    with pytest.raises(InputError, match=r'wrong:1.*"Aufgaben", possible is title, company'):
        list(read(file, "prodigy"))


def test_formats_leave_rejected_tasks_out(tmp_path: Path) -> None:
    file = tmp_path / "tasks"
    file.write_text(json.dumps({"text": "kurz", "spans": [], "answer": "reject"}))
    assert list(read(file, "prodigy")) == []


def test_formats_label_studio_interface_names_every_code(labeller) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 -- the session's labeller
    from xml.etree.ElementTree import fromstring

    tree = fromstring(interface(labeller.profile.codes))  # noqa: S314 -- we wrote it
    assert {item.get("value") for item in tree.iter("Label")} == {*ZONES, *labeller.profile.codes}


UNCODED = {"id": "a1", "title": "Koch", "text": "Aufgaben:\n- Posts planen\n- Foren pflegen", "inclusion": 0.5}


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "gold"])
@pytest.mark.parametrize("labelled", [False, True])
def test_formats_take_uncoded_ads_and_invent_no_role(name: str, labelled: bool, tmp_path: Path) -> None:  # noqa: FBT001 -- a parameter of the test
    verdict = {
        "role": "CM",
        "rule_role": "CM",
        "duties": [{"text": "x"}],
        "flags": [],
        "title_roles": ["CM"],
        "role_input": "CM",
    }
    table, tasks = tmp_path / "sample.jsonl", tmp_path / "tasks"
    table.write_text(json.dumps(UNCODED | (verdict if labelled else {})) + "\n", encoding="utf-8")
    data, lost = dumps_annotated(uncoded.read(table), name)
    assert not lost
    assert b"CM" not in data
    tasks.write_bytes(data)
    if name == "label-studio":
        assert list(json.loads(data)[0]) == ["data"]
        tasks.write_text(json.dumps([json.loads(data)[0] | {"annotations": [{"result": []}]}]))
    with pytest.raises(InputError, match=r"E534 .*tasks:1, ad 'a1'"):
        list(read(tasks, name))


def test_formats_what_was_coded_from_a_sample_keeps_its_fields(tmp_path: Path) -> None:
    table, tasks = tmp_path / "sample.csv", tmp_path / "tasks.jsonl"
    table.write_text(
        "Kennung;Jobtitel;Stellenbeschreibung;inclusion\nx;Koch;<p>Posts planen</p>;0.5\n", encoding="cp1252"
    )
    (task,) = map(json.loads, dumps_annotated(uncoded.read(table), "prodigy")[0].decode().splitlines())
    span = {"start": 0, "end": 12, "label": "CM.dialog"}
    tasks.write_text(json.dumps(task | {"spans": [span], "accept": ["CM"], "answer": "accept"}))
    (ad,) = read(tasks, "prodigy")
    assert (ad.id, ad.title, ad.text, ad.format) == ("x", "Koch", "Posts planen", "markdown")
    assert (ad.duties[0].text, ad.extra) == ("Posts planen", {"inclusion": "0.5"})
    assert ad.left_out == OPTIONAL


@pytest.mark.parametrize(
    ("value", "form", "extra"),
    [
        ("Vollzeit", "text", {"format_input": "Vollzeit"}),
        (7, "text", {"format_input": 7}),
        (None, "text", {}),
        ("text", "text", {}),
        ("markdown", "markdown", {}),
        ("html", "markdown", {}),
    ],
)
@pytest.mark.parametrize("name", ["prodigy", "label-studio", "doccano"])
def test_formats_a_column_named_format_need_not_be_the_form_of_the_text(
    name: str, value: object, form: str, extra: dict[str, object], tmp_path: Path
) -> None:
    table, tasks = tmp_path / "ads.jsonl", tmp_path / "tasks"
    table.write_text(json.dumps({"id": "x", "text": "Posts planen", "format": value}) + "\n", encoding="utf-8")
    (uncoded_ad,) = uncoded.read(table)
    tasks.write_bytes(dumps_annotated([replace(uncoded_ad, role="CM")], name)[0])
    (ad,) = read(tasks, name)
    assert (ad.format, ad.extra) == (form, extra)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("x.docx", "", "E510"), ("x.csv", "id,title\n1,Koch\n", "E535"), ("x.csv", "id,text\n1,\n", "E102")],
)
def test_formats_uncoded_tables_without_ads_are_told(name: str, content: str, code: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(InputError, match=code):
        list(uncoded.read(tmp_path / name))


def test_formats_uncoded_ads_with_one_id_are_refused_before_anybody_codes_them(tmp_path: Path) -> None:
    table = tmp_path / "ads.csv"
    table.write_text("id,text\na,Posts planen\nb,Foren pflegen\na,Kochen\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        list(uncoded.read(table))
    assert caught.value.code == "E526"
    assert "hand-coded" not in str(caught.value)
    assert caught.value.details == {"where": f"{table}#3", "id": "a", "first": f"{table}#1"}


def test_formats_judgements_of_label_stay_behind() -> None:
    pytest.importorskip("pyarrow")
    from jobclass.corpus.bulk import verdict_schema

    assert set(verdict_schema().names) - {"id", "title"} <= uncoded.JUDGED


def region(start: int, end: int, labels: list[str], identity: str = "r") -> dict[str, object]:
    value = {"start": start, "end": end, "labels": labels}
    return {"id": identity, "type": "labels", "from_name": "area", "to_name": "text", "value": value}


def chosen(name: str, *values: str) -> dict[str, object]:
    return {"id": "c", "type": "choices", "from_name": name, "to_name": "text", "value": {"choices": list(values)}}


def exported(folder: Path, *annotations: dict[str, object]) -> Path:
    path = folder / "export.json"
    data = {"id": "a1", "text": "Posts planen und Foren pflegen"}
    path.write_text(json.dumps([{"id": 7, "data": data, "annotations": list(annotations)}]))
    return path


def test_formats_label_studio_skips_what_was_cancelled(tmp_path: Path) -> None:
    cancelled = {"was_cancelled": True, "result": [chosen("role", "OM")]}
    (ad,) = read(exported(tmp_path, cancelled, {"result": [chosen("role", "CM")]}), "label-studio")
    assert ad.role == "CM"
    assert list(read(exported(tmp_path, cancelled), "label-studio")) == []


def test_formats_label_studio_keeps_people_apart(tmp_path: Path) -> None:
    path = exported(
        tmp_path,
        {"completed_by": 1, "result": [chosen("role", "CM")]},
        {"completed_by": {"id": 2, "email": "b@example.org"}, "result": [chosen("role", "SMM")]},
    )
    with pytest.raises(InputError, match=r"E533 .*task 7 has 2 annotations \(by 1, b@example.org\)"):
        list(read(path, "label-studio"))
    for coder, role in (("1", "CM"), ("2", "SMM"), ("b@example.org", "SMM")):
        assert [ad.role for ad in read(path, "label-studio", coder)] == [role]
    assert list(read(path, "label-studio", "3")) == []
    with pytest.raises(InputError, match="E531"):
        list(read(path, "prodigy", "1"))


def test_formats_label_studio_duties_stand_in_the_order_of_the_text(tmp_path: Path) -> None:
    regions = [region(17, 30, ["SMM.strategie"], "b"), region(0, 12, ["CM.dialog"], "a")]
    path = exported(tmp_path, {"result": [*regions, chosen("role", "mixed"), chosen("roles_involved", "CM", "SMM")]})
    (ad,) = read(path, "label-studio")
    assert [duty.text for duty in ad.duties] == ["Posts planen", "Foren pflegen"]
    assert ad.roles_involved == ("CM", "SMM")


@pytest.mark.parametrize(("values", "roles"), [(["none"], ()), (["CM", "OM"], ("CM", "OM"))])
def test_formats_label_studio_roles_of_the_title(values: list[str], roles: tuple[str, ...], tmp_path: Path) -> None:
    path = exported(tmp_path, {"result": [chosen("role", "CM"), chosen("title_roles", *values)]})
    assert [(ad.title_roles, ad.left_out) for ad in read(path, "label-studio")] == [(roles, ("level",))]


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "gold"])
def test_formats_what_nobody_coded_stays_left_out(name: str, tmp_path: Path) -> None:
    ad = GoldAd("1", "Koch", "text", "Posts planen", (), (), "none", left_out=("title_roles", "level"))
    assert back_again([ad], name, tmp_path) == ([ad], {})


@pytest.mark.parametrize("result", [[], [chosen("role")]])
def test_formats_label_studio_a_role_that_nobody_chose_is_no_role(result: list[object], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"E534 .*export.json:1, ad 'a1'"):
        list(read(exported(tmp_path, {"result": result}), "label-studio"))


def test_formats_label_studio_a_region_without_a_label_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"E501 .*export.json:1: .*region 0:12 has no label"):
        list(read(exported(tmp_path, {"result": [region(0, 12, []), chosen("role", "CM")]}), "label-studio"))


@pytest.mark.parametrize("change", [{}, {"role": "CM", "tool": {"version": "0.1.0"}, "duties": []}])
def test_formats_gold_that_is_none_names_the_way(change: dict[str, object], tmp_path: Path) -> None:
    path = tmp_path / "sample.jsonl"
    path.write_text(json.dumps(UNCODED | change))
    with pytest.raises(InputError, match=r"E536 .*--from ads"):
        list(read(path, "gold"))
