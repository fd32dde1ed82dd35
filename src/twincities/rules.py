"""
The rules that fields of records keep, and how records keep them.

A rule is a function that yields what is wrong with a value. Rules run in `__attrs_post_init__`, which every reader
reaches; what they find is raised together, each with its path.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from .errors import InvalidRecordError, Problem, shown
from .values import EMPTY, MAX_DEPTH, MAX_INTEGER, FrozenDict, freeze_json, step

# A rule yields complaints: the path below the value ("" for the value itself), and the message.
Complaint = tuple[str, str]
Rule = Callable[[Any], Iterator[Complaint]]

# -- forms -----------------------------------------------------------------------------------------

# Each form: the pattern of the whole text, and how an error message calls it.
ID = (r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", "an id of ASCII letters, digits and . _ - (such as 'castrop-rauxel')")
TAG = (r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", "a BCP 47 language tag (such as 'fi' or 'zh-Hant')")
COUNTRY = (r"[A-Z]{2}", "an ISO 3166-1 alpha-2 code (such as 'FI')")
SUBDIVISION = (r"[A-Z]{2}-[A-Z0-9]{1,3}", "an ISO 3166-2 code (such as 'FI-15')")
WIKIDATA = (r"Q[1-9][0-9]{0,15}", "a Wikidata id (such as 'Q162279')")
GEONAMES = (r"[1-9][0-9]{0,11}", "a GeoNames id of digits, as text (such as '650224')")
PLACE_ID = (f"{WIKIDATA[0]}|{GEONAMES[0]}", "a Wikidata or GeoNames id (such as 'Q39383')")
URL = (r"https?://[^\s<>\"\x00-\x1f\x7f]+", "a URL that begins with http:// or https://")
TEXT = (r"(?s:.*\S.*)", "text that isn't blank")
# Names that Windows keeps for devices can't be file names there.
_DEVICES = re.compile(r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?")


def form(pattern: str, expected: str) -> Rule:
    """
    The rule that a text has this form.
    """
    matches = re.compile(pattern, re.ASCII).fullmatch

    def rule(value: str) -> Iterator[Complaint]:
        if not matches(value):
            yield "", f"expected {expected}, got {shown(value)}"

    return rule


def file_safe(value: str) -> Iterator[Complaint]:
    """
    The rule that an id can name a file on any system.
    """
    yield from _has_id_form(value)
    if value.endswith(".") or _DEVICES.fullmatch(value):
        yield "", f"expected an id that can name a file on any system, got {shown(value)}"


_has_id_form = form(*ID)
_has_tag_form = form(*TAG)
_has_text = form(*TEXT)


def each(rule: Rule, *, unique: bool = True, at_least: int = 0) -> Rule:
    """
    The rule that every item keeps *rule*, that none stands twice, and that there are enough.
    """

    def checked(value: tuple[Any, ...]) -> Iterator[Complaint]:
        if len(value) < at_least:
            yield "", f"expected {at_least} or more, got {len(value)}"
        for index, item in enumerate(value):
            for path, message in rule(item):
                yield f"[{index}]{path}", message
            if unique and item in value[:index]:
                yield f"[{index}]", f"expected each once, got {shown(item)} again"

    return checked


def by_language(value: Mapping[str, Any]) -> Iterator[Complaint]:
    """
    The rule of a mapping from BCP 47 tags to texts, or to tuples of texts.
    """
    for tag, entry in value.items():
        for _, message in _has_tag_form(tag):
            yield step(tag), message
        texts = entry if isinstance(entry, tuple) else (entry,)
        for path, message in each(_has_text)(texts):
            yield f"{step(tag)}{path if isinstance(entry, tuple) else ''}", message


def json_object(value: Mapping[str, Any]) -> Iterator[Complaint]:
    """
    The rule of `extra`: JSON values under names, numbers within what every reader keeps.
    """
    for key, item in value.items():
        yield from _json_value(item, _json_key(key), 1)
        if not isinstance(key, str) or not key.strip():
            yield _json_key(key), f"expected a name that isn't blank, got {shown(key)}"


def _json_key(key: object) -> str:
    return step(key if isinstance(key, str) else shown(key))


def _json_value(value: Any, path: str, depth: int) -> Iterator[Complaint]:
    if depth > MAX_DEPTH:
        yield path, f"expected at most {MAX_DEPTH} levels of lists and objects"
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _json_value(item, f"{path}[{index}]", depth + 1)
    elif isinstance(value, FrozenDict):
        for key, item in value.items():
            if not isinstance(key, str):
                yield path, f"expected names as text, got {shown(key)}"
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


def within(low: int, high: int) -> Rule:
    """
    The rule that a number of degrees lies between two bounds.
    """

    def rule(value: float) -> Iterator[Complaint]:
        if not low <= value <= high:  # NaN fails this as well
            yield "", f"expected degrees from {low} to {high}, got {value}"

    return rule


# -- how records keep their rules ------------------------------------------------------------------


def broken_rules(rules: Mapping[str, Rule], fields: Mapping[str, Any]) -> Iterator[Problem]:
    """
    What is wrong with those of the *fields* of a record that have a value and a rule.
    """
    for name, rule in rules.items():
        if fields.get(name) is not None:
            value = fields[name]
            for path, message in rule(freeze_json(value) if isinstance(value, dict) else value):
                yield Problem(f"$.{name}{path}", message)


def enforce(record: Any, rules: Mapping[str, Rule], across: Iterable[Complaint] = ()) -> None:
    """
    Raise everything that is wrong with *record*: its fields by *rules*, and what holds *across* fields.

    Raises:
        InvalidRecordError: A rule is broken.
    """
    problems = [*broken_rules(rules, {name: getattr(record, name) for name in rules})]
    # Rules across fields may count on each field being right.
    problems = problems or [Problem(f"${path}", message) for path, message in across]
    if problems:
        raise InvalidRecordError(type(record).__name__, problems)


def freeze(record: Any, name: str) -> None:
    """
    Make the mapping in a field of *record* read-only: readers fill fields without converters.
    """
    value = getattr(record, name)
    if type(value) is not FrozenDict:
        object.__setattr__(record, name, FrozenDict(value) if value else EMPTY)
