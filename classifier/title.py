"""Titles: which roles a job title names, and the level; all gender forms and separators are ignored."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..errors import ProfileError
from .ad import ROLES, Title
from .memory import remembered
from .table import Table
from .words import bag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .ad import Line, Zone

LONGEST_TITLE = 200
"""Characters of a title that are looked at."""

LONGEST_WORDS = 12
"""A row without a gender mark is a title only if it has no more words."""

TITLES_KNOWN = 1 << 8
"""Titles whose mask is remembered: each is asked for once for every duty."""

SHORTEST_MASKED = 4
"""Characters; shorter titles would mask other words."""

_LETTER = r"(?:[mwfdixahn]|div(?:ers)?|gn|all(?:e)?|genders?|geschlechter|human|männlich|weiblich|mensch)"
_STAR = r"[*\-–⁠]"
_BETWEEN = r"[\s/|,*:.\-–⁠]+"
# A star stands for a letter or parts two of them: as a letter it is only looked for at the edges, else a run of stars
# could be read in exponentially many ways.
_BRACKETS = re.compile(
    rf"""[(\[|]\s*(?:
      (?:{_STAR}{_BETWEEN})?{_LETTER}(?:{_BETWEEN}{_LETTER})*(?:{_BETWEEN}{_STAR})?
    | {_STAR}(?:{_BETWEEN}{_STAR})?
    )\s*[)\]|]""",
    re.IGNORECASE | re.VERBOSE,
)
_BARE_MARK = re.compile(
    r"\b[mwfdixa](?:\s*[/|,]\s*[mwfdixa*]\b){1,3}|\b(?:gn|all genders?(?: welcome)?|alle geschlechter)\b|\(gn\)",
    re.IGNORECASE,
)
_SPACED_MARK = re.compile(r"\s[mwfdx] [mwfdx] [mwfdx]\b")
_GENDER_ENDING = re.compile(r"(?<=[a-zäöü]{3})(?:[:*_·]\s?|/-?|\()in(?:nen)?\)?\b", re.IGNORECASE)
_PARTING = re.compile(r"[-–\s]+")
_JOINERS = frozenset({"und", "and", "u", "oder", "bzw", "sowie", "gn"})


@dataclass(frozen=True, slots=True, eq=False)  # compared and remembered by identity
class TitleRules:
    """The compiled patterns of `titles.toml`.

    `house` holds titles of a house with the roles they stand for; they win over the patterns.
    """

    other: re.Pattern[str]
    roles: Mapping[str, re.Pattern[str]]
    levels: Mapping[str, re.Pattern[str]]
    leads: re.Pattern[str]
    reports: re.Pattern[str]
    house: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = ()

    def with_titles(self, titles: Mapping[str, Sequence[str]]) -> TitleRules:
        """The same rules with titles of a house.

        Args:
            titles: for each title, as written, the roles it stands for.
        """
        own = tuple(
            (re.compile(rf"\b{re.escape(plain(name))}\b"), tuple(roles))
            for name, roles in titles.items()
            if plain(name)
        )
        return replace(self, house=own)

    def roles_of(self, text: str) -> tuple[str, ...]:
        """The roles a plain title names, in the order CM, SMM, OM."""
        own = {role for pattern, roles in self.house if pattern.search(text) for role in roles}
        rest = self.other.sub(" ", text)
        return tuple(role for role in ROLES if (role in own if own else self.roles[role].search(rest)))


@cache
def load_title_rules() -> TitleRules:
    """The packaged patterns.

    Raises:
        ProfileError: a pattern is no regular expression.
    """
    file = Table.read(files(__package__) / "profile" / "titles.toml")
    roles, levels, inverted = file.table("roles"), file.table("levels"), file.table("inverted")
    return TitleRules(
        other=_pattern(file, "other"),
        roles={role: _pattern(roles, role) for role in ROLES},
        levels={level: _pattern(levels, level) for level in levels.values},
        leads=_pattern(inverted, "leads"),
        reports=_pattern(inverted, "reports"),
    )


def _pattern(table: Table, key: str) -> re.Pattern[str]:
    joined = "|".join(f"(?:{pattern})" for pattern in table.strings(key))
    try:
        return re.compile(rf"\b(?:{joined})")
    except re.error as error:
        raise ProfileError("E303", where=table.where, key=key, kind="regular expressions", value=error) from error


def plain(title: str) -> str:
    """The folded title without gender marks and joiners, words parted by one blank.

    >>> plain("Social-Media- & Community-Manager:in (m/w/d)")
    'social media community manager'
    """
    text = title[:LONGEST_TITLE]
    for mark in (_BRACKETS, _BARE_MARK, _SPACED_MARK):
        text = mark.sub(" ", text)
    text = _GENDER_ENDING.sub("", text)
    return " ".join(word for word in bag(text) if word not in _JOINERS)


def read_title(title: str, rules: TitleRules | None = None) -> Title:
    """The roles and the level a title names.

    Args:
        title: as written.
        rules: the patterns; the packaged ones if left out.

    Returns:
        The title with a set of roles (none for other professions) and a level or an empty string.
    """
    return _read(title, rules or load_title_rules())


@remembered
def _read(title: str, rules: TitleRules) -> Title:
    text = plain(title)
    level = next((name for name, pattern in rules.levels.items() if pattern.search(text)), "")
    return Title(title.strip(), rules.roles_of(text), level)


def find_title(lines: Sequence[Line], zones: Sequence[Zone], rules: TitleRules | None = None) -> str:
    """The title in the text of an ad, or an empty string.

    The line of the zone `title` with a gender mark or a role comes first, then any line of that zone, then an early
    line with a gender mark.
    """
    titled = [line.text for line, zone in zip(lines, zones, strict=True) if zone == "title"]
    early = [line.text for line in lines[:12]]
    for text in (*titled, *early):
        if len(text) <= LONGEST_TITLE and (_BRACKETS.search(text) or _BARE_MARK.search(text)) and plain(text):
            return _clean(text)
    rules = rules or load_title_rules()
    for text in (*titled, *(line.text for line in lines[:1])):
        if len(text.split()) <= LONGEST_WORDS and read_title(text, rules).roles:
            return _clean(text)
    return _clean(titled[0]) if titled else ""


def _clean(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip(" *_#:")


def masked(text: str, title: str) -> str:
    """A text in which the title is written "die Stelle", so that the title cannot steer (codebook 1)."""
    core, caseless = _core(title)
    if len(core) < SHORTEST_MASKED or caseless not in _caseless(text):
        return text
    return re.sub(re.escape(core), "die Stelle", text, flags=re.IGNORECASE)


@lru_cache(TITLES_KNOWN)
def _core(title: str) -> tuple[str, str]:
    """A title without gender marks in brackets, as written and without case."""
    core = _BRACKETS.sub("", title[:LONGEST_TITLE]).strip()
    return core, _caseless(core)


def _caseless(text: str) -> str:
    """A text such that whatever a regular expression takes for the same, if case does not count, is the same in it."""
    return text.casefold().replace("\u0307", "").replace("ı", "i")


def places_of(text: str, title: str) -> list[tuple[int, int]]:
    """Where a text names its title: as written, without gender marks, or as far as the first of them.

    Endings do not matter, nor does what parts the words.

    >>> places_of("Als SEO Manager (m/w/d) in Bonn …", "SEO Manager (w/m/d)")
    [(4, 15)]

    Args:
        text: of an ad.
        title: as written; a short one is not looked for, since it would be found in other words.
    """
    head = title[:LONGEST_TITLE]
    cut = (mark.split(head)[0].strip() for mark in (_BRACKETS, _BARE_MARK, _SPACED_MARK))
    written = {head.strip(), _core(title)[0], *cut}
    forms = written | {_GENDER_ENDING.sub("", form).strip() for form in written}
    known = sorted((form for form in forms if len(form) >= SHORTEST_MASKED), key=len, reverse=True)
    if not known:
        return []
    spelled = ("[-–\\s]{1,3}".join(map(re.escape, _PARTING.split(form))) for form in known)
    pattern = rf"(?<!\w)(?:{'|'.join(spelled)})(?:[:*_·/-]{{0,2}}in(?:nen)?|e?[ns])?(?!\w)"
    return [found.span() for found in re.finditer(pattern, text, re.IGNORECASE)]


def inversions(duties: Sequence[str], lines: Sequence[str], title: Title, rules: TitleRules) -> tuple[int, ...] | None:
    """Where an ad sets a community manager above a social media manager (flag F3).

    Args:
        duties: the texts of the duties.
        lines: the texts of all lines: a reporting line is no duty.
        title: tells whose duties these are; without one of the two roles, or with both, nothing can be said.
        rules: the patterns.

    Returns:
        The duties that say so, by index; empty if another line does; None if nothing does.
    """
    if len({"CM", "SMM"} & set(title.roles)) != 1:
        return None
    pattern = rules.leads if "CM" in title.roles else rules.reports
    found = tuple(number for number, text in enumerate(duties) if pattern.search(" ".join(bag(text))))
    return found if found or any(pattern.search(" ".join(bag(text))) for text in lines) else None
