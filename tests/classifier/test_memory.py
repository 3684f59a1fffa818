from __future__ import annotations

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from jobclass.classifier import memory
from jobclass.classifier.memory import Memory, remembered


def test_memory_asks_once_for_a_word() -> None:
    asked: list[str] = []
    known = Memory(lambda word: asked.append(word) or word.upper())
    assert [known["a"], known["a"], known["b"]] == ["A", "A", "B"]
    assert asked == ["a", "b"]


def test_memory_is_bounded_in_number_and_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "WORDS", 10)
    known = Memory(len)
    assert [known[f"{number}"] for number in range(100)] == [len(f"{number}") for number in range(100)]
    assert len(known) <= 10
    assert known["x" * (memory.LONGEST + 1)] == memory.LONGEST + 1
    assert all(len(word) <= memory.LONGEST for word in known)


def test_memory_keeps_what_is_asked_for_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "WORDS", 10)
    asked: list[str] = []
    known = Memory(lambda word: asked.append(word) or word.upper())
    for number in range(100):
        assert (known["und"], known[f"{number}"]) == ("UND", f"{number}")
    assert asked.count("und") == 1


def test_memory_is_right_from_several_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "WORDS", 10)
    known = Memory(len)
    words = ["x" * (number % 23) for number in range(5000)]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(known.__getitem__, words)) == list(map(len, words))


def test_memory_is_left_behind_when_it_moves_to_another_process() -> None:
    known = Memory(len)
    assert known["abc"] == 3
    moved = pickle.loads(pickle.dumps(known))  # noqa: S301 -- our own bytes, as between processes
    assert len(moved) == 0
    assert moved["abc"] == 3


def test_memory_of_rows_leaves_long_ones_alone() -> None:
    asked: list[str] = []

    @remembered
    def size(text: str, factor: int) -> int:
        asked.append(text)
        return factor * len(text)

    row, long = "x" * memory.LONGEST, "x" * (memory.LONGEST + 1)
    assert [size(row, 2), size(row, 2), size(row, 3)] == [2 * len(row), 2 * len(row), 3 * len(row)]
    assert [size(long, 1), size(long, 1)] == [len(long), len(long)]
    assert asked == [row, row, long, long]
