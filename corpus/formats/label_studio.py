"""Label Studio: a JSON array of tasks; zones and codes are regions, grade and platform choices of a region.

An export may hold annotations of several people: one of them is read at a time, never one for the other.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from ...classifier.ad import GRADES, PLATFORMS, ROLES, ZONES
from ...errors import InputError
from ..gold import GOLD_ROLES
from . import records
from .spans import LISTS, Annotated, DutySpan, ZoneSpan, described, described_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DROPS: tuple[str, ...] = ()
OF_A_REGION = ("grade", "platform")
NO_ROLE = "none"
"""A choice that tells a title without a role from one that nobody looked at."""


def interface(codes: Iterable[str]) -> str:
    """The labelling interface (XML) that fits these tasks, for the project's settings.

    Args:
        codes: the area codes of the rule set.
    """
    rows = [
        '<View><Text name="text" value="$text"/>',
        *_control("Labels", "zone", "Label", ZONES),
        *_control("Labels", "area", "Label", codes, ' allowMultiple="true" choice="multiple"'),
        *_control("Choices", "grade", "Choice", GRADES, ' perRegion="true" whenTagName="area"'),
        *_control("Choices", "platform", "Choice", filter(None, PLATFORMS), ' perRegion="true" whenTagName="area"'),
        *_control("Choices", "role", "Choice", GOLD_ROLES, ' required="true"'),
        *_control("Choices", "roles_involved", "Choice", ROLES, ' choice="multiple"'),
        *_control("Choices", "title_roles", "Choice", (*ROLES, NO_ROLE), ' choice="multiple"'),
        "</View>",
    ]
    return "\n".join(rows) + "\n"


def _control(tag: str, name: str, item: str, values: Iterable[str], attributes: str = "") -> Iterator[str]:
    yield f'  <{tag} name="{name}" toName="text"{attributes}>'
    for value in values:
        yield f'    <{item} value="{value}"/>'
    yield f"  </{tag}>"


def dumps(ads: Sequence[Annotated]) -> tuple[bytes, Counter[str]]:
    """Tasks with one annotation each; without any, as long as nobody has coded the ad."""
    return (json.dumps(list(map(_task, ads)), ensure_ascii=False, indent=1) + "\n").encode(), Counter()


def _task(ad: Annotated) -> dict[str, object]:
    result = [_region(f"z{n}", ad, span, "zone", [span.zone]) for n, span in enumerate(ad.zones)]
    for number, duty in enumerate(ad.duties):
        identity = f"d{number}"
        result.append(_region(identity, ad, duty, "area", list(duty.areas)))
        result.append(_choice("grade", duty.grade, identity=identity))
        if duty.platform:
            result.append(_choice("platform", duty.platform, identity=identity))
    result.append(_choice("role", ad.role))
    if ad.roles_involved:
        result.append(_choice("roles_involved", *ad.roles_involved))
    if "title_roles" not in ad.left_out:
        result.append(_choice("title_roles", *(ad.title_roles or [NO_ROLE])))
    coded = {"annotations": [{"result": result}]} if ad.role else {}
    return {"data": {"text": ad.text, **described(ad)}, **coded}


def _region(identity: str, ad: Annotated, span: ZoneSpan | DutySpan, name: str, labels: list[str]) -> dict[str, object]:
    value = {"start": span.start, "end": span.end, "text": ad.text[span.start : span.end], "labels": labels}
    return {"id": identity, "from_name": name, "to_name": "text", "type": "labels", "value": value}


def _choice(name: str, *chosen: str, identity: str = "") -> dict[str, object]:
    value = {"choices": list(chosen)}
    item: dict[str, object] = {"from_name": name, "to_name": "text", "type": "choices", "value": value}
    return item | ({"id": identity} if identity else {})


def loads(data: bytes, where: str, coder: str = "") -> Iterator[Annotated]:
    """The tasks of an export (JSON), each with its annotation; tasks without one, or cancelled only, are left out.

    Args:
        data: the bytes of a file.
        where: names it in errors.
        coder: whose annotations are read: number or mail address, as `completed_by` has them.

    Raises:
        InputError: a task does not fit, or has several annotations and nobody is named.
    """
    return (ad for ad in records.decoded(data, where, partial(_annotated, where, coder), array=True) if ad.text)


def _annotated(where: str, coder: str, task: dict[str, Any]) -> Annotated:
    result = _result(where, coder, task)
    if result is None:
        return Annotated("")
    text = str(task["data"]["text"])
    choices = {
        (item["id"] if item["from_name"] in OF_A_REGION else "", item["from_name"]): item["value"]["choices"]
        for item in result
        if item["type"] == "choices" and item["value"]["choices"]
    }
    zones, duties = [], []
    for item in result:
        if item["type"] != "labels":
            continue
        value, identity = item["value"], item["id"]
        place = records.checked(value["start"], value["end"], text, value.get("text"))
        if not value["labels"]:
            message = f"the region {place[0]}:{place[1]} has no label"
            raise ValueError(message)
        if item["from_name"] == "zone":
            zones.append(ZoneSpan(*place, value["labels"][0]))
        else:
            grade, platform = choices.get((identity, "grade"), ["A"])[0], choices.get((identity, "platform"), [""])[0]
            duties.append(DutySpan(*place, tuple(value["labels"]), grade, platform))
    chosen = {name: choices["", name] for name in LISTS if ("", name) in choices}
    values = {"id": str(task.get("id", ""))} | task["data"] | _without_none(chosen)
    role = choices.get(("", "role"), [""])[0]
    return Annotated(text, tuple(zones), tuple(duties), role, **described_from(values))  # type: ignore[arg-type]  # checked as gold


def _result(where: str, coder: str, task: dict[str, Any]) -> list[dict[str, Any]] | None:
    """What a person made of a task, if anything; cancelled annotations are none."""
    found = [item for item in task["annotations"] if not item.get("was_cancelled")]
    own = [item for item in found if not coder or coder in _names(item)]
    if len(own) > 1:
        people = ", ".join(dict.fromkeys(_names(item)[0] for item in own))
        raise InputError("E533", where=where, task=task.get("id", "?"), count=len(own), people=people)
    return own[0]["result"] if own else None


def _names(annotation: dict[str, Any]) -> list[str]:
    """What the person behind an annotation may be called: a number or, in other exports, a record with a number."""
    person = annotation.get("completed_by")
    if isinstance(person, dict):
        return [str(person[name]) for name in ("email", "id", "username") if person.get(name)] or ["?"]
    return [str(person if person is not None else "?")]


def _without_none(chosen: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: [role for role in roles if role != NO_ROLE] for name, roles in chosen.items()}
