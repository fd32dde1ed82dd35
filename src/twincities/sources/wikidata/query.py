"""
The queries, in SPARQL 1.1 without services, for any engine with Wikidata's RDF.

The RDF: https://www.mediawiki.org/wiki/Wikibase/Indexing/RDF_Dump_Format
"""

from __future__ import annotations

from collections.abc import Iterable

from ...errors import QueryError, shown
from ...model.rules import COUNTRY, TAG, WIKIDATA
from ...query.filters import Vocabulary
from .wikibase import item_number

VARIABLES = ("item", "statement", "rank", "reference", "property", "value", "precision")
"""The columns of an answer: a row says one thing of an item, a statement or a reference."""

_PREFIXES = """\
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX pr: <http://www.wikidata.org/prop/reference/>
PREFIX prv: <http://www.wikidata.org/prop/reference/value/>
PREFIX wikibase: <http://wikiba.se/ontology#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

# Each part begins with its own VALUES: engines that evaluate the parts of a UNION separately stay quick.
_CITIES = """\
# Ties that these cities state, or that others state with them.
SELECT DISTINCT ?item ?statement ?rank ?reference ?property ?value ?precision WHERE {
  {
    %(ties)s
    ?item p:P190 ?statement .
    ?statement wikibase:rank ?rank .
    OPTIONAL { ?statement ps:P190 ?value . }
    BIND(ps:P190 AS ?property)
  } UNION {
    # Their qualifiers; times come from the next part, with their precision.
    %(ties)s
    ?statement ?property ?value .
    FILTER(STRSTARTS(STR(?property), STR(pq:P)))
    FILTER(!isLiteral(?value) || DATATYPE(?value) != xsd:dateTime)
  } UNION {
    %(ties)s
    ?statement ?property ?time .
    FILTER(STRSTARTS(STR(?property), STR(pqv:P)))
    ?time wikibase:timeValue ?value ; wikibase:timePrecision ?precision .
  } UNION {
    # Their references.
    %(ties)s
    ?statement prov:wasDerivedFrom ?reference .
    VALUES ?property { pr:P854 pr:P248 }
    ?reference ?property ?value .
  } UNION {
    %(ties)s
    ?statement prov:wasDerivedFrom ?reference .
    ?reference prv:P813 ?time .
    ?time wikibase:timeValue ?value ; wikibase:timePrecision ?precision .
    BIND(prv:P813 AS ?property)
  } UNION {
    # Names of what they are stated in, and of what ended them.
    %(ties)s
    ?statement pq:P1534|(prov:wasDerivedFrom/pr:P248) ?item .
    ?item rdfs:label ?value .
    FILTER(LCASE(LANG(?value)) IN (%(langs)s))
    BIND(rdfs:label AS ?property)
  } UNION {
    # The places themselves, on both sides.
    %(places)s
    VALUES ?property { rdfs:label skos:altLabel }
    ?item ?property ?value .
    FILTER(LCASE(LANG(?value)) IN (%(langs)s))
  } UNION {
    %(places)s
    VALUES (?claim ?property) {
      (p:P17 ps:P17) (p:P31 ps:P31) (p:P625 ps:P625) (p:P1082 ps:P1082) (p:P1566 ps:P1566)
    }
    ?item ?claim ?statement .
    ?statement a wikibase:BestRank ; wikibase:rank ?rank ; ?property ?value .
    FILTER NOT EXISTS { ?statement pq:P582 ?end . }
  } UNION {
    %(places)s
    ?item p:P1082 ?statement .
    ?statement a wikibase:BestRank ; pqv:P585 ?time .
    ?time wikibase:timeValue ?value ; wikibase:timePrecision ?precision .
    BIND(pqv:P585 AS ?property)
  } UNION {
    # Codes of the country, and of the subdivisions that they lie in.
    %(places_in)s
    ?place wdt:P17 ?item .
    ?item wdt:P297 ?value .
    BIND(wdt:P297 AS ?property)
  } UNION {
    %(places)s
    ?item wdt:P131?/wdt:P131?/wdt:P131?/wdt:P300 ?value .
    BIND(wdt:P300 AS ?property)
  }
}
"""
_TIES = """\
VALUES ?city { %(cities)s }
    { ?city p:P190 ?statement . } UNION { ?statement ps:P190 ?city . }"""
_PLACES = """\
{ VALUES ?%(name)s { %(cities)s } }
    UNION { VALUES ?city { %(cities)s } ?city p:P190/ps:P190 ?%(name)s . }
    UNION { VALUES ?city { %(cities)s } ?%(name)s p:P190/ps:P190 ?city . }"""

_COUNTRIES = """\
# The countries: what has an ISO 3166-1 alpha-2 code.
SELECT DISTINCT ?item ?code WHERE {
  ?item wdt:P297 ?code .
}
ORDER BY ?code ?item
"""
_COUNTRY = """\
# The places of a country that are twinned, whichever side states it.
SELECT DISTINCT ?item WHERE {
  %s
  ?item wdt:P17 ?country .
  { ?item p:P190 ?statement . } UNION { ?statement ps:P190 ?item . }
}
ORDER BY ?item
"""


def cities_query(cities: str | Iterable[str], langs: Iterable[str] = ("en",)) -> str:
    """
    The query for the ties of *cities* and for the places on both sides of them.

    Args:
        cities: Wikidata ids.
        langs: The languages of names, as BCP 47 tags; names for all languages (`mul`) are always included.

    Raises:
        QueryError: An id or a tag hasn't its form.
    """
    if not isinstance(langs, Iterable):
        raise QueryError(f"expected BCP 47 language tags, got {shown(langs)}")
    # Wikidata has its own codes for some languages (`zh-min-nan`), RDF has the tags; both are lower case here.
    tags = dict.fromkeys([*(_tag(lang).lower() for lang in ([langs] if isinstance(langs, str) else langs)), "mul"])
    listed = {"cities": " ".join(f"wd:{id}" for id in item_ids(cities))}
    filled = {
        "ties": _TIES % listed,
        "places": _PLACES % {**listed, "name": "item"},
        "places_in": _PLACES % {**listed, "name": "place"},
        "langs": ", ".join(f'"{tag}"' for tag in tags),
    }
    return _PREFIXES + _CITIES % filled


def countries_query() -> str:
    """
    The query for all countries, with their codes.
    """
    return _PREFIXES + _COUNTRIES


def country_query(country: str) -> str:
    """
    The query for the places of a country that are twinned.

    Args:
        country: Its ISO 3166-1 alpha-2 code, or its Wikidata id.

    Raises:
        UnknownCountryError: No country has this code.
        QueryError: It has neither form.
    """
    if isinstance(country, str) and WIKIDATA.holds(country):
        return _PREFIXES + _COUNTRY % f"VALUES ?country {{ wd:{country} }}"
    if isinstance(country, str) and COUNTRY.holds(country):
        (code,) = Vocabulary({}, {}, {}).countries(country)  # "UK" is what many call GB
        return _PREFIXES + _COUNTRY % f'?country wdt:P297 "{code}" .'
    raise QueryError(
        f"expected an ISO 3166-1 alpha-2 code or a Wikidata id (such as 'FI' or 'Q33'), got {shown(country)}"
    )


def item_ids(cities: str | Iterable[str]) -> list[str]:
    """
    Wikidata ids, each once, by number.
    """
    if isinstance(cities, (bytes, bytearray)) or not isinstance(cities, Iterable):
        raise QueryError(f"expected Wikidata ids, got {shown(cities)}")
    ids = [cities] if isinstance(cities, str) else list(cities)
    for id in ids:
        if not isinstance(id, str) or not WIKIDATA.holds(id):
            raise QueryError(f"expected a Wikidata id (such as 'Q162279'), got {shown(id)}")
    if not ids:
        raise QueryError("expected one Wikidata id or more, got none")
    return sorted(set(ids), key=item_number)


def _tag(lang: str) -> str:
    if not isinstance(lang, str) or not TAG.holds(lang):
        raise QueryError(f"expected a BCP 47 language tag (such as 'fi' or 'zh-Hant'), got {shown(lang)}")
    return lang
