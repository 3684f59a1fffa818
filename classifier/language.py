"""Tells German from other languages by the little words every text needs; cheap, and enough for whole ads."""

from __future__ import annotations

from .memory import remembered
from .words import bag

LONGEST_SAMPLE = 6000
"""Characters looked at."""

FEWEST_WORDS = 8
"""With fewer little words of any language nothing is said, and the text passes as German."""

LEAST_SHARE = 0.35
"""Share of German among the little words; ads with much English still reach it."""

LEAST_OF_ALL = 0.1
"""Share of German little words among all words of a text that is long enough to tell; German ads have .17 and more, ads
in languages whose little words are not listed .07 and less."""

ENOUGH_WORDS = 40

GERMAN = frozenset(
    (
        *(
            "und",
            "der",
            "die",
            "das",
            "den",
            "dem",
            "des",
            "ein",
            "eine",
            "einen",
            "einem",
            "einer",
            "von",
            "zu",
            "mit",
        ),
        *("für", "auf", "im", "in", "ist", "sind", "du", "sie", "wir", "ihr", "dich", "dir", "uns", "dein", "deine"),
        *("deinen", "ihre", "ihren", "unser", "unsere", "unserem", "unseren", "bei", "als", "oder", "sowie", "auch"),
        *("nicht", "wird", "werden", "hast", "bist", "zur", "zum", "über", "nach", "aus", "an", "am", "durch", "um"),
        *("bis", "vor", "unter", "bringst", "bieten", "suchen"),
    )
)
OTHER = (
    frozenset(
        (
            *(
                "the",
                "and",
                "of",
                "to",
                "for",
                "with",
                "you",
                "your",
                "our",
                "we",
                "is",
                "are",
                "as",
                "on",
                "or",
                "will",
            ),
            *("be", "at", "by", "from", "this", "that", "have", "has", "an", "a", "it", "not", "who", "what"),
            *("le", "la", "les", "et", "pour", "vous", "nous", "est", "une", "dans", "sur", "avec", "votre", "notre"),
            *("du", "au", "aux", "el", "los", "las", "y", "para", "con", "por", "su", "una", "del", "que", "en"),
            *("il", "gli", "di", "e", "per", "che", "una", "della", "i", "je", "het", "een", "voor", "met", "wij"),
        )
    )
    - GERMAN
)


def is_german(text: str) -> bool:
    """Whether a text reads as German; a very short one passes."""
    rows = map(_little_words, text[:LONGEST_SAMPLE].split("\n"))
    words, german, other = map(sum, zip(*rows, strict=True))
    if words >= ENOUGH_WORDS and german < LEAST_OF_ALL * words:
        return False
    if german + other < FEWEST_WORDS:
        return True
    return german / (german + other) >= LEAST_SHARE


@remembered
def _little_words(row: str) -> tuple[int, int, int]:
    """How many words a row has, and how many of them are little words of German and of other languages."""
    found = bag(row)
    return len(found), sum(map(GERMAN.__contains__, found)), sum(map(OTHER.__contains__, found))
