from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="the script limits the memory of its workers")
@pytest.mark.parametrize("kind", ["documents", "tables"])
def test_fuzz_short_form(kind: str, repository: Path) -> None:
    options = ["--count", "300", "--jobs", "1", "--label", "0"]
    if kind == "tables":
        for library in ("fastwarc", "openpyxl", "pyarrow"):
            pytest.importorskip(library)
        options.append("--tables")
    done = subprocess.run(
        [sys.executable, str(repository / "benchmarks" / "fuzz.py"), *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 findings" in done.stdout
