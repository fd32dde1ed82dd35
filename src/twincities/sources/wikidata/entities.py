"""
Entity documents of Wikidata's API (wbgetentities) and of Special:EntityData.

The form: https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...document.text import parsed
from ...errors import shown, step
from ...model.rules import WIKIDATA
from . import wikibase
from .forms import items, number, object_of, refused
from .forms import text as text_of
from .gathering import Gathered, Statement, add, is_hash
from .wikibase import Value

READ = ("P17", "P31", "P131", "P190", "P297", "P300", "P625", "P1082", "P1566")
"""The properties that are read, with their qualifiers."""
_DATES = ("P580", "P582", "P585")
_CITED = ("P854", "P813", "P248")
_NONE = ("somevalue", "novalue")
_JULIAN = "http://www.wikidata.org/entity/Q1985786"
_EARTH = "http://www.wikidata.org/entity/Q2"


def read_entities(document: Mapping[str, Any] | bytes | str, gathered: Gathered) -> None:
    """
    Read one document: its entities, with or without the wrapper `entities`.
    """
    whole = object_of(parsed(document) if isinstance(document, (bytes, str)) else document, "$")
    if "error" in whole:
        info = object_of(whole["error"], "$.error").get("info")
        raise refused("entities", info, "$.error.info")
    if "entities" in whole:
        for key, entity in object_of(whole["entities"], "$.entities").items():
            _Reader(gathered).read(entity, f"$.entities{step(key)}")
    elif "id" in whole:
        _Reader(gathered).read(whole, "$")
    else:
        raise refused("an entity with its id, or the key 'entities'", whole, "$")


class _Reader:
    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered

    def read(self, value: object, path: str) -> None:
        gathered = self._gathered
        entity = object_of(value, path)
        if "missing" in entity:
            gathered.remark("missing", str(entity.get("id", path)))
            return
        id = text_of(entity.get("id"), f"{path}.id")
        if not WIKIDATA.holds(id):
            raise refused("the id of an item (such as 'Q162279')", id, f"{path}.id")
        gathered.forget(id)
        gathered.given[id] = None
        if "redirects" in entity:
            below = f"{path}.redirects"
            gathered.redirects[text_of(object_of(entity["redirects"], below).get("from"), f"{below}.from")] = id
        for code, label in object_of(entity.get("labels", {}), f"{path}.labels").items():
            self._name(id, code, label, f"{path}.labels{step(code)}", is_alias=False)
        for code, aliases in object_of(entity.get("aliases", {}), f"{path}.aliases").items():
            for below, alias in items(aliases, f"{path}.aliases{step(code)}"):
                self._name(id, code, alias, below, is_alias=True)
        claims = object_of(entity.get("claims", {}), f"{path}.claims")
        for property in READ:
            for below, statement in items(claims.get(property, ()), f"{path}.claims.{property}"):
                self._statement(id, property, object_of(statement, below), below)

    def _name(self, id: str, code: str, value: object, path: str, *, is_alias: bool) -> None:
        given = object_of(value, path)
        text = text_of(given.get("value"), f"{path}.value")
        # With fallback the API puts a label of another language under the one of the request.
        language = text_of(given.get("language", code), f"{path}.language")
        self._gathered.name(id, language, text, is_alias=is_alias)

    def _statement(self, id: str, property: str, given: Mapping[str, Any], path: str) -> None:
        made = self._gathered.statement(text_of(given.get("id"), f"{path}.id"))
        made.subject, made.property = id, property
        made.rank = text_of(given.get("rank"), f"{path}.rank")
        if made.rank not in {"preferred", "normal", "deprecated"}:
            raise refused("preferred, normal or deprecated", made.rank, f"{path}.rank")
        snak = object_of(given.get("mainsnak"), f"{path}.mainsnak")
        made.value = self._value(snak, f"{path}.mainsnak", made, property)
        for key, snaks in object_of(given.get("qualifiers", {}), f"{path}.qualifiers").items():
            for below, snak in items(snaks, f"{path}.qualifiers{step(key)}"):
                self._qualifier(made, key, object_of(snak, below), below)
        if property == "P190":
            for below, reference in items(given.get("references", ()), f"{path}.references"):
                self._reference(made, object_of(reference, below), below)

    def _qualifier(self, made: Statement, property: str, snak: Mapping[str, Any], path: str) -> None:
        is_date = made.property == "P190" and property in _DATES
        if is_date and snak.get("snaktype") in _NONE:
            self._gathered.remark("unknown_dates", (made.id, property))
        value = self._value(snak, path, made, property)
        if snak["snaktype"] != "novalue":  # "no end" isn't an end
            add(made.qualifiers, property, value)

    def _reference(self, made: Statement, reference: Mapping[str, Any], path: str) -> None:
        hash = text_of(reference.get("hash"), f"{path}.hash")
        if not is_hash(hash):
            raise refused("a hash of digits and the letters a to f", hash, f"{path}.hash")
        parts: dict[str, list[Value]] = {}
        for property, snaks in object_of(reference.get("snaks", {}), f"{path}.snaks").items():
            for below, snak in items(snaks, f"{path}.snaks{step(property)}"):
                if property in _CITED:
                    add(parts, property, self._value(object_of(snak, below), below, made, property))
                else:
                    self._gathered.remark("reference_parts", (hash, property, below.rpartition("[")[2]))
        self._gathered.references[hash] = parts
        made.references.append(hash)

    def _value(self, snak: Mapping[str, Any], path: str, made: Statement, property: str) -> Value:
        kind = snak.get("snaktype")
        if kind in _NONE:
            return None
        if kind != "value":
            raise refused("value, somevalue or novalue", kind, f"{path}.snaktype")
        path += ".datavalue"
        datavalue = object_of(snak.get("datavalue"), path)
        kind, value, path = datavalue.get("type"), datavalue.get("value"), f"{path}.value"
        if kind == "string":
            return text_of(value, path)
        parts = object_of(value, path)
        if kind == "time":
            text, precision = text_of(parts.get("time"), f"{path}.time"), parts.get("precision")
            if not isinstance(precision, int):
                raise refused("a precision as number", precision, f"{path}.precision")
            held: Value = wikibase.time(text, precision, julian=parts.get("calendarmodel") == _JULIAN)
            return self._held(held, "unheld_dates", made, property, text)
        if kind == "wikibase-entityid":
            # Before 2017 there was only a number.
            return text_of(parts.get("id", f"Q{parts.get('numeric-id')}"), f"{path}.id")
        if kind == "monolingualtext":
            return text_of(parts.get("text"), f"{path}.text")
        if kind == "quantity":
            return text_of(parts.get("amount"), f"{path}.amount").removeprefix("+")
        if kind == "globecoordinate":
            latitude, longitude = (number(parts.get(name), f"{path}.{name}") for name in ("latitude", "longitude"))
            on_earth = parts.get("globe", _EARTH) == _EARTH
            held = wikibase.coordinates(latitude, longitude) if on_earth else None
            return self._held(held, "unheld_values", made, property, (latitude, longitude))
        return self._held(None, "unheld_values", made, property, shown(kind))

    def _held(self, value: Value, about: str, made: Statement, property: str, given: object) -> Value:
        if value is None:
            self._gathered.remark(about, (made.id, property, given))
        return value
