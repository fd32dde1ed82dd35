"""
A wrong argument is an error of the library that says what was expected.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import twincities as tc
from twincities.interop import arrow, geojson, rows

KUOPIO = tc.load("kuopio")
TIES = KUOPIO.partners("Kuopio")
NEEDED = {"write_parquet": "pyarrow", "to_excel": "openpyxl", "graphml": "networkx", "ttl": "rdflib"}


def skip_without(used: str) -> None:
    """Skip the test if what is *used* needs a package that isn't there."""
    if used in NEEDED:
        pytest.importorskip(NEEDED[used])


@pytest.mark.parametrize("lang", [["fi"], {}, 3, "fi_FI"], ids=repr)
@pytest.mark.parametrize("ask", [KUOPIO.city("Kuopio").label, lambda lang: TIES.to_dicts(lang=lang)])
def test_a_language_is_a_tag(ask: Callable[[Any], object], lang: object) -> None:
    """Anything other than a BCP 47 tag is refused as a language, whether or not it can be hashed."""
    with pytest.raises(tc.QueryError, match="expected a BCP 47 tag such as 'fi', got"):
        ask(lang)


@pytest.mark.parametrize("code", [["fi"], {}, 3, None], ids=repr)
@pytest.mark.parametrize("ask", [tc.country_name, tc.language_name])
def test_a_code_is_text(ask: Callable[[Any], object], code: object) -> None:
    """A country and a language are named by code; anything other than text is refused, not returned."""
    with pytest.raises(tc.QueryError, match="expected a code as text, such as 'FI' or 'fi', got"):
        ask(code)


@pytest.mark.parametrize("other", [None, 3, (62.9, 27.7), KUOPIO.city("Kuopio")], ids=type)
def test_a_distance_is_to_coordinates(other: Any) -> None:
    """A distance from a point is refused to anything but a point."""
    with pytest.raises(tc.QueryError, match="expected Coordinates, got"):
        tc.Coordinates(latitude=62.9, longitude=27.7).distance_km(other)


def test_measures_and_workbooks_check_their_arguments(tmp_path: Path) -> None:
    """The seed of measures is a whole number, and the sheets of a workbook are frames."""
    pytest.importorskip("networkx")
    pytest.importorskip("openpyxl")
    from twincities.interop import frames, graph

    with pytest.raises(tc.QueryError, match="expected seed= as a whole number of 0 or more, got 'x'"):
        graph.measures(KUOPIO, seed="x")  # type: ignore[arg-type]
    with pytest.raises(tc.QueryError, match="expected frames by the names of their sheets, got 3 as 'cities'"):
        frames.write_excel({"cities": 3}, tmp_path / "k.xlsx")


@pytest.mark.parametrize("ending", ["json", "csv", "sqlite"])
def test_every_format_checks_what_it_is_given(ending: str, tmp_path: Path) -> None:
    """The language and the function for reports are checked by formats that don't use them, too; no file is made."""
    with pytest.raises(tc.QueryError, match="expected a BCP 47 tag"):
        KUOPIO.write(tmp_path / f"k.{ending}", lang="fi_FI")
    with pytest.raises(tc.QueryError, match="expected a function as report=, got 3"):
        KUOPIO.write(tmp_path / f"k.{ending}", report=3)  # type: ignore[arg-type]
    with pytest.raises(tc.QueryError, match="expected a function as report=, got 3"):
        tc.read(tmp_path / f"k.{ending}", report=3)  # type: ignore[arg-type]
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("ties", [3, None, "x", [3], TIES[0], KUOPIO.cities.values()], ids=repr)
@pytest.mark.parametrize("convert", [geojson.tie_features, arrow.ties_table])
def test_ties_are_ties(convert: Callable[[Any], object], ties: object) -> None:
    """Functions of ties refuse anything else, and iterables of anything else."""
    with pytest.raises(tc.QueryError, match=r"expected ties, as partners\(\) returns them, got"):
        convert(ties)


def test_rows_of_csv_are_dicts() -> None:
    """The rows of a CSV file are dicts, in something that can be iterated."""
    with pytest.raises(tc.QueryError, match="expected a dict as each row, got 'x' as row 0"):
        rows.to_csv(["x"], ["a"])  # type: ignore[list-item]
    with pytest.raises(tc.QueryError, match="expected rows and columns, got 3 and"):
        rows.to_csv(3, ["a"])  # type: ignore[arg-type]


