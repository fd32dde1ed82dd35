"""
Small entity documents in the form of Wikidata's, and the same as RDF in the form of its dumps.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]
WD = "http://www.wikidata.org/"
GREGORIAN, JULIAN = f"{WD}entity/Q1985727", f"{WD}entity/Q1985786"

# -- documents -------------------------------------------------------------------------------------


def snak(property: str, kind: str, value: Any) -> Json:
    """A snak with a value."""
    return {"snaktype": "value", "property": property, "datavalue": {"type": kind, "value": value}}


def none(property: str, kind: str = "somevalue") -> Json:
    """A snak without a value: unknown, or none."""
    return {"snaktype": kind, "property": property}


def item(property: str, id: str) -> Json:
    """A snak whose value is an item."""
    return snak(property, "wikibase-entityid", {"entity-type": "item", "numeric-id": int(id[1:]), "id": id})


def text(property: str, value: str) -> Json:
    """A snak whose value is text."""
    return snak(property, "string", value)


def time(property: str, value: str, precision: int, calendar: str = GREGORIAN) -> Json:
    """A snak whose value is a time."""
    parts = {"time": value, "timezone": 0, "before": 0, "after": 0, "precision": precision, "calendarmodel": calendar}
    return snak(property, "time", parts)


def year(property: str, value: int) -> Json:
    """A snak whose value is a year."""
    return time(property, f"+{value:04d}-00-00T00:00:00Z", 9)


def amount(property: str, value: str) -> Json:
    """A snak whose value is a quantity."""
    return snak(property, "quantity", {"amount": value, "unit": "1"})


def point(property: str, latitude: float, longitude: float, globe: str = f"{WD}entity/Q2") -> Json:
    """A snak whose value is a point."""
    parts = {"latitude": latitude, "longitude": longitude, "altitude": None, "precision": 0.01, "globe": globe}
    return snak(property, "globecoordinate", parts)


def by_property(snaks: Iterable[Json]) -> dict[str, list[Json]]:
    """Snaks in lists under their properties."""
    found: dict[str, list[Json]] = {}
    for one in snaks:
        found.setdefault(one["property"], []).append(one)
    return found


def reference(*snaks: Json) -> Json:
    """A reference, called by a hash of what it says."""
    named = hashlib.sha1(json.dumps(snaks).encode()).hexdigest()
    return {"hash": named, "snaks": by_property(snaks), "snaks-order": list(by_property(snaks))}


def statement(main: Json, *qualifiers: Json, rank: str = "normal", references: Sequence[Json] = ()) -> Json:
    """A statement without its id: `entity` gives one."""
    made = {"mainsnak": main, "type": "statement", "rank": rank}
    if qualifiers:
        made["qualifiers"] = by_property(qualifiers)
    if references:
        made["references"] = list(references)
    return made


def entity(id: str, *statements: Json, labels: Json | None = None, aliases: Json | None = None) -> Json:
    """An entity document without the wrapper."""
    claims: dict[str, list[Json]] = {}
    for number, made in enumerate(statements):
        claims.setdefault(made["mainsnak"]["property"], []).append({**made, "id": f"{id}$0000-{number}"})
    return {
        "type": "item",
        "id": id,
        "labels": {code: {"language": code, "value": value} for code, value in (labels or {}).items()},
        "aliases": {
            code: [{"language": code, "value": value} for value in values] for code, values in (aliases or {}).items()
        },
        "claims": claims,
    }


def wrapped(*entities: Json) -> Json:
    """Entity documents under `entities`."""
    return {"entities": {one["id"]: one for one in entities}}


def country(id: str, code: str) -> Json:
    """A country with its code."""
    return entity(id, statement(text("P297", code)), labels={"en": code})


# -- the same as N-Triples -------------------------------------------------------------------------

_WIKIBASE, _XSD = "http://wikiba.se/ontology#", "http://www.w3.org/2001/XMLSchema#"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def _quoted(value: str) -> str:
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
    return '"' + "".join(escapes.get(char, char) for char in value) + '"'


def _typed(value: str, kind: str) -> str:
    return f"{_quoted(value)}^^<{kind if ':' in kind else _XSD + kind}>"


def triples(*entities: Json) -> str:
    """Entity documents as N-Triples, as Wikidata's RDF has them."""
    return "".join(f"{' '.join(parts)} .\n" for one in entities for parts in _of_entity(one))


