"""
Read data sets from triples: the table of terms turns them into a document, which is then read strictly.

Properties that the table doesn't list are ignored.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..._collector import collector_paused
from ..._files import MAX_BYTES, naming, read_bytes
from ...dataset.dataset import Dataset
from ...document.writing import FORMAT
from ...errors import DatasetError, Problem, QueryError, shown
from ...model.city import City
from ...model.lists import LISTS
from ...model.partnership import Partnership
from ...query.whole import DEFAULT_VOCABULARY, Whole
from .._foreign import read_document
from .formats import statements_in, syntax_of
from .names import ENTITIES, PREFIXES, expanded, tag_in_rdf
from .nodes import Nodes, shared_area
from .terms import CLASSES, TERMS, FieldSources, Form, Term
from .triples import Literal, Statements, Value, statements_of, text_of

if TYPE_CHECKING:
    import rdflib


class _Reader(Nodes):
    """
    Reads a data set from statements, and collects their problems.
    """

    def __init__(self, statements: Statements) -> None:
        super().__init__(statements)
        self.problems: list[Problem] = []
        self.uses_shared_areas = False

    def wrong(self, node: Value, term: str, message: str) -> None:
        self.problems.append(Problem(f"{_name(node)} {term}", message))

    # -- the data set ------------------------------------------------------------------------------

    def dataset(self) -> Dataset:
        document: dict[str, Any] = {"format": FORMAT}
        lists = {
            name: [self.record(node, name, kind) for node in self.nodes[name]] for name, (kind, _) in LISTS.items()
        }
        heads = self.of_class(CLASSES[Whole][0])
        if len(heads) > 1:
            self.problems.append(Problem("$", f"expected one tc:Dataset in the graph, got {len(heads)}"))
        elif heads:
            document |= self.fields(next(iter(heads)), Whole)
        elif not any(lists.values()):
            self.problems.append(Problem("$", "expected a tc:Dataset or cities in the graph, got neither"))
        elif self.uses_shared_areas:
            document["vocabulary"] = DEFAULT_VOCABULARY
        places = {f"$.{name}[{n}]": f"{_name(node)} " for name in LISTS for n, node in enumerate(self.nodes[name])}
        lists["partnerships"] += self.further_ties(lists["partnerships"])
        if self.problems:
            raise DatasetError(sorted(self.problems))
        return read_document({**document, **lists}, places)

    def record(self, node: Value, name: str, kind: type) -> dict[str, Any]:
        fields = self.fields(node, kind)
        if "id" in TERMS[kind] and "id" not in fields:
            if (id := self.ids[name][node]) is None:
                self.wrong(node, "dcterms:identifier", "expected an id, got a blank node without one")
            fields["id"] = id
        if kind is City and "name" not in fields and "names" in fields:
            names = fields["names"]
            fields["name"] = names.get("en") or names[min(names)]
        return fields

    def further_ties(self, partnerships: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
        """
        Partnerships that are stated only as a pair.
        """
        described = {frozenset(fields.get("cities", ())) for fields in partnerships}
        pairs = [{self.ids["cities"].get(node) for node in tie} for tie in self.bare_ties]
        for pair in sorted(sorted(map(str, pair)) for pair in pairs if None not in pair and pair not in described):
            yield {"cities": pair}

    # -- records -----------------------------------------------------------------------------------

    def fields(self, node: Value, kind: type) -> dict[str, Any]:
        """
        A record or a part as the document's object.
        """
        properties = self.properties(node)
        written = self.single(node, _AS_WRITTEN)
        if not isinstance(written, dict):
            written = {}
        fields = {}
        for name, term in TERMS[kind].items():
            found: Any
            if term.form is Form.INLINE:
                found = self.fields(node, term.of)
            elif term.form is Form.TAGGED:
                found = self.tagged(node, term, written.get(name))
            elif term.name != "owl:sameAs" and expanded(term.name) not in properties:
                continue
            elif term.form is Form.PART:
                found = self.parts(node, term)
            elif term.many:
                found = _in_order(set(self.read(node, term, _TAGGED[kind])), written.get(name))
            else:
                found = self.single(node, term, _TAGGED[kind])
            if found not in (None, [], {}):
                fields[name] = found
        return fields

    def single(self, node: Value, term: Term, tagged: Container[str] = ()) -> Any:
        """
        The value of a field that has a single one.
        """
        values = [*self.read(node, term, tagged)]
        if any(value != values[0] for value in values):
            self.wrong(node, term.name, f"expected one value, got {len(values)}")
        return values[0] if values else None

    def read(self, node: Value, term: Term, tagged: Container[str]) -> Iterator[Any]:
        """
        The values of a field, without those with a language tag that belong to another field of the property.
        """
        found: Iterable[Value] = self.values(node, term.name)
        if term.name == "owl:sameAs":
            found = sorted([*found, node], key=text_of)  # a node is the same as itself
        for value in found:
            if term.name in tagged and isinstance(value, Literal) and value.language:
                continue
            try:
                read = self.value(value, term)
            except ValueError as error:
                self.wrong(node, term.name, str(error))
            else:
                if read is not None:
                    yield read
                elif term.name.startswith("tc:"):
                    # A property of another vocabulary may have other values; for our own they are mistakes.
                    self.wrong(node, term.name, f"expected {term.form}, got {_name(value)}")

    def value(self, value: Value, term: Term) -> Any:
        """
        A value as the document has it; `None` if the term doesn't take it.
        """
        text, is_literal = text_of(value), isinstance(value, Literal)
        if term.form in _LITERALS:
            try:
                return _LITERALS[term.form](text if is_literal else None)
            except (TypeError, ValueError, RecursionError):
                raise ValueError(f"expected {term.form}, got {_name(value)}") from None
        if term.form is Form.RECORD:
            return self.reference(value, term.of)
        if term.form is Form.TIE:
            cities = self.values(value, TERMS[Partnership]["cities"].name)
            return sorted(self.reference(city, "cities") for city in cities)
        if term.form is Form.WORD:
            prefix = f"{PREFIXES['tc']}{term.of.__name__}-"
            return text.removeprefix(prefix) if not is_literal and text.startswith(prefix) else None
        if is_literal or term.form is Form.URL:
            return text
        matches = (re.fullmatch(ENTITIES[name].pattern, text, re.ASCII) for name in term.of)
        return next((match["id"] for match in matches if match), None)

    def reference(self, node: Value, name: str) -> str:
        shared = shared_area(node) if name == "areas" else None
        id = shared or self.ids[name].get(node)
        if id is None:
            raise ValueError(f"expected a {LISTS[name][1]} that the graph describes, got {_name(node)}")
        self.uses_shared_areas |= shared is not None
        return id

    def tagged(self, node: Value, term: Term, written: Any) -> dict[str, Any]:
        """
        Texts by language, one or several for each; *written* is the field in the original document.
        """
        found: dict[str, set[str]] = {}
        for value in self.values(node, term.name):
            if isinstance(value, Literal) and value.language:
                found.setdefault(tag_in_rdf(value.language) or value.language, set()).add(value.text)
        if not term.many:
            for tag, texts in found.items():
                if len(texts) > 1:
                    self.wrong(node, term.name, f"expected one text in {tag}, got {len(texts)}")
        fields: dict[str, Any] = {}
        seen: set[str | None] = {None}
        for tag, texts in written.items() if isinstance(written, dict) else ():
            in_rdf = tag_in_rdf(tag)
            if in_rdf in seen or not texts:
                fields[tag] = texts  # it has no triples
            elif in_rdf in found:
                fields[tag] = _in_order(found.pop(in_rdf), texts)
                seen.add(in_rdf)
        fields |= {tag: _in_order(texts, None) for tag, texts in sorted(found.items())}
        return (
            fields if term.many else {tag: texts[0] if type(texts) is list else texts for tag, texts in fields.items()}
        )

    def parts(self, node: Value, term: Term) -> Any:
        """
        The parts in a field: its values that are nodes of the part's class.
        """
        known = self.of_class(CLASSES[term.of][0])
        nodes = {*self.values(node, term.name)}
        if term.name.startswith("tc:"):
            for other in nodes - known:
                self.wrong(node, term.name, f"expected a {CLASSES[term.of][0]}, got {_name(other)}")
        parts = [self.fields(part, term.of) for part in self.ordered(nodes & known)]
        if term.of is not FieldSources:
            return parts
        return {part["field"]: part.get("sources", []) for part in parts if "field" in part}


_AS_WRITTEN = Term("tc:asWritten", Form.JSON)
_TAGGED = {kind: {term.name for term in terms.values() if term.form is Form.TAGGED} for kind, terms in TERMS.items()}
"""The properties by class whose values with a language tag have their own field."""

# -- single values ---------------------------------------------------------------------------------


def _text(text: str | None) -> str:
    if text is None:
        raise ValueError
    return text


def _integer(text: str | None) -> int:
    if not re.fullmatch("[+-]?[0-9]{1,20}", _text(text)):
        raise ValueError
    return int(_text(text))


_LITERALS: Mapping[Form, Callable[[str | None], Any]] = {
    Form.TEXT: _text,
    Form.INTEGER: _integer,
    Form.DECIMAL: lambda text: float(_text(text)),
    Form.DATE: _text,
    Form.JSON: lambda text: json.loads(_text(text)),
}


def _in_order(values: set[str], order: Any) -> list[str]:
    """
    Sort *values* in a given order; those that it lacks come last.
    """
    stated = [value for value in order if isinstance(value, str)] if isinstance(order, list) else []
    return [*dict.fromkeys([*(value for value in stated if value in values), *sorted(values)])]


def _name(value: Value) -> str:
    return f"<{shown(value, 200)[1:-1]}>" if isinstance(value, str) else shown(value.text)


def from_rdf(
    source: rdflib.Graph | bytes | str | os.PathLike[str], *, format: str | None = None, max_bytes: int = MAX_BYTES
) -> Dataset:
    """
    Read a data set from RDF.

    Args:
        source: An `rdflib.Graph`, the path of a file, or bytes.
        format: `turtle`, `nt` or `json-ld`; by default that of the path's ending.
        max_bytes: The most bytes that a file may have, unpacked; 1 GiB by default.

    Raises:
        DatasetError: The bytes aren't of the format, or the triples aren't a data set; `.problems` lists everything.
        QueryError: The format is missing, or isn't one of these.
        MissingDependencyError: rdflib isn't installed.
        OSError: The file can't be read.
    """
    with collector_paused():
        if isinstance(source, (str, os.PathLike)):
            with naming(source):
                return _Reader(statements_in(read_bytes(source, max_bytes), format or syntax_of(source))).dataset()
        if isinstance(source, bytes):
            if format is None:
                raise QueryError("expected format= with bytes: turtle, nt or json-ld")
            return _Reader(statements_in(source, format)).dataset()
        return _Reader(statements_of(source)).dataset()
