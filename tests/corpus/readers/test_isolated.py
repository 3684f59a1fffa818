from __future__ import annotations

from pathlib import Path

import pytest

from jobclass.corpus.readers import isolated
from jobclass.errors import InputError


def code_of(module: str, content: bytes) -> str:
    with pytest.raises(InputError) as caught:
        isolated.text_in_child(module, content, "ad")
    assert caught.value.details["path"] == "ad"
    return caught.value.code


def test_isolated_gives_the_text(examples: Path) -> None:
    content = (examples / "formats" / "ad.rtf").read_bytes()
    assert "Deine Aufgaben" in isolated.text_in_child("rtf", content, "ad")


def test_isolated_hands_on_what_the_module_refuses() -> None:
    assert code_of("pdf", b"%PDF-1.4") == "E119"


def test_isolated_ends_what_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "SECONDS", 1)
    assert code_of("rtf", b"{\\rtf1" + b"{\\field{\\*\\fldinst{HYPERLINK " * 300_000) == "E125"


def test_isolated_a_crash_is_one_unreadable_document() -> None:
    assert code_of("no_such_module", b"") == "E119"


def test_isolated_imports_nothing_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examples: Path
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('imported')")
    monkeypatch.chdir(tmp_path)
    assert isolated.text_in_child("rtf", (examples / "formats" / "ad.rtf").read_bytes(), "ad")
