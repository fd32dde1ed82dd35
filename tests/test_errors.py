"""
Errors: one base class, readable messages, the same after pickling.
"""

from __future__ import annotations

import copy
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import twincities as tc
from twincities import errors
from twincities.strategies.values import JSON_VALUES

ERRORS: list[tuple[tc.TwinCitiesError, type[Exception], str]] = [
    (tc.InvalidDateError("x", "expected a date"), ValueError, "expected a date, got 'x'"),
    (tc.InvalidDateError("x\n", "expected a date"), ValueError, r"expected a date, got 'x\n'"),
    (
        tc.InvalidRecordError("City", [tc.Problem("$.id", "expected an id"), tc.Problem("$.name", "expected a name")]),
        ValueError,
        "City: $.id: expected an id; $.name: expected a name",
    ),
    (tc.DatasetError([tc.Problem("$.cities", "expected cities")]), ValueError, "$.cities: expected cities"),
    (
        tc.FetchError("https://x.example", "expected an answer", 500, "again"),
        OSError,
        "expected an answer (https://x.example); again",
    ),
    (
        tc.MergeConflictError(["a: since is 1 or 2"]),
        ValueError,
        "1 conflict:\n  a: since is 1 or 2\ngive prefer='first', 'second', or a function that is asked about each conflict",
    ),
    (
        tc.DatasetError([tc.Problem("$.cities", "expected cities")], "a.json"),
        ValueError,
        "$.cities in a.json: expected cities",
    ),
    (
        tc.DatasetError([tc.Problem("$.a", "one"), tc.Problem("$.b", "two")], "a.json"),
        ValueError,
        "2 problems in a.json:\n  $.a: one\n  $.b: two",
    ),
    (
        tc.DatasetError([tc.Problem(f"$.cities[{n}]", "bad") for n in range(22)]),
        ValueError,
        "22 problems:\n" + "".join(f"  $.cities[{n}]: bad\n" for n in range(20)) + "  … and 2 more in .problems",
    ),
    (
        tc.FormatVersionError("twincities/2", "twincities/1"),
        ValueError,
        "$.format: expected format 'twincities/1', got 'twincities/2': a newer twincities may read it",
    ),
    (
        tc.FormatVersionError("twincities/2", "twincities/1", "a.json"),
        ValueError,
        "$.format in a.json: expected format 'twincities/1', got 'twincities/2': a newer twincities may read it",
    ),
    (tc.QueryError("expected a word, got ''"), ValueError, "expected a word, got ''"),
    (tc.SelectionError("expected exactly one, got 2"), LookupError, "expected exactly one, got 2"),
    (tc.UnknownCityError("kupio"), KeyError, "unknown city 'kupio'"),
    (tc.UnknownCityError("kupio", ["Kuopio"]), KeyError, "unknown city 'kupio'; did you mean 'Kuopio'?"),
    (
        tc.UnknownCityError("kupio", ["Kuopio", "Kuopion"], "no such city in SE"),
        KeyError,
        "unknown city 'kupio'; did you mean 'Kuopio' or 'Kuopion'?; no such city in SE",
    ),
    (tc.UnknownPartnershipError(("a", "b")), KeyError, "no partnership between 'a' and 'b'"),
    (tc.UnknownPartnershipError("a"), KeyError, "no partnership 'a'; expected a pair of city ids"),
    (tc.UnknownAreaError("sprot", ["sport"]), KeyError, "unknown cooperation area 'sprot'; did you mean 'sport'?"),
    (tc.UnknownNetworkError("x"), KeyError, "unknown cooperation network 'x'"),
    (tc.UnknownSourceError("x" * 100), KeyError, "unknown source '" + "x" * 60 + "…'"),
    (tc.UnknownCountryError("x"), KeyError, "unknown country 'x'"),
    (tc.UnknownStatusError("x"), KeyError, "unknown status 'x'"),
    (tc.UnknownKindError("x"), KeyError, "unknown kind of partnership 'x'"),
    (tc.UnknownDatasetError("x"), KeyError, "unknown data set 'x'"),
    (tc.UnknownNameError(5), KeyError, "unknown name 5"),
    (
        tc.AmbiguousCityError("Gera", ["gera", "gera-2"]),
        LookupError,
        "'Gera' is the name of 2 cities: gera, gera-2; ask by id or give country=",
    ),
    (
        tc.AmbiguousCityError("A", [f"a{n}" for n in range(12)]),
        LookupError,
        "'A' is the name of 12 cities: a0, a1, a2, a3, a4, a5, a6, a7, a8, a9 …; ask by id or give country=",
    ),
    (
        tc.MissingDependencyError("pandas", "pandas"),
        ImportError,
        "this needs the package pandas: pip install 'twincities[pandas]'",
    ),
]


