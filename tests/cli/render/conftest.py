"""Checked ads, as renderers get them."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from types import ModuleType

import pytest

from jobclass.classifier.ad import Ad
from jobclass.classifier.labeller import Labeller
from jobclass.cli.results import Labelled, Refused, Result
from jobclass.corpus.review.gate import Gate
from jobclass.corpus.review.silence import Silence
from jobclass.errors import InputError

HOSTILE = """<!-- jobclass: ignore F1 "<b>so</b>" & gewollt -->
Community Manager (m/w/d) <script>alert(1)</script>

Deine Aufgaben
- Du verantwortest unsere Social-Media-Strategie & <img src=x onerror=alert(2)> "mehr"
- =cmd|' /C calc'!A0 Erstellung und Steuerung des Redaktionsplans für alle Kanäle
- Freigabe aller Beiträge\x07 vor der Veröffentlichung
- Auswertung der Kennzahlen unserer Social-Media-Kanäle
"""


@pytest.fixture(scope="session")
def check(labeller: Labeller) -> Callable[..., Labelled]:
    """Checks a text."""

    def checked(text: str, source: str = "ads/ad.txt", intended: tuple[str, ...] = ()) -> Labelled:
        verdict, findings = Gate(labeller, Silence([]), lambda _: intended).check(Ad(text, source=source))
        return Labelled(source, verdict, findings=findings)

    return checked


@pytest.fixture(scope="session")
def results(check: Callable[..., Labelled], examples: Path) -> list[Result]:
    """One ad of each kind: hostile, mixed, confused, consistent, a note, and one that could not be read."""
    names = ("all-in-one.txt", "community-manager.txt", "social-media-manager.txt", "coworking.txt")
    read = [check((examples / name).read_text(), f"ads/{name}") for name in names]
    return [check(HOSTILE, "ads/böse ad%,.txt"), *read, Refused("ads/x.txt", InputError("E102", source="ads/x.txt"))]


@pytest.fixture(scope="session")
def written(results: list[Result], labeller: Labeller) -> Callable[..., str]:
    """What a renderer writes."""

    def write(renderer: ModuleType, language: str = "de", those: list[Result] = results) -> str:
        file = StringIO()
        renderer.write(those, file, labeller.profile, language)
        return file.getvalue()

    return write
