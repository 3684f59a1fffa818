"""Errors that a user sees: a stable code and the values its message needs."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self


class JobclassError(Exception):
    """An error with a code that `jobclass explain` knows.

    The texts live in `messages/errors.toml`, in German and English; the code and the details are all that the
    raising module has to know.

    Args:
        code: the error's stable code, such as `E103`.
        **details: values for the placeholders of the message.
    """

    def __init__(self, code: str, /, **details: object) -> None:
        self.code = code
        self.details = details
        super().__init__(code, details)

    def __reduce__(self) -> tuple[partial[JobclassError], tuple[()], dict[str, object]]:
        # So that it can come from another process, with its notes.
        return partial(type(self), self.code, **self.details), (), self.__dict__

    def at(self, source: str) -> Self:
        """The same error with its place: how the user named the input, which only its reader knows.

        Args:
            source: such as a path, or a path with `#` and the number of a row.
        """
        return type(self)(self.code, **self.details | {"path": source, "source": source})

    def __str__(self) -> str:
        from .messages import error_text  # here, so that raising stays cheap

        return error_text(self.code, self.details)


class ProfileError(JobclassError):
    """A file of the rule set is wrong."""


class ModelError(JobclassError):
    """A model folder cannot be used."""


class InputError(JobclassError):
    """A document cannot be read or holds no German job ad."""


class ConfigurationError(JobclassError):
    """A configuration file cannot be read, or says something that cannot be."""
