"""
Wrong arguments of pages, lists, calendars and cards: an error says what was expected, and nothing is written.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import twincities as tc
from twincities import display, publish

KUOPIO = tc.load()
CITY = KUOPIO.city("Kuopio")
TIES = KUOPIO.partners("Kuopio")
page = partial(publish.page_html, KUOPIO, CITY, picture=False)
DATA = "expected a Dataset, got"
TEXT = "expected text as {}, got"

# The function of one argument, what it expects, and what else it takes.
EXPECTED: list[tuple[Callable[[Any], object], str, tuple[Any, ...]]] = [
    (lambda given: publish.page_html(given, CITY), DATA, ()),
    (lambda given: publish.page_html(KUOPIO, given), "expected a City as city=, got", ()),
    (lambda given: page(title=given), TEXT.format("title="), (None, "x")),
    (lambda given: page(statement=given), TEXT.format("statement="), (None, "x")),
    (lambda given: page(feedback=given), TEXT.format("feedback="), (None, "x")),
    (lambda given: page(data=given), TEXT.format("data="), (None, "x")),
    (lambda given: page(fragment=True, versions=given), "expected versions= as addresses by language, got", (None, {})),
    (lambda given: page(versions={"fi": given}), TEXT.format("an address in versions="), ("x",)),
    (lambda given: page(years=given), "expected years= as|expected years as years=, got", (None, {}, [3])),
    (lambda given: page(fragment=True, updated=given), "^updated=: expected a date", (None,)),
    (lambda given: page(report=given), "expected a function as report=, got", (None,)),
    (lambda given: KUOPIO.write_page("x.html", title=given, picture=False), TEXT.format("title="), (None, "x")),
    (lambda given: KUOPIO.write_page("x.html", city=given, picture=False), "expected a city|unknown city", (None,)),
    (publish.list_rows, r"expected ties, as partners\(\) returns them, got", ({},)),
    (publish.list_html, r"expected ties, as partners\(\) returns them, got", ({},)),
    (lambda given: publish.list_html(TIES, title=given), TEXT.format("title="), (None, "x")),
    (lambda given: publish.list_rows(TIES, columns=given), "expected (columns= (among|as)|names of columns)", (None,)),
    (lambda given: TIES.to_csv(style=given), "expected style= as 'data' or 'list', got", ()),
    (lambda given: TIES.to_csv(columns=given), "expected (columns= (among|as)|names of columns)", (None,)),
    (display.date_in, "expected an EdtfDate or an EdtfInterval, got", ()),
    (display.number_in, "expected a number, got", (3, -1.5)),
    (display.people_in, "expected a Population as population, got", ()),
    (display.country_in, TEXT.format("the code of a country"), ("x",)),
    (lambda given: display.card(CITY, rows=given), "expected rows= as a whole number of 1 or more, got", (None, 3)),
    (lambda given: display.framed("", given), "expected a BCP 47 tag such as 'fi', got", ()),
    (display.framed, TEXT.format("HTML"), ("x",)),
    (lambda given: display.html_table(given, []), "expected cells as headings, got", ([3], [None], {})),
    (lambda given: display.html_table(["a"], given), "expected rows of cells as rows|cells as a row", ({},)),
    (lambda given: display.html_table(["a"], [given]), "expected cells as a row, got", ([3], [None], {})),
]


@pytest.mark.parametrize("given", [None, 3, "x", b"x", [3], [None], {}, -1.5, ...], ids=repr)
@pytest.mark.parametrize("use", range(len(EXPECTED)))
def test_a_wrong_argument_says_what_was_expected(
    use: int, given: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever isn't of the kind that an argument takes is refused as such."""
    monkeypatch.chdir(tmp_path)
    function, expected, takes = EXPECTED[use]
    if any(type(given) is type(one) and given == one for one in takes):
        function(given)
        return
    with pytest.raises(tc.TwinCitiesError, match=expected):
        function(given)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("use", "expected"),
    [
        (lambda: publish.calendar_bytes("x"), DATA),  # type: ignore[arg-type]
        (lambda: publish.calendar_bytes(KUOPIO, "Kuopio"), "expected a City as city=, got 'Kuopio'"),  # type: ignore[arg-type]
        (lambda: KUOPIO.to_ics(years=2027), "expected years as years=, got 2027"),  # type: ignore[arg-type]
        (lambda: KUOPIO.to_ics(years="2027"), "expected years as years=, got '2027'"),  # type: ignore[arg-type]
        (lambda: KUOPIO.to_ics(years=[None]), "expected years= as a whole number from 1 to 9999, got None"),  # type: ignore[list-item]
        (lambda: KUOPIO.to_ics(every=None), "expected every= as a whole number from 1 to 9999, got None"),  # type: ignore[arg-type]
        (lambda: KUOPIO.to_ics(alarm=-1), "expected alarm= as a whole number from 0 to 9999, got -1"),
    ],
)
def test_a_wrong_argument_of_a_calendar(use: Callable[[], object], expected: str) -> None:
    """The same for calendars, which need icalendar."""
    pytest.importorskip("icalendar")
    with pytest.raises(tc.QueryError, match=expected):
        use()


def test_a_title_of_lone_surrogates_is_refused() -> None:
    """Text that no file can hold is refused before the page is made."""
    with pytest.raises(tc.QueryError, match="as title="):
        page(title="\ud800")
