from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest

from jobclass.classifier.advice import split
from jobclass.cli.render import github, html, junit, review, sarif, text
from jobclass.cli.results import Labelled, Result
from jobclass.messages import LANGUAGES, term


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("renderer", "for_each"),
    [(text, 1), (review, 1), (html, 1), (github, 0), (junit, 0), (sarif, 0)],
)
def test_text_of_small_teams_stands_once_for_each_ad_that_could_be_split(
    renderer: ModuleType, for_each: int, language: str, written: Callable[..., str], results: list[Result]
) -> None:
    (ad,) = (found for found in results if isinstance(found, Labelled) and split(found.verdict, language))
    said = " ".join(written(renderer, language, [*results, ad]).split())
    assert said.count(term("words", "small_team", language)) == 2 * for_each
