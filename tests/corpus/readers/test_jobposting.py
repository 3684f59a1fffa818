from __future__ import annotations

import json

import pytest

from jobclass.corpus.readers.jobposting import MOST_POSTINGS, from_json_ld, from_microdata, stated
from jobclass.corpus.readers.tree import parse
from jobclass.errors import InputError


def page(script: str) -> str:
    return f'<html><head><script type="application/ld+json">{script}</script></head><body></body></html>'


def posting(**values: object) -> dict[str, object]:
    return {"@context": "https://schema.org", "@type": "JobPosting", "title": "Manager"} | values


def descriptions(script: str) -> list[str]:
    return [found.texts["description"] for found in from_json_ld(parse(page(script)))]


@pytest.mark.parametrize(
    "script",
    [
        json.dumps(posting(description="<p>Pflege</p>")),
        json.dumps([posting(description="<p>Pflege</p>")]),
        json.dumps({"@graph": [{"@type": "WebSite"}, posting(description="<p>Pflege</p>")]}),
        json.dumps({"@type": "ItemList", "itemListElement": [{"item": posting(description="Pflege")}]}),
        json.dumps(posting(description="Pflege") | {"@type": ["Thing", "http://schema.org/JobPosting"]}),
        '{"@type": "JobPosting", "description": "Pflege",}',
        '{"@type": "JobPosting", "tags": ["a", "b",], "description": "Pflege"};',
        '{"@type": "JobPosting", "note": "it\\\'s", "description": "Pflege"}',
        '{"@type": "JobPosting", "note": "a,}", "description": "Pflege",}',
        '<!-- {"@type": "JobPosting", "description": "Pflege"} -->',
        '//<![CDATA[\n{"@type": "JobPosting", "description": "Pflege"}\n//]]>',
        '{"@type": "JobPosting", "note": "Zeile\nZeile", "description": "Pflege"}',
    ],
)
def test_jobposting_is_found_in_json_ld_as_pages_write_it(script: str) -> None:
    assert descriptions(script) == ["Pflege"]


@pytest.mark.parametrize("script", ["", "{", "null", "[1, 2]", '{"@type": 3}', "[" * 5000, '"\\' * 5000, '{"a": }'])
def test_jobposting_what_is_no_posting_is_passed_over(script: str) -> None:
    assert descriptions(script) == []


@pytest.mark.parametrize(
    ("description", "text"),
    [
        ("<h2>Aufgaben</h2><ul><li>Pflege</li></ul>", "## Aufgaben\n\n- Pflege"),
        ("&lt;h2&gt;Aufgaben&lt;/h2&gt;&lt;ul&gt;&lt;li&gt;Pflege&lt;/li&gt;&lt;/ul&gt;", "## Aufgaben\n\n- Pflege"),
        ("&amp;lt;p&amp;gt;Tee &amp;amp;amp; Kaffee&amp;lt;/p&amp;gt;", "Tee & Kaffee"),
        ("Aufgaben:\n- Tee &amp; Kaffee\n- Pflege", "Aufgaben:\n- Tee & Kaffee\n- Pflege"),
        (["Pflege", "Planung"], "- Pflege\n- Planung"),
        ({"@value": "Pflege"}, "Pflege"),
        (7, ""),
    ],
)
def test_jobposting_descriptions_are_unescaped_and_rendered(description: object, text: str) -> None:
    assert descriptions(json.dumps(posting(description=description))) == [text]


def test_jobposting_other_properties_are_added_unless_the_description_has_them() -> None:
    values = posting(
        description="<p>Pflege der Website.</p>", responsibilities="Pflege der Website", jobBenefits=["Rad", "Obst"]
    )
    (found,) = from_json_ld(parse(page(json.dumps(values))))
    assert found.as_text() == "# Manager\n\nPflege der Website.\n\n## Wir bieten\n\n- Rad\n- Obst"


def test_jobposting_the_title_is_not_said_twice() -> None:
    (found,) = from_json_ld(parse(page(json.dumps(posting(description="<h1>Manager</h1><p>Pflege</p>")))))
    assert found.as_text() == "# Manager\n\nPflege"


def test_jobposting_microdata_leaves_the_employers_description() -> None:
    html = """<div itemscope itemtype="https://schema.org/JobPosting"><h1 itemprop="title">Manager <b>neu</b></h1>
      <div itemprop="hiringOrganization" itemscope itemtype="https://schema.org/Organization"><p itemprop="description">
      Firma</p></div><section itemprop="description"><h2>Aufgaben</h2><ul><li>Pflege</li></ul></section></div>"""
    (found,) = from_microdata(parse(html))
    assert (found.title, found.texts) == ("Manager neu", {"description": "## Aufgaben\n\n- Pflege"})


def test_jobposting_too_many_are_refused() -> None:
    with pytest.raises(InputError, match="E122"):
        stated(parse(page(json.dumps([posting(description="x")] * (MOST_POSTINGS + 1)))))
