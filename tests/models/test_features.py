from __future__ import annotations

from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.models.features import GRAM_LENGTH, Example, FeatureSettings, Featuriser


def number(text: str, settings: FeatureSettings) -> int:
    """The feature of a text, as the model file means it."""
    return crc32(text.encode("utf-8", "surrogatepass")) % settings.size


@pytest.mark.parametrize("settings", [FeatureSettings(), FeatureSettings(bits=14)])
@given(words=st.lists(st.text(max_size=9), max_size=4).map(tuple), signal=st.text(max_size=9))
def test_features_are_hashes_of_their_texts(words: tuple[str, ...], signal: str, settings: FeatureSettings) -> None:
    texts = []
    for word in words:
        marked = f"<{word}>"
        grams = [marked[start : start + GRAM_LENGTH] for start in range(len(marked) - GRAM_LENGTH + 1)]
        texts += [f"word {word}", *(f"gram {gram}" for gram in grams)]
    expected = [number(text, settings) for text in [*texts, f"signal {signal}"]]
    assert Featuriser(settings).rows(Example(words, [(signal,)]))[0].tolist() == expected
