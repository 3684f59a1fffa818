"""Libraries that come with an extra: imported when needed, or named with the command that installs them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ...errors import InputError

if TYPE_CHECKING:
    from types import ModuleType


def needed(module: str, extra: str, purpose: object) -> ModuleType:
    """A module that an extra brings.

    Args:
        module: such as `pyarrow.parquet`.
        extra: the extra of this package that installs it.
        purpose: what it is needed for: a file or an option, as the error names it.

    Raises:
        InputError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise InputError("E146", purpose=purpose, module=module.partition(".")[0], extra=extra) from error