@pytest.mark.parametrize("read", [tc.from_json, tc.from_jsonl])
def test_the_name_of_a_file_is_no_document(read: Callable[[str], object]) -> None:
    """A path given as a document: the error names the function that reads files."""
    with pytest.raises(tc.DatasetError, match=r"expected JSON, got 'kuopio\.json': a file is read by twincities\.read"):
        read("kuopio.json")


def test_an_unknown_word_lists_few_choices() -> None:
    """Without a similar name, an unknown network is answered with the networks if there are at most ten."""
    with pytest.raises(tc.UnknownNetworkError, match=r"'zzqq'; expected one of nordic, kuopio-shanghai$"):
        KUOPIO.network("zzqq")
    with pytest.raises(tc.UnknownAreaError, match=r"'zzqq'$"):
        TIES.where(area="zzqq")


def test_candidates_are_told_apart_by_place() -> None:
    """The error for an ambiguous name has each candidate's subdivision, or else its country, if known."""
    cities = [
        tc.City(id="a", name="X", country_code="US", subdivision_codes=["US-IL"]),
        tc.City(id="b", name="X", country_code="FI"),
        tc.City(id="c", name="X"),
    ]
    with pytest.raises(tc.AmbiguousCityError, match=r"a \(US-IL\), b \(FI\), c; ask by id") as caught:
        tc.Dataset(cities=cities).city("X")
    assert caught.value.places == ("US-IL", "FI", None)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_the_city_of_a_table_is_chosen_by_id() -> None:
    """If several cities have the name in `city=`, the error has the region or country and population of each."""
    from twincities.sources.table import read_table

    cities = [tc.City(id=f"x-{code}", name="X", country_code=code.upper(), populations=[]) for code in ("fi", "se")]
    expected = r"'X' is the name of 2 cities; give an id in city=; candidates: X, FI \(x-fi\); X, SE \(x-se\)"
    with pytest.raises(tc.QueryError, match=expected):
        read_table([{"Partner": "Y"}], city="X", places=tc.Dataset(cities=cities))


@pytest.mark.parametrize("path", [3, None, b"x.json", [], "", object()], ids=lambda path: type(path).__name__)
@pytest.mark.parametrize("use", [tc.read, KUOPIO.write, KUOPIO.write_parquet, KUOPIO.write_page, TIES.to_excel])
def test_a_path_is_text_or_a_path(use: Any, path: object) -> None:
    """Anything else is refused as the path of a file or a folder, before a file is touched."""
    skip_without(use.__name__)
    with pytest.raises(tc.QueryError, match="expected a path, got"):
        use(path)


@pytest.mark.parametrize("name", ["a\0b.json", "\ud800.json"], ids=["NUL", "lone surrogate"])
@pytest.mark.parametrize("use", [tc.read, KUOPIO.write, KUOPIO.write_parquet, TIES.to_csv, TIES.to_geojson])
def test_a_path_is_a_name_that_a_file_can_have(use: Any, name: str) -> None:
    """A name that no file system takes is refused like anything else that is no path."""
    skip_without(use.__name__)
    with pytest.raises(tc.QueryError, match="expected a name that a file can have, got"):
        use(name)


@pytest.mark.parametrize("max_bytes", [None, "1000", 1e6, float("nan")], ids=repr)
@pytest.mark.parametrize("ending", ["json", "jsonl", "csv", "sqlite", "graphml", "ttl"])
def test_a_bound_is_a_whole_number(tmp_path: Path, ending: str, max_bytes: Any) -> None:
    """Every reader refuses anything else as the most bytes that a file may have."""
    skip_without(ending)
    path = tmp_path / f"k.{ending}"
    KUOPIO.write(path)
    with pytest.raises(tc.QueryError, match="expected max_bytes= as a whole number, got"):
        tc.read(path, max_bytes=max_bytes)


@pytest.mark.parametrize("number", [0, -1, True, None, "3", 2.0, 10**5000], ids=lambda number: type(number).__name__)
def test_a_number_is_whole_and_in_range(number: Any) -> None:
    """A limit, a year and a distance of years are whole numbers in range; truth values aren't."""
    for ask in (lambda: KUOPIO.anniversaries(number), lambda: KUOPIO.anniversaries(2030, every=number)):
        with pytest.raises(tc.QueryError, match=r"expected (year|every=) as a whole number from 1 to 9999, got"):
            ask()
    if number is not None and number != 10**5000:  # these are limits
        with pytest.raises(tc.QueryError, match="expected limit= as a whole number of 1 or more, got"):
            KUOPIO.search("x", limit=number)
