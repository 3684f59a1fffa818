"""jobclass reads German job ads, finds the duties they list and tells which role they belong to.

    >>> import jobclass
    >>> verdict = jobclass.label("…")  # doctest: +SKIP

Importing this package loads neither spaCy nor scikit-learn; the names below are loaded when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .classifier.ad import Ad, Verdict
    from .classifier.labeller import Labeller

__version__ = "0.1.0"
__all__ = ["Ad", "Labeller", "Verdict", "__version__", "label"]


def label(text: str, title: str = "") -> Verdict:
    """Labels one ad with the packaged rule set and model.

    Args:
        text: the ad.
        title: its title, if it is known apart from the text.

    Raises:
        InputError: the text is empty, too long, or not German.
    """
    from .classifier.ad import Ad

    return _labeller().label(Ad(text, title))


def _labeller() -> Labeller:
    global _packaged  # noqa: PLW0603 -- the model is loaded once for all calls of `label`
    if _packaged is None:
        from .classifier.labeller import Labeller

        _packaged = Labeller()
    return _packaged


_packaged: Labeller | None = None


def __getattr__(name: str) -> object:
    if name == "Labeller":
        from .classifier.labeller import Labeller

        return Labeller
    if name in ("Ad", "Verdict"):
        from .classifier import ad

        return getattr(ad, name)
    msg = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(msg)
