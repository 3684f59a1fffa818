"""Pronouns of an ad, folded: whom a sentence speaks to and whom it speaks of.

"Sie" and "er" may be a team or a task as well: where that matters, the place in the sentence has to tell.
"""

from __future__ import annotations

_FAMILIAR = frozenset({"du", "ihr"})

ADDRESSES = _FAMILIAR | {"sie"}
"""Subjects that may address the reader."""

SUBJECTS = ADDRESSES | {"wir", "er"}
"""Subjects of a sentence with a verb of its own."""

YOU = _FAMILIAR | {"dich", "dir", "dein", "deine", "deinen", "deiner", "deinem", "deines", "euch", "eure"}
"""Forms taken to address the reader wherever they stand."""

WE = frozenset({"wir", "uns", "unser", "unsere", "unserem", "unseren", "unserer", "unseres"})
"""Forms in which the employer speaks of itself."""
