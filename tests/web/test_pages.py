from __future__ import annotations

import re

import pytest

from jobclass.web.files import FILES

PAIRS = (
    ("--ink", "--alarm"),
    ("--ink", "--field"),
    ("--on-button", "--button"),
    ("--soft", "--card"),
    ("--SMM", "--paper"),
)
"""What is read, and what it stands on."""

EDGES = (("--edge", "--card"), ("--edge", "--paper"), ("--SMM", "--card"))
"""Edges of fields and rings of focus; source: WCAG 2.2, 1.4.11."""


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The contrast of two colours; source: WCAG 2.2, "contrast ratio"."""
    light, dark = sorted(map(luminance, (first, second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
def test_pages_can_be_read_by_day_and_by_night(scheme: int) -> None:
    colours: dict[str, str] = {}
    for name in ("findings.css", "page.css"):
        block = FILES[name].content.decode().split(":root {")[scheme + 1].partition("}")[0]
        colours |= dict(re.findall(r"(--\w[\w-]*): (#\w{6})", block))
    for sign, ground in PAIRS:
        assert contrast(colours[sign], colours[ground]) >= 4.5, (sign, ground)
    for sign, ground in EDGES:
        assert contrast(colours[sign], colours[ground]) >= 3, (sign, ground)


def test_pages_styles_fetch_nothing() -> None:
    for name in ("findings.css", "page.css", "page.js"):
        assert not re.search(r"url\(|@import|https?:|fetch\(|innerHTML", FILES[name].content.decode())
