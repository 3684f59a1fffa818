"""Figures as people and programs read them."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...corpus.resampling import Interval

PLACES = 6
"""Digits of figures in JSON and tables: the same bytes on every machine."""


def number(value: float) -> str:
    """A figure with three places, or a dash for what is not a number."""
    return "–" if isnan(value) else f"{value:.3f}"


def percent(value: float) -> str:
    """A share as per cent with one place, or a dash for what is not a number."""
    return "–" if isnan(value) else f"{100 * value:.1f} %"


def span(interval: Interval) -> str:
    """A figure and its interval."""
    return f"{number(interval.value)} [{number(interval.low)}, {number(interval.high)}]"


def plain(value: object) -> object:
    """Plain values with null for what is not a number, and floats cut to `PLACES`."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return None if isnan(value) else round(value, PLACES)
    return value
