from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from types import ModuleType

import pytest
from rich.text import Text

from jobclass.cli.render import review, text
from jobclass.cli.render.terminal import printed


@pytest.mark.parametrize("renderer", [text, review])
def test_terminal_rows_in_a_file_end_with_their_last_word(renderer: ModuleType, written: Callable[..., str]) -> None:
    rows = written(renderer).split("\n")
    assert len(rows) > 100
    assert [row for row in rows if row != row.rstrip()] == []


def test_terminal_keeps_empty_rows_and_blanks_within_a_row() -> None:
    file = StringIO()
    printed([Text("a  b  "), "", Text("c")], file)
    assert file.getvalue() == "a  b\n\nc\n"
