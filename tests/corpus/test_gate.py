from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from jobclass.corpus import gate
from jobclass.corpus.gate import LoweredError, Split, Standing, check, read_pinned, split_of, updated, write_pinned
from jobclass.corpus.gold import GoldAd, GoldDuty, GoldLine
from jobclass.corpus.training import TrainingCorpus, load_corpus
from jobclass.errors import InputError

SPLIT = Split(("d", "j"), 2, 20, 9, "ab12")
PINNED = Standing(SPLIT, {"zone accuracy": 0.96, "role accuracy": 0.9})
CHANGELOG = "- role accuracy 0.900 -> 0.850: the codebook counts leadership otherwise now\n"


def standing(zones: float = 0.96, role: float = 0.9) -> Standing:
    return Standing(SPLIT, {"zone accuracy": zones, "role accuracy": role})


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (standing(), []),
        (standing(0.99, 0.95), []),
        (standing(0.96 - gate.TOLERANCE / 2), []),
        (standing(role=0.85), ["role accuracy: 0.8500 is below the floor 0.9000"]),
        (standing(role=float("nan")), ["role accuracy: nan is below the floor 0.9000"]),
        (Standing(SPLIT, {"zone accuracy": 0.97}), ["role accuracy: nan is below the floor 0.9000"]),
        (Standing(SPLIT, {**PINNED.figures, "duties F1": 0.5}), ["duties F1: no floor is pinned (--update)"]),
        (
            replace(PINNED, split=replace(SPLIT, sha256="cd34")),
            ["held-out ads have changed, sha256: cd34, pinned ab12 (--update pins the new ads)"],
        ),
        (
            replace(PINNED, split=replace(SPLIT, lines=21)),
            ["held-out ads have changed, lines: 21, pinned 20 (--update pins the new ads)"],
        ),
    ],
)
def test_gate_check_says_what_is_wrong(found: Standing, said: list[str]) -> None:
    assert check(found, PINNED) == said


def test_gate_check_is_closed_before_anything_is_pinned() -> None:
    assert len(check(standing(), None)) == 1


def test_gate_update_raises_floors_and_keeps_them_within_the_tolerance() -> None:
    found = updated(standing(0.97, 0.9 - gate.TOLERANCE / 2), PINNED, "", allow_regression=False)
    assert found.figures == {"zone accuracy": 0.97, "role accuracy": 0.9}


def test_gate_update_pins_new_ads_and_drops_no_floor_on_the_way() -> None:
    found = updated(
        Standing(replace(SPLIT, ads=3), {**PINNED.figures, "duties F1": 0.5}), PINNED, "", allow_regression=False
    )
    assert found.split.ads == 3
    assert found.figures == {**PINNED.figures, "duties F1": 0.5}
    with pytest.raises(LoweredError, match="role accuracy"):
        updated(Standing(SPLIT, {"zone accuracy": 0.97}), PINNED, "", allow_regression=False)


@pytest.mark.parametrize(
    ("changelog", "allowed", "said"),
    [
        (CHANGELOG, False, "--allow-regression"),
        ("", True, r"role accuracy 0\.900 -> 0\.850"),
        ("- zone accuracy 0.900 -> 0.850\n", True, "role accuracy"),
        ("- role accuracy 0.950 -> 0.900, an older story\n", True, "role accuracy"),
        ("- role accuracy 0.850 -> 0.900, the other way round\n", True, "role accuracy"),
        ("- role accuracy fell\n- from 0.900 to 0.850\n", True, "role accuracy"),
    ],
)
def test_gate_update_refuses_to_lower_a_floor_in_silence(changelog: str, *, allowed: bool, said: str) -> None:
    with pytest.raises(LoweredError, match=said):
        updated(standing(role=0.85), PINNED, changelog, allow_regression=allowed)


def test_gate_update_lowers_a_floor_that_the_changelog_names() -> None:
    found = updated(standing(role=0.85), PINNED, CHANGELOG, allow_regression=True)
    assert found.figures == {"zone accuracy": 0.96, "role accuracy": 0.85}


