"""
The data of a page for search engines, in JSON-LD of schema.org. It says no more than the page shows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ..display.ties import country_of
from ..display.words import word
from ..errors import printable
from ..model.city import City
from ..model.vocabulary import PlaceKind
from ..query.ties import Tie
from .markup import Page
from .sections import known_ids, own_name


def json_ld(page: Page, city: City, ties: Sequence[Tie], title: str) -> str:
    """
    The page, its city and the list of its twin cities, as a script of data. schema.org has no property for "twinned with".
    """
    whole, lang = page.whole, page.lang
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": printable(title),
        "inLanguage": lang,
        "about": {"@type": _kind(city), "name": printable(city.label(lang))},
    }
    if whole.as_of is not None and whole.as_of.is_certain and "X" not in str(whole.as_of):
        found["dateModified"] = str(whole.as_of)
    if ties:
        found["mainEntity"] = {
            "@type": "ItemList",
            "name": word("in alphabetical order", lang),
            "itemListElement": [
                {"@type": "ListItem", "position": number, "item": _place(tie.partner, lang)}
                for number, tie in enumerate(ties, 1)
            ],
        }
    # In HTML a script ends at the first "</".
    data = json.dumps(found, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{data}</script>'


def _kind(city: City) -> str:
    return "City" if city.kind in (None, PlaceKind.CITY, PlaceKind.TOWN) else "AdministrativeArea"


def _place(city: City, lang: str) -> dict[str, Any]:
    """
    A place, with what the page shows about it.
    """
    own = own_name(city, lang)
    known = {
        "alternateName": own and printable(own[0]),
        "containedInPlace": {"@type": "Country", "name": country_of(city, lang)} if city.country_code else None,
        "sameAs": [address for _, address in known_ids(city)],
    }
    return {
        "@type": _kind(city),
        "name": printable(city.label(lang)),
        **{key: value for key, value in known.items() if value},
    }
