"""
The words of the catalogue's pages in English and Finnish.
"""

from __future__ import annotations

from collections.abc import Mapping

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
    "activities": ("Activities", "Toiminta"),
    "agreements": ("Agreements", "Sopimukset"),
    "all of the map": (
        (
            "Point at a line or a city, and a box tells what is known of it. "
            "[The catalogue](index.md) has the same in words."
        ),
        (
            "Osoita viivaa tai kaupunkia, niin laatikko kertoo, mitä siitä tiedetään. "
            "[Luettelossa](index.md) on sama sanoin."
        ),
    ),
    "also called": ("Also called", "Myös"),
    "area": ("Area", "Ala"),
    "areas": ("Areas of cooperation", "Yhteistyön alat"),
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
    "areas short": ("Areas", "Alat"),
    "asserted": ("Stated by", "Ilmoittaa"),
    "broader": ("Belongs to", "Kuuluu alaan"),
    "catalogue": ("Catalogue", "Luettelo suomeksi"),
    "cities": ("Cities", "Kaupungit"),
    "city": ("City", "Kaupunki"),
    "contacts": ("Whom to ask", "Keneltä kysyä"),
    "coordinates": ("Coordinates", "Koordinaatit"),
    "country": ("Country", "Maa"),
    "definition": ("Definition", "Määritelmä"),
    "distance": ("Distance", "Etäisyys"),
    "fact": ("Fact", "Tieto"),
    "facts": ("Facts", "Tiedot"),
    "geonames_id": ("GeoNames", "GeoNames"),
    "kind": ("Kind", "Laji"),
    "label": ("Label", "Nimitys"),
    "language": ("Language", "Kieli"),
    "links": ("To read", "Luettavaa"),
    "map": ("Map", "Kartta"),
    "map of": ("Map of the partnerships of {}: lines to {}.", "Kartta: {} ja sen kumppanit {}."),
    "map of all": ("Map of the twin cities of {}", "{} ja sen ystävyyskaupungit kartalla"),
    "members": ("Members", "Jäsenet"),
    "milestones": ("Milestones", "Tapahtumia"),
    "name": ("Name", "Nimi"),
    "names": ("Names", "Nimet"),
    "narrower": ("Includes", "Sisältää"),
    "networks": ("Networks", "Verkostot"),
    "no activities": ("No activity in the data set has this area.", "Aineistossa ei ole tämän alan toimintaa."),
    "no ties": ("The data set has no partnership of this city.", "Aineistossa ei ole tämän kaupungin kumppanuuksia."),
    "other names": ("Other names", "Muita nimiä"),
    "partner": ("Partner", "Kumppani"),
    "partners": ("Partners", "Kumppanit"),
    "population": ("Population", "Asukkaita"),
    "same as": ("Same as", "Sama kuin"),
    "since": ("Since", "Alkaen"),
    "sources": ("Sources", "Lähteet"),
    "sources about": (
        "Where the facts of the bundled data set come from.",
        "Mistä mukana tulevan aineiston tiedot ovat peräisin.",
    ),
    "status": ("Status", "Tila"),
    "status since": ("{}, since {}", "{}, alkaen {}"),
    "subdivision_codes": ("Region (ISO 3166-2)", "Alue (ISO 3166-2)"),
    "the map": ("Interactive map", "Vuorovaikutteinen kartta"),
    "ties": ("Partnerships", "Kumppanuudet"),
    "until": ("Until", "Päättyen"),
    "value": ("What is known", "Mitä tiedetään"),
    "wikidata_id": ("Wikidata", "Wikidata"),
    "alt_ids": ("Further identifiers", "Muita tunnisteita"),
}


def word(key: str, lang: str) -> str:
    """
    A heading or sentence in *lang*.
    """
    return _WORDS[key][list(LANGUAGES).index(lang)]