def test_gate_file_is_read_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "gate.json"
    assert read_pinned(path) is None
    write_pinned(PINNED, path)
    assert read_pinned(path) == PINNED
    assert [file.name for file in tmp_path.iterdir()] == ["gate.json"]


def test_gate_file_stays_if_writing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "gate.json"
    write_pinned(PINNED, path)

    def fail(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(InputError, match="E112"):
        write_pinned(standing(0.5, 0.5), path)
    assert read_pinned(path) == PINNED
    assert [file.name for file in tmp_path.iterdir()] == ["gate.json"]


@pytest.mark.parametrize(
    ("role", "options", "status", "floor"),
    [
        (0.9, (), 0, 0.9),
        (0.8, (), 1, 0.9),
        (0.95, ("--update",), 0, 0.95),
        (0.85, ("--update",), 1, 0.9),
        (0.85, ("--update", "--allow-regression"), 0, 0.85),
        (0.8, ("--update", "--allow-regression"), 1, 0.9),
    ],
)
def test_gate_command(  # noqa: PLR0913 -- a row of the table, and where it happens
    role: float, options: tuple[str, ...], status: int, floor: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pinned, changelog = tmp_path / "gate.json", tmp_path / "CHANGELOG.md"
    write_pinned(PINNED, pinned)
    changelog.write_text(CHANGELOG)
    monkeypatch.setattr(gate, "measured", lambda _corpus, _jobs: standing(role=role))
    assert gate.main([*options, "--pinned", str(pinned), "--changelog", str(changelog)]) == status
    found = read_pinned(pinned)
    assert found is not None
    assert found.figures["role accuracy"] == floor


AD = GoldAd("x-1", "Titel", "text", "Planung der Posts", (GoldLine("Planung der Posts", "duties"),), (GoldDuty("Planung der Posts", ("SH.content",)),), "notcodable", extra={"author": "d"})  # fmt: skip


@pytest.mark.parametrize(
    "changed",
    [
        replace(AD, text="Planung der Reels"),
        replace(AD, role="SMM"),
        replace(AD, lines=(GoldLine("Planung der Posts", "intro"),)),
        replace(AD, duties=(GoldDuty("Planung der Posts", ("SH.content",), "V"),)),
    ],
)
def test_gate_hash_changes_with_text_and_annotation(changed: GoldAd) -> None:
    assert split_of([changed]).sha256 != split_of([AD]).sha256


def test_gate_split_does_not_depend_on_the_order() -> None:
    other = replace(AD, id="x-0", extra={"author": "j"})
    assert split_of([AD, other]) == split_of([other, AD])
    assert split_of([AD, other]).hands == ("d", "j")


@pytest.fixture(scope="module")
def corpus() -> TrainingCorpus:
    return load_corpus()


def test_gate_held_out_hands_have_every_role_and_both_voices(corpus: TrainingCorpus) -> None:
    held = gate.held_out(corpus)
    assert {ad.role for ad in held} == {"CM", "SMM", "OM", "mixed", "none", "notcodable"}
    assert {"du", "Sie"} <= {ad.extra["voice"] for ad in held}
    assert set(split_of(held).hands) == gate.HELD_OUT


def test_gate_learns_from_other_hands_alone(corpus: TrainingCorpus) -> None:
    taught = gate.taught(corpus)
    assert gate.HELD_OUT.isdisjoint(taught.authors)
    for chosen, every in ((taught.duties, corpus.duties), (taught.lines, corpus.lines), (taught.ads, corpus.ads)):
        assert 1 / 6 < len(chosen) / len(every) < 1 / 3


def test_gate_learns_the_same_when_a_record_is_added(corpus: TrainingCorpus) -> None:
    added = replace(corpus, duties=(replace(corpus.duties[0], author="new"), *corpus.duties))
    assert set(gate.taught(corpus).duties) <= set(gate.taught(added).duties)


@pytest.mark.skipif(not gate.PINNED.exists(), reason="nothing is pinned yet")
def test_gate_is_pinned_on_the_ads_of_today(corpus: TrainingCorpus) -> None:
    pinned = read_pinned(gate.PINNED)
    assert pinned is not None
    assert pinned.split == split_of(gate.held_out(corpus))
    assert set(pinned.figures) == set(gate.FIGURES)
