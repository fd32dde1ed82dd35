"""
The rules of fields. `record` applies them, and the shipped JSON Schema is made from them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice, starmap
from operator import eq
from typing import Any, NamedTuple

from ..errors import Problem, placed, shown, step
from .frozen import MAX_DEPTH, MAX_INTEGER, MAX_VALUES, FrozenDict
from .languages import TAG_FORM

Problems = Iterator[Problem]
"""Problems with their paths below the value that is checked: `""` is the value itself."""


class Rule(NamedTuple):
    """
    The rule of a field: called with a value, it yields the problems.

    An entry of a list that is `None` couldn't be read, and isn't checked.
    """

    check: Callable[[Any], Problems]
    holds: Callable[[Any], object]
    """The quick form of *check*: true of a value without problems."""
    schema: Mapping[str, Any]
    """The same in JSON Schema, as far as it can be expressed there."""
    refers_to: str | None = None
    """The list of a data set that the value's ids refer to."""
    all_hold: Callable[[Sequence[Any]], object] | None = None
    """The quick form for many values, if checking them together is quicker than one by one."""

    def __call__(self, value: Any) -> Problems:
        return self.check(value)


# -- forms of text ---------------------------------------------------------------------------------


def _match(pattern: str, method: str = "fullmatch") -> Callable[[str], re.Match[str] | None]:
    """
    A method of a *pattern* that is compiled at its first use: bundled data need none.
    """

    @cache
    def compiled() -> Callable[[str], re.Match[str] | None]:
        return getattr(re.compile(pattern, re.ASCII), method)  # type: ignore[no-any-return]

    def match(text: str) -> re.Match[str] | None:
        return compiled()(text)

    return match


def form(pattern: str, expected: str) -> Rule:
    """
    The rule that a text matches *pattern*, which Python and JSON Schema (ECMA-262) have to read alike.
    """
    matches = _match(pattern)

    def check(value: str) -> Problems:
        if not matches(value):
            yield Problem("", f"expected {expected}, got {shown(value)}")

    return Rule(check, matches, {"pattern": f"^(?:{pattern})$"})


_ID = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}"
_WIKIDATA, _GEONAMES = "Q[1-9][0-9]{0,15}", "[1-9][0-9]{0,11}"

ID = form(_ID, "an id of ASCII letters, digits and . _ - (such as 'castrop-rauxel')")
TAG = form(TAG_FORM, "a BCP 47 language tag (such as 'fi' or 'zh-Hant')")
COUNTRY = form("[A-Z]{2}", "an ISO 3166-1 alpha-2 code (such as 'FI')")
SUBDIVISION = form("[A-Z]{2}-[A-Z0-9]{1,3}", "an ISO 3166-2 code (such as 'FI-15')")
WIKIDATA = form(_WIKIDATA, "a Wikidata id (such as 'Q162279')")
GEONAMES = form(_GEONAMES, "a GeoNames id of digits, as text (such as '650224')")
PLACE_ID = form(f"{_WIKIDATA}|{_GEONAMES}", "a Wikidata or GeoNames id (such as 'Q39383')")
# Spaces of any script: an IRI in N-Triples would end there.
_SPACES = r"\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_URL_FORM = form(rf"https?://[^ <>\"\x00-\x1f\x7f{_SPACES}]+", "a URL that begins with http:// or https://")
NONCHARACTERS = (
    *range(0xFDD0, 0xFDF0),
    *(plane + end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF)),
)
"""The code points that text may not interchange (Unicode, 23.7)."""
# Lone surrogates, which UTF-8 can't encode, and noncharacters.
_search_invalid = _match(f"[\ud800-\udfff{''.join(map(chr, NONCHARACTERS))}]", "search")


def _invalid_character(value: str) -> str | None:
    # Most texts are printable, which is quicker to see and rules these characters out.
    found = None if value.isascii() or value.isprintable() else _search_invalid(value)
    return found and found[0]


def unicode_text(value: str, path: str = "") -> Problems:
    """
    The rule that a text has only characters that can be encoded and interchanged.
    """
    if invalid := _invalid_character(value):
        kind = "a lone surrogate" if "\ud800" <= invalid <= "\udfff" else f"the noncharacter U+{ord(invalid):04X}"
        yield Problem(path, f"expected Unicode text, got {kind} in {shown(value)}")


def _check_url(value: str) -> Problems:
    yield from _URL_FORM(value)
    yield from unicode_text(value)


def _is_url(value: str) -> bool:
    return bool(_URL_FORM.holds(value)) and not _invalid_character(value)


