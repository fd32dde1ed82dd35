"""
The base of the records: how they keep their rules, and report everything that is wrong at once.

Two roads lead to a record. A constructor runs converters, each of which leaves what is `Unread` in its field, and then the
rules. The quick reader fills fields itself and asks `Rules.hold`. What is wrong is looked for by one function in the end,
`Rules.broken_by`, in whatever of a record could be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from inspect import signature
from operator import attrgetter
from typing import Any, ClassVar, NamedTuple, NoReturn

import attrs

from ..errors import InvalidRecordError, Problem, RefusedError, placed
from .frozen import EMPTY, FrozenDict
from .rules import Problems, Rule

__all__ = ["Across", "Readable", "Record", "Rules", "Unread", "guarding_converters", "in_order", "unguarded"]


class Across(NamedTuple):
    """
    A rule across the fields of a record, asked where all of *fields* could be read.
    """

    fields: Collection[str]
    check: Callable[[type[Any], Any], Problems]
    """Called with the class and the record, or what could be read of it."""
    when: str
    """The records `r` that may break it, few of all, as an expression."""


class Readable:
    """
    The fields of a record that could be read, by attribute; `None` stands for the others, and for such entries of lists.
    """

    def __init__(self, of_kind: type[Any], fields: Mapping[str, Any], unread: Collection[str] = ()) -> None:
        self.__dict__.update(fields)
        self.of_kind = of_kind
        self.unread_fields = frozenset(unread)


class Unread(NamedTuple):
    """
    The value that a converter refused, until the record reports it.
    """

    problems: Sequence[Problem]
    readable: Any


_pending: set[int] = set()
"""What was refused and isn't reported yet, in any thread: most of the time nothing, and no record has to be looked through."""


class Rules(FrozenDict[str, Rule]):
    """
    The rules of a class of records by field, and those across fields.
    """

    __slots__ = ("_hold", "_hold_alone", "_values", "across", "settle")

    def __init__(self, rules: Mapping[str, Rule], *across: Across, settle: Callable[[Any], None] | None = None) -> None:
        super().__init__(rules)
        self.across = across
        self.settle = settle  # fills in what follows from other fields, on both roads
        self._hold: Callable[[Any], object] | None = None
        self._hold_alone: Callable[[Any], object] | None = None
        self._values: Callable[[Any], Iterable[Any]] | None = None

    @property
    def hold(self) -> Callable[[Any], object]:
        """
        The rules as one expression, made at the first use, since records come by the hundred thousand: true of a record
        that breaks none, false where one is broken or one across fields is to be asked.
        """
        if self._hold is None:
            self._hold = self._compiled([f"not ({across.when})" for across in self.across])
        return self._hold

    def _compiled(self, further: Sequence[str] = ()) -> Callable[[Any], object]:
        names: dict[str, Any] = {f"holds_{name}": rule.holds for name, rule in self.items()}
        asked = []
        for name, rule in self.items():
            passes = "" if rule.passes is None else rule.passes.format(f"(v := r.{name})") + " or "
            asked.append(f"({passes}holds_{name}({'v' if passes else f'r.{name}'}))")
        made: Callable[[Any], object] = eval(f"lambda r: {' and '.join([*asked, *further]) or True}", names)  # noqa: S307  # of names of ours alone
        return made

    def unread(self, record: Any) -> bool:
        """
        Say whether a converter refused a value of *record*.
        """
        if self._values is None:
            self._values = attrgetter(*(field.name for field in attrs.fields(type(record))))
        return Unread in map(type, self._values(record))

    def problems(self, record: Any) -> Problems:
        """
        The problems of a record for which `hold` is false, with paths that begin with `$`.
        """
        if self._hold_alone is None:
            self._hold_alone = self._compiled()
        if not self._hold_alone(record):
            yield from self.broken_by(type(record), record)
        else:
            for across in self.across:
                yield from placed(across.check(type(record), record), "$")

    def broken_by(self, kind: type[Any], record: Any) -> Problems:
        """
        The problems of a record of *kind*, or of what could be read of it, with paths that begin with `$`.
        """
        for name, rule in self.items():
            value = getattr(record, name, None)
            if value is not None:
                yield from placed(rule(value), f"$.{name}")
        for across in self.across:
            if not isinstance(record, Readable) or record.unread_fields.isdisjoint(across.fields):
                yield from placed(across.check(kind, record), "$")


class Record:
    """
    A record: it is checked when it is made, and prints on one line.
    """

    __slots__ = ()

    RULES: ClassVar[Rules]

    def __attrs_post_init__(self) -> None:
        rules = self.RULES
        if _pending and rules.unread(self):
            _refuse(self)
        if rules.settle is not None:
            rules.settle(self)
        if not rules.hold(self) and (problems := [*rules.problems(self)]):
            raise InvalidRecordError(type(self).__name__, in_order(type(self), problems))

    def __repr__(self) -> str:
        """
        One line with the fields that hold a word, a number or a few ids; `…` stands for others that it has.
        """
        told, rest = [], False
        for field in attrs.fields(type(self)):  # type: ignore[arg-type]  # each child is an attrs class
            value = getattr(self, field.name)
            if value is None or value in ((), EMPTY):
                continue
            text = repr(str(value)) if isinstance(value, str) else repr(value)
            of_records = isinstance(value, tuple) and attrs.has(type(value[0]))
            if field.name in _ASIDE or of_records or len(text) > 60:
                rest = True
            else:
                told.append(f"{field.name}={text}")
        return f"{type(self).__name__}({', '.join(told + ['…'] * rest)})"


# What isn't asked of a record at a glance.
_ASIDE = {"alt_names", "names", "sources", "field_sources", "extra", "geonames_id", "subdivision_codes", "alt_ids"}


def _refuse(record: Any) -> NoReturn:
    """
    Raise what converters refused together with what is wrong in the fields that they read.
    """
    kind = type(record)
    read: dict[str, Any] = {}
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
        read[field.name] = value
    problems += kind.RULES.broken_by(kind, Readable(kind, read, unread))
    raise InvalidRecordError(kind.__name__, in_order(kind, problems))


def in_order(kind: Any, problems: Iterable[Problem]) -> list[Problem]:
    """
    The problems of a record of *kind* in the order of its fields; those of unknown keys and of the whole come first.
    """
    order = {field.name: number for number, field in enumerate(attrs.fields(kind))}
    return sorted(problems, key=lambda problem: order.get(_FIELD.split(problem.path[2:], 1)[0], -1))


_FIELD = re.compile(r"[.\[]")


# -- converters ------------------------------------------------------------------------------------


def guarding_converters(_: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
    """
    A field transformer: what a converter refuses stays in its field, so that the record reports all of it together.
    """
    return [
        field.evolve(converter=_guarded(field.converter, field.default)) if callable(field.converter) else field
        for field in fields
    ]


@cache
def _guarded(convert: Callable[[Any], Any], default: object) -> Callable[[Any], Any]:
    def converted(value: Any) -> Any:
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

    # attrs takes the types of a constructor from here, and so do those who look at it.
    converted.__signature__ = of_convert = signature(convert, eval_str=True)  # type: ignore[attr-defined]
    types = {name: parameter.annotation for name, parameter in of_convert.parameters.items()}
    converted.__annotations__ = {**types, "return": of_convert.return_annotation}
    converted.convert = convert  # type: ignore[attr-defined]
    return converted


def unguarded(field: attrs.Attribute[Any]) -> Callable[[Any], Any]:
    """
    The converter of a field, which raises what it refuses.
    """
    convert: Callable[[Any], Any] = field.converter.convert  # type: ignore[union-attr]
    return convert
