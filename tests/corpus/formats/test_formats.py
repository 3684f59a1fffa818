from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobclass.classifier.ad import ZONES
from jobclass.corpus.formats import FORMATS, dumps, read
from jobclass.corpus.formats.label_studio import interface
from jobclass.corpus.formats.spans import places
from jobclass.corpus.gold import GOLD_ROLES, GoldAd, GoldDuty, GoldLine
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
@given(ads=st.lists(gold_ads(), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None)
def test_formats_full_round_trip(tmp_path_factory: pytest.TempPathFactory, name: str, ads: list[GoldAd]) -> None:
    assert back_again(ads, name, tmp_path_factory.mktemp("ads")) == (ads, {})


@given(ads=st.lists(gold_ads(), min_size=1, max_size=3))
@settings(max_examples=25, deadline=None)
def test_formats_doccano_loses_what_it_says(tmp_path_factory: pytest.TempPathFactory, ads: list[GoldAd]) -> None:
    found, lost = back_again(ads, "doccano", tmp_path_factory.mktemp("ads"))
    bare = [
        replace(ad, extra={}, duties=tuple(replace(duty, grade="A", platform="") for duty in ad.duties)) for ad in ads
    ]
    assert found == bare
    assert lost.get("grade", 0) == sum(duty.grade != "A" for ad in ads for duty in ad.duties)
    assert lost.get("platform", 0) == sum(duty.platform != "" for ad in ads for duty in ad.duties)
    assert lost.get("extra", 0) == sum(bool(ad.extra) for ad in ads)


@given(ads=st.lists(gold_ads(), min_size=1, max_size=2))
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
    file.write_text(json.dumps({"text": "kurz", "spans": [{"start": 0, "end": 4, "label": "zone:Aufgaben"}]}))
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