def test_every_error_is_in_the_table() -> None:
    """The table above has every public error class; all have one base, which is only an `Exception`."""
    classes = {getattr(tc, name) for name in tc.__all__ if name.endswith("Error")} - {tc.TwinCitiesError}
    assert {type(error) for error, _, _ in ERRORS} == classes
    assert tc.TwinCitiesError.__bases__ == (Exception,)
    assert str(tc.TwinCitiesError()) == ""


@pytest.mark.parametrize(("error", "standard", "message"), ERRORS, ids=lambda value: type(value).__name__)
def test_errors_are_caught_printed_and_pickled(
    error: tc.TwinCitiesError, standard: type[Exception], message: str
) -> None:
    """Each error is of the base class and a standard class, has a readable message, and pickles and copies whole."""
    assert isinstance(error, tc.TwinCitiesError)
    assert isinstance(error, standard)
    assert standard.__module__ == "builtins"
    assert str(error) == message
    pickled = [pickle.loads(pickle.dumps(error, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
    for again in (*pickled, copy.copy(error), copy.deepcopy(error)):
        assert type(again) is type(error)
        assert str(again) == message
        assert vars(again) == vars(error)


def test_an_ambiguous_name_has_all_candidates() -> None:
    """Ten candidates are shown, `.candidates` has all."""
    assert len(tc.AmbiguousCityError("x", [f"c{n}" for n in range(12)]).candidates) == 12


def test_a_problem_is_a_path_and_a_message() -> None:
    """A problem unpacks into its path and its message, and prints as both."""
    problem = tc.Problem("$.since", "expected a date")
    path, message = problem
    assert (path, message) == ("$.since", "expected a date")
    assert str(problem) == "$.since: expected a date"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a", "'a'"),
        ("a\nb", "'a\\nb'"),
        ("a\x1b[31m\nb", r"'a\x1b[31m\nb'"),
        ("x" * 60, f"'{'x' * 60}'"),
        ("x" * 61, f"'{'x' * 60}…'"),
        (5, "5"),
        (10**60, str(10**60)),
        (10**60 + 1, "a whole number of very many digits"),
        pytest.param(10**5000, "a whole number of very many digits", id="huge"),
        pytest.param(-(10**5000), "a whole number of very many digits", id="-huge"),
        (None, "None"),
        ([1, 2], "list of 2"),
        ({}, "dict of 0"),
        ((1,), "tuple of 1"),
        ({1}, "set of 1"),
        (frozenset(), "frozenset of 0"),
        (b"x" * 200, f"b'{'x' * 78}…"),
    ],
)
def test_values_in_messages_are_short_and_on_one_line(value: Any, text: str) -> None:
    """A message shows the value given, cut to length and with control characters escaped."""
    assert errors.shown(value) == text


@given(st.text(st.characters(exclude_categories=())) | JSON_VALUES)
def test_values_in_messages_can_be_printed(value: Any) -> None:
    """A value in a message is printable, short, and can be encoded as UTF-8."""
    shown = errors.shown(value)
    assert shown.isprintable()
    assert len(shown) <= 81
    shown.encode()
