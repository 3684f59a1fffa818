"""What the rules lose on ads whose words they do not know, and how strongly a model should trust them.

    python benchmarks/hidden_cues.py GOLD

The rules were written and mended while reading the development ads, so there they know more of the words than they
will elsewhere. Here a share of what they find is hidden, each word with its concept alike in all ads, and areas of the
true duties are told by the rules alone and by models that were regularised more and less. The means of three draws.
"""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast
from zlib import crc32

import numpy as np
from _shared import area_model, areas_compared, by_rules, gold_ads, table

from jobclass.classifier.headings import load_headings
from jobclass.classifier.profile import load_profile
from jobclass.corpus.evaluate import MEASURES
from jobclass.corpus.lessons.areas import read_lessons
from jobclass.corpus.lessons.build import STRENGTH
from jobclass.corpus.training import load_corpus

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jobclass.classifier.concepts import Lexicon, Occurrence
    from jobclass.classifier.profile import Profile
    from jobclass.corpus.evaluate import Comparison

HIDDEN = (0.0, 0.05, 0.1, 0.2)
STRENGTHS = (0.5, 1.0, 2.0)
DRAWS = 3
FIGURES = ("family accuracy", "areas micro-F1")


class Forgetful:
    """A lexicon that does not find a share of what it holds.

    Args:
        lexicon: what there is to find.
        share: of it that stays hidden.
        draw: number of the draw.
    """

    def __init__(self, lexicon: Lexicon, share: float, draw: int) -> None:
        self._lexicon, self._share, self._draw = lexicon, share, draw

    def find(self, words: Sequence[str]) -> list[Occurrence]:
        """What is not hidden; the same words for the same concept are hidden everywhere."""
        return [found for found in self._lexicon.find(words) if not self._hides(found, words)]

    def _hides(self, found: Occurrence, words: Sequence[str]) -> bool:
        text = " ".join([str(self._draw), found.concept, *words[found.first : found.last + 1]])
        return crc32(text.encode()) < self._share * 2**32


def forgetful(profile: Profile, share: float, draw: int) -> Profile:
    """The rule set without some of its cues."""
    return replace(profile, lexicon=cast("Lexicon", Forgetful(profile.lexicon, share, draw)))


def mean_figures(draws: Sequence[Sequence[Comparison]]) -> str:
    """The figures, each the mean over draws, as a cell."""
    return ", ".join(f"{np.mean([MEASURES[name](draw) for draw in draws]):.3f}" for name in FIGURES)


def main() -> None:
    """Prints the table."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", type=Path, metavar="GOLD", help="a gold file")
    ads = gold_ads(parser.parse_args().gold)
    profile, headings = load_profile(), load_headings()
    lessons = read_lessons(load_corpus(), profile, headings)
    models = [area_model(lessons, strength={**STRENGTH, "areas": strength}) for strength in STRENGTHS]
    rows = []
    for share in HIDDEN:
        profiles = [forgetful(profile, share, draw) for draw in range(DRAWS if share else 1)]
        cells = [mean_figures([[by_rules(ad, known) for ad in ads] for known in profiles])]
        cells += [mean_figures([areas_compared(ads, model, known, headings) for known in profiles]) for model in models]
        rows.append([f"{share:.0%}", *cells])
    print(table(["hidden", "rules alone", *(f"strength {strength:g}" for strength in STRENGTHS)], rows))


if __name__ == "__main__":
    main()
