"""The options that name the columns of a table."""

from __future__ import annotations

from typing import Annotated

import typer


def _named(field: str, what: str, when: str = "its name is not recognised") -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(
        f"--{field}-column", metavar="NAME", help=f"Tables: the column with {what}, if {when}."
    )
    return option


TextColumn = Annotated[str, _named("text", "the ad")]
TitleColumn = Annotated[str, _named("title", "the title")]
IdColumn = Annotated[str, _named("id", "the id")]
DateColumn = Annotated[str, _named("date", "the date", "its name is not recognised or several hold one")]
EmployerColumn = Annotated[str, _named("employer", "the employer")]
PlaceColumn = Annotated[str, _named("place", "the place")]


def chosen(**columns: str) -> dict[str, str]:
    """The columns that were named, by field."""
    return {field: column for field, column in columns.items() if column}
