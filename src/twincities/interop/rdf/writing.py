"""
Write data sets as triples: each field of the document by the table of terms, and the triples that follow from them.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..._collector import collector_paused
from ..._files import write_atomically
from ...document.plain import unstructure
from ...document.writing import to_dict
from ...errors import QueryError, shown
from ...model.areas import shared_areas
from ...model.claims import Claim
from ...model.cooperation import CooperationArea
from ...model.lists import LISTS
from ...model.partnership import Partnership
from ...model.vocabulary import PartnershipKind
from ...query.whole import Whole, as_whole, own_areas
from .formats import serialized, syntax_of
from .names import ENTITIES, PREFIXES, expanded, tag_in_rdf, word_iri
from .terms import CLASSES, TERMS, FieldSources, Form, Term
from .triples import Literal, Statements, Value, graph_of, state

if TYPE_CHECKING:
    import rdflib

# Http IRIs (RFC 3987), without dot segments and user names, which some parsers change.
_CHARS = r"[A-Za-z0-9._~!$&'()*+,;=:@\-\u00a0-\ud7ff\uf900-\ufdcf\ufdf0-\uffef]|%[0-9A-Fa-f]{2}"
_IRI = re.compile(
    r"https?://[A-Za-z0-9.\-\u00a1-\ud7ff]+(?::[0-9]{1,5})?"
    rf"(?:/(?!\.{{1,2}}(?:[/?#]|$))(?:{_CHARS})*)*(?:\?(?:{_CHARS}|[/?])*)?(?:#(?:{_CHARS}|[/?])*)?"
)
_BASE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\ud800-\udfff]*[/#:]")

# Kinds that aren't twinnings to Wikidata.
_NOT_TWINNED = {PartnershipKind.CONTACT, PartnershipKind.PROJECT}


def _base_of(dataset: Whole, base: str | None) -> str:
    """
    The start of a data set's IRIs: *base*, or a URN with the data set's id.
    """
    if base is None:
        return f"urn:twincities:dataset:{dataset.id}:" if dataset.id else "urn:twincities:unnamed:"
    # JSON-LD would expand a prefix of its context in place of the scheme.
    if not isinstance(base, str) or not _BASE.fullmatch(base) or base.partition(":")[0] in PREFIXES:
        raise QueryError(f"expected a base such as 'https://data.example.org/', ending in /, # or :, got {shown(base)}")
    return base


class _Writer:
    """
    Writes the statements about one data set.
    """

    def __init__(self, dataset: Whole, base: str) -> None:
        self.statements: Statements = {}
        self.dataset = dataset
        self.shared = shared_areas(dataset.vocabulary)
        self.base = base
        self.separator = ":" if base.endswith(":") else "/"

    def add(self, node: str, name: str, value: Value) -> None:
        state(self.statements, node, expanded(name), value)

    # -- nodes -------------------------------------------------------------------------------------

    def node(self, *steps: str) -> str:
        """
        The IRI of a thing in the data set, such as `node("city", "kuopio")`.
        """
        return self.base + self.separator.join(steps)

    def record(self, name: str, id: str) -> str:
        """
        The IRI of a record in a list.
        """
        if name == "areas" and id in self.shared:
            return f"{self.scheme()}:{id}"
        return self.node(LISTS[name][1], id)

    def scheme(self) -> str:
        """
        The IRI of the data set's shipped scheme of areas.
        """
        return ENTITIES["areas"].iri.format(self.dataset.vocabulary)

    def entity(self, value: str, of: Iterable[str]) -> Value:
        """
        The IRI of an entity of another data set, or a literal if it has none.
        """
        for name in of:
            if re.fullmatch(ENTITIES[name].id, value, re.ASCII):
                return ENTITIES[name].iri.format(value)
        return Literal(value)

    def value(self, value: Any, term: Term) -> Value:
        """
        A value of a field as an IRI or a literal.
        """
        if term.form is Form.RECORD:
            return self.record(term.of, value)
        if term.form is Form.TIE:
            return self.record("partnerships", "+".join(value))
        if term.form is Form.TEXT:
            return Literal(value)
        if term.form is Form.WORD:
            return word_iri(term.of(value))
        if term.form is Form.ENTITY:
            return self.entity(value, term.of)
        if term.form is Form.URL:
            return value if _IRI.fullmatch(value) else _typed(value, "xsd:anyURI")
        if term.form is Form.JSON:
            return _json(value)
        # rdflib's Turtle rounds xsd:double to six digits; decimals keep all digits, and have no exponent.
        text = f"{Decimal(repr(float(value))):f}" if term.form is Form.DECIMAL else str(value)
        return _typed(text, term.form)

    # -- the data set ------------------------------------------------------------------------------

    def write(self) -> None:
        document = to_dict(self.dataset)
        self.describe(self.node("dataset"), Whole, document)
        for name, (kind, _) in LISTS.items():
            for position, fields in enumerate(document.get(name, ()), 1):
                id = "+".join(fields["cities"]) if kind is Partnership else fields["id"]
                # The document omits a name equal to the id, but a label is what others look for first.
                named = {"name": id, **fields} if name == "cities" else fields
                self.describe(self.record(name, id), kind, named, position)
        self.write_schemes()
        for partnership in self.dataset.partnerships.values():
            self.write_tie(partnership)

    def write_schemes(self) -> None:
        """
        Write the areas of the shipped vocabulary, and the scheme of each area.
        """
        if self.shared:
            self.add(self.scheme(), "dcterms:identifier", Literal(str(self.dataset.vocabulary)))
            for id, area in self.shared.items():
                self.describe(self.record("areas", id), CooperationArea, unstructure(area))
                self.write_in_scheme(area, self.scheme())
        for area in own_areas(self.dataset):
            self.write_in_scheme(area, self.node("areas"))

    def write_in_scheme(self, area: CooperationArea, scheme: str) -> None:
        self.add(scheme, "rdf:type", expanded("skos:ConceptScheme"))
        node = self.record("areas", area.id)
        self.add(node, "skos:inScheme", scheme)
        if not area.broader:
            self.add(node, "skos:topConceptOf", scheme)

    def write_tie(self, partnership: Partnership) -> None:
        """
        Write a tie as plain triples in both directions, between our cities and between Wikidata's.
        """
        for here, there in (partnership.cities, partnership.cities[::-1]):
            self.add(self.record("cities", here), "tc:twinnedWith", self.record("cities", there))
            known = [self.dataset.cities[id].wikidata_id for id in (here, there)]
            # Two records may be one entity.
            if partnership.kind not in _NOT_TWINNED and None not in known and known[0] != known[1]:
                subject, object = (ENTITIES["wikidata"].iri.format(id) for id in known)
                self.add(subject, "wdt:P190", object)

    # -- records -----------------------------------------------------------------------------------

    def describe(self, node: str, kind: type, fields: Mapping[str, Any], position: int | None = None) -> None:
        """
        Write a record or a part of the document.
        """
        for name in CLASSES[kind]:
            self.add(node, "rdf:type", expanded(name))
        if position is not None:
            self.add(node, "schema:position", _typed(str(position), "xsd:integer"))
        rest = {}
        for name, term in TERMS[kind].items():
            if name in fields and self.field(node, kind, name, term, fields[name]) != fields[name]:
                rest[name] = fields[name]
        if rest:
            self.add(node, "tc:asWritten", _json(rest))

    def field(self, node: str, kind: type, name: str, term: Term, value: Any) -> Any:
        """
        Write a field, and return its value as the triples can express it: without the order of a list.
        """
        if term.form is Form.INLINE:
            self.describe(node, term.of, value)
        elif term.form is Form.TAGGED:
            return self.tagged(node, term, value)
        elif term.form is Form.PART:
            by_field = term.of is FieldSources
            parts = [{"field": key, "sources": value[key]} for key in sorted(value)] if by_field else value
            for number, part in enumerate(parts, 1):
                child = self.separator.join([node, name, str(number)])
                self.add(node, term.name, child)
                self.describe(child, term.of, part, number)
                if term.of is Claim:
                    self.reify(node, kind, child, part)
        else:
            for single in value if term.many else [value]:
                self.add(node, term.name, self.value(single, term))
            return sorted(value) if term.many else value
        return value

    def reify(self, node: str, kind: type, claim: str, fields: Mapping[str, Any]) -> None:
        """
        Write the statement that a claim makes in the terms of its record.
        """
        name, _, tag = fields["field"].partition(".")
        term, value = TERMS[kind][name], fields["value"]
        in_rdf = tag_in_rdf(tag) if tag else None
        literal = Literal(value, in_rdf)
        self.add(claim, "rdf:subject", node)
        self.add(claim, "rdf:predicate", expanded(term.name))
        self.add(claim, "rdf:object", literal if term.form is Form.TAGGED else self.value(value, term))

    def tagged(self, node: str, term: Term, value: Mapping[str, Any]) -> dict[str, Any]:
        """
        Write texts by language, skipping tags that RDF can't hold or already has.
        """
        written = {}
        for tag, texts in sorted(value.items()):
            in_rdf = tag_in_rdf(tag)
            if in_rdf is None or in_rdf in written or not texts:
                continue
            for text in texts if term.many else [texts]:
                self.add(node, term.name, Literal(text, in_rdf))
            written[in_rdf] = sorted(texts) if term.many else texts
        return written


def _typed(text: str, datatype: str) -> Literal:
    return Literal(text, None, expanded(datatype))


def _json(value: Any) -> Literal:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return _typed(text, "rdf:JSON")


# -- functions -------------------------------------------------------------------------------------


def statements_about(dataset: Whole, *, base: str | None = None) -> Statements:
    """
    The statements about a data set; see `to_rdf`.
    """
    writer = _Writer(as_whole(dataset), _base_of(dataset, base))
    writer.write()
    return writer.statements


def to_rdf(dataset: Whole, *, base: str | None = None) -> rdflib.Graph:
    """
    Convert a data set to an `rdflib.Graph` without blank nodes.

    Args:
        dataset: The data set.
        base: The start of the IRIs of records, ending in `/`, `#` or `:`; by default `urn:twincities:dataset:<id>:`, or
            `urn:twincities:unnamed:` for a data set without an id.

    Raises:
        QueryError: *dataset* isn't one, or *base* isn't the start of an IRI.
        MissingDependencyError: rdflib isn't installed.
    """
    with collector_paused():
        graph: rdflib.Graph = graph_of(statements_about(dataset, base=base))
    return graph


def write_rdf(dataset: Whole, path: str | os.PathLike[str], *, base: str | None = None) -> None:
    """
    Write a data set as RDF: `.ttl` (Turtle), `.nt` (sorted N-Triples) or `.jsonld`, each optionally followed by `.gz`.

    Equal data sets give equal files, which are replaced atomically. No other package is needed.

    Raises:
        QueryError: The file's name has another ending, or as `to_rdf`.
        OSError: The file can't be written.
    """
    format = syntax_of(path)
    with collector_paused():
        data = serialized(statements_about(dataset, base=base), format)
    write_atomically(path, [data])