URL = Rule(_check_url, _is_url, _URL_FORM.schema)


def _check_text(value: str) -> Problems:
    if not value.strip():
        yield Problem("", f"expected text that isn't blank, got {shown(value)}")
    yield from unicode_text(value)


def _is_text(value: str) -> bool:
    return bool(value.strip()) and not _invalid_character(value)


def _are_texts(values: Sequence[str]) -> bool:
    return all(map(str.strip, values)) and not _invalid_character("".join(values))


# The characters that `strip` leaves; readers differ in what `\S` means.
TEXT = Rule(
    _check_text,
    _is_text,
    {"pattern": rf"[^\t-\r\x1c-\x20{_SPACES}]"},
    all_hold=lambda values: _are_texts([value for value in values if value is not None]),
)

# Windows reserves the names of devices.
_DEVICE = "(?:[Cc][Oo][Nn]|[Pp][Rr][Nn]|[Aa][Uu][Xx]|[Nn][Uu][Ll]|[Cc][Oo][Mm][0-9]|[Ll][Pp][Tt][0-9])"
_UNSAFE = rf"[.]$|^{_DEVICE}(?:[.]|$)"
_is_unsafe = _match(_UNSAFE, "search")
_is_file_safe = _match(rf"(?!{_DEVICE}(?:[.]|$)){_ID}(?<![.])")


def _check_file_safe(value: str) -> Problems:
    yield from ID(value)
    if _is_unsafe(value):
        yield Problem("", f"expected an id that can name a file on any system, got {shown(value)}")


FILE_SAFE = Rule(_check_file_safe, _is_file_safe, {**ID.schema, "not": {"type": "string", "pattern": _UNSAFE}})


# -- lists and objects -----------------------------------------------------------------------------


def each(rule: Rule, *, unique: bool = True) -> Rule:
    """
    The rule that every item follows *rule*, and that items are unique.
    """

    def check(value: tuple[Any, ...]) -> Problems:
        seen = set()
        for index, item in enumerate(value):
            if item is None:
                continue
            yield from placed(rule(item), f"[{index}]")
            if unique and item in seen:
                yield Problem(f"[{index}]", f"expected each item once, got {shown(item)} again")
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
    return Rule(check, holds, schema)


@cache
def references(to: str, *, at_least: int = 0) -> Rule:
    """
    The rule of ids that refer to records of the list *to*: each once, and *at_least* so many.

    The quick form doesn't check the form of ids: a converter does for constructors, and in a document every id has to
    lead to a record.
    """
    rule = each(ID)

    def check(value: tuple[str | None, ...]) -> Problems:
        if len(value) < at_least:
            yield Problem("", f"expected {at_least} or more, got {len(value)}")
        yield from rule(value)

    def holds(value: tuple[str, ...]) -> bool:
        return len(value) >= at_least and len(set(value)) == len(value)

    schema = {**rule.schema, "minItems": at_least} if at_least else rule.schema
    return Rule(check, holds, schema, to)


def reference(to: str) -> Rule:
    """
    The rule of one id that refers to a record of the list *to*; its form is checked as in `references`.
    """
    return Rule(ID.check, bool, ID.schema, refers_to=to)


def pair(to: str, *, may_be_empty: bool = False) -> Rule:
    """
    The rule of the ids of two different cities, which each refer to a city, or together to a partnership.
    """

    def check(value: tuple[str | None, ...]) -> Problems:
        if len(value) != 2 and (value or not may_be_empty):
            yield Problem("", f"expected the ids of two cities, got {len(value)}")
        yield from _each_id(value)
        if len(value) == 2 and value[0] is not None and value[0] == value[1]:
            yield Problem("", f"expected two different cities, got {shown(value[0])} twice")

    def holds(value: tuple[str, ...]) -> bool:
        return value[0] != value[1] if len(value) == 2 else may_be_empty and not value

    if may_be_empty:
        return Rule(check, holds, {"items": ID.schema, "maxItems": 2}, to)
    return Rule(check, holds, {"items": ID.schema}, to, lambda values: not any(starmap(eq, values)))


_each_id = each(ID, unique=False)

_TEXTS = each(TEXT)
_COMMON_TAGS = frozenset({"en", "fi", "sv"})  # checked without the pattern, since most tags are these


def _check_by_language(value: Mapping[str, Any]) -> Problems:
    for tag, entry in value.items():
        for _, message in TAG(tag):
            yield Problem(step(tag), message)
        yield from placed((_TEXTS if isinstance(entry, tuple) else TEXT)(entry), step(tag))


