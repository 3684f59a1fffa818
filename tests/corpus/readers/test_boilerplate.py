from __future__ import annotations

import pytest

from jobclass.corpus.readers.html import render

AD = "<h1>Pflegefachkraft</h1><h2>Aufgaben</h2><ul><li>Pflege unserer Bewohner</li><li>Planung der Dienste</li></ul>"
TEXT = "# Pflegefachkraft\n\n## Aufgaben\n\n- Pflege unserer Bewohner\n- Planung der Dienste"
LINKS = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Start", "Produkte", "Social Media", "Kontakt"))


@pytest.mark.parametrize(
    "around",
    [
        f"<nav>{LINKS}</nav>",
        f"<ul>{LINKS}</ul>",
        f"<div><div>{LINKS.replace('li', 'div')}</div></div>",
        f'<div role="navigation">{LINKS}<p>Mehr</p></div>',
        '<div id="cookie-banner"><p>Wir verwenden Cookies</p></div>',
        '<section class="cmp-cookieConsent"><p>Wir verwenden Technik</p></section>',
        "<footer><p>Hebrok GmbH, Musterweg 1</p></footer>",
        '<div class="site-footer">Impressum</div>',
        '<div class="relatedJobs"><h4>Mehr</h4><p>Betreuung von Google Ads</p></div>',
        "<div><h3>Ähnliche Jobs</h3><div><p>Betreuung von Google Ads</p></div></div>",
        "<div><div><h3>Ähnliche Jobs:</h3></div><div><h4>Manager</h4><p>Betreuung</p></div></div>",
        "<h3>Das könnte dich auch interessieren</h3><p>Manager</p><p>Betreuung von Google Ads</p>",
        "<form><label>Name</label><input></form>",
        "<button>Jetzt bewerben</button>",
        "<select><option>Berlin</option></select>",
        "<noscript>Bitte JavaScript einschalten</noscript>",
        '<div role="dialog"><p>Newsletter</p></div>',
        "<iframe>alt</iframe><svg><text>Logo</text></svg><template><p>Vorlage</p></template>",
    ],
)
@pytest.mark.parametrize("place", ["before", "behind"])
def test_boilerplate_is_left_out(around: str, place: str) -> None:
    page = f"<body>{around}<main>{AD}</main></body>" if place == "before" else f"<body><main>{AD}</main>{around}</body>"
    assert render(page) == TEXT


@pytest.mark.parametrize(
    "page",
    [
        f'<form id="aspnetForm">{AD}</form>',
        f'<body class="cookie-consent-shown">{AD}</body>',
        f'<div class="wrapper cookies">{AD}</div>',
        f'<div class="page navigation-open"><div>{AD}</div></div>',
        f"<footer><main>{AD}</main></footer>",
        f'<div class="social-media-manager-share">{AD}</div>',
    ],
)
def test_boilerplate_never_takes_the_ad_along(page: str) -> None:
    assert render(page) == TEXT


def test_boilerplate_a_flat_page_goes_on_behind_other_jobs() -> None:
    page = f"{AD}<h2>Weitere Jobs</h2><p>Manager</p><h2>Wir bieten</h2><p>Urlaub</p>"
    assert render(page) == f"{TEXT}\n\n## Wir bieten\n\nUrlaub"


def test_boilerplate_a_button_that_opens_a_part_is_its_heading() -> None:
    page = '<button aria-expanded="false">Deine Aufgaben</button><div><ul><li>Pflege der Website</li></ul></div>'
    assert render(page) == "**Deine Aufgaben**\n\n- Pflege der Website"


def test_boilerplate_items_with_a_link_in_them_stay() -> None:
    items = "".join(f'<li>Betreuung unserer <a href="/{n}">Website</a> und der Kunden</li>' for n in range(4))
    assert render(f"<ul>{items}</ul>").count("- Betreuung") == 4
