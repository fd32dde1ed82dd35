"""
The rules that fields of records keep, and how records keep them.

Rules run in `__attrs_post_init__`, which every reader reaches; what they find is raised together, each with its path.
A rule also says what it can in JSON Schema, from which the shipped schema is made.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from operator import attrgetter
from typing import Any, NamedTuple

from ..errors import InvalidRecordError, Problem, shown, step
from .frozen import MAX_DEPTH, MAX_INTEGER, MAX_VALUES, FrozenDict, freeze_json
from .languages import TAG_FORM

Complaint = tuple[str, str]
"""What is wrong: the path below the value ("" for the value itself), and the message."""


class Rule(NamedTuple):
    """
    What a value has to be: called with one, it yields what is wrong.
    """

    check: Callable[[Any], Iterator[Complaint]]
    holds: Callable[[Any], object]
    """Whether *check* would find nothing: the quick way, for the many values that are right."""
    schema: Mapping[str, Any]
    """The same in JSON Schema, as far as that can say it."""
    holds_of_empty: bool = False
    """Whether there is nothing to ask of an empty list or object."""

    def __call__(self, value: Any) -> Iterator[Complaint]:
        return self.check(value)


# -- forms of text ---------------------------------------------------------------------------------


def form(pattern: str, expected: str) -> Rule:
    """
    The rule that a text has this form: a pattern that Python and JSON Schema (ECMA-262) read alike.
    """
    matches = re.compile(pattern, re.ASCII).fullmatch

    def check(value: str) -> Iterator[Complaint]:
        if not matches(value):
            yield "", f"expected {expected}, got {shown(value)}"

    return Rule(check, matches, {"pattern": f"^(?:{pattern})$"})


_WIKIDATA, _GEONAMES = "Q[1-9][0-9]{0,15}", "[1-9][0-9]{0,11}"

ID = form("[A-Za-z0-9][A-Za-z0-9._-]{0,99}", "an id of ASCII letters, digits and . _ - (such as 'castrop-rauxel')")
TAG = form(TAG_FORM, "a BCP 47 language tag (such as 'fi' or 'zh-Hant')")
COUNTRY = form("[A-Z]{2}", "an ISO 3166-1 alpha-2 code (such as 'FI')")
SUBDIVISION = form("[A-Z]{2}-[A-Z0-9]{1,3}", "an ISO 3166-2 code (such as 'FI-15')")
WIKIDATA = form(_WIKIDATA, "a Wikidata id (such as 'Q162279')")
GEONAMES = form(_GEONAMES, "a GeoNames id of digits, as text (such as '650224')")
PLACE_ID = form(f"{_WIKIDATA}|{_GEONAMES}", "a Wikidata or GeoNames id (such as 'Q39383')")
# No space of any script: N-Triples would end there.
_SPACES = r"\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
URL = form(rf"https?://[^ <>\"\x00-\x1f\x7f{_SPACES}]+", "a URL that begins with http:// or https://")


def _check_text(value: str) -> Iterator[Complaint]:
    if not value.strip():
        yield "", f"expected text that isn't blank, got {shown(value)}"


# What `strip` leaves; what `\S` means differs from reader to reader.
TEXT = Rule(_check_text, str.strip, {"pattern": rf"[^\t-\r\x1c-\x20{_SPACES}]"})

# Names that Windows keeps for devices can't be file names there.
_DEVICE = "(?:[Cc][Oo][Nn]|[Pp][Rr][Nn]|[Aa][Uu][Xx]|[Nn][Uu][Ll]|[Cc][Oo][Mm][0-9]|[Ll][Pp][Tt][0-9])"
_UNSAFE = rf"[.]$|^{_DEVICE}(?:[.]|$)"
_is_unsafe = re.compile(_UNSAFE).search


def _check_file_safe(value: str) -> Iterator[Complaint]:
    yield from ID(value)
    if _is_unsafe(value):
        yield "", f"expected an id that can name a file on any system, got {shown(value)}"


_DEVICE_STARTS = frozenset({"con", "prn", "aux", "nul", "com", "lpt"})


def _is_file_safe(value: str) -> bool:
    if ID.holds(value) is None or value[-1] == ".":
        return False
    return value[:3].lower() not in _DEVICE_STARTS or _is_unsafe(value) is None


FILE_SAFE = Rule(_check_file_safe, _is_file_safe, {**ID.schema, "not": {"type": "string", "pattern": _UNSAFE}})


# -- lists and objects -----------------------------------------------------------------------------


def each(rule: Rule, *, unique: bool = True) -> Rule:
    """
    The rule that every item keeps *rule*, and that none stands twice.
    """

    def check(value: tuple[Any, ...]) -> Iterator[Complaint]:
        seen = set()
        for index, item in enumerate(value):
            for path, message in rule(item):
                yield f"[{index}]{path}", message
            if unique and item in seen:
                yield f"[{index}]", f"expected each once, got {shown(item)} again"
            seen.add(item)

    holds_each = rule.holds

    def holds(value: tuple[Any, ...]) -> bool:
        for item in value:
            if not holds_each(item):
                return False
        return not unique or len(value) < 2 or len(set(value)) == len(value)

    schema: dict[str, Any] = {"items": rule.schema}
    if unique:
        schema["uniqueItems"] = True
    return Rule(check, holds, schema, holds_of_empty=True)


def references(*, at_least: int = 0, unique: bool = True) -> Rule:
    """
    The rule of ids that lead to other records.

    Their form is checked where they are given by hand, by a converter; in a document they have to lead to a record, whose
    id has the form. So what is left for the quick way is that none stands twice, and that there are enough.
    """
    rule = each(ID, unique=unique)

    def check(value: tuple[str, ...]) -> Iterator[Complaint]:
        if len(value) < at_least:
            yield "", f"expected {at_least} or more, got {len(value)}"
        yield from rule(value)

    def holds(value: tuple[str, ...]) -> bool:
        return len(value) >= at_least and (not unique or len(value) < 2 or len(set(value)) == len(value))

    schema = {**rule.schema, "minItems": at_least} if at_least else rule.schema
    return Rule(check, holds, schema, holds_of_empty=not at_least)


_TEXTS = each(TEXT)
_COMMON_TAGS = frozenset({"en", "fi", "sv"})  # most tags are these


def _check_by_language(value: Mapping[str, Any]) -> Iterator[Complaint]:
    for tag, entry in value.items():
        for _, message in TAG(tag):
            yield step(tag), message
        for path, message in (_TEXTS if isinstance(entry, tuple) else TEXT)(entry):
            yield step(tag) + path, message


def _holds_text_by_language(value: Mapping[str, str]) -> bool:
    for tag, entry in value.items():
        if not entry.strip() or (tag not in _COMMON_TAGS and not TAG.holds(tag)):
            return False
    return True


def _holds_texts_by_language(value: Mapping[str, tuple[str, ...]]) -> bool:
    return all(map(TAG.holds, value)) and all(map(_TEXTS.holds, value.values()))


_TEXT_SCHEMA = {"propertyNames": TAG.schema, "additionalProperties": TEXT.schema}
TEXT_BY_LANGUAGE = Rule(_check_by_language, _holds_text_by_language, _TEXT_SCHEMA, holds_of_empty=True)
_TEXTS_SCHEMA = {"propertyNames": TAG.schema, "additionalProperties": _TEXTS.schema}
TEXTS_BY_LANGUAGE = Rule(_check_by_language, _holds_texts_by_language, _TEXTS_SCHEMA, holds_of_empty=True)


def _check_json_object(value: Mapping[str, Any]) -> Iterator[Complaint]:
    yield from islice(_json_entries(value), 100)  # what is wrong a million times needn't be told so often


def _json_entries(value: Mapping[str, Any]) -> Iterator[Complaint]:
    for key, item in value.items():
        yield from _json_value(item, _json_key(key), 1)
        if isinstance(key, str) and not key.strip():
            yield _json_key(key), f"expected a name that isn't blank, got {shown(key)}"
        yield from _json_name(key, "")


def _holds_json_object(value: Mapping[str, Any]) -> bool:
    return not any(_check_json_object(value))


JSON_OBJECT = Rule(_check_json_object, _holds_json_object, {"propertyNames": TEXT.schema}, holds_of_empty=True)


def _json_name(key: object, path: str) -> Iterator[Complaint]:
    if isinstance(key, str):
        yield from unicode_text(key, path + _json_key(key))
    else:
        yield path + _json_key(key), f"expected a name as text, got {shown(key)}"


def _json_key(key: object) -> str:
    return step(key if isinstance(key, str) else shown(key))


def _json_value(value: Any, path: str, depth: int) -> Iterator[Complaint]:
    if depth > MAX_DEPTH and isinstance(value, (list, tuple, Mapping)):
        yield path, f"expected at most {MAX_DEPTH} levels of lists and objects"
    elif isinstance(value, (list, Mapping)) and not isinstance(value, FrozenDict):
        yield path, f"expected at most {MAX_VALUES:,} values"
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _json_value(item, f"{path}[{index}]", depth + 1)
    elif isinstance(value, FrozenDict):
        for key, item in value.items():
            yield from _json_name(key, path)
            yield from _json_value(item, path + _json_key(key), depth + 1)
    elif isinstance(value, float):
        if not math.isfinite(value):
            yield path, f"expected a finite number, got {value}"
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            yield path, f"expected a whole number within ±(2^53 - 1), got {shown(value)}"
    elif isinstance(value, str):
        yield from unicode_text(value, path)
    elif value is not None:
        yield path, f"expected a JSON value, got {shown(value)}"


def unicode_text(value: str, path: str = "") -> Iterator[Complaint]:
    """
    The rule that a text can be written as UTF-8.
    """
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            yield path, f"expected Unicode text, got a lone surrogate in {shown(value)}"


# -- numbers ---------------------------------------------------------------------------------------


def degrees(most: int) -> Rule:
    """
    The rule that a number of degrees lies between *most* below and above zero.
    """

    def check(value: float) -> Iterator[Complaint]:
        if not -most <= value <= most:  # NaN fails this as well
            yield "", f"expected degrees from -{most} to {most}, got {value}"

    return Rule(check, lambda value: -most <= value <= most, {"minimum": -most, "maximum": most})


def _check_people(value: int) -> Iterator[Complaint]:
    if not 0 <= value <= MAX_INTEGER:
        yield "", f"expected a number of people, 0 or more, got {shown(value)}"


def _is_people(value: int) -> bool:
    return 0 <= value <= MAX_INTEGER


PEOPLE = Rule(_check_people, _is_people, {"minimum": 0, "maximum": MAX_INTEGER})

# -- how records keep their rules ------------------------------------------------------------------


class Rules(FrozenDict[str, Rule]):
    """
    The rules of a class of records by field.
    """

    __slots__ = ("quick_always", "quick_filled")
    # How to get a field, and whether its rule holds: of lists and objects only those that aren't empty are asked.
    quick_always: tuple[tuple[Callable[[Any], Any], Callable[[Any], object]], ...]
    quick_filled: tuple[tuple[Callable[[Any], Any], Callable[[Any], object]], ...]

    def __init__(self, rules: Mapping[str, Rule]) -> None:
        super().__init__(rules)
        quick = [(rule.holds_of_empty, attrgetter(name), rule.holds) for name, rule in rules.items()]
        self.quick_always = tuple((get, holds) for empty, get, holds in quick if not empty)
        self.quick_filled = tuple((get, holds) for empty, get, holds in quick if empty)

    def broken_by(self, fields: Mapping[str, Any]) -> Iterator[Problem]:
        """
        What is wrong with those of the *fields* of a record that have a value and a rule.
        """
        for name, rule in self.items():
            if fields.get(name) is not None:
                value = fields[name]
                for path, message in rule(freeze_json(value) if isinstance(value, dict) else value):
                    yield Problem(f"$.{name}{path}", message)


def enforce(record: Any, rules: Rules, across: Iterable[Complaint] = ()) -> None:
    """
    Raise everything that is wrong with *record*: its fields by *rules*, and what holds *across* fields.

    Raises:
        InvalidRecordError: A rule is broken.
    """
    for get, holds in rules.quick_filled:
        value = get(record)
        if value and not holds(value):
            break
    else:
        for get, holds in rules.quick_always:
            value = get(record)
            if value is not None and not holds(value):
                break
        else:
            # Rules across fields may count on each field being right.
            if across != () and (problems := [Problem(f"${path}", message) for path, message in across]):
                raise InvalidRecordError(type(record).__name__, problems)
            return
    fields = {name: getattr(record, name) for name in rules}
    raise InvalidRecordError(type(record).__name__, rules.broken_by(fields))
