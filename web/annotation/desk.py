"""The desk of a coder: the ads in their order, what is coded of them, and the way of a coding into the gold file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...corpus.coding.book import UNCODED
from ...corpus.coding.coding import Coding, coding_of, gold_of, problems
from ...corpus.coding.plain import coding_from, plain
from ...corpus.coding.sheet import sheet_of
from ...errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ...classifier.breaks import Breaks
    from ...classifier.headings import Headings
    from ...classifier.profile import Profile
    from ...corpus.coding.book import GoldBook
    from ...corpus.coding.sheet import Sheet
    from ...corpus.formats.spans import Annotated
    from ...corpus.gold import Problem


@dataclass(frozen=True, slots=True)
class Place:
    """An ad among the others.

    Attributes:
        number: of the ad, from 1.
        sheet: the ad itself.
        version: of what the gold file holds of it; `UNCODED` if there is nothing.
        values: the coding to go on with, as plain values.
        lost: duties of the gold file whose words do not stand in the ad.
        coded: how many ads are coded.
    """

    number: int
    sheet: Sheet
    version: str
    values: Mapping[str, object]
    lost: tuple[str, ...]
    coded: int


class CodingDesk:
    """What lies before a coder.

    Args:
        ads: all that are to be coded, in their order.
        book: the gold file.
        profile: the rule set, for its codes.
        headings: the known headings.
        breaks: finds lost line breaks.
        coder: who codes, if that is to be written down.
    """

    def __init__(  # noqa: PLR0913 -- handed over once
        self,
        ads: Sequence[Annotated],
        book: GoldBook,
        profile: Profile,
        headings: Headings,
        breaks: Breaks,
        coder: str = "",
    ) -> None:
        self._ads = ads
        self._book = book
        self._codes = profile.codes
        self._headings = headings
        self._breaks = breaks
        self._coder = coder

    @property
    def size(self) -> int:
        """How many ads there are."""
        return len(self._ads)

    def place(self, number: int) -> Place:
        """An ad with its coding, as it stands in the gold file now.

        Args:
            number: of the ad, from 1.
        """
        sheet = self._sheet(number)
        entries = self._book.entries()
        entry = entries.get(sheet.ad.id)
        empty = Coding(("",) * len(sheet.lines))
        coding, lost = coding_of(sheet, entry.gold) if entry else (empty, ())
        version = entry.version if entry else UNCODED
        return Place(number, sheet, version, plain(coding, sheet), lost, len(entries))

    def next_uncoded(self, number: int = 0) -> int | None:
        """The next ad behind another one that nobody has coded, from the start again behind the last; None if all are.

        Args:
            number: of the other ad; 0 for none.
        """
        coded = self._book.entries()
        order = [*range(number, self.size), *range(number)]
        return next((place + 1 for place in order if self._ads[place].id not in coded), None)

    def save(self, number: int, sent: Mapping[str, object]) -> list[Problem]:
        """Writes a coding into the gold file, unless something is wrong with it.

        Args:
            number: of the ad.
            sent: the key of its sheet, the version that was gone on with, and the coding as plain values.

        Returns:
            What is wrong; then nothing was written.

        Raises:
            InputError: it is the coding of another ad, there is a newer one, or the file cannot be written.
        """
        sheet = self._sheet(number)
        if sent.get("key") != sheet.key:
            raise InputError("E615", number=number)
        coding, wrong = coding_from(sent, sheet)
        wrong += problems(sheet, coding, self._codes)
        if not wrong:
            entry = self._book.entries().get(sheet.ad.id)
            gold = gold_of(sheet, coding, entry.gold if entry else None, self._coder)
            self._book.save(gold, str(sent.get("version")))
        return wrong

    def _sheet(self, number: int) -> Sheet:
        return sheet_of(self._ads[number - 1], self._headings, self._breaks)
