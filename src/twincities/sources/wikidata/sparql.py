"""
Answers to the published query: application/sparql-results+json (https://www.w3.org/TR/sparql11-results-json/).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ...document.text import parsed
from ...model.rules import COUNTRY, WIKIDATA
from . import wikibase
from .forms import items, object_of, refused, text
from .gathering import Gathered, add, is_hash
from .query import VARIABLES
from .wikibase import Value

_ENTITY = "http://www.wikidata.org/entity/"
_STATEMENT = f"{_ENTITY}statement/"
_REFERENCE = "http://www.wikidata.org/reference/"
_RANKS = {f"http://wikiba.se/ontology#{rank}Rank": rank.lower() for rank in ("Preferred", "Normal", "Deprecated")}
_LABELS = {
    "http://www.w3.org/2000/01/rdf-schema#label": "label",
    "http://www.w3.org/2004/02/skos/core#altLabel": "alias",
}
_PROPERTY = re.compile(
    r"http://www\.wikidata\.org/prop/(?P<role>direct|statement|qualifier|reference)/(?:value/)?(?P<id>P[1-9][0-9]{0,9})",
    re.ASCII,
)
_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
_TIMES = {"P580", "P582", "P585", "P813"}
# The globe comes before the point if it isn't Earth (GeoSPARQL 1.0, 8.5.1, as Wikibase writes it).
_POINT = re.compile(r"\s*Point\(\s*([-+0-9.eE]+)\s+([-+0-9.eE]+)\s*\)\s*", re.ASCII | re.IGNORECASE)


class Term(NamedTuple):
    kind: str
    text: str
    lang: str
    datatype: str


class Row(NamedTuple):
    """
    One row: a property with its role, the subject, and the value; `None` for parts that the answer lacks.
    """

    role: str
    property: str
    item: str | None
    statement: str | None
    rank: str | None
    reference: str | None
    value: Term | None
    precision: int | None


def rows_of(answer: Mapping[str, Any] | bytes | str, variables: Iterable[str]) -> list[dict[str, Term]]:
    """
    The rows of an answer with these *variables*, each with the terms that are bound.
    """
    whole = object_of(parsed(answer) if isinstance(answer, (bytes, str)) else answer, "$")
    names = object_of(whole.get("head"), "$.head").get("vars")
    if not isinstance(names, list) or not set(variables) <= set(map(str, names)):
        raise refused(f"the variables {', '.join(variables)}", names, "$.head.vars")
    bindings = object_of(whole.get("results"), "$.results").get("bindings")
    return [
        {name: _term(term, f"{path}.{name}") for name, term in object_of(binding, path).items()}
        for path, binding in items(bindings, "$.results.bindings")
    ]


def item_column(answer: Mapping[str, Any]) -> list[str]:
    """
    The ids of the items in the answer to the query for a country.
    """
    return sorted(filter(None, map(_item, rows_of(answer, ["item"]))), key=wikibase.item_number)


def countries_in(answer: Mapping[str, Any]) -> dict[str, str]:
    """
    The codes of the countries in the answer to the query for all, by Wikidata id.
    """
    found: dict[str, str] = {}
    for row in rows_of(answer, ["item", "code"]):
        id = _item(row)
        if id is not None and "code" in row and COUNTRY.holds(row["code"].text):
            found.setdefault(id, row["code"].text)
    return found


def _item(terms: Mapping[str, Term]) -> str | None:
    # A partner stated to be unknown has an address of another form.
    address = terms["item"].text if "item" in terms else ""
    id = address.removeprefix(_ENTITY)
    return id if id != address and WIKIDATA.holds(id) else None


def _is_unknown(term: Term) -> bool:
    return term.kind == "bnode" or "/.well-known/genid/" in term.text


def gather_rows(answer: Mapping[str, Any] | bytes | str, gathered: Gathered) -> None:
    """
    Read an answer to the query for cities; nothing is gathered from one with an error.
    """
    rows = [_row(row, f"$.results.bindings[{index}]") for index, row in enumerate(rows_of(answer, VARIABLES))]
    for row in rows:
        if row.role in {"label", "alias"}:
            if row.item is not None and row.value is not None:
                gathered.name(row.item, row.value.lang, row.value.text, is_alias=row.role == "alias")
        elif row.role == "reference":
            _gather_reference(row, gathered)
        else:
            _gather_statement(row, gathered)


def _row(terms: Mapping[str, Term], path: str) -> Row:
    def uri(name: str, start: str) -> str | None:
        term = terms.get(name)
        if term is None:
            return None
        if not term.text.startswith(start):
            raise refused(f"an address that begins with {start}", term.text, f"{path}.{name}")
        return term.text.removeprefix(start)

    named = terms["property"].text if "property" in terms else None
    match = _PROPERTY.fullmatch(named or "")
    role = match["role"] if match else _LABELS.get(named or "")
    if role is None:
        raise refused("a property of the published query", named, f"{path}.property")
    needed = {"label": "item", "alias": "item", "direct": "item", "reference": "reference"}.get(role, "statement")
    if needed not in terms:
        raise refused(f"a {needed}", None, f"{path}.{needed}")
    item = _item(terms)
    if item is None and "item" in terms and not _is_unknown(terms["item"]):
        raise refused(f"an item's address, such as {_ENTITY}Q1757", terms["item"].text, f"{path}.item")
    rank = terms["rank"].text if "rank" in terms else None
    if rank is not None and rank not in _RANKS:
        raise refused("a rank of Wikibase's", rank, f"{path}.rank")
    reference = uri("reference", _REFERENCE)
    if reference is not None and not is_hash(reference):
        raise refused("a reference named by its hash", reference, f"{path}.reference")
    precision = terms["precision"].text if "precision" in terms else None
    if precision is not None and not re.fullmatch(r"[0-9]{1,2}", precision, re.ASCII):
        raise refused("a precision as number", precision, f"{path}.precision")
    return Row(
        role=role,
        property=match["id"] if match else "",
        item=item,
        statement=uri("statement", _STATEMENT),
        rank=None if rank is None else _RANKS[rank],
        reference=reference,
        value=terms.get("value"),
        precision=None if precision is None else int(precision),
    )


# -- what a row says -------------------------------------------------------------------------------


def _gather_reference(row: Row, gathered: Gathered) -> None:
    assert row.reference is not None
    parts = gathered.references.setdefault(row.reference, {})
    add(parts, row.property, _value(row, gathered, row.reference))
    if row.statement is not None:
        made = gathered.statement(row.statement)
        if row.reference not in made.references:
            made.references.append(row.reference)


def _gather_statement(row: Row, gathered: Gathered) -> None:
    if row.role == "direct":  # a value without its statement
        made = gathered.statement(f"{row.item} {row.property} {row.value.text if row.value else ''}")
    else:
        assert row.statement is not None
        made = gathered.statement(row.statement)
    value = _value(row, gathered, made.id)
    if row.role == "qualifier":
        is_time = row.property in _TIMES and (row.value is None or row.value.kind != "literal")
        if is_time and value is None:
            gathered.remark("unknown_dates", (made.id, row.property))
        add(made.qualifiers, row.property, value)
    else:
        made.subject, made.property, made.value = row.item, row.property, value
        made.rank = row.rank or made.rank
        if row.role == "statement" and row.item is not None:
            gathered.places.add(row.item)


def _value(row: Row, gathered: Gathered, of: str) -> Value:
    term = row.value
    if term is None or _is_unknown(term):
        return None
    if term.kind == "uri":
        return term.text.removeprefix(_ENTITY)
    if row.property == "P625":
        match = _POINT.fullmatch(term.text)
        held: Value = wikibase.coordinates(match[2], match[1]) if match else None
        about = "unheld_values"
    elif row.precision is not None:
        held, about = wikibase.time(term.text, row.precision), "unheld_dates"
    elif row.property in _TIMES:
        # Without a precision only a text that shows it is a date: `1937`, never `1937-01-01T00:00:00Z`.
        held, about = wikibase.date_or_none(term.text), "unheld_dates"
    else:
        return term.text.removeprefix("+") if term.datatype == _DECIMAL else term.text
    if held is None:
        gathered.remark(about, (of, row.property, term.text))
    return held


# -- the form --------------------------------------------------------------------------------------


def _term(value: object, path: str) -> Term:
    term = object_of(value, path)
    kind = term.get("type")
    if kind not in ("uri", "literal", "typed-literal", "bnode"):  # the third is SPARQL 1.0's
        raise refused("uri, literal or bnode", kind, f"{path}.type")
    return Term(
        kind="literal" if kind == "typed-literal" else kind,
        text=text(term.get("value"), f"{path}.value"),
        lang=text(term.get("xml:lang", ""), f"{path}.xml:lang"),
        datatype=text(term.get("datatype", ""), f"{path}.datatype"),
    )
