from __future__ import annotations

import pytest

from jobclass.corpus.readers.tree import DEEPEST, MOST_TAGS, parse
from jobclass.errors import InputError


def test_tree_honest_depth_is_read() -> None:
    assert "innen" in "".join(parse("<div>" * 1500 + "innen" + "</div>" * 1500).itertext())


@pytest.mark.parametrize("html", ["<div>" * 100_000 + "innen", "<p>a" * (MOST_TAGS + 1), "<b>" * (DEEPEST * 2)])
def test_tree_refuses_what_is_too_deep_or_too_much(html: str) -> None:
    with pytest.raises(InputError, match="E122"):
        parse(html)


def test_tree_keeps_what_is_needed_of_a_tag_with_very_many_attributes() -> None:
    attributes = " ".join(f"a{number}=1" for number in range(50_000))
    root = parse(f'<p class="x" {attributes} id="y">Pflege</p><p>Planung</p>')
    assert [node.text for node in root.iter("p")] == ["Pflege", "Planung"]
    assert root.find(".//p").get("class") == "x"


def test_tree_keeps_a_long_picture_in_a_tag() -> None:
    root = parse(f'<p>a<img alt="b" src="data:image/png;base64,{"A" * 100_000}">c</p>')
    assert root.find(".//img").tail == "c"


def test_tree_resolves_nothing() -> None:
    html = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a;<img src="http://192.0.2.1/x.png"></p>'
    assert "root:" not in "".join(parse(html).itertext())