def _of_entity(one: Json) -> Iterator[tuple[str, str, str]]:
    subject = f"<{WD}entity/{one['id']}>"
    for code, label in one["labels"].items():
        yield subject, "<http://www.w3.org/2000/01/rdf-schema#label>", f"{_quoted(label['value'])}@{code}"
    for code, aliases in one["aliases"].items():
        for alias in aliases:
            yield subject, "<http://www.w3.org/2004/02/skos/core#altLabel>", f"{_quoted(alias['value'])}@{code}"
    for property, statements in one["claims"].items():
        ranks = {made["rank"] for made in statements}
        best = "preferred" if "preferred" in ranks else "normal"
        for made in statements:
            node = f"<{WD}entity/statement/{made['id'].replace('$', '-')}>"
            yield subject, f"<{WD}prop/{property}>", node
            yield node, f"<{_WIKIBASE}rank>", f"<{_WIKIBASE}{made['rank'].capitalize()}Rank>"
            if made["rank"] == best:
                yield node, f"<{_TYPE}>", f"<{_WIKIBASE}BestRank>"
                if made["mainsnak"]["snaktype"] == "value":
                    yield subject, f"<{WD}prop/direct/{property}>", _value(made["mainsnak"])
            yield from _of_snak(node, "statement", made["mainsnak"])
            for snaks in made.get("qualifiers", {}).values():
                for one_snak in snaks:
                    yield from _of_snak(node, "qualifier", one_snak)
            for cited in made.get("references", ()):
                place = f"<{WD}reference/{cited['hash']}>"
                yield node, "<http://www.w3.org/ns/prov#wasDerivedFrom>", place
                for snaks in cited["snaks"].values():
                    for one_snak in snaks:
                        yield from _of_snak(place, "reference", one_snak)


def _of_snak(node: str, role: str, one: Json) -> Iterator[tuple[str, str, str]]:
    property = one["property"]
    if one["snaktype"] == "novalue":
        yield node, f"<{_TYPE}>", f"<{WD}prop/novalue/{property}>"
        return
    yield node, f"<{WD}prop/{role}/{property}>", _value(one, node)
    if one["snaktype"] == "value" and one["datavalue"]["type"] == "time":
        parts = one["datavalue"]["value"]
        place = f"<{WD}value/{hashlib.md5(json.dumps(parts).encode()).hexdigest()}>"
        yield node, f"<{WD}prop/{role}/value/{property}>", place
        yield place, f"<{_WIKIBASE}timeValue>", _value(one)
        yield place, f"<{_WIKIBASE}timePrecision>", _typed(str(parts["precision"]), "integer")


def _value(one: Json, node: str = "") -> str:
    if one["snaktype"] == "somevalue":
        return "_:b" + hashlib.md5((node + one["property"]).encode()).hexdigest()
    kind, value = one["datavalue"]["type"], one["datavalue"]["value"]
    if kind == "wikibase-entityid":
        return f"<{WD}entity/{value['id']}>"
    if kind == "time":
        return _typed(value["time"].lstrip("+").replace("-00", "-01"), "dateTime")
    if kind == "quantity":
        return _typed(value["amount"], "decimal")
    if kind == "globecoordinate":
        globe = "" if value["globe"].endswith("/Q2") else f"<{value['globe']}> "
        place = f"{globe}Point({value['longitude']} {value['latitude']})"
        return _typed(place, "http://www.opengis.net/ont/geosparql#wktLiteral")
    return f"<{value}>" if one["property"] == "P854" else _quoted(value)


# -- whole worlds ----------------------------------------------------------------------------------

COUNTRIES = {"Q33": "FI", "Q34": "SE"}
_CHARS = st.characters(exclude_categories=["Cs", "Cc"])
names = st.text(_CHARS, min_size=1, max_size=6).filter(str.strip)
_codes = st.sampled_from(["en", "fi", "zh-hant", "mul"])


