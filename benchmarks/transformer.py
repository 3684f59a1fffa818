"""Whether another kind of model tells the areas of duties better than a linear one: a small transformer.

    pip install torch
    python benchmarks/transformer.py GOLD [--passes 3]

It is fitted from nothing on the same duties. A word is the mean of its n-grams, with the concepts that the rules find
at its place; two layers of attention, and beside what they come to the same signals that the linear model sees. After
each pass it tells the true duties of the gold, alone and with its probabilities added to those of the linear model.
"""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
import torch
from _shared import area_model, compared, figure, gold_ads, shown, table
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits, gelu

from jobclass.classifier.areas import chosen_codes
from jobclass.classifier.headings import load_headings
from jobclass.classifier.profile import load_profile
from jobclass.corpus.lessons.areas import ad_examples, read_lessons
from jobclass.corpus.training import load_corpus

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from jobclass.classifier.concepts import Lexicon
    from jobclass.models.features import Example

FIGURES = ("family accuracy", "areas micro-F1")
FEATURES, SIGNALS = 1 << 16, 1 << 15
WIDTH, HEADS, LAYERS, LONGEST = 96, 4, 2, 48
GRAMS = (3, 4, 5)
FORGOTTEN = 0.15
"""Share of words, concepts and signals that are left out while it learns."""
RATE, DECAY, BATCH = 1.5e-3, 0.02, 64

Bag = list[int]


def number(text: str, size: int) -> int:
    """The number of a feature; none has the number 0."""
    return crc32(text.encode("utf-8", "surrogatepass")) % (size - 1) + 1


def grams(word: str) -> Bag:
    """A word and its n-grams."""
    marked = f"<{word}>"
    parts = [marked[at : at + length] for length in GRAMS for at in range(len(marked) - length + 1)]
    return [number(part, FEATURES) for part in (f"word {word}", *parts)]


def read(example: Example, lexicon: Lexicon) -> tuple[list[Bag], list[Bag], Bag]:
    """The n-grams of each word, the concepts at its place, and the signals."""
    words = example.words[:LONGEST] or ("",)
    concepts: list[Bag] = [[] for _ in words]
    for found in lexicon.find(words):
        for place in range(found.first, found.last + 1):
            concepts[place].append(number(f"{place > found.first} {found.concept}", SIGNALS))
    return [grams(word) for word in words], concepts, [number(signal, SIGNALS) for signal in example.signals]


def bags(found: Iterable[Bag]) -> tuple[torch.Tensor, torch.Tensor]:
    """Bags laid end to end, and where each begins."""
    ends, numbers = [0], []
    for bag in found:
        numbers += bag
        ends.append(len(numbers))
    return torch.tensor(numbers, dtype=torch.long), torch.tensor(ends[:-1])


class Transformer(nn.Module):
    """Words and signals of duties into a score for each code."""

    def __init__(self, codes: int) -> None:
        super().__init__()
        self.grams = nn.EmbeddingBag(FEATURES, WIDTH, mode="mean")
        self.concepts = nn.EmbeddingBag(SIGNALS, WIDTH, mode="sum")
        self.signals = nn.EmbeddingBag(SIGNALS, WIDTH, mode="sum")
        for embedding in (self.grams, self.concepts, self.signals):
            nn.init.normal_(embedding.weight, std=0.05)
        self.places = nn.Parameter(torch.zeros(LONGEST, WIDTH))
        layer = nn.TransformerEncoderLayer(WIDTH, HEADS, 2 * WIDTH, 0.2, batch_first=True, norm_first=True)
        self.layers = nn.TransformerEncoder(layer, LAYERS, nn.LayerNorm(WIDTH), enable_nested_tensor=False)
        self.weigh = nn.Linear(WIDTH, 1)
        self.drop = nn.Dropout(0.3)
        self.hidden, self.out = nn.Linear(3 * WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, codes)

    def forward(self, duties: Sequence[tuple[list[Bag], list[Bag], Bag]]) -> torch.Tensor:
        """Scores of the shape (duties, codes)."""
        length = max(len(words) for words, _, _ in duties)
        missing = torch.tensor([[place >= len(words) for place in range(length)] for words, _, _ in duties])
        padding: list[Bag] = [[]] * length
        words = self.grams(*bags(bag for words, _, _ in duties for bag in [*words, *padding][:length]))
        concepts = self.concepts(*bags(bag for _, found, _ in duties for bag in [*found, *padding][:length]))
        seen = (3 * words + concepts).view(len(duties), length, WIDTH) + self.places[:length]
        seen = self.layers(seen, src_key_padding_mask=missing)
        weights = self.weigh(seen).squeeze(-1).masked_fill(missing, -1e9).softmax(1)
        largest = seen.masked_fill(missing.unsqueeze(-1), -1e4).amax(1)
        signals = self.signals(*bags(signals for _, _, signals in duties))
        whole = torch.cat([(weights.unsqueeze(-1) * seen).sum(1), largest, signals], 1)
        scores: torch.Tensor = self.out(self.drop(gelu(self.hidden(self.drop(whole)))))
        return scores


