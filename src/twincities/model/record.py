"""
The base of the records: they check their rules when they are made, and report all problems together.

Records are made in two ways. A constructor converts each value and then checks the rules. The fast reader fills fields
itself, a column at a time, and only asks whether the rules hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple

import attrs

from ..errors import InvalidRecordError, Problem, RefusedError, placed, shown
from .cards import HasCard
from .frozen import EMPTY, FrozenDict
from .rules import Problems, Rule

Converter = Callable[[Any], Any]


class CrossRule(NamedTuple):
    """
    A rule across fields of a record, checked if all of *fields* could be read.
    """

    fields: Collection[str]
    check: Callable[[type[Any], Any], Problems]
    """A function of the class and the record, or of what could be read of it."""
    when: str | None = None
    """A field that is empty in most records, which then keep the rule."""


def not_itself(field: str, expected: str) -> CrossRule:
    """
    The rule that the ids in *field* are of other records than the record itself.
    """

    def check(_: type[Any], record: Any) -> Problems:
        ids = getattr(record, field)
        if record.id in ids:
            yield Problem(f".{field}[{ids.index(record.id)}]", expected)

    return CrossRule(["id", field], check, field)


class Readable:
    """
    The readable part of a broken record, by attribute. `None` stands for the other fields, and for such items of lists.
    """

    def __init__(self, of_kind: type[Any], fields: Mapping[str, Any], unread: Collection[str] = ()) -> None:
        self.__dict__.update(fields)
        self.of_kind = of_kind
        self.unread_fields: frozenset[str] = frozenset(unread)


_set_field = object.__setattr__


class Rules(FrozenDict[str, Rule]):
    """
    The rules of a class of records: by field, and across fields.
    """

    __slots__ = ("across", "arguments", "settle", "values_of")

    def __init__(
        self, rules: Mapping[str, Rule], *across: CrossRule, settle: Callable[[Iterable[Any]], None] | None = None
    ) -> None:
        super().__init__(rules)
        self.across: tuple[CrossRule, ...] = across
        # Sets what follows from other fields of records.
        self.settle: Callable[[Iterable[Any]], None] | None = settle
        # The name, the default, the converter and the rule's quick form of each field.
        self.arguments: Sequence[tuple[str, object, Any, Callable[[Any], object] | None]] = ()
        # A function that gives the values of all fields of a record.
        self.values_of: Callable[[Any], object]

    def take_converters(self, fields: Iterable[attrs.Attribute[Any]]) -> None:
        """
        Take the converters from the fields of the class, so that attrs doesn't run them.
        """
        self.arguments = [
            (field.name, field.default, field.converter, getattr(self.get(field.name), "holds", None))
            for field in fields
        ]
        self.values_of = attrgetter(*[field.name for field in fields])
        for field in fields:
            _set_field(field, "converter", None)  # attrs does so too: its `evolve` is slow

    def converter_of(self, field: str) -> Converter:
        """
        The converter of a field, which raises what it refuses.
        """
        convert: Converter = next(convert for name, _, convert, _ in self.arguments if name == field)
        return convert

    def hold_in_column(self, name: str, values: Sequence[Any]) -> bool:
        """
        Say whether all *values* of the field *name* keep its rule.
        """
        if name not in self:
            return True
        rule = self[name]
        if rule.all_hold is not None:
            return bool(rule.all_hold(values))
        if isinstance(values[0], dict):  # which takes long to hash
            return all(map(rule.holds, filter(None, values)))
        return all(map(rule.holds, {*values} - {None}))  # the same few come again and again

    def settle_and_hold_across(self, records: Sequence[Any], given: Collection[str]) -> bool:
        """
        Settle *records*, in which only the fields *given* have values, and say whether they keep the rules across fields.
        """
        if self.settle is not None:
            self.settle(records)
        for rule in self.across:
            if rule.when is None or rule.when in given:
                suspects = records if rule.when is None else filter(attrgetter(rule.when), records)
                if any(any(rule.check(type(record), record)) for record in suspects):
                    return False
        return True

    def problems_across(self, record: Any) -> list[Problem]:
        """
        The problems of a record across its fields, with paths that begin with `$`.
        """
        problems: list[Problem] = []
        for rule in self.across:
            if rule.when is None or getattr(record, rule.when):
                problems += placed(rule.check(type(record), record), "$")
        return problems

    def problems_in(self, kind: type[Any], record: Any) -> Problems:
        """
        The problems of a record of *kind*, or of what could be read of it, with paths that begin with `$`.
        """
        for name, rule in self.items():
            value = getattr(record, name, None)
            if value is not None:
                yield from placed(rule(value), f"$.{name}")
        for cross_rule in self.across:
            if not isinstance(record, Readable) or record.unread_fields.isdisjoint(cross_rule.fields):
                yield from placed(cross_rule.check(kind, record), "$")


class Record(HasCard):
    """
    A record: checked when it is made, equal by content, printed on one line.
    """

    __slots__ = ()

    RULES: ClassVar[Rules]

    def __init_subclass__(cls) -> None:
        # attrs makes each class once more, with slots and a constructor; help shows what its arguments may be.
        if {"RULES", "__init__"} <= vars(cls).keys():
            for name, _, convert, _ in cls.RULES.arguments:
                cls.__init__.__annotations__[name] = convert.__annotations__["value"]

    def __attrs_post_init__(self) -> None:
        kind, rules = type(self), self.RULES
        refused: dict[str, Exception] = {}
        hold = True
        for name, default, convert, holds in rules.arguments:
            given = getattr(self, name)
            if given is default:  # as most fields of most records; defaults keep the rules
                continue
            try:
                value = convert(given)
            except (ValueError, TypeError) as error:
                refused[name] = error
                continue
            if value is not given:
                _set_field(self, name, value)
            if holds is not None and not holds(value):
                hold = False
        if refused:
            raise _refusal(self, refused)
        if rules.settle is not None:
            rules.settle([self])
        if problems := rules.problems_across(self) if hold else [*rules.problems_in(kind, self)]:
            raise _error(kind, self, problems)

    # One method for all records: attrs would write and compile one for each class.

    def __eq__(self, other: object) -> bool:
        values_of = self.RULES.values_of
        return values_of(self) == values_of(other) if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.RULES.values_of(self))

    def __repr__(self) -> str:
        """
        One line with the fields that hold a word, a number or a few ids; `…` stands for other fields with a value.
        """
        parts: list[str] = []
        is_cut = False
        for field in attrs.fields(type(self)):  # type: ignore[arg-type]  # each subclass is an attrs class
            value = getattr(self, field.name)
            if value is None or value in ((), EMPTY):
                continue
            if field.name == "names" and not parts:  # one name says which organisation or agreement it is
                (tag, name), *others = value.items()
                value, is_cut = {tag: name}, bool(others)
            text = repr(str(value)) if isinstance(value, str) else repr(value)
            holds_records = isinstance(value, tuple) and attrs.has(type(value[0]))
            if (field.name in _LEFT_OUT and parts) or holds_records or len(text) > 60:
                is_cut = True
            else:
                parts.append(f"{field.name}={text}")
        return f"{type(self).__name__}({', '.join(parts + ['…'] * is_cut)})"


_LEFT_OUT = {"alt_names", "names", "sources", "field_sources", "extra", "geonames_id", "subdivision_codes", "alt_ids"}
"""The fields that a `repr` leaves out after others."""


def _refusal(record: Any, refused: Mapping[str, Exception]) -> InvalidRecordError:
    """
    The error of a record with values that converters *refused*, with the problems in the fields that could be read too.
    """
    kind = type(record)
    fields = {field.name: getattr(record, field.name) for field in attrs.fields(kind)}
    problems: list[Problem] = []
    for name, error in refused.items():
        fields[name] = getattr(error, "readable", None)
        found = error.problems if isinstance(error, RefusedError) else [Problem("", str(error))]
        problems += placed(found, f"$.{name}")
    readable = Readable(kind, fields, [name for name in refused if fields[name] is None])
    return _error(kind, readable, [*problems, *kind.RULES.problems_in(kind, readable)])


def _error(kind: type[Any], record: Any, problems: Iterable[Problem]) -> InvalidRecordError:
    return InvalidRecordError(kind.__name__, placed(in_order(kind, problems), "$", about(record)))


def about(record: Any) -> str:
    """
    The name and id of a record, or of what could be read of it, for error messages.
    """
    cities = getattr(record, "cities", None)
    if cities is not None:
        return "–".join(map(_printed, cities)) if any(isinstance(city, str) for city in cities) else ""
    id, name = getattr(record, "id", None), getattr(record, "name", None)
    if not isinstance(id, str):
        return "" if name is None else _printed(name)
    return _printed(id) if name in (None, id) else f"{_printed(name)} ({_printed(id)})"


def _printed(text: object) -> str:
    return shown(text, 40)[1:-1] if isinstance(text, str) else "?"


def in_order(kind: Any, problems: Iterable[Problem]) -> list[Problem]:
    """
    The problems of a record of *kind* in the order of its fields, after those of unknown keys and of the whole record.
    """
    order = {field.name: number for number, field in enumerate(attrs.fields(kind))}
    return sorted(problems, key=lambda problem: order.get(re.split(r"[.\[]", problem.path[2:], maxsplit=1)[0], -1))


def with_own_converters(kind: Any, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """
    A field transformer: records run the converters themselves, so that they report everything together.
    """
    kind.RULES.take_converters(fields)
    return fields
