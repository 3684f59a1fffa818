"""The rule set as loaded data: areas with their rules, concepts, grades, platforms and thresholds.

Everything a reviewer may change lies in the TOML files of `profile/`; this module only reads and checks them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from ..errors import ProfileError
from .ad import FAMILIES, ROLES, family_of
from .concepts import Lexicon, checked
from .house import HOUSE, NEUTRAL, House
from .rules import Rule, RuleSet
from .table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

    Groups = Mapping[str, frozenset[str]]

BASES = ("B", "S4", "T", "K")
CONCEPTS = "concepts"
"""The folder of the concepts: a file for each field."""

FAMILY_FILES = ("cm.toml", "smm.toml", "om.toml", "shared.toml", "none.toml")
GROUPS = "groups.toml"
MOST_AREAS = 3
THRESHOLDS = ("role", "flags", "decision")
"""The tables of thresholds."""

_MARKS = ("grade", "platform")


@dataclass(frozen=True, slots=True)
class AreaDefinition:
    """An area of the rule set, as a reader of the profile sees it.

    Attributes:
        code: `CM.dialog` and the like.
        name, definition, excludes: by language, `de` and `en`.
        examples: invented duties.
        basis: B (BVCM), S4 (delimitation of online marketing), T (other source) or K (our convention).
        source: where the definition comes from.
        lean: the role a shared area leans to, or empty.
        rules: how many rules it has.
    """

    code: str
    name: Mapping[str, str]
    definition: Mapping[str, str]
    excludes: Mapping[str, str]
    examples: tuple[str, ...]
    basis: str
    source: str
    lean: str
    rules: int

    @property
    def family(self) -> str:
        """The family of the code."""
        return family_of(self.code)


@dataclass(frozen=True, slots=True, eq=False)  # compared and remembered by identity
class Profile:
    """The whole rule set, ready for use.

    Attributes:
        version: name and number, written into every verdict.
        digest: SHA-256 over its files.
        areas: by code, in the order of the profile.
        lexicon: the concepts of duties.
        rules: the rules over these concepts.
        strong: concepts that make a duty of grade V out of a V verb (codebook C16).
        social: the cues that name social media (codebook C9).
        steering: the cues that steer content (codebook C18).
        severities: for a flag the severity a house gives it; None turns it off.
        neutral: areas that count for no role, by a house's choice.
    """

    version: str
    digest: str
    areas: Mapping[str, AreaDefinition]
    lexicon: Lexicon
    rules: RuleSet
    strong: frozenset[str]
    social: Lexicon
    steering: Lexicon
    thresholds: Mapping[str, Mapping[str, float]]
    severities: Mapping[str, int | None]
    neutral: frozenset[str]

    @property
    def codes(self) -> tuple[str, ...]:
        """All area codes, in order."""
        return tuple(self.areas)

    def counted(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """The codes of a duty as the arithmetic counts them: neutral areas speak for no role."""
        return tuple(NEUTRAL if code in self.neutral else code for code in codes) if self.neutral else codes


@cache
def load_profile(folder: Traversable | None = None) -> Profile:
    """Loads the rule set and checks it.

    Args:
        folder: where the TOML files lie; the packaged BVCM profile if left out.

    Raises:
        ProfileError: a file is missing or wrong; the error names file, key and cure.
    """
    return read_profile(House(), folder)


def read_profile(house: House, folder: Traversable | None = None) -> Profile:
    """Reads the rule set and lays a house's own choices over it.

    Args:
        house: cues, severities, thresholds and neutral areas of the house; its version carries their mark.
        folder: where the TOML files lie; the packaged BVCM profile if left out.

    Raises:
        ProfileError: a file is missing or wrong, or a cue of the house is; the error names file, key and cure.
    """
    folder = folder or files(__package__) / "profile"
    cues, kinds = _read_concepts(folder / CONCEPTS)
    marks = {mark: Table.read(folder / f"{mark}s.toml") for mark in _MARKS}
    for mark, file in marks.items():
        for name, table in file.children():
            for key, suffix in _mark_keys(mark):
                cues[f"{mark}:{name}{suffix}"] = checked(table.strings(key, []), table.where)
    groups = _read_groups(Table.read(folder / GROUPS), frozenset(kinds))
    areas: dict[str, AreaDefinition] = {}
    rules: list[Rule] = []
    for name in FAMILY_FILES:
        _read_family(Table.read(folder / name), areas, rules, groups)
    _check_names(rules, frozenset(kinds), frozenset(areas))
    for code, words in house.cues.items():
        concept = f"{HOUSE}:{code}"
        cues[concept], kinds[concept] = checked(words, f"{HOUSE} [cues] {code}"), "object"
        rules.append(Rule(f"{code}/{HOUSE}", code, HOUSE, (frozenset({concept}),)))
    main = Table.read(folder / "profile.toml")
    return Profile(
        version=main.text("version") + house.mark,
        digest=_digest(folder),
        areas=areas,
        lexicon=Lexicon(cues),
        rules=RuleSet(
            rules,
            objects=frozenset(name for name, kind in kinds.items() if kind != "action"),
            bases={code: area.basis for code, area in areas.items()},
            most=MOST_AREAS,
        ),
        strong=_known(marks["grade"].table("V"), "with", frozenset(kinds)),
        social=Lexicon({name: cues[name] for name in _known(main, "social", frozenset(kinds))}),
        steering=Lexicon({name: cues[name] for name in _known(main, "steering", frozenset(kinds))}),
        thresholds={key: _numbers(main.table(key)) | dict(house.thresholds.get(key, {})) for key in THRESHOLDS},
        severities=house.severities,
        neutral=house.neutral,
    )


def _mark_keys(mark: str) -> tuple[tuple[str, str], ...]:
    return (("words", ""), ("alone", ":alone")) if mark == "grade" else (("cues", ""),)


def _read_concepts(folder: Traversable) -> tuple[dict[str, tuple[str, ...]], dict[str, str]]:
    """The cues and the kind of each concept; the files are one list, in which a concept stands once."""
    cues, kinds = {}, {}
    homes: dict[str, str] = {}
    for file in map(Table.read, _toml_files(folder)):
        for name, table in file.children():
            kind = table.text("kind")
            if kind not in ("object", "action", "purpose"):
                raise ProfileError("E303", where=table.where, key="kind", kind="object, action or purpose", value=kind)
            if name in homes:
                raise ProfileError("E308", where=file.where, concept=name, other=homes[name])
            homes[name] = file.where
            kinds[name] = kind
            cues[name] = checked(table.strings("cues"), table.where)
            table.finish()
    return cues, kinds


def _read_groups(file: Table, concepts: frozenset[str]) -> Groups:
    """The concepts that each group stands for, by its name as rules write it (`@handlungen`)."""
    groups: dict[str, frozenset[str]] = {}
    for name in file.values:
        groups[f"@{name}"] = found = _spelled_out(file.strings(name), groups)
        _check_concepts(found, f"{file.where} {name}", concepts)
    return groups


def _spelled_out(names: Iterable[str], groups: Groups) -> frozenset[str]:
    """Names of concepts, with those of a group instead of its own."""
    return frozenset(concept for name in names for concept in groups.get(name, (name,)))


def _read_family(file: Table, areas: dict[str, AreaDefinition], rules: list[Rule], groups: Groups) -> None:
    family = file.text("family")
    basis, source = file.text("basis"), file.text("source")
    file.texts("name")
    if family not in FAMILIES:
        raise ProfileError("E303", where=file.where, key="family", kind=" or ".join(FAMILIES), value=family)
    for table in file.tables("area"):
        code = table.text("code")
        if code in areas or family_of(code) != family:
            raise ProfileError("E303", where=table.where, key="code", kind=f"a new code of {family}", value=code)
        area_basis = _basis(table, basis)
        found = [
            _read_rule(rule, groups, code, number, area_basis) for number, rule in enumerate(table.tables("rule"), 1)
        ]
        lean = table.text("lean", "")
        if lean and lean not in ROLES:
            raise ProfileError("E303", where=table.where, key="lean", kind=" or ".join(ROLES), value=lean)
        areas[code] = AreaDefinition(
            code=code,
            name=table.texts("name"),
            definition=table.texts("definition"),
            excludes=table.texts("excludes", {}),
            examples=table.strings("examples", []),
            basis=area_basis,
            source=table.text("source", source),
            lean=lean,
            rules=len(found),
        )
        rules += found
        table.finish()
    file.finish()


def _read_rule(table: Table, groups: Groups, code: str, number: int, basis: str) -> Rule:
    needs = tuple(_spelled_out(need.split("|"), groups) for need in table.strings("needs"))
    if not needs:
        raise ProfileError("E303", where=table.where, key="needs", kind="at least one concept", value=[])
    instead = table.texts("instead", {})
    table.text("note", "")
    rule = Rule(
        id=f"{code}/{number}",
        code=code,
        basis=_basis(table, basis),
        needs=needs,
        also=_spelled_out(table.strings("also", []), groups),
        unless=_spelled_out(table.strings("unless", []), groups).union(instead),
        instead=tuple(instead.items()),
    )
    table.finish()
    return rule


def _basis(table: Table, default: str) -> str:
    basis = table.text("basis", default)
    if basis not in BASES:
        raise ProfileError("E303", where=table.where, key="basis", kind=" or ".join(BASES), value=basis)
    return basis


def _check_names(rules: list[Rule], concepts: frozenset[str], codes: frozenset[str]) -> None:
    for rule in rules:
        _check_concepts(rule.unless.union(rule.also, *rule.needs), rule.id, concepts)
        for _, code in rule.instead:
            if code not in codes:
                raise ProfileError("E306", where=rule.id, name=code, known="the area files")


def _check_concepts(names: frozenset[str], where: str, concepts: frozenset[str]) -> None:
    for name in sorted(names - concepts):
        known = GROUPS if name.startswith("@") else f"{CONCEPTS}/"
        raise ProfileError("E306", where=where, name=name, known=known)


def _known(table: Table, key: str, concepts: frozenset[str]) -> frozenset[str]:
    found = frozenset(table.strings(key))
    _check_concepts(found, f"{table.where} {key}", concepts)
    return found


def _numbers(table: Table) -> dict[str, float]:
    return {key: table.number(key) for key in table.values}


def _digest(folder: Traversable) -> str:
    total = sha256()
    for part, prefix in ((folder, ""), (folder / CONCEPTS, f"{CONCEPTS}/")):
        for file in _toml_files(part):
            total.update(f"{prefix}{file.name}".encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def _toml_files(folder: Traversable) -> list[Traversable]:
    """The TOML files of a folder, by name."""
    try:
        return sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda file: file.name)
    except OSError as error:
        raise ProfileError("E301", file=f"{folder.name}/", problem=error) from error
