from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.corpus.readers.document import Comment
from jobclass.corpus.review.comments import silencers_of, without_comments


@pytest.mark.parametrize(
    ("comment", "codes", "reason"),
    [
        ("<!-- jobclass: ignore F7 -->", ["F7"], ""),
        ("<!--jobclass:ignore F7,F10-->", ["F7", "F10"], ""),
        ("<!-- jobclass: ignore f7 F2 – kleines Team -->", ["F7", "F2"], "kleines Team"),
        ("<!-- jobclass: ignore F7: so gewollt -->", ["F7"], "so gewollt"),
        ("<!-- jobclass: ignore -->", [""], ""),
    ],
)
def test_comments_in_a_text_are_read(comment: str, codes: list[str], reason: str) -> None:
    text, found = without_comments(f"Titel\n{comment}\nText", "ad.txt")
    assert [silencer.code for silencer in found] == codes
    assert {(silencer.where, silencer.reason) for silencer in found} == {("ad.txt:2", reason)}
    assert text == f"Titel\n{' ' * len(comment)}\nText"


@pytest.mark.parametrize(
    "other",
    ["<!-- ignore F7 -->", "jobclass: ignore F7", "<!-- jobclass: check F7 -->", "<!-- jobclass: ignored F7 -->"],
)
def test_comments_leaves_other_text_alone(other: str) -> None:
    assert without_comments(other, "ad.txt") == (other, ())


@given(st.text(alphabet="<!-jobclas: ignreF7>\n\r", max_size=200))
def test_comments_blanking_keeps_every_offset(text: str) -> None:
    blanked, _ = without_comments(text, "ad.txt")
    assert len(blanked) == len(text)
    assert all(new in (old, " ") for old, new in zip(text, blanked, strict=True))


def test_comments_a_hostile_comment_costs_no_time() -> None:
    text = "<!-- jobclass: ignore " * 20_000
    assert without_comments(text, "ad.txt") == (text, ())


@pytest.mark.parametrize(
    ("text", "codes", "reason"),
    [
        (" jobclass: ignore F7 F2 small team ", ["F7", "F2"], "small team"),
        ("\n  jobclass: ignore F7,\n  F10: as agreed\n", ["F7", "F10"], "as agreed"),
        ("jobclass: ignore", [""], ""),
        ("jobclass: check F7", [], ""),
        ("jobclasses: ignore F7", [], ""),
        ("jobclass: ignore F7 " + "x" * 500, [], ""),
    ],
)
def test_comments_of_a_page_are_read(text: str, codes: list[str], reason: str) -> None:
    found = list(silencers_of([Comment("ad.html:3", text)]))
    assert [silencer.code for silencer in found] == codes
    assert all((silencer.where, silencer.reason) == ("ad.html:3", reason) for silencer in found)
