"""A coding as plain values: what a page gets and sends back."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from ...errors import InputError
from ..formats.records import checked
from ..formats.spans import DutySpan
from ..gold import Problem
from .coding import Coding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .sheet import Sheet


def plain(coding: Coding, sheet: Sheet) -> dict[str, object]:
    """The values of a coding; each duty has its words beside its offsets."""
    duties = [
        {
            "start": duty.start,
            "end": duty.end,
            "text": sheet.ad.text[duty.start : duty.end],
            "areas": list(duty.areas),
            "grade": duty.grade,
            "platform": duty.platform,
        }
        for duty in coding.duties
    ]
    return {
        "zones": list(coding.zones),
        "duties": duties,
        "role": coding.role,
        "roles_involved": list(coding.roles_involved),
        "title_roles": None if coding.title_roles is None else list(coding.title_roles),
        "level": coding.level,
        "remark": coding.remark,
    }


def coding_from(values: Mapping[str, object], sheet: Sheet) -> tuple[Coding, list[Problem]]:
    """The coding behind plain values, and the duties that do not stand in the ad, which it leaves out.

    Args:
        values: as `plain` makes them.
        sheet: the ad.

    Raises:
        InputError: these are not the values of a coding, or those of another ad.
    """
    zones = _texts(values, "zones")
    if len(zones) != len(sheet.lines):
        raise InputError("E602", problem="zones")
    duties, wrong = [], []
    for number, duty in enumerate(_records(values, "duties"), 1):
        try:
            place = checked(duty.get("start"), duty.get("end"), sheet.ad.text, duty.get("text"))
        except ValueError:
            wrong.append(Problem(f"duties[{number}].text", duty.get("text"), ()))
        else:
            areas = tuple(dict.fromkeys(_texts(duty, "areas")))
            duties.append(DutySpan(*place, areas, _text(duty, "grade"), _text(duty, "platform")))
    coding = Coding(
        zones,
        tuple(sorted(duties, key=lambda span: span.start)),
        _text(values, "role"),
        _texts(values, "roles_involved"),
        None if values.get("title_roles") is None else _texts(values, "title_roles"),
        None if values.get("level") is None else _text(values, "level"),
        " ".join(_text(values, "remark").split()),
    )
    return coding, wrong


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str):
        raise InputError("E602", problem=name)
    return value


def _texts(values: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = values.get(name)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InputError("E602", problem=name)
    return tuple(value)


def _records(values: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    value = values.get(name)
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise InputError("E602", problem=name)
    return cast("list[Mapping[str, object]]", value)
