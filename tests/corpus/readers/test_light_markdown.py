from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobclass.corpus.readers.light_markdown import rows
from jobclass.corpus.readers.tree import parse


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>eins<br>zwei</p>", "eins\nzwei"),
        ("<p>eins</p><p>zwei</p>", "eins\n\nzwei"),
        ("<div><div>eins</div>zwei</div>", "eins\n\nzwei"),
        ("<p>unsere <b>Social-Media</b>-Kanäle</p>", "unsere Social-Media-Kanäle"),
        ("<p>eins<b> zwei </b>drei</p>", "eins zwei drei"),
        ("<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul>", "- A\n  - B\n- C"),
        ("<ul><li><p>A <b>b</b>-c</p></li></ul>", "- A b-c"),
        ("<ol><li>A</li></ol>", "- A"),
        ("<p><strong>Deine Aufgaben:</strong></p><p>- a<br>- b</p>", "**Deine Aufgaben:**\n\n- a\n- b"),
        ("<b>Aufgaben</b><br>Text mit <b>fett</b>", "**Aufgaben**\nText mit fett"),
        ('<div><span style="font-weight:700">Aufgaben</span></div><div>Text</div>', "**Aufgaben**\n\nText"),
        ("<dl><dt>Aufgaben</dt><dd>Pflege</dd></dl>", "**Aufgaben**\n\nPflege"),
        ("<table><tr><th>Aufgaben</th><td>Pflege</td></tr></table>", "**Aufgaben**\n\nPflege"),
        ("<table><tr><td>•</td><td>Eins</td></tr><tr><td>•</td><td>Zwei</td></tr></table>", "- Eins\n\n- Zwei"),
        ("<ul><li><b>Fett</b></li></ul>", "- Fett"),
        ("<p>Bei&shy;träge und<wbr>lange Re&#8203;daktions<wbr>pläne</p>", "Beiträge undlange Redaktionspläne"),
        ("<pre>a\n b\n\nc</pre>", "a\nb\nc"),
        ('<div style="white-space: pre-line">Aufgaben\n- a\n- b</div>', "Aufgaben\n- a\n- b"),
        ("<details><summary>Aufgaben</summary>Pflege</details>", "**Aufgaben**\n\nPflege"),
        (f"<p><b>{'lang ' * 30}</b></p>", ("lang " * 30).strip()),
    ],
)
def test_light_markdown_keeps_what_the_markup_knew(html: str, text: str) -> None:
    assert rows(parse(html)) == text


def test_light_markdown_passes_over_what_is_left_out() -> None:
    root = parse("<p>eins</p><nav>weg<b>weg</b></nav> da<p>zwei</p>")
    assert rows(root, set(root.iter("nav"))) == "eins\n\nda\n\nzwei"


WORDS = st.text("abcäöüß", min_size=1, max_size=5)
TREES = st.recursive(
    WORDS, lambda inner: st.tuples(st.sampled_from(["p", "div", "li", "ul", "b", "td", "h2", "br"]), st.lists(inner))
)


def html_of(tree: object) -> str:
    if isinstance(tree, tuple):
        return f"<{tree[0]}>{''.join(map(html_of, tree[1]))}</{tree[0]}>"
    return f" {tree} "


@given(TREES)
def test_light_markdown_loses_no_word(tree: object) -> None:
    html = html_of(tree)
    root = parse(html)
    assert [w.strip("#*- ") for w in rows(root).split() if w.strip("#*- ")] == "".join(root.itertext()).split()
