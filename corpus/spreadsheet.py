"""CSV for people who open it in a spreadsheet: ads are foreign text, and none of it may run."""

from __future__ import annotations

import re

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?[\d.,]+")


def guarded(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers.

    Source: OWASP, "CSV Injection".
    """
    if isinstance(cell, str) and cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
