from __future__ import annotations

import io

import pytest
from rich.console import Console

from jobclass.cli import progress


def test_progress_shows_rate_and_remaining_time(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    terminal = Console(file=shown, force_terminal=True, width=100)
    monkeypatch.setattr(progress, "Console", lambda **_: terminal)
    with progress.bar(40) as advance:
        for _ in range(4):
            advance(10)
    assert "40/40" in shown.getvalue()
    assert "/s" in shown.getvalue()
