from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobclass.corpus.study.duplicates import SIMILAR, NearCopies, duplicates, runs, similarity, words_of
from jobclass.errors import InputError

DUTIES = [
    "Du planst die Beiträge für unsere Kanäle und stimmst sie mit dem Vertrieb ab",
    "Du beantwortest Fragen der Mitglieder im Forum und leitest schwierige Fälle weiter",
    "Du wertest die Zahlen aus und berichtest der Leitung jeden Monat",
    "Du organisierst Treffen mit Kundinnen und Kunden an allen Standorten",
]


def row(duties: list[str], title: str = "Community Manager", **fields: object) -> dict[str, object]:
    return {"title": title, "duties": [{"text": text} for text in duties], **fields}


def test_duplicates_exact_copies_ignore_marks_and_case() -> None:
    found = duplicates([row(DUTIES), row([text.upper() + "!" for text in DUTIES]), row(DUTIES[:2])], "exact")
    assert found.group == (0, 0, 2)
    assert (found.exact, found.near, found.kept) == (1, 0, 2)


def test_duplicates_near_copies_differ_in_a_word() -> None:
    changed = [*DUTIES[:3], DUTIES[3].replace("allen Standorten", "allen Standorten im Land")]
    other = [text[::-1] for text in DUTIES]
    rows = [row(DUTIES), row(other), row(changed)]
    assert duplicates(rows).group == (0, 1, 0)
    assert duplicates(rows).near == 1
    assert duplicates(rows, "exact").group == (0, 1, 2)


def test_duplicates_can_be_kept() -> None:
    found = duplicates([row(DUTIES)] * 3, "keep")
    assert found.kept == 3


def test_duplicates_tell_reposts_from_templates() -> None:
    reposts = [row(DUTIES, place="Ulm", date="2020-01-01"), row(DUTIES, place="Ulm", date="2021-01-01")]
    template = [row(DUTIES[::-1], place=place, date="2020-01-01") for place in ("Ulm", "Bonn", "Kiel")]
    found = duplicates([*reposts, *template])
    assert (found.reposts, found.templates) == (1, 1)


@pytest.mark.parametrize("name", ["Datum", "date_posted", "datePosted", "published", "veroeffentlicht", "Jahr"])
def test_duplicates_dates_and_places_have_many_names(name: str) -> None:
    reposts = [row(DUTIES, Standort="Ulm", **{name: f"20{number}"}) for number in (20, 21)]
    template = [row(DUTIES[::-1], Standort=place, **{name: "2020"}) for place in ("Ulm", "Bonn")]
    found = duplicates([*reposts, *template])
    assert (found.reposts, found.templates) == (1, 1)


def test_duplicates_do_not_guess_which_date_counts() -> None:
    several = row(DUTIES, datePosted="2020-01-01", published="2021-01-01")
    with pytest.raises(InputError, match="E527"):
        duplicates([several])
    assert duplicates([several], "keep").reposts == 0
    copies = [several | {"date": date} for date in ("2020-01-01", "2020-02-01")]
    assert duplicates(copies).reposts == 1


def test_duplicates_short_ads_are_not_near() -> None:
    assert duplicates([row(["Texte schreiben"]), row(["Texte lesen"])]).kept == 2


def test_duplicates_ads_without_duties_are_copies_of_none() -> None:
    assert duplicates([row([]), row([]), row([""], "Community Manager")]).kept == 3


WORDS = st.lists(st.sampled_from([f"w{n}" for n in range(30)]), min_size=12, max_size=60)


@given(st.lists(WORDS, min_size=2, max_size=6))
@settings(max_examples=30, deadline=None)
def test_duplicates_pairs_are_really_similar(texts: list[list[str]]) -> None:
    ads = {number: runs(words) for number, words in enumerate(texts)}
    seen = NearCopies()
    found = [(other, number) for number in ads for other in seen.copied_by(number, ads[number])]
    assert all(similarity(ads[left], ads[right]) >= SIMILAR for left, right in found)
    same = {right for left in ads for right in ads if left < right and (ads[left].tolist() == ads[right].tolist())}
    assert same <= {right for _, right in found}


def test_duplicates_words_of_a_verdict_and_of_a_row() -> None:
    verdict = {"title": {"text": "Community Manager"}, "duties": [{"text": "Posts planen"}]}
    assert words_of(verdict) == words_of({"title": "Community Manager", "duties": [{"text": "Posts planen"}]})
