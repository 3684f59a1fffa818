"""`jobclass explain`: what a code means, where it comes from, an example, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from ..messages import entries, term, text
from ..messages.nearest import hint
from .options import Language, checked_language

if TYPE_CHECKING:
    from ..models.figures import FalseAlarms


def command(
    code: Annotated[str, typer.Argument(metavar="CODE", help="An area, flag, note, role, zone, grade or error.")],
    lang: Language = None,
) -> None:
    """Explains a code."""
    typer.echo(explain(code, checked_language(lang)))


def explain(code: str, language: str) -> str:
    """The explanation of a code, as lines of text.

    Args:
        code: upper or lower case does not matter.
        language: `de` or `en`.

    Raises:
        InputError: there is no such code; the error names the nearest.
    """
    known = known_codes()
    name = known.get(code.casefold())
    if name is None:
        raise InputError("E108", code=code, hint=hint(code, list(known.values())))
    if name in entries("terms")["explained"]:
        return f"{name}\n{term('explained', name, language)}"
    for group in ("flags", "notes", "errors"):
        if name in entries(group):
            return _message(name, group, language)
    return _area(name, language)


def known_codes() -> dict[str, str]:
    """Every code that can be explained, by its lower-case form."""
    from ..classifier.profile import load_profile

    names = [*load_profile().codes, *entries("terms")["explained"]]
    names += [code for group in ("flags", "notes", "errors") for code in entries(group)]
    return {name.casefold(): name for name in names}


def _message(code: str, group: str, language: str) -> str:
    from ..models.figures import false_alarms

    entry = entries(group)[code]
    lines = [f"{code}  {text(entry, 'name', language)}" if "name" in entry else code, text(entry, "explain", language)]
    if "advice" in entry:
        placeholders = dict.fromkeys(("fitting", "title", "level", "count", "role", "intended"), "…")
        lines.append(f"{term('words', 'what_to_do', language)}: {text(entry, 'advice', language, placeholders)}")
    if bases := entry.get("basis"):
        named = ", ".join(f"{term('bases', basis, language)} [{basis}]" for basis in bases)
        lines.append(f"{term('words', 'basis', language)}: {named}")
    lines += [f"{term('words', key, language)}: {entry[key]}" for key in ("source", "example") if entry.get(key)]
    lines += [_false_alarms(figure, language) for figure in false_alarms(code)]
    return "\n".join(lines)


def _false_alarms(figure: FalseAlarms, language: str) -> str:
    """How often a flag was wrong, on how many ads: a reader should know what a finding is worth."""
    values = {"raised": figure.raised, "of": figure.of, "high": f"{figure.high:.0%}", "model": figure.model}
    return text(entries("check")["false_alarms"], figure.ads, language, values)


def _area(code: str, language: str) -> str:
    from ..classifier.profile import load_profile

    area = load_profile().areas[code]
    lines = [f"{code}  {area.name[language]}", area.definition[language]]
    if area.excludes:
        lines.append(f"{term('words', 'excludes', language)}: {area.excludes[language]}")
    lines += [f"{term('words', 'example', language)}: „{example}“" for example in area.examples]
    if area.lean:
        lines.append(f"{term('words', 'lean', language)}: {term('roles', area.lean, language)}")
    lines.append(f"{term('words', 'basis', language)}: {term('bases', area.basis, language)} [{area.basis}]")
    lines.append(f"{term('words', 'source', language)}: {area.source}")
    lines.append(f"{term('words', 'rules', language)}: {area.rules}")
    return "\n".join(lines)
