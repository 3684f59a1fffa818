"""Real components, built once: the packaged rule set, model and lexicon."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from jobclass.classifier.breaks import Breaks
    from jobclass.classifier.headings import Headings
    from jobclass.classifier.labeller import Labeller
    from jobclass.classifier.profile import Profile

settings.register_profile("jobclass", deadline=None)  # a loaded machine is no failure: time is measured in benchmarks/
settings.load_profile("jobclass")


@pytest.fixture(scope="session")
def labeller() -> Labeller:
    from jobclass import Labeller

    return Labeller()


@pytest.fixture(scope="session")
def profile(labeller: Labeller) -> Profile:
    return labeller.profile


@pytest.fixture(scope="session")
def headings(labeller: Labeller) -> Headings:
    return labeller.headings


@pytest.fixture(scope="session")
def breaks(labeller: Labeller) -> Breaks:
    from jobclass.classifier.breaks import Breaks

    return Breaks(labeller.headings, labeller.model.linear["breaks"])


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout these tests lie in."""
    return Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def examples(repository: Path) -> Path:
    return repository / "examples"


@dataclass(frozen=True)
class Outcome:
    """What a call of the command line came to."""

    status: int
    out: str
    err: str


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Calls the command line in this process, exactly as a shell would start it."""
    from jobclass.cli.main import main

    def run(*arguments: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["jobclass", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return Outcome(int(ended.value.code or 0), told.out, told.err)

    return run


@dataclass(frozen=True)
class Served:
    """A page that is served by a process of its own."""

    address: str
    process: subprocess.Popen[str]


@pytest.fixture(scope="session")
def serving() -> Callable[..., AbstractContextManager[Served]]:
    """Serves a page in a process of its own, as a shell would start it; Ctrl-C ends it."""

    @contextmanager
    def started(*arguments: str, command: str = "serve") -> Iterator[Served]:
        call = [sys.executable, "-m", "jobclass", command, "--port", "0", "--no-browser", *arguments]
        process = subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stdout is not None
        try:
            found = re.search(r"http://\S+", process.stdout.readline())
            assert found is not None
            yield Served(found[0], process)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)

    return started
