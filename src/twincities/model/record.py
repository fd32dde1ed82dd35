"""
The base of the records: they check their rules when they are made, and report all problems together.

Records are made in two ways. A constructor runs converters, which leave an `Unread` in a field whose value they refuse,
and then looks for problems. The fast reader fills fields itself, a column at a time, and only asks whether the rules hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from inspect import signature
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple, NoReturn

import attrs

from ..errors import InvalidRecordError, Problem, RefusedError, placed, shown
from .cards import HasCard
from .frozen import EMPTY, FrozenDict
from .rules import Problems, Rule

__all__ = [
    "CrossRule",
    "Readable",
    "Record",
    "Rules",
    "Unread",
    "about",
    "guarding_converters",
    "in_order",
    "not_itself",
    "unguarded",
]


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


class Unread(NamedTuple):
    """
    A value that a converter refused, until the record reports it.
    """

    problems: Sequence[Problem]
    readable: Any


_pending: set[int] = set()
"""The ids of `Unread`s not reported yet, in any thread. It is nearly always empty, so few records are searched for them."""


class Rules(FrozenDict[str, Rule]):
    """
    The rules of a class of records: by field, and across fields.
    """

    __slots__ = ("_hold", "_values", "across", "settle")

    def __init__(
        self, rules: Mapping[str, Rule], *across: CrossRule, settle: Callable[[Iterable[Any]], None] | None = None
    ) -> None:
        super().__init__(rules)
        self.across: tuple[CrossRule, ...] = across
        # Sets what follows from other fields of records.
        self.settle: Callable[[Iterable[Any]], None] | None = settle
        self._hold: Callable[[Any], object] | None = None
        self._values: Callable[[Any], Iterable[Any]] | None = None

    @property
    def hold(self) -> Callable[[Any], object]:
        """
        A function that is true of a record whose fields keep their rules. It is compiled at first use, since records come
        by the hundred thousand.
        """
        if self._hold is None:
            names: dict[str, Any] = {f"holds_{name}": rule.holds for name, rule in self.items()}
            conditions = []
            for name, rule in self.items():
                passes = "" if rule.passes is None else rule.passes.format(f"(v := r.{name})") + " or "
                conditions.append(f"({passes}holds_{name}({'v' if passes else f'r.{name}'}))")
            self._hold = eval(f"lambda r: {' and '.join(conditions) or True}", names)  # noqa: S307  # our own names
        return self._hold

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
        empty = {None, ()} if rule.passes else set()
        return all(map(rule.holds, {*values} - empty))  # the same few come again and again

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

    def has_unread(self, record: Any) -> bool:
        """
        Say whether a converter refused a value of *record*.
        """
        if self._values is None:
            self._values = attrgetter(*(field.name for field in attrs.fields(type(record))))
        return Unread in map(type, self._values(record))

    def problems(self, record: Any) -> list[Problem]:
        """
        The problems of a record, with paths that begin with `$`.
        """
        if not self.hold(record):
            return [*self.problems_in(type(record), record)]
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
    A record: checked when it is made, printed on one line.
    """

    __slots__ = ()

    RULES: ClassVar[Rules]

    def __attrs_post_init__(self) -> None:
        rules = self.RULES
        if _pending and rules.has_unread(self):
            _refuse(self)
        if rules.settle is not None:
            rules.settle([self])
        if problems := rules.problems(self):
            raise _error(type(self), self, problems)

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


def _refuse(record: Any) -> NoReturn:
    """
    Raise the problems that converters found together with those in the fields that could be read.
    """
    kind = type(record)
    fields: dict[str, Any] = {}
    unread: list[str] = []
    problems: list[Problem] = []
    for field in attrs.fields(kind):
        value = getattr(record, field.name)
        if type(value) is Unread:
            problems += placed(value.problems, f"$.{field.name}")
            _pending.discard(id(value))
            value = value.readable
            if value is None:
                unread.append(field.name)
        fields[field.name] = value
    readable = Readable(kind, fields, unread)
    raise _error(kind, readable, [*problems, *kind.RULES.problems_in(kind, readable)])


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


# -- converters ------------------------------------------------------------------------------------


def guarding_converters(_: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """
    A field transformer: a converter leaves what it refuses in its field, so that the record reports everything together.
    """
    return [
        field.evolve(converter=_guarded(field.converter, field.default)) if callable(field.converter) else field
        for field in fields
    ]


@cache
def _guarded(convert: Callable[[Any], Any], default: object) -> Callable[[Any], Any]:
    def guarded(value: Any) -> Any:
        if value is default:  # most fields of most records
            return value
        try:
            return convert(value)
        except RefusedError as error:
            unread = Unread(error.problems, error.readable)
        except (ValueError, TypeError) as error:
            unread = Unread([Problem("", str(error))], None)
        _pending.add(id(unread))
        return unread

    # attrs takes the types of the constructor's arguments from here.
    guarded.__signature__ = of_convert = signature(convert, eval_str=True)  # type: ignore[attr-defined]
    types = {name: parameter.annotation for name, parameter in of_convert.parameters.items()}
    guarded.__annotations__ = {**types, "return": of_convert.return_annotation}
    guarded.convert = convert  # type: ignore[attr-defined]
    return guarded


def unguarded(field: attrs.Attribute[Any]) -> Callable[[Any], Any]:
    """
    The converter of a field, which raises what it refuses.
    """
    convert: Callable[[Any], Any] = field.converter.convert  # type: ignore[union-attr]
    return convert