@st.composite
def times(draw: st.DrawFn, property: str) -> Json:
    """Times of every precision that can be a date, and one that can't."""
    precision = draw(st.sampled_from([6, 7, 8, 9, 9, 10, 11]))
    month, day = draw(st.integers(1, 12)), draw(st.integers(1, 28))
    if precision < 11:
        day = 0
    if precision < 10:
        month = 0
    return time(property, f"+{draw(st.integers(1500, 2100)):04d}-{month:02d}-{day:02d}T00:00:00Z", precision)


def _tie(partner: str, references: Sequence[Json]) -> st.SearchStrategy[Json]:
    dates = [
        times(property) | st.just(none(property)) | st.just(none(property, "novalue"))
        for property in ("P580", "P582", "P585")
    ]
    notes = st.sampled_from([item("P1534", "Q900"), text("P1810", "+1"), amount("P1107", "+0.5"), none("P1534")])
    qualifiers = st.tuples(*(st.lists(one, max_size=1) for one in (*dates, notes)))
    mains = st.sampled_from([item("P190", partner)] * 6 + [none("P190"), none("P190", "novalue")])
    ranks = st.sampled_from(["normal", "normal", "preferred", "deprecated"])
    cited = st.lists(st.sampled_from(references), max_size=2, unique_by=lambda one: str(one["hash"]))
    return st.builds(
        lambda main, parts, rank, used: statement(main, *chain(*parts), rank=rank, references=used),
        mains,
        qualifiers,
        ranks,
        cited,
    )


REFERENCES = [
    reference(snak("P854", "string", "https://example.org/a"), time("P813", "+2020-02-03T00:00:00Z", 11)),
    reference(item("P248", "Q901")),
    reference(item("P143", "Q902")),
]


@st.composite
def worlds(draw: st.DrawFn) -> list[Json]:
    """A few places with ties among them, the countries and the subdivision that they lie in, and what is cited."""
    ids = [f"Q{number}" for number in range(1, draw(st.integers(1, 4)) + 1)]
    made = []
    for id in ids:
        statements = [statement(item("P31", draw(st.sampled_from(["Q515", "Q3957", "Q777"]))))]
        place = draw(st.sampled_from([*COUNTRIES, "Q999"]))
        statements.append(statement(item("P17", place)))
        if draw(st.booleans()):
            statements.append(statement(item("P131", "Q800")))
        if draw(st.booleans()):
            where = st.floats(-90, 90, allow_subnormal=False), st.floats(-180, 180, allow_subnormal=False)
            statements.append(statement(point("P625", draw(where[0]), draw(where[1]))))
        sizes = draw(st.lists(st.integers(0, 10**7), max_size=2, unique=True))
        numbers = draw(st.lists(st.integers(1, 10**6), max_size=2, unique=True))
        partners = draw(st.lists(st.sampled_from([*ids, "Q700"]), max_size=4))
        statements += [
            *(statement(amount("P1082", f"+{size}"), *draw(st.lists(times("P585"), max_size=1))) for size in sizes),
            *(statement(text("P1566", str(number))) for number in numbers),
            *(draw(_tie(partner, REFERENCES)) for partner in partners),
        ]
        labels = draw(st.dictionaries(_codes, names, max_size=3))
        aliases = draw(st.dictionaries(_codes, st.lists(names, min_size=1, max_size=2), max_size=1))
        made.append(entity(id, *statements, labels=labels, aliases=aliases))
    used = {one["mainsnak"]["datavalue"]["value"]["id"] for place in made for one in place["claims"]["P17"]}
    made += [country(id, code) for id, code in COUNTRIES.items() if id in used]
    if any("P131" in place["claims"] for place in made):
        made.append(entity("Q800", statement(item("P131", "Q801"))))
        made.append(entity("Q801", statement(text("P300", "FI-15"))))
    causes = json.dumps(made)
    made += [entity("Q900", labels={"en": "end of all", "fi": "loppu"})] if '"Q900"' in causes else []
    made += [entity("Q901", labels={"en": "A book"})] if '"Q901"' in causes else []
    return made
