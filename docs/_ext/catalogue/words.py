"""
The words of the catalogue that the library doesn't have, in English and Finnish.
"""

from __future__ import annotations

from collections.abc import Mapping

from twincities.display.words import word as library_word

__all__ = ["LANGUAGES", "word"]

LANGUAGES = ("en", "fi")
"""The languages of the pages."""

_WORDS: Mapping[str, tuple[str, str]] = {
    "about": (
        (
            "What the library's data set says: a page for each city, network and area of cooperation. "
            "The numbers in brackets lead to the source of each fact."
        ),
        (
            "Kirjaston aineisto sivuina: jokainen kaupunki, verkosto ja yhteistyön ala. "
            "Hakasulkeissa oleva numero vie tiedon lähteeseen."
        ),
    ),
    "all areas": ("All areas", "Kaikki alat"),
    "all of the map": (
        "Point at a line or a city to see what is known about it.",
        "Osoita viivaa tai kaupunkia, niin näet, mitä siitä tiedetään.",
    ),
    "all sources": ("All sources", "Kaikki lähteet"),
    "also called": ("Also called", "Muita nimityksiä"),
    "areas about": (
        "The number after an area counts the partnerships in it or in an area below it, those through a network included.",
        (
            "Alan perässä on niiden kumppanuuksien määrä, joissa on tätä alaa tai jotakin sen alaisista aloista, "
            "myös verkoston kautta."
        ),
    ),
    "catalogue": ("Catalogue", "Luettelo suomeksi"),
    "facts": ("Facts", "Tiedot"),
    "in words": ("The same in words", "Sama sanoin"),
    "map of all": ("Map of the twin cities of {}", "{} ja sen ystävyyskaupungit kartalla"),
    "no activities": ("No activity in the data set is in this area.", "Aineistossa ei ole tämän alan toimintaa."),
    "no ties": ("The data set has no partnership of this city.", "Aineistossa ei ole tämän kaupungin kumppanuuksia."),
    "other names": ("Other names", "Muita nimiä"),
    "same as": ("Same as", "Sama kuin"),
    "sources about": (
        "Where the facts in the data set come from.",
        "Lähteet, joista aineiston tiedot ovat peräisin.",
    ),
    "the map": ("Interactive map", "Vuorovaikutteinen kartta"),
    "year not known": ("year not known", "vuosi ei tiedossa"),
}


def word(key: str, lang: str) -> str:
    """
    A heading or sentence in *lang*, the catalogue's own or the library's.
    """
    return _WORDS[key][LANGUAGES.index(lang)] if key in _WORDS else library_word(key, lang)
