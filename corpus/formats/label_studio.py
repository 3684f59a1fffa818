"""Label Studio: a JSON array of tasks; zones and codes are regions, grade and platform choices of a region."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from ...classifier.ad import GRADES, PLATFORMS, ZONES
from ..gold import GOLD_ROLES
from . import records
from .spans import Annotated, DutySpan, ZoneSpan, described, described_from

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DROPS: tuple[str, ...] = ()


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
        "</View>",
    ]
    return "\n".join(rows) + "\n"


def _control(tag: str, name: str, item: str, values: Iterable[str], attributes: str = "") -> Iterator[str]:
    yield f'  <{tag} name="{name}" toName="text"{attributes}>'
    for value in values:
        yield f'    <{item} value="{value}"/>'
    yield f"  </{tag}>"


def dumps(ads: Sequence[Annotated]) -> tuple[bytes, Counter[str]]:
    """Tasks with one annotation each."""
    return (json.dumps(list(map(_task, ads)), ensure_ascii=False, indent=1) + "\n").encode(), Counter()


def _task(ad: Annotated) -> dict[str, object]:
    result = [_region(f"z{n}", ad, span, "zone", [span.zone]) for n, span in enumerate(ad.zones)]
    for number, duty in enumerate(ad.duties):
        identity = f"d{number}"
        result.append(_region(identity, ad, duty, "area", list(duty.areas)))
        result.append(_choice("grade", duty.grade, identity))
        if duty.platform:
            result.append(_choice("platform", duty.platform, identity))
    result.append(_choice("role", ad.role))
    return {"data": {"text": ad.text, **described(ad)}, "annotations": [{"result": result}]}


def _region(identity: str, ad: Annotated, span: ZoneSpan | DutySpan, name: str, labels: list[str]) -> dict[str, object]:
    value = {"start": span.start, "end": span.end, "text": ad.text[span.start : span.end], "labels": labels}
    return {"id": identity, "from_name": name, "to_name": "text", "type": "labels", "value": value}


def _choice(name: str, choice: str, identity: str = "") -> dict[str, object]:
    item: dict[str, object] = {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": [choice]}}
    return item | ({"id": identity} if identity else {})


def loads(data: bytes, where: str) -> Iterator[Annotated]:
    """The tasks of an export (JSON), each with its first annotation; tasks without one are left out."""
    return (ad for ad in records.decoded(data, where, _annotated, array=True) if ad.text)


def _annotated(task: dict[str, Any]) -> Annotated:
    if not task["annotations"]:
        return Annotated("")
    text = str(task["data"]["text"])
    result = task["annotations"][0]["result"]
    choices = {
        (item.get("id", "") if item["from_name"] != "role" else "", item["from_name"]): item["value"]["choices"][0]
        for item in result
        if item["type"] == "choices"
    }
    zones, duties = [], []
    for item in result:
        if item["type"] != "labels":
            continue
        value, identity = item["value"], item["id"]
        place = records.checked(value["start"], value["end"], text, value.get("text"))
        if item["from_name"] == "zone":
            zones.append(ZoneSpan(*place, value["labels"][0]))
        else:
            grade, platform = choices.get((identity, "grade"), "A"), choices.get((identity, "platform"), "")
            duties.append(DutySpan(*place, tuple(value["labels"]), grade, platform))
    role = choices.get(("", "role"), "none")
    return Annotated(text, tuple(zones), tuple(duties), role, **described_from(task["data"]))  # type: ignore[arg-type]  # checked as gold
