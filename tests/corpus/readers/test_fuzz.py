from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.skipif(sys.platform == "win32", reason="the script limits the memory of its workers")
def test_fuzz_short_form(repository: Path) -> None:
    script = repository / "benchmarks" / "fuzz.py"
    done = subprocess.run(
        [sys.executable, str(script), "--count", "300", "--jobs", "1", "--label", "0"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 findings" in done.stdout
