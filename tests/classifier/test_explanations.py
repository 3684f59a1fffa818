"""The words named as evidence carry the decision: without them the model's score of the governing code falls."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from jobclass.classifier import areas
from jobclass.classifier.ad import Ad, Duty, Span
from jobclass.classifier.labeller import Labeller
from jobclass.corpus.training import load_corpus

FROM_CORPUS = 50
LEAST_SHARE = 0.95


def decided(text: str, labeller: Labeller) -> Duty:
    """A text coded as a duty on its own."""
    model = labeller.model.linear
    (duty,) = areas.decide(text, [Span(0, len(text))], [""], labeller.profile, model["areas"], model["grades"])
    return duty


def without(text: str, duty: Duty) -> str:
    """The text of a duty with the words named as evidence cut out."""
    for evidence in sorted(duty.evidence, key=lambda e: -e.start):
        text = text[: evidence.start] + " " * (evidence.end - evidence.start) + text[evidence.end :]
    return " ".join(text.split())


def score(text: str, code: str, labeller: Labeller) -> float:
    """The area model's raw score of a code for a duty on its own."""
    model = labeller.model.linear["areas"]
    (example,) = areas.examples([areas.read(text, labeller.profile)], [""])
    return float(model.scores(example)[model.labels.index(code)])


def has_positive_word(text: str, code: str, labeller: Labeller) -> bool:
    """Whether any word of a duty speaks for a code in the area model."""
    reading = areas.read(text, labeller.profile)
    shares = labeller.model.linear["areas"].word_shares([word.text for word in reading.words], code)
    return bool(np.any(np.array(shares) > 0))


@pytest.fixture(scope="module")
def duties(labeller: Labeller, examples: Path) -> list[Duty]:
    """The duties found in the examples, and every so many of the corpus, each coded on its own."""
    ads = [Ad(path.read_text(encoding="utf-8"), "", path.name) for path in sorted(examples.glob("*.txt"))]
    texts = [duty.text for ad in ads for duty in labeller.label(ad).duties]
    written = [written.duty.text for written in load_corpus().duties]
    texts += islice(written, 0, None, -(-len(written) // FROM_CORPUS))
    return [decided(text, labeller) for text in texts]


def test_explanations_words_of_evidence_carry_the_decision(duties: list[Duty], labeller: Labeller) -> None:
    kept = [
        duty.text
        for duty in duties
        if score(without(duty.text, duty), duty.codes[0], labeller) >= score(duty.text, duty.codes[0], labeller)
    ]
    assert len(duties) > FROM_CORPUS
    assert len(kept) <= (1 - LEAST_SHARE) * len(duties), kept


def test_explanations_every_decision_names_words(duties: list[Duty], labeller: Labeller) -> None:
    silent = [
        duty.text for duty in duties if not duty.evidence and has_positive_word(duty.text, duty.codes[0], labeller)
    ]
    assert silent == []


def test_explanations_evidence_is_quoted_from_the_duty(labeller: Labeller, examples: Path) -> None:
    ad = Ad((examples / "community-manager.txt").read_text(encoding="utf-8"))
    for duty in labeller.label(ad).duties:
        assert all(duty.start <= evidence.start < evidence.end <= duty.end for evidence in duty.evidence)
