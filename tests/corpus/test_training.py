from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from jobclass.classifier.profile import Profile
from jobclass.corpus.check import counts, problems
from jobclass.corpus.gold import GoldAd, GoldDuty, GoldLine, read_gold
from jobclass.corpus.training import TrainingCorpus, WrittenDuty, load_corpus
from jobclass.errors import InputError


@pytest.fixture(scope="module")
def corpus() -> TrainingCorpus:
    return load_corpus()


def test_training_corpus_is_clean(corpus: TrainingCorpus, profile: Profile, repository: Path) -> None:
    real = repository.parent / "shared" / "gold" / "dev.jsonl"
    found = read_gold(real) if real.exists() else ()
    assert list(problems(corpus, profile.codes, found)) == []


def test_training_corpus_is_large_enough(corpus: TrainingCorpus, profile: Profile) -> None:
    found = counts(corpus)
    assert {code: found["codes"][code] for code in profile.codes if found["codes"][code] < 25} == {}
    assert len(corpus.duties) >= 2500
    assert sum(count for zone, count in found["zones"].items() if zone != "duties") >= 2500
    assert len(corpus.ads) >= 60
    assert set(found["roles"]) == {"CM", "SMM", "OM", "mixed", "none", "notcodable"}


def test_training_corpus_with_surroundings_keeps_what_says_more_than_tasks(corpus: TrainingCorpus) -> None:
    kept = {ad.id for ad in corpus.with_surroundings().ads}
    for ad in corpus.ads:
        tasks = sum(line.zone == "duties" for line in ad.lines)
        assert (ad.id in kept) == (2 * tasks <= len(ad.lines))
    assert 0 < len(kept) < len(corpus.ads)


AD = GoldAd(
    "x-1", "Titel", "markdown", "Deine Aufgaben\n- Planung der Posts\n", (GoldLine("Deine Aufgaben", "duties"), GoldLine("- Planung der Posts", "duties")),
    (GoldDuty("Planung der Posts", ("SH.content",)),), "notcodable",
)  # fmt: skip


@pytest.mark.parametrize(
    ("ad", "said"),
    [
        (replace(AD, role="CM"), "role CM with 1 duties"),
        (replace(AD, duties=(GoldDuty("Planung der Posts", ("SH.inhalt",)),)), "SH.inhalt"),
        (replace(AD, duties=(GoldDuty("etwas anderes", ("SH.content",)),)), "does not stand in the text"),
        (replace(AD, duties=(GoldDuty("Planung der Posts", ("CM.dialog",)),)), "platform"),
        (replace(AD, roles_involved=("CM", "OM")), "involves"),
    ],
)
def test_check_finds_what_is_wrong(ad: GoldAd, said: str, profile: Profile) -> None:
    corpus = TrainingCorpus((), (), (ad,), "")
    assert any(said in problem for problem in problems(corpus, profile.codes))


def test_check_finds_doubles_and_words_of_real_ads(profile: Profile) -> None:
    duty = WrittenDuty(GoldDuty("Sie planen die Beiträge unserer Kanäle im ganzen Land", ("SH.content",)), "a")
    corpus = TrainingCorpus((duty, duty), (), (), "")
    real = replace(AD, text="Hier gilt: Sie planen die Beiträge unserer Kanäle im ganzen Jahr.")
    assert Counter(problem.split(":")[0] for problem in problems(corpus, profile.codes, [real])) == {
        "twice": 1,
        "shared with a real ad": 2,
    }


def test_training_missing_corpus(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_corpus(tmp_path)
    assert caught.value.code == "E111"


def test_training_wrong_record_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "duties").mkdir()
    (tmp_path / "duties" / "x.jsonl").write_text('{"text": "a"}\n')
    with pytest.raises(InputError, match=r"x\.jsonl:1"):
        load_corpus(tmp_path)


@pytest.mark.parametrize(
    ("content", "code"),
    [('{"text": "Größe"}\n'.encode("cp1252"), "E101"), (b"[" * 100_000, "E110"), (b"\n", "E110"), (b"[1]\n", "E110")],
    ids=["cp1252", "deep", "blank", "list"],
)
def test_training_a_file_that_is_no_json_lines_is_told(content: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "duties").mkdir()
    (tmp_path / "duties" / "x.jsonl").write_bytes(content)
    with pytest.raises(InputError) as caught:
        load_corpus(tmp_path)
    assert caught.value.code == code
    assert "x.jsonl" in str(caught.value)


def test_training_a_separator_of_lines_within_a_text_ends_no_record(tmp_path: Path) -> None:
    row = {"text": "Du planst\u2028und schreibst", "areas": ["SH.content"], "grade": "A", "author": "a"}
    (tmp_path / "duties").mkdir()
    (tmp_path / "duties" / "x.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")
    assert [written.duty.text for written in load_corpus(tmp_path).duties] == [row["text"]]
