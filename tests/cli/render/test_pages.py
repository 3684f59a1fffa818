from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from jinja2 import UndefinedError

from jobclass.cli.render.pages import page


@pytest.mark.parametrize("name", ["evaluation", "findings", "measurement", "profile"])
def test_pages_refuse_to_leave_a_gap(name: str) -> None:
    with pytest.raises(UndefinedError):
        page(name, "de").render()


def test_pages_escape_what_is_put_in_and_share_one_head() -> None:
    text = page("profile", "en").render(version="</title><script>", families=[], details=None, thresholds={})
    found = BeautifulSoup(text, "lxml")
    assert found.script is None
    assert found.title is not None
    assert "</title><script>" in found.title.text
    assert len(found.select("head > style")) == 1
    assert found.select_one('meta[name="generator"]')
