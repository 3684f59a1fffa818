"""What was measured with the shipped model: how often each flag is raised on ads without role confusion.

The numbers lie beside the model in `figures.json`, written by `benchmarks/model_card.py`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from .store import PACKAGED

FIGURES_FILE = "figures.json"


@dataclass(frozen=True, slots=True)
class FalseAlarms:
    """False alarms of a flag on one set of ads without confusion.

    Attributes:
        ads: the set, `real` or `own`.
        raised: how often the flag was raised with severity 2 or more.
        of: how many ads there are.
        high: upper bound of the share, 95 % (Clopper and Pearson 1934).
        model: the model it was measured with.
    """

    ads: str
    raised: int
    of: int
    high: float
    model: str


def false_alarms(code: str) -> tuple[FalseAlarms, ...]:
    """The false alarms of a flag, one figure for each set of ads; empty where none was measured."""
    measured = _figures()
    return tuple(
        FalseAlarms(ads, row["flags"][code]["raised"], row["ads"], row["flags"][code]["high"], measured["model"])
        for ads, row in measured["false_alarms"].items()
        if code in row["flags"]
    )


@cache
def _figures() -> dict[str, Any]:
    file = files(__package__) / PACKAGED / FIGURES_FILE
    figures: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return figures
