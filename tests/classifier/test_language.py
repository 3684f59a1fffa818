from __future__ import annotations

import pytest

from jobclass.classifier.language import is_german

FOREIGN = {
    "English": "You will manage our social media channels and answer the questions of our customers.",
    "French": "Vous gérez nos réseaux sociaux et vous répondez aux questions de nos clients avec une équipe motivée.",
    "Turkish": "Sosyal medya kanallarımız için içerik planlaması yapacak deneyimli bir ekip arkadaşı arıyoruz.",
    "Polish": "Szukamy osoby do prowadzenia kanałów społecznościowych naszej firmy oraz planowania treści i kampanii.",
    "Danish": "Vi søger en medarbejder til vores sociale medier. Du skal planlægge indhold og svare på spørgsmål.",
    "Swedish": "Vi söker en medarbetare till våra sociala medier. Du ska planera innehåll och svara på frågor.",
    "Czech": "Hledáme kolegu pro správu našich sociálních sítí. Budete plánovat obsah a odpovídat na dotazy.",
    "Russian": "Мы ищем сотрудника для ведения наших социальных сетей. Планирование контента и кампаний.",
    "Hungarian": "Keresünk munkatársat közösségi média csatornáink kezelésére, tartalmak és kampányok tervezésére.",
    "Dutch": "Wij zoeken een medewerker voor onze sociale media. Je plant de content en beantwoordt vragen.",
}


@pytest.mark.parametrize("language", FOREIGN)
def test_language_other_languages_are_not_german(language: str) -> None:
    assert not is_german(f"{FOREIGN[language]} " * 6)


@pytest.mark.parametrize(
    "text",
    [
        "Content Creation, Reporting und Monitoring unserer Social Media Channels. Wir bieten Remote Work und ein Team. ",
        "Your mission: Du baust unsere Brand auf und lead by example. What you bring: Erfahrung mit Google Ads. ",
        "Aufgaben: Pflege der Website, Beratung unserer Kunden. ",
    ],
)
def test_language_german_with_many_english_words_is_german(text: str) -> None:
    assert is_german(text * 3)


def test_language_a_short_text_passes() -> None:
    assert is_german("Community Manager")
