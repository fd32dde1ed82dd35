"""
Errors: one base class, readable messages, the same after pickling.
"""

from __future__ import annotations

import pickle

import pytest

import twincities as tc
from twincities import errors

ERRORS: dict[str, tuple[Exception, type[Exception], str]] = {
    "AmbiguousCityError": (
        tc.AmbiguousCityError("Gera", ["gera", "gera-2"]),
        LookupError,
        "'Gera' is the name of 2 cities: gera, gera-2; ask by id or give country=",
    ),
    "DatasetError": (
        tc.DatasetError([tc.Problem("$.a", "wrong")], "x.json"),
        ValueError,
        "$.a in x.json: wrong",
    ),
    "FormatVersionError": (
        tc.FormatVersionError("twincities/2", "twincities/1", "x.json"),
        ValueError,
        "$.format in x.json: expected format 'twincities/1', got 'twincities/2': a newer twincities may read it",
    ),
    "InvalidDateError": (tc.InvalidDateError("x\n", "expected a date"), ValueError, r"expected a date, got 'x\n'"),
    "InvalidRecordError": (
        tc.InvalidRecordError("City", [tc.Problem("$.id", "wrong"), tc.Problem("$.name", "blank")]),
        ValueError,
        "City: $.id: wrong; $.name: blank",
    ),
    "FetchError": (
        tc.FetchError("https://x.example", "expected an answer", 500, "again"),
        OSError,
        "expected an answer (https://x.example); again",
    ),
    "MergeConflictError": (
        tc.MergeConflictError(["a: since is 1 or 2"]),
        ValueError,
        "1 conflict:\n  a: since is 1 or 2\ngive prefer='first', 'second', or a function that is asked about each conflict",
    ),
    "MissingDependencyError": (
        tc.MissingDependencyError("pandas", "pandas"),
        ImportError,
        "this needs the package pandas: pip install 'twincities[pandas]'",
    ),
    "QueryError": (tc.QueryError("expected a word"), ValueError, "expected a word"),
    "SelectionError": (tc.SelectionError("expected exactly one, got 2"), LookupError, "expected exactly one, got 2"),
    "UnknownAreaError": (
        tc.UnknownAreaError("sprot", ["sport", "trade"]),
        KeyError,
        "unknown cooperation area 'sprot'; did you mean 'sport' or 'trade'?",
    ),
    "UnknownCityError": (
        tc.UnknownCityError("Kupio", ["Kuopio"], "no such city in SE"),
        KeyError,
        "unknown city 'Kupio'; did you mean 'Kuopio'?; no such city in SE",
    ),
    "UnknownCountryError": (tc.UnknownCountryError("Narnia"), KeyError, "unknown country 'Narnia'"),
    "UnknownDatasetError": (tc.UnknownDatasetError("x"), KeyError, "unknown data set 'x'"),
    "UnknownKindError": (tc.UnknownKindError("x"), KeyError, "unknown kind of partnership 'x'"),
    "UnknownNameError": (tc.UnknownNameError("x"), KeyError, "unknown name 'x'"),
    "UnknownNetworkError": (tc.UnknownNetworkError(5), KeyError, "unknown cooperation network 5"),
    "UnknownPartnershipError": (
        tc.UnknownPartnershipError(("a", "b")),
        KeyError,
        "no partnership between 'a' and 'b'",
    ),
    "UnknownSourceError": (tc.UnknownSourceError("x" * 100), KeyError, "unknown source '" + "x" * 60 + "…'"),
    "UnknownStatusError": (tc.UnknownStatusError("x"), KeyError, "unknown status 'x'"),
}


def test_every_error_is_in_the_table() -> None:
    """The table below has every error class; all have one base, which is only an `Exception`."""
    names = {name for name in tc.__all__ if name.endswith("Error")} - {"TwinCitiesError"}
    assert set(ERRORS) == names
    assert tc.TwinCitiesError.__bases__ == (Exception,)
    assert str(tc.TwinCitiesError()) == ""


@pytest.mark.parametrize("name", ERRORS)
def test_errors_are_caught_printed_and_pickled(name: str) -> None:
    """Each error is of the base class and a standard class, has a readable message, and is the same after pickling."""
    error, base, text = ERRORS[name]
    assert type(error) is getattr(tc, name)
    assert isinstance(error, tc.TwinCitiesError)
    assert isinstance(error, base)
    assert base.__module__ == "builtins"
    assert str(error) == text
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(error, protocol))
        assert type(again) is type(error)
        assert str(again) == text
        assert vars(again) == vars(error)


def test_an_ambiguous_name_of_very_many_cities_is_cut() -> None:
    """Ten candidates are shown, `.candidates` has all."""
    error = tc.AmbiguousCityError("x", [f"c{n}" for n in range(12)])
    assert "c9 …; ask" in str(error)
    assert "c10" not in str(error)
    assert len(error.candidates) == 12


def test_a_partnership_asked_for_by_no_pair_says_so() -> None:
    """The key of a partnership is a pair, and the error says so if another key was given."""
    assert str(tc.UnknownPartnershipError("a")) == "no partnership 'a'; expected a pair of city ids"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\x1b[31m\nb", r"'a\x1b[31m\nb'"),
        ("x" * 61, "'" + "x" * 60 + "…'"),
        ([1, 2], "list of 2"),
        ({}, "dict of 0"),
        (frozenset("a"), "frozenset of 1"),
        (10**5000, "a whole number of very many digits"),
        (-(10**61), "a whole number of very many digits"),
        (12, "12"),
        (b"x" * 200, repr(b"x" * 200)[:80] + "…"),
    ],
    ids=["controls", "long", "list", "dict", "set", "digits", "negative", "int", "bytes"],
)
def test_values_in_messages_are_short_and_on_one_line(value: object, text: str) -> None:
    """A message shows the value given, cut to length and with control characters escaped."""
    assert errors.shown(value) == text
