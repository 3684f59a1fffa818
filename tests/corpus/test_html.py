from __future__ import annotations

import pytest

from jobclass.corpus.readers.html import render


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h2>Aufgaben</h2><ul><li>A</li><li>B</li></ul>", "## Aufgaben\n- A\n- B"),
        ("<ul><li><p>A <b>Social-Media</b>-Kanäle</p></li></ul>", "- A Social-Media-Kanäle"),
        ("<ul><li>A<ul><li>B</li></ul></li></ul>", "- A\n  - B"),
        ("<p>eins<br>zwei</p>", "eins\nzwei"),
        ("<p>Tee &amp; Kaffee</p><script>x</script><style>y</style><nav>Start</nav>", "Tee & Kaffee"),
        ("<div><div>eins</div>zwei</div>", "eins\nzwei"),
        ("<!-- weg --><p>da</p>", "da"),
        ("nur Text", "nur Text"),
    ],
)
def test_html_renders_light_markdown(html: str, text: str) -> None:
    assert render(html) == text


def test_html_deep_nesting_does_not_hurt() -> None:
    assert "innen" in render("<div>" * 3000 + "innen" + "</div>" * 3000)
