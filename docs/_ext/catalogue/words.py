"""
The words that the catalogue's pages have beside those of the library, in English and Finnish.
"""

from __future__ import annotations

from collections.abc import Mapping

from twincities.display.words import word as library_word

__all__ = ["LANGUAGES", "word"]

LANGUAGES: Mapping[str, str] = {"en": "In English", "fi": "Suomeksi"}
"""The languages of the pages, and how a link to each reads."""

_WORDS: Mapping[str, tuple[str, str]] = {
    "about": (
        (
            "What the data set of the library says, a page for each city, network and area of cooperation. "
            "The numbers in brackets lead to the sources of each fact."
        ),
        (
            "Mitä kirjaston aineisto sanoo: sivu jokaisesta kaupungista, verkostosta ja yhteistyön alasta. "
            "Hakasulkeissa olevat numerot vievät kunkin tiedon lähteisiin."
        ),
    ),
    "all of the map": (
        (
            "Point at a line or a city, and a box says what is known of it. "
            "[The catalogue](index.md) has the same in words."
        ),
        (
            "Osoita viivaa tai kaupunkia, niin laatikko kertoo, mitä siitä tiedetään. "
            "[Luettelossa](index.md) on sama sanoin."
        ),
    ),
    "also called": ("Also called", "Myös"),
    "areas of cooperation": ("Areas of cooperation", "Yhteistyön alat"),
    "areas about": (
        (
            "The number after an area counts the partnerships that it, or an area below it, is named for: "
            "those of a network's members too."
        ),
        (
            "Alan perässä oleva luku kertoo, monessako kumppanuudessa se tai jokin sen alaisista aloista mainitaan: "
            "myös verkoston jäsenten kesken."
        ),
    ),
    "catalogue": ("Catalogue", "Luettelo suomeksi"),
    "distance": ("Distance", "Etäisyys"),
    "fact": ("Fact", "Tieto"),
    "facts": ("Facts", "Tiedot"),
    "geonames_id": ("GeoNames", "GeoNames"),
    "map": ("Map", "Kartta"),
    "map of": ("Map of the partnerships of {}: lines to {}.", "Kartta: {} ja sen kumppanit {}."),
    "map of all": ("Map of the twin cities of {}", "{} ja sen ystävyyskaupungit kartalla"),
    "no activities": ("No activity in the data set has this area.", "Aineistossa ei ole tämän alan toimintaa."),
    "no ties": ("The data set has no partnership of this city.", "Aineistossa ei ole tämän kaupungin kumppanuuksia."),
    "other names": ("Other names", "Muita nimiä"),
    "same as": ("Same as", "Sama kuin"),
    "sources about": (
        "Where the facts of the bundled data set come from.",
        "Mistä mukana tulevan aineiston tiedot ovat peräisin.",
    ),
    "the map": ("Interactive map", "Vuorovaikutteinen kartta"),
    "value": ("What is known", "Mitä tiedetään"),
    "wikidata_id": ("Wikidata", "Wikidata"),
}


def word(key: str, lang: str) -> str:
    """
    A heading or sentence in *lang*: one of these pages alone, else the library's.
    """
    return _WORDS[key][list(LANGUAGES).index(lang)] if key in _WORDS else library_word(key, lang)