def _holds_text_by_language(value: Mapping[str, str]) -> bool:
    for tag, entry in value.items():
        is_valid = entry.isascii() or entry.isprintable() or not _search_invalid(entry)  # inline: most texts are here
        if not is_valid or not entry.strip() or (tag not in _COMMON_TAGS and not TAG.holds(tag)):
            return False
    return True


def _are_texts_by_language(values: Sequence[Mapping[str, str]]) -> bool:
    tags = {*chain.from_iterable(values)}
    return all(map(TAG.holds, tags)) and _are_texts([text for value in values for text in value.values()])


def _holds_texts_by_language(value: Mapping[str, tuple[str, ...]]) -> bool:
    return all(map(TAG.holds, value)) and all(map(_TEXTS.holds, value.values()))


_TEXT_SCHEMA = {"propertyNames": TAG.schema, "additionalProperties": TEXT.schema}
TEXT_BY_LANGUAGE = Rule(_check_by_language, _holds_text_by_language, _TEXT_SCHEMA, all_hold=_are_texts_by_language)
# A plain string is the older form.
ROLE = TEXT_BY_LANGUAGE._replace(
    schema={"anyOf": [{"type": "object", **_TEXT_SCHEMA}, {"type": "string", **TEXT.schema}]}
)
_TEXTS_SCHEMA = {"propertyNames": TAG.schema, "additionalProperties": _TEXTS.schema}
TEXTS_BY_LANGUAGE = Rule(_check_by_language, _holds_texts_by_language, _TEXTS_SCHEMA)


def _check_json_object(value: Mapping[str, Any]) -> Problems:
    yield from islice(_json_entries(value), 100)  # a report of a million problems helps nobody


def _json_entries(value: Mapping[str, Any]) -> Problems:
    for key, item in value.items():
        yield from _json_value(item, _json_key(key), 1)
        if isinstance(key, str) and not key.strip():
            yield Problem(_json_key(key), f"expected a name that isn't blank, got {shown(key)}")
        yield from _json_name(key, "")


def _holds_json_object(value: Mapping[str, Any]) -> bool:
    return not any(_check_json_object(value))


JSON_OBJECT = Rule(_check_json_object, _holds_json_object, {"propertyNames": TEXT.schema})


def _json_name(key: object, path: str) -> Problems:
    if isinstance(key, str):
        yield from unicode_text(key, path + _json_key(key))
    else:
        yield Problem(path + _json_key(key), f"expected a name as text, got {shown(key)}")


def _json_key(key: object) -> str:
    return step(key if isinstance(key, str) else shown(key))


def _json_value(value: Any, path: str, depth: int) -> Problems:
    if depth > MAX_DEPTH and isinstance(value, (list, tuple, Mapping)):
        yield Problem(path, f"expected at most {MAX_DEPTH} levels of lists and objects")
    elif isinstance(value, (list, Mapping)) and not isinstance(value, FrozenDict):
        yield Problem(path, f"expected at most {MAX_VALUES:,} values")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _json_value(item, f"{path}[{index}]", depth + 1)
    elif isinstance(value, FrozenDict):
        for key, item in value.items():
            yield from _json_name(key, path)
            yield from _json_value(item, path + _json_key(key), depth + 1)
    elif isinstance(value, float):
        if not math.isfinite(value):
            yield Problem(path, f"expected a finite number, got {value}")
    elif isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            yield Problem(path, f"expected a whole number within ±(2^53 - 1), got {shown(value)}")
    elif isinstance(value, str):
        yield from unicode_text(value, path)
    elif value is not None:
        yield Problem(path, f"expected a JSON value, got {shown(value)}")


# -- numbers ---------------------------------------------------------------------------------------


def number(least: int, most: int, expected: str) -> Rule:
    """
    The rule that a number lies between *least* and *most*.
    """

    def check(value: float) -> Problems:
        if not least <= value <= most:  # NaN fails this too
            yield Problem("", f"expected {expected}, got {shown(value)}")

    return Rule(
        check,
        lambda value: least <= value <= most,
        {"minimum": least, "maximum": most},
        all_hold=lambda values: all(least <= value <= most for value in values),
    )


def degrees(most: int) -> Rule:
    """
    The rule that a number of degrees lies between -*most* and *most*.
    """
    return number(-most, most, f"degrees from -{most} to {most}")


PEOPLE = number(0, MAX_INTEGER, "a number of people, 0 or more")