def forgetful(duty: tuple[list[Bag], list[Bag], Bag], chance: np.random.Generator) -> tuple[list[Bag], list[Bag], Bag]:
    """A duty without a share of what is known of it."""
    words, concepts, signals = duty

    def kept(found: Sequence[Bag]) -> list[Bag]:
        return [bag if stays else [] for bag, stays in zip(found, chance.random(len(found)) >= FORGOTTEN, strict=True)]

    stay = chance.random(len(signals)) >= FORGOTTEN
    return kept(words), kept(concepts), [signal for signal, stays in zip(signals, stay, strict=True) if stays]


def passes(
    model: Transformer,
    duties: Sequence[tuple[list[Bag], list[Bag], Bag]],
    truth: np.ndarray,
    weights: np.ndarray,
    count: int,
) -> Iterator[int]:
    """Fits the model; gives the number of each pass when it is over."""
    chance = np.random.default_rng(0)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, weight_decay=DECAY)
    steps = -(-len(duties) // BATCH) * count
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps, pct_start=0.1)
    for done in range(1, count + 1):
        model.train()
        order = chance.permutation(len(duties))
        for begin in range(0, len(order), BATCH):
            drawn = order[begin : begin + BATCH]
            scores = model([forgetful(duties[n], chance) for n in drawn])
            losses = binary_cross_entropy_with_logits(scores, torch.tensor(truth[drawn]), reduction="none").sum(1)
            optimiser.zero_grad()
            (losses * torch.tensor(weights[drawn])).mean().backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
        model.eval()
        yield done


def predicted(model: Transformer, examples: Sequence[Example], lexicon: Lexicon, codes: int) -> np.ndarray:
    """The probability of each code for the duties of an ad, which may have none."""
    if not examples:
        return np.zeros((0, codes))
    with torch.no_grad():
        return np.asarray(model([read(example, lexicon) for example in examples]).sigmoid())


def main() -> None:
    """Prints the table."""
    parser = ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("gold", type=Path, metavar="GOLD", help="a gold file")
    parser.add_argument("--passes", type=int, default=3)
    arguments = parser.parse_args()
    torch.manual_seed(0)
    profile, headings = load_profile(), load_headings()
    codes, second = profile.codes, profile.thresholds["decision"]["second_area"]
    lessons = read_lessons(load_corpus(), profile, headings)
    linear = area_model(lessons)
    ads = gold_ads(arguments.gold)
    asked = [ad_examples(ad, profile, headings) for ad in ads]
    by_linear = [linear.calibrated(linear.score_all(examples)) for examples in asked]

    def told(probabilities: Sequence[np.ndarray]) -> list[str]:
        found = [
            compared(
                ad,
                codes=tuple(
                    (duty.areas, chosen_codes(row, codes, second)) for duty, row in zip(ad.duties, own, strict=True)
                ),
            )
            for ad, own in zip(ads, probabilities, strict=True)
        ]
        return [shown(figure(name, found)) for name in FIGURES]

    rows = [["linear", *told(by_linear)]]
    taught = lessons.all_duties()
    duties = [read(lesson.example, profile.lexicon) for lesson in taught]
    truth = np.array([[code in lesson.duty.areas for code in codes] for lesson in taught], np.float32)
    weights = np.array([lesson.weight for lesson in taught], np.float32)
    model = Transformer(len(codes))
    for done in passes(model, duties, truth, weights, arguments.passes):
        own = [predicted(model, ad, profile.lexicon, len(codes)) for ad in asked]
        both = [(one + other) / 2 for one, other in zip(own, by_linear, strict=True)]
        rows += [[f"transformer, pass {done}", *told(own)], ["both", *told(both)]]
    print(table(["model", *FIGURES], rows))


if __name__ == "__main__":
    main()
