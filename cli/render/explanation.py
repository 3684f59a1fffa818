"""The explanation of a code: what it means, where it comes from, an example, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...errors import InputError
from ...messages import LANGUAGES, entries, in_percent, term, text
from ...messages.nearest import hint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ...models.figures import FalseAlarms


def explain(code: str, language: str) -> str:
    """The explanation of a code, as lines of text.

    Args:
        code: a code, or a word as the report prints it; upper or lower case does not matter.
        language: `de` or `en`.

    Raises:
        InputError: there is no such code; the error names the nearest.
    """
    known = known_codes()
    name = known.get(code.casefold())
    if name is None:
        raise InputError("E108", code=code, hint=hint(code, _as_printed(language)))
    if name in entries("terms")["explained"]:
        head = name if name.casefold() == code.casefold() else f"{code} ({name})"
        return f"{head}\n{term('explained', name, language)}"
    for group in ("flags", "notes", "errors"):
        if name in entries(group):
            return _message(name, group, language)
    return _area(name, language)


def known_codes() -> dict[str, str]:
    """Every code that can be explained, by its lower-case form and by the words the report prints for it."""
    words = {said: code for language in LANGUAGES for code, said in _words(language)}
    return {name.casefold(): code for name, code in (words | {code: code for code in _codes()}).items()}


def _codes() -> list[str]:
    from ...classifier.profile import load_profile

    names = [*load_profile().codes, *entries("terms")["explained"]]
    return names + [code for group in ("flags", "notes", "errors") for code in entries(group)]


def _words(language: str) -> Iterator[tuple[str, str]]:
    """What the report calls a code."""
    for group in ("bases", "roles", "printed"):
        yield from ((code, term(group, code, language)) for code in entries("terms")[group])


def _as_printed(language: str) -> list[str]:
    """What one may ask for in a language: English codes give way to its words."""
    words = dict(_words(language))
    return [*(code for code in _codes() if not (code.islower() and code in words)), *words.values()]


def _message(code: str, group: str, language: str) -> str:
    from ...models.figures import false_alarms

    entry = entries(group)[code]
    lines = [f"{code}  {text(entry, 'name', language)}" if "name" in entry else code, text(entry, "explain", language)]
    if "advice" in entry:
        placeholders = dict.fromkeys(("fitting", "title", "level", "count", "role", "roles", "intended"), "…")
        lines.append(f"{term('words', 'what_to_do', language)}: {text(entry, 'advice', language, placeholders)}")
    if bases := entry.get("basis"):
        named = ", ".join(f"{term('bases', basis, language)} [{basis}]" for basis in bases)
        lines.append(f"{term('words', 'basis', language)}: {named}")
    lines += [f"{term('words', key, language)}: {entry[key]}" for key in ("source", "example") if entry.get(key)]
    lines += [_false_alarms(figure, language) for figure in false_alarms(code)]
    return "\n".join(lines)


def _false_alarms(figure: FalseAlarms, language: str) -> str:
    """How often a flag was wrong, on how many ads: a reader should know what a finding is worth."""
    values = {"raised": figure.raised, "of": figure.of, "high": in_percent(figure.high), "model": figure.model}
    return text(entries("check")["false_alarms"], figure.ads, language, values)


def _area(code: str, language: str) -> str:
    from ...classifier.profile import load_profile

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
