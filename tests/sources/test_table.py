"""
Reading tables: what has a single meaning is read, everything else is reported with its line, and nothing is guessed.
"""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from generators import graphs
from hypothesis import given, settings
from hypothesis import strategies as st

import twincities as tc
from twincities.interop.rows import PARTNERSHIP_COLUMNS, TIE_COLUMNS
from twincities.query.names import slug
from twincities.sources.table import Candidate, TableReading, read_table

KUOPIO = tc.load()
DAY, NOON = datetime(1980, 5, 12), datetime(1980, 5, 12, 13)  # noqa: DTZ001  # as workbooks and frames have them
NEITHER_READ = {"networks", "distance_km", "summary", "asserted_by"}


def read(text: str, *args: Any, **kwargs: Any) -> TableReading:
    """The reading of a CSV text."""
    return read_table(io.StringIO(text), *args, **kwargs)


def one(text: str, **kwargs: Any) -> tc.Partnership:
    """The only partnership of a CSV text, nothing of which is wrong."""
    (partnership,) = read(text, **kwargs).checked().partnerships.values()
    return partnership


def reported(reading: TableReading) -> list[tuple[int, str, str]]:
    """The place and text of what couldn't be read."""
    return [(problem.line, problem.column, problem.text) for problem in reading.problems]


def facts(ds: tc.Dataset) -> dict[tuple[str, str], tuple[Any, ...]]:
    """What rows can say of each tie."""
    return {
        pair: (tie.kind, tie.status, tie.since, tie.until, tie.status_since) for pair, tie in ds.partnerships.items()
    }


# -- what we write is read back --------------------------------------------------------------------

langs = st.sampled_from(["en", "fi", "sv"])
delimiters = st.sampled_from([",", ";", "\t"])


@settings(max_examples=40)
@given(graphs(), langs, delimiters)
def test_csv_of_the_whole_is_read_back(ds: tc.Dataset, lang: str, delimiter: str) -> None:
    """`Dataset.to_csv` gives the same pairs, dates, statuses and kinds, in every language and with every delimiter."""
    text = ds.to_csv(lang=lang, delimiter=delimiter)
    for places in (ds, None):
        reading = read(text, places=places)
        assert facts(reading.dataset) == facts(ds)
        assert reading.unresolved == ()
        assert {problem.column for problem in reading.problems} <= (set() if places else {"areas"})
        assert set(reading.unread) <= NEITHER_READ
        for id, city in reading.dataset.cities.items():
            if places is None:
                assert city.name == ds.cities[id].name
                assert city.country_code == ds.cities[id].country_code
            else:
                assert city == ds.cities[id]


@settings(max_examples=40)
@given(graphs(), langs, delimiters)
def test_csv_of_a_selection_is_read_back(ds: tc.Dataset, lang: str, delimiter: str) -> None:
    """`Selection.to_csv` gives the same ties and the places of the partners, coordinates to the last digit."""
    for city in ds.cities:
        ties = ds.partners(city)
        reading = read(ties.to_csv(lang=lang, delimiter=delimiter))
        expected = {tie.partnership.cities for tie in ties}
        assert facts(reading.dataset) == {pair: said for pair, said in facts(ds).items() if pair in expected}
        for tie in ties:
            again = reading.dataset.cities[tie.partner.id]
            assert (again.name, again.country_code) == (tie.partner.name, tie.partner.country_code)
            assert again.coordinates == tie.partner.coordinates


def test_areas_are_read_back() -> None:
    """Labels of areas become ids again, in every language; with the city's own names for them too."""
    for lang in ("en", "fi", "sv"):
        again = read(KUOPIO.to_csv(lang=lang), places=KUOPIO).checked()
        for pair in KUOPIO.partnerships:
            first, second = pair
            mine = {area.id for tie in KUOPIO.partners(first) if tie.partner.id == second for area in tie.areas}
            (activity,) = again.partnerships[pair].activities or (tc.Activity(),)
            assert set(activity.areas) == mine


def test_sources_are_read_back() -> None:
    """Ids of sources lead to the records of the data set that cities are looked up in."""
    again = read(KUOPIO.to_csv(), places=KUOPIO).checked()
    assert again.sources == KUOPIO.sources
    if "sources" in PARTNERSHIP_COLUMNS:
        assert {p: t.sources for p, t in again.partnerships.items()} == {
            p: t.sources for p, t in KUOPIO.partnerships.items()
        }


names = st.text(st.characters(exclude_categories=["Cs", "Cn"]), min_size=1, max_size=8).filter(
    lambda text: text.strip() and not text.strip().startswith("'")
)


@given(
    names, names, st.sampled_from(["", "  "]), st.sampled_from(["", "=", "-", "@", "\t", "＝", '"', "\n"]), delimiters
)
def test_quoting_and_the_guard_survive(first: str, second: str, before: str, start: str, delimiter: str) -> None:
    """Names with quotes, delimiters, line breaks and the starts of formulas come back, without white space around."""
    cities = [tc.City(id="a", name=before + start + first), tc.City(id="b", name=second)]
    ds = tc.Dataset(cities=cities, partnerships=[tc.Partnership(cities=("a", "b"))])
    again = read(ds.to_csv(delimiter=delimiter), delimiter=delimiter).checked()
    assert {id: city.name for id, city in again.cities.items()} == {id: c.name.strip() for id, c in ds.cities.items()}


def test_every_column_of_ours_is_known() -> None:
    """Of the columns that we write only those are left that follow from others, or that a row can't hold."""
    for columns in (TIE_COLUMNS, PARTNERSHIP_COLUMNS):
        reading = read_table([dict.fromkeys(columns) | {columns[0]: "A", columns[1]: "B"}])
        assert set(reading.unread) <= NEITHER_READ
        assert len(reading.checked().partnerships) == 1


# -- where tables come from ------------------------------------------------------------------------


def same(first: TableReading, second: TableReading) -> bool:
    """Whether two readings say the same, wherever the tables came from."""
    names = ("dataset", "unresolved", "problems", "unread", "made")
    return all(getattr(first, name) == getattr(second, name) for name in names)


MIXED = (
    "city,partner,since,latitude,longitude,population,status\n"
    "Kuopio,Opole,1980,50.67,17.92,120000,active\n"
    "Kuopio,Gera,,,,,perhaps\n"
    "Kuopio,,1972,50,,,\n"
)


def frames() -> list[Any]:
    """The table above as frames, as their packages read it."""
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    return [
        pandas.read_csv(io.StringIO(MIXED)),
        pandas.read_csv(io.StringIO(MIXED)).convert_dtypes(),
        pandas.read_csv(io.StringIO(MIXED), dtype=object),
        polars.read_csv(io.StringIO(MIXED)),
        polars.read_csv(io.StringIO(MIXED), infer_schema=False),
    ]


def test_frames_are_read_as_csv() -> None:
    """pandas and polars give the same reading as CSV, line numbers included, though they make floats of years."""
    from_csv = read(MIXED)
    assert reported(from_csv) == [(3, "status", "perhaps"), (4, "latitude", "50")]
    assert [(cell.line, cell.column) for cell in from_csv.unresolved] == [(4, "partner")]
    for frame in frames():
        reading = read_table(frame)
        assert reading.dataset == from_csv.dataset
        assert reading.unresolved == from_csv.unresolved
        assert [problem[:2] for problem in reading.problems] == [problem[:2] for problem in from_csv.problems]


def test_frames_of_ties_are_read_back() -> None:
    """The frames that a selection gives, of pandas and of polars, are read as the same data set, without a warning."""
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    ties = tc.load().ties()
    from_pandas, from_polars = read_table(ties.to_pandas()), read_table(ties.to_polars())
    assert from_pandas.checked() == from_polars.checked()
    assert from_pandas.unread == from_polars.unread
    assert len(from_polars.dataset.partnerships) == len(tc.load().partnerships)
    assert read_table(ties[:0].to_polars()).checked().partnerships == {}


cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="'"), max_size=5)


@settings(max_examples=40)
@given(st.lists(st.tuples(cells, cells, st.sampled_from(["1980", "x", "", "c. 1940"])), max_size=4))
def test_frames_of_any_text_are_read_as_dicts_are(rows: list[tuple[str, str, str]]) -> None:
    """Whatever the cells hold: dicts, pandas, polars and CSV agree."""
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    columns = ("city", "partner", "since")
    dicts = [dict.fromkeys(columns, "start"), *(dict(zip(columns, row, strict=True)) for row in rows)]
    reading = read_table(dicts)
    assert same(reading, read_table(pandas.DataFrame(dicts)))
    assert same(reading, read_table(polars.DataFrame(dicts)))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(dicts)
    from_csv = read(text.getvalue())
    assert from_csv.dataset == reading.dataset
    assert len(from_csv.unresolved) == len(reading.unresolved)


def test_dates_of_frames() -> None:
    """Dates of pandas and polars are days; a time of day is refused; missing ones are nothing."""
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    table = {"city": ["A"] * 3, "partner": ["B", "C", "D"], "since": [DAY, None, NOON]}
    for frame in (pandas.DataFrame(table), polars.DataFrame(table)):
        reading = read_table(frame)
        assert [str(tie.since) for tie in reading.dataset.partnerships.values()] == ["1980-05-12", "None", "None"]
        assert [problem.line for problem in reading.problems] == [4]
    (tie,) = read_table([{"city": "A", "partner": "B", "since": date(980, 5, 1)}]).checked().partnerships.values()
    assert str(tie.since) == "0980-05-01"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_files_of_every_kind(encoding: str, delimiter: str, line: str, tmp_path: Path) -> None:
    """Encoding, delimiter and line ends are found; a path, an open file and its bytes give the same."""
    path = tmp_path / "table.csv"
    text = line.join(["city,partner,latitude,longitude", 'Kuopio,"Győr",47.68,17.63', ""]).replace(",", delimiter)
    if delimiter == ";":
        text = text.replace(".", ",")
    path.write_bytes(text.encode(encoding))
    reading = read_table(path)
    assert reading.checked().cities["gyor"].coordinates == tc.Coordinates(latitude=47.68, longitude=17.63)
    assert reading.name == str(path)
    assert same(reading, read_table(str(path)))
    with path.open("rb") as binary:
        assert same(reading, read_table(binary))
    with path.open(encoding=encoding, newline="") as opened:
        assert same(reading, read_table(opened))


@pytest.mark.parametrize(
    ("content", "place", "message"),
    [
        (b"", "line 1", "got an empty table"),
        (b" , \n\n", "line 1", "got an empty table"),
        ("city,partner\nKuopio,Győr\n".encode("iso-8859-2"), "$", "byte 23 is neither"),
        (b"\xff\xfea", "$", "expected UTF-8 or UTF-16"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "$", "old Excel workbook: save it as .xlsx"),
        (b'city,partner\nA,B\nA,"C\nA,D\n', "line 3", "expected CSV (RFC 4180)"),
        (b'city,partner\nA,"B"C\n', "line 2", "expected CSV (RFC 4180)"),
        (b"x,y;z\nA,B\n", "line 1", "give delimiter="),
        (
            b"x,partner\nA,B\n",
            "line 1",
            "expected column city, got 'x', 'partner': give the city whose partners these are with city=",
        ),
        (
            b"city,town\nA,B\n",
            "line 1",
            "expected column partner, got 'city', 'town': give the heading of the partners",
        ),
        (b"city,City,partner\nA,A,B\n", "line 1", "expected one column city, got 'city' and 'City'"),
        (b"PK\x03\x04nonsense", "$", "expected a whole .xlsx workbook"),
    ],
    ids=["empty", "blank", "latin", "half", "xls", "open", "quote", "sniff", "city", "partner", "twice", "zip"],
)
def test_what_is_no_table_is_refused(content: bytes, place: str, message: str, tmp_path: Path) -> None:
    """A file that can't be read as a table is refused with the reason, the place and the file."""
    if content.startswith(b"PK"):
        pytest.importorskip("openpyxl")
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(tc.DatasetError) as caught:
        read_table(path)
    (problem,) = caught.value.problems
    assert problem.path == place
    assert message in problem.message
    assert caught.value.source == str(path)


@pytest.mark.parametrize("source", [None, 5, b"city,partner", {"city": "A"}, ["city"], "city,partner\nA,B"], ids=repr)
def test_what_is_no_source_is_refused(source: Any) -> None:
    """Anything but a file, a frame or dicts is refused; a text of several lines isn't taken for a path."""
    with pytest.raises(tc.QueryError, match="expected a"):
        read_table(source)


def test_an_open_sheet_of_a_workbook_is_refused() -> None:
    """A sheet of openpyxl has rows, but isn't a frame."""
    sheet = pytest.importorskip("openpyxl").Workbook().active
    sheet.append(["city", "partner"])
    with pytest.raises(tc.QueryError, match="expected a dict a row"):
        read_table(sheet)


# -- workbooks -------------------------------------------------------------------------------------


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    """A workbook with these sheets."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


ROWS = [
    ["City", "Partner", "Since", "Country", "Latitude", "Longitude"],
    ["Kuopio", "Windhoek", 1980, "NA", -22.56, 17.08],
    [],
    ["Kuopio", "Opole", DAY, "PL"],
]


def test_workbooks_are_read_as_csv(tmp_path: Path) -> None:
    """An .xlsx file gives what its CSV would: rows have the sheet's numbers, and NA is Namibia."""
    reading = read_table(workbook(tmp_path / "a.xlsx", Blatt1=[*ROWS, ["Kuopio", "Gera", "soon"]]))
    ties = reading.dataset.partnerships
    assert str(ties["kuopio", "windhoek"].since) == "1980"
    assert reading.dataset.cities["windhoek"].country_code == "NA"
    assert reading.dataset.cities["windhoek"].coordinates == tc.Coordinates(latitude=-22.56, longitude=17.08)
    assert str(ties["kuopio", "opole"].since) == "1980-05-12"
    assert reported(reading) == [(5, "Since", "soon")]


def test_the_sheet_is_asked_for_or_called_partnerships(tmp_path: Path) -> None:
    """Of several sheets the given one is read, else the one called partnerships; else the error names the sheets."""
    path = workbook(tmp_path / "a.xlsx", cities=[["id"]], Partnerships=ROWS)
    assert len(read_table(path).checked().partnerships) == 2
    with pytest.raises(tc.DatasetError, match="expected columns city and partner"):
        read_table(path, sheet="Cities")
    with pytest.raises(tc.QueryError, match="expected sheet= as one of 'cities', 'Partnerships', got 'x'"):
        read_table(path, sheet="x")
    other = workbook(tmp_path / "b.xlsx", a=ROWS, b=ROWS)
    with pytest.raises(tc.QueryError, match="expected sheet= as one of 'a', 'b'"):
        read_table(other)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"delimiter": "#"}, "a comma, a semicolon, a tab or |"),
        ({"encoding": "cp1252"}, "expected encoding= with a file of bytes"),
        ({"places": 5}, "expected places= as a data set or a gazetteer"),
        ({"words": {"voimassa": "perhaps"}}, "expected a status, kind, area or country for 'voimassa' in words="),
        ({"lang": "fi_FI"}, "BCP 47"),
        ({"sheet": "x"}, "expected sheet= with a workbook"),
        ({"city": "A"}, "got both"),
        ({"city": " "}, "expected city= as the name or id"),
        ({"city": 5}, "expected city= as the name or id"),
    ],
    ids=repr,
)
def test_arguments_that_do_not_fit_are_refused(arguments: dict[str, Any], message: str) -> None:
    """An argument that the table has no use for is an error, not ignored."""
    with pytest.raises(tc.QueryError, match=message):
        read("city,partner\nA,B\n", **arguments)


def test_arguments_of_files_do_not_fit_others(tmp_path: Path) -> None:
    """Frames have no delimiter and no sheets, workbooks no delimiter."""
    with pytest.raises(tc.QueryError, match="only with a file"):
        read_table([{"city": "A", "partner": "B"}], sheet="x")
    with pytest.raises(tc.QueryError, match="with CSV, got a workbook"):
        read_table(workbook(tmp_path / "a.xlsx", a=ROWS), delimiter=",")


# -- columns ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headings",
    [
        "City,Partner,Country,Status,Since",
        "CITY_1,city 2,country_2,status,since",
        "Kaupunki,Kumppani,Maa,Tila,Alkaen",
        "stad,vänort,land,STATUS,sedan",
    ],
)
def test_headings_are_known(headings: str) -> None:
    """Our headings are known, and common ones in English, Finnish and Swedish, whatever their case."""
    ds = read(f"{headings}\nKuopio,Opole,Puola,aktiivinen,1980\n").checked()
    assert ds.cities["opole"].country_code == "PL"
    assert ds.partnership("Kuopio", "Opole").status == "active"
    assert str(ds.partnership("Kuopio", "Opole").since) == "1980"


def test_a_bare_country_is_the_partners() -> None:
    """`country` is of the partner, as in our rows; beside `partner_country` it is of the city."""
    ds = read("city,country,partner\nKuopio,PL,Opole\n").checked()
    assert (ds.cities["kuopio"].country_code, ds.cities["opole"].country_code) == (None, "PL")
    ds = read("city,country,partner,partner_country\nKuopio,FI,Opole,PL\n").checked()
    assert (ds.cities["kuopio"].country_code, ds.cities["opole"].country_code) == ("FI", "PL")


def test_a_mapping_adds_to_known_headings() -> None:
    """A mapping names headings that aren't known, or leaves a column unread; the others are read as ever."""
    text = "A;B;C;Status\nKuopio;Gera;1972;ended\n"
    reading = read(text, {"city": "A", "partner": "b", "since": "C"})
    (tie,) = reading.checked().partnerships.values()
    assert (str(tie.since), tie.status) == ("1972", "ended")
    reading = read(text, {"city": "A", "partner": "B", "status": None})
    (tie,) = reading.checked().partnerships.values()
    assert (tie.since, tie.status) == (None, None)
    assert reading.unread == ("C", "Status")
    assert read("city,partner,sinse\nA,B,1980\n").unread == ("sinse",)


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"sinse": "Since"}, "did you mean 'since'"),
        ({5: "Since"}, "expected the keys of columns= among city"),
        ({"zzzzzz": "Since"}, "got 'zzzzzz'$"),
        ({"since": "Beginn"}, "expected one heading 'Beginn' among 'City', 'Partner', 'Since', 'SINCE', got none"),
        ({"since": 5}, "got none"),
        ({"since": "since"}, "got two of them"),
        ({"city": "City", "city_1": "Partner"}, "got city twice"),
    ],
    ids=repr,
)
def test_mistakes_in_the_mapping_are_reported(columns: Any, message: str) -> None:
    """A key or a heading that isn't there is an error that says what is."""
    with pytest.raises(tc.QueryError, match=message):
        read("City,Partner,Since,SINCE\nA,B,1980,1980\n", columns)


def test_the_city_of_all_rows() -> None:
    """A list of the partners of one city needs no column of it."""
    reading = read("Ystävyyskaupunki;Maa\nOpole;Puola\nGera;Saksa\n", city="Kuopio")
    assert reading.checked().partners("Kuopio").count_by("country") == {"PL": 1, "DE": 1}
    assert read("partner\nOpole\nGera\n", city="Kuopion kaupunki", places=None).made[0] == "kuopion-kaupunki"
    ds = read("partner\nOpole\nGera\n", city="kuopio", places=KUOPIO).checked()
    assert set(ds.partnerships) == {("kuopio", "opole"), ("gera", "kuopio")}
    with pytest.raises(tc.QueryError, match="expected one city in city=: unknown city 'Kupio'"):
        read("partner\nOpole\n", city="Kupio", places=KUOPIO)


def test_cells_beyond_the_headings_are_reported() -> None:
    """A row with more cells than headings isn't cut in silence; one with fewer has empty ones."""
    reading = read("city,partner,since\nA,B,1980,ended,\nA,C\n")
    assert reported(reading) == [(2, "column 4", "ended")]
    assert len(reading.dataset.partnerships) == 2


# -- cells -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("1980", "1980"),
        ("1980.0", "1980"),
        ("1980-05-12", "1980-05-12"),
        ("1980-5-2", "1980-05-02"),
        ("1980/05/12", "1980-05-12"),
        ("1980.5.12", "1980-05-12"),
        ("1980-05-12 00:00:00", "1980-05-12"),
        ("1980-05", "1980-05"),
        ("5/1980", "1980-05"),
        ("05.1980", "1980-05"),
        ("12.5.1980", "1980-05-12"),
        ("12. 5. 1980", "1980-05-12"),
        ("25/12/1980", "1980-12-25"),
        ("12/25/1980", "1980-12-25"),
        ("5-5-1980", "1980-05-05"),
        ("194X", "194X"),
        ("194x", "194X"),
        ("1940s", "194X"),
        ("1940-luku", "194X"),
        ("1940-talet", "194X"),
        ("19xx", "19XX"),
        ("1985-XX-XX", "1985-XX-XX"),
        ("1972?", "1972?"),
        ("1972 ?", "1972?"),
        ("1965~", "1965~"),
        ("c. 1980", "1980~"),
        ("C1980", "1980~"),
        ("ca. 1980", "1980~"),
        ("circa 1940s", "194X~"),
        ("about 12.5.1980", "1980-05-12~"),
        ("noin 1980", "1980~"),
        ("n. 1980", "1980~"),
        ("omkring 1980", "1980~"),
        ("~1980", "1980~"),
        ("c. 1965?", "1965%"),
        ("c. 1965~", "1965~"),
        ("c. 1985-XX", "1985-XX~"),
    ],
)
def test_dates_that_can_be_read_one_way(text: str, edtf: str) -> None:
    """EDTF is read as it is, and what people type where it can mean one date only."""
    assert str(one(f"city,partner,since\nA,B,{text}\n").since) == edtf


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("5/12/1980", "(1980-05-12 or 1980-12-05)"),
        ("5-12-1980", "which can be read as both"),
        ("1900s", "expected 190X for ten years or 19XX for a hundred"),
        ("12.5.80", "expected a year of four digits"),
        ("'80", "expected a year of four digits"),
        ("80", "expected a year of four digits"),
        ("29353", "which is 1980-05-12 if a workbook counted its days"),
        ("1980/1990", "expected one date; the end has a column of its own"),
        ("1956-1986", "expected one date; the end has a column of its own"),
        ("2008/09", "which may be two years"),
        ("1960/61", "which may be two years"),
        ("ennen 1970", "expected a date"),
        ("60er", "expected a decade with its century"),
        ("1961*", "expected a date such as"),
        ("31.2.1980", "expected a day from 01 to 29"),
        ("13/13/1980", "expected a month from 01 to 12"),
        ("1980-05-12T13:00", "without a time of day"),
        ("c. soon", "expected a date such as"),
        ("c.", "expected a date such as"),
    ],
)
def test_dates_that_cannot_are_reported(text: str, message: str) -> None:
    """A date with two meanings or none is reported; the tie is read without it."""
    reading = read(f"city,partner,since\nA,B,{text}\n")
    (problem,) = reading.problems
    assert problem[:3] == (2, "since", text)
    assert message in problem.message
    assert reading.dataset.partnership("A", "B").since is None
    with pytest.raises(tc.DatasetError, match="line 2, since: "):
        reading.checked()


@pytest.mark.parametrize("cell", [True, [1980], b"1980", NOON, 10**30, "\ud800", float("inf")], ids=repr)
def test_cells_of_other_types_are_reported(cell: Any) -> None:
    """A cell that is neither text nor a number nor a day is reported, whatever its type."""
    (problem,) = read_table([{"city": "A", "partner": "B", "since": cell}]).problems
    assert problem.message.startswith("expected")


@pytest.mark.parametrize(
    ("column", "text", "message"),
    [
        ("status", "perhaps", "expected one of active, dormant, suspended, ended"),
        ("status", "aktivinen", "did you mean 'aktiivinen'"),
        ("kind", "marriage", "expected one of twinning, friendship, contact, project"),
        ("place_kind", "metropolis", "expected one of city, town"),
        ("population", "many", "expected a number of people"),
        ("population", "12,5", "expected a number of people"),
        ("population", "1,234.567", "expected a number of people"),
        ("population", "1" * 24, "expected a number of people"),
        ("wikidata_id", "1757", "expected a Wikidata id"),
        ("geonames_id", "Q1757", "expected a GeoNames id"),
        ("partner_id", "a b", "expected an id of ASCII letters"),
        ("areas", "culture; sprot", "unknown cooperation area 'sprot'; did you mean 'sport'"),
        ("latitude", "62", "expected both latitude and longitude, got one of them"),
        ("longitude", "27", "expected both latitude and longitude, got one of them"),
    ],
)
def test_what_cannot_be_read_is_reported(column: str, text: str, message: str) -> None:
    """Each cell that can't be read is reported with line, column and text; the rest of the row is read."""
    rows = [{"city": "A", "partner": "B", column: ""}, {"city": "A", "partner": "C", column: text}]
    reading = read_table(rows)
    (problem,) = reading.problems
    assert problem[:3] == (3, column, text)
    assert message in problem.message
    assert len(reading.dataset.partnerships) == 2


@pytest.mark.parametrize(
    ("latitude", "longitude", "wrong"),
    [
        ("62,89", "27.67", []),
        ("−33.9", "+18.4", []),
        ("1e-05", "0", []),
        ("91", "27", ["latitude"]),
        ("27", "181", ["longitude"]),
        ("62° N", "27", ["latitude"]),
        ("inf", "1e999", ["latitude", "longitude"]),
    ],
)
def test_coordinates(latitude: str, longitude: str, wrong: list[str]) -> None:
    """Degrees have a decimal point or comma; both are there or none, and within bounds."""
    row = {"city": "A", "partner": "B", "latitude": latitude, "longitude": longitude}
    reading = read_table([row])
    assert [problem.column for problem in reading.problems] == wrong
    assert (reading.dataset.cities["b"].coordinates is None) == bool(wrong)


def test_numbers_and_ids_as_people_type_them() -> None:
    """Thousands may stand apart, ids may be addresses of pages."""
    for text in ("120000", "120 000", "120,000", "120.000", "120\u00a0000", "120000.0"):
        city = read_table([{"city": "A", "partner": "B", "population": text}]).checked().cities["b"]
        assert city.population == 120000
    ids = [
        ("Q1757", "650224"),
        ("q1757", "650224.0"),
        ("https://www.wikidata.org/wiki/Q1757", "https://www.geonames.org/650224/kuopio.html"),
        ("http://www.wikidata.org/entity/Q1757", "https://sws.geonames.org/650224/"),
    ]
    for wikidata, geonames in ids:
        row = {"city": "A", "partner": "B", "wikidata_id": wikidata, "geonames_id": geonames}
        city = read_table([row]).checked().cities["b"]
        assert (city.wikidata_id, city.geonames_id) == ("Q1757", "650224")


def test_words_in_every_language() -> None:
    """Statuses, kinds and kinds of place are words or labels in any shipped language, whatever their case."""
    text = "city,partner,status,kind,place_kind\nA,B,Päättynyt,VÄNORT,kommun\nA,C,ended,twinning,Kunta\n"
    ds = read(text).checked()
    for tie in ds.partners("A"):
        assert (tie.status, tie.kind, tie.partner.kind) == ("ended", "twinning", "municipality")


def test_areas_by_label() -> None:
    """Areas stand between semicolons, commas or line breaks; a label with a comma is one; narrower ones don't come."""
    areas = [
        tc.CooperationArea(id="x", pref_label={"en": "arts, crafts"}),
        tc.CooperationArea(id="y", pref_label={"en": "trade"}, alt_labels={"fi": ("kauppa",)}, broader=["x"]),
        tc.CooperationArea(id="z", pref_label={"en": "trade fairs", "fi": "Sama"}, broader=["y"]),
        tc.CooperationArea(id="w", pref_label={"fi": "sama"}),
    ]
    places = tc.Dataset(cities=[tc.City(id="a"), tc.City(id="b")], areas=areas, vocabulary=None)
    for text, ids in {
        "arts, crafts": ["x"],
        "Trade; ARTS, CRAFTS;": ["y", "x"],
        "kauppa, z": ["y", "z"],
        "trade\ntrade": ["y"],
    }.items():
        ds = read_table([{"city": "a", "partner": "b", "areas": text}], places=places).checked()
        assert list(ds.partnership("a", "b").activities[0].areas) == ids
    (problem,) = read_table([{"city": "a", "partner": "b", "areas": "sama"}], places=places).problems
    assert problem.message == "expected the label of one cooperation area, got 'sama', which is that of z, w"


def test_sources_by_title_and_url() -> None:
    """A cell names a source by id, title or URL; several stand between semicolons; alike texts are one source."""
    text = (
        "city,partner,source\nA,B,City council 1980\nA,C,https://x.fi/a;b\nA,D,City council 1980; City-council 1980\n"
    )
    ds = read(text).checked()
    assert [(s.title, s.url) for s in ds.sources.values()] == [
        ("City council 1980", None),
        (None, "https://x.fi/a;b"),
        ("City-council 1980", None),
    ]
    assert ds.partnership("A", "B").sources == ("city-council-1980",)
    assert ds.partnership("A", "D").sources == ("city-council-1980", "city-council-1980-2")


# -- countries -------------------------------------------------------------------------------------


def test_an_unclear_country_leaves_the_row_out() -> None:
    """Where a country can't be read, the city isn't looked up or made without it: it could be another."""
    text = "city,partner,country,country_code\nA,B,Finlandd,\nA,C,FI,SE\nA,D,,xx\nA,E,Suomi,FI\nA,F,,SU\n"
    reading = read(text)
    assert [(cell.line, cell.column, cell.text) for cell in reading.unresolved] == [
        (2, "country", "Finlandd"),
        (3, "country", "FI"),
        (4, "country_code", "xx"),
    ]
    assert "did you mean 'Finland'" in reading.unresolved[0].message
    assert [city.country_code for city in reading.dataset.cities.values()] == [None, "FI", "SU"]


def test_a_name_of_several_countries_is_not_guessed() -> None:
    """A name of several countries is reported with their codes."""
    from twincities.interop._cells import read_country
    from twincities.query.filters import Vocabulary

    class Two(Vocabulary):
        def countries(self, word: str) -> tuple[str, ...]:
            return ("CD", "CG")

    with pytest.raises(ValueError, match="which is that of CD, CG"):
        read_country("Congo", Two({}, {}, {}))


# -- cities made from the table --------------------------------------------------------------------


def test_each_name_is_a_city_of_its_own() -> None:
    """Without places each name, with its country, is a city; its id is made from the name, and said."""
    reading = read(
        "city,partner,country\nKuopio,Győr,HU\nKuopio,GYOR,HU\nKuopio,Псков,RU\nKuopio,Paris,FR\nKuopio,Paris,US\n"
    )
    assert reading.made == ("kuopio", "gyor", slug("Псков"), "paris-fr", "paris-us")
    assert reading.dataset.cities["gyor"].alt_names == ("GYOR",)
    assert len(reading.checked().partnerships) == 4


def test_ids_of_a_table_do_not_depend_on_its_order() -> None:
    """The rows of a table in another order give the same data set."""
    head, *rows = ["city,partner,country", "Kuopio,Paris,FR", "Kuopio,Paris,US", "Gera,Opole,", "Kuopio,Gera,"]
    first = read("\n".join([head, *rows])).dataset
    second = read("\n".join([head, *rows[::-1]])).dataset
    assert first.cities == second.cities
    assert set(first.partnerships) == set(second.partnerships)


def test_cities_that_may_be_the_same_are_reported() -> None:
    """A name once with a country and once without, or once with an id, is reported: it may be one city or two."""
    reading = read("city,partner,country\nKuopio,Gera,DE\nGera,Opole,PL\n")
    assert reported(reading) == [(3, "city", "Gera")]
    assert "than on line 2" in reading.problems[0].message
    assert set(reading.dataset.cities) == {"kuopio", "gera-de", "gera", "opole"}
    reading = read("city,partner,partner_id\nKuopio,Gera,gera\nKuopio,Gera,\n")
    assert reported(reading) == [(3, "partner", "Gera")]
    assert reading.made == ("kuopio", "gera", "gera-2")


def test_ids_of_the_table_distinguish_cities() -> None:
    """With ids names may be equal or missing; facts of one id are combined, and contradictions are reported."""
    rows = [
        {"city_id": "a", "partner": "X", "partner_id": "b", "country": "FI", "population": ""},
        {"city_id": "a", "partner": "X", "partner_id": "c", "country": "FI", "population": 5},
        {"city_id": "c", "partner": "Y", "partner_id": "b", "country": "SE", "population": 7},
    ]
    reading = read_table(rows)
    assert reading.dataset.cities["a"].name == "a"
    assert (reading.dataset.cities["b"].alt_names, reading.dataset.cities["b"].population) == (("Y",), 7)
    assert [problem[:3] for problem in reading.problems] == [(4, "country", "SE")]
    assert reading.problems[0].message == "expected one country_code of X, but line 2 has another"


file_safe = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=90).filter(str.strip)


@given(file_safe)
def test_slugs_are_safe_and_stable(name: str) -> None:
    """Any name gives an id that a city can have, the same each time, and whatever its case."""
    id = slug(name)
    assert tc.City(id=id).id == id == slug(name)
    assert len(id) <= 80
    if name.isascii() and name.isalnum():
        assert slug(name.upper()) == id


@pytest.mark.parametrize("name", ["con", "NUL", "x" * 200, "!!!", "日本", "-"])
def test_names_that_make_no_id_get_a_digest(name: str) -> None:
    """Names of devices, names in other scripts and very long ones get a digest."""
    assert slug(name) != slug(name + "2")
    assert tc.City(id=slug(name))


# -- rows of one pair ------------------------------------------------------------------------------


def test_rows_of_one_pair_are_united() -> None:
    """Rows that say the same pair, in either order, are one partnership with what they all say."""
    text = "city,partner,since,status,areas\nA,B,1980,,culture\nB,A,,ended,sport; culture\nA,B,1980,ended,\n"
    tie = one(text)
    assert (str(tie.since), tie.status) == ("1980", "ended")
    assert [activity.areas for activity in tie.activities] == [("culture", "sport")]


def test_rows_that_contradict_each_other_are_reported() -> None:
    """Where rows of a pair disagree both lines are named, and the first counts."""
    reading = read("city,partner,since\nA,B,1980\nB,A,1981\n")
    assert reading.problems[0][:3] == (3, "since", "1981")
    assert reading.problems[0].message == "expected 1980, as line 2 says of the same two cities"
    assert str(reading.dataset.partnership("A", "B").since) == "1980"


def test_an_end_before_the_start_is_reported() -> None:
    """A tie that would end before it began is there without the end."""
    reading = read("city,partner,since,until\nA,B,1980,1970\n")
    assert reported(reading) == [(2, "until", "1970")]
    assert "isn't before the start" in reading.problems[0].message
    assert str(reading.dataset.partnership("A", "B").since) == "1980"


def test_a_city_is_no_partner_of_itself() -> None:
    """A row with the same city twice, by name or by id, is reported."""
    assert reported(read("city,partner\nKuopio,KUOPIO\n")) == [(2, "partner", "KUOPIO")]
    assert reported(read("city_id,partner_id\na,a\n")) == [(2, "partner_id", "a")]


# -- cities looked up ------------------------------------------------------------------------------

SPRINGFIELDS = tc.Dataset(
    cities=[
        tc.City(id="s1", name="Springfield", country_code="US", subdivision_codes=["US-IL"], geonames_id="1"),
        tc.City(id="s2", name="Springfield", country_code="US", populations=[tc.Population(value=9)], alt_ids=["Q22"]),
        tc.City(id="s3", name="Springfield", country_code="NZ", wikidata_id="Q3"),
        tc.City(id="kuopio", name="Kuopio", country_code="FI", alt_names=["Q9"]),
    ]
)


def test_ambiguous_and_unknown_names_come_back() -> None:
    """Names of none or several come back with line, column, text and candidates: the largest first, or the like."""
    reading = read(
        "city,partner,country\nKuopio,Springfield,USA\nKuopio,Springfeld,\nKuopio,,\n\nKuopio,Kuopio,SE\n",
        places=SPRINGFIELDS,
    )
    first, second, third, last = reading.unresolved
    assert first[:3] == (2, "partner", "Springfield")
    assert first.candidates == (
        Candidate("s2", "Springfield", "US", None, 9),
        Candidate("s1", "Springfield", "US", "US-IL", None),
    )
    assert first.message == "'Springfield' is the name of 2 cities; give its id, or choose it"
    assert second[:3] == (3, "partner", "Springfeld")
    assert {candidate.id for candidate in second.candidates} == {"s1", "s2", "s3"}
    assert third[:3] == (4, "partner", "")
    assert third.message == "expected the name or id of a city"
    assert last.line == 6
    assert [candidate.id for candidate in last.candidates] == ["kuopio"]
    assert reading.dataset.partnerships == {}
    with pytest.raises(tc.DatasetError) as caught:
        reading.checked()
    assert len(caught.value.problems) == 4
    assert caught.value.problems[0] == tc.Problem(
        "line 2, partner", f"{first.message}; candidates: Springfield, US, 9 (s2); Springfield, US-IL (s1)"
    )


@pytest.mark.parametrize(
    ("row", "id"),
    [
        ({"partner": "Springfield", "country": "New Zealand"}, "s3"),
        ({"partner": "s2"}, "s2"),
        ({"partner": "Q22"}, "s2"),
        ({"partner": "1"}, "s1"),
        ({"partner": "Springfield", "partner_id": "s1"}, "s1"),
        ({"partner": "Springfield", "geonames_id": "1"}, "s1"),
        ({"partner": "Springfield", "wikidata_id": "Q22"}, "s2"),
        ({"partner": "Springfield", "partner_id": "elsewhere", "country": "NZ"}, "s3"),
        ({"partner_id": "s3"}, "s3"),
    ],
    ids=repr,
)
def test_what_leads_to_one_city(row: dict[str, str], id: str) -> None:
    """A name with its country, or an id in any column, leads to the record of the gazetteer."""
    ds = read_table([{"city": "Kuopio", **row}], places=SPRINGFIELDS).checked()
    assert ds.cities[id] == SPRINGFIELDS.cities[id]
    assert set(ds.cities) == {"kuopio", id}


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"partner_id": "elsewhere"}, "no city with the id 'elsewhere', and no name"),
        ({"partner_id": "s3", "country": "US"}, "Springfield (s3) has the country_code NZ, but the table has US"),
        (
            {"partner": "Springfield", "country": "NZ", "wikidata_id": "Q4"},
            "has the wikidata_id Q3, but the table has Q4",
        ),
        ({"partner": "Springfield", "wikidata_id": "Q9"}, "is the name of 3 cities"),
        ({"partner": "Springfield", "country_code": "ZQ"}, "unknown city 'Springfield' in ZQ"),
    ],
    ids=repr,
)
def test_what_contradicts_is_not_resolved(row: dict[str, str], reason: str) -> None:
    """An id that isn't there, or a city that is said to be elsewhere, isn't taken for another."""
    (cell,) = read_table([{"city": "Kuopio", **row}], places=SPRINGFIELDS).unresolved
    assert reason in cell.message


def test_the_user_chooses() -> None:
    """Choices are ids by the name as it stands in the table: for names that decide nothing, in the country given."""
    text = "city,partner,country\nKuopio,Springfield,\nKuopio,Springfield,NZ\nKuopio,Spring,FI\n"
    reading = read(text, places=SPRINGFIELDS, choices={"Springfield": "1", "Spring": "s2"})
    assert set(reading.dataset.partnerships) == {("kuopio", "s1"), ("kuopio", "s3")}
    assert [cell.line for cell in reading.unresolved] == [4]
    for id in ("nowhere", "Springfield", " "):
        with pytest.raises(tc.QueryError, match="expected the id of a city for 'Springfield' in choices="):
            read(text, places=SPRINGFIELDS, choices={"Springfield": id})
    with pytest.raises(tc.QueryError, match="expected Unicode text, got a lone surrogate"):
        read(text, choices={"Springfield": "\ud800"})


def test_records_come_with_what_they_refer_to() -> None:
    """Cities come as they are, with their sources, and with the cities where their offices are."""
    places = tc.Dataset(
        cities=[
            tc.City(id="a", sources=["s"], contacts=[tc.Contact(role="office", city="c")]),
            tc.City(id="b"),
            tc.City(id="c", contacts=[tc.Contact(role="office", city="c")]),
            tc.City(id="d"),
        ],
        sources=[tc.Source(id="s")],
    )
    reading = read("city,partner\na,b\n", places=places)
    assert set(reading.checked().cities) == {"a", "b", "c"}
    assert reading.made == ()
    assert set(reading.dataset.sources) == {"s", "table"}


def test_a_gazetteer_is_four_names() -> None:
    """Anything that has cities and sources and answers `city` and `search` can be looked up in."""

    class Mine:
        cities = SPRINGFIELDS.cities
        sources = SPRINGFIELDS.sources
        city = staticmethod(SPRINGFIELDS.city)
        search = staticmethod(SPRINGFIELDS.search)

    assert set(read("city,partner\ns1,Kuopio\n", places=Mine()).checked().cities) == {"s1", "kuopio"}


# -- whatever comes --------------------------------------------------------------------------------


any_text = st.text(st.characters(exclude_categories=[]), max_size=60)


@settings(max_examples=100)
@given(any_text | st.builds("city,partner,since,status,latitude\n{}".format, any_text))
def test_any_text_is_read_or_refused_by_us(text: str) -> None:
    """Any text is a reading, or one of our errors."""
    for places in (None, SPRINGFIELDS):
        try:
            reading = read(text, places=places)
        except tc.TwinCitiesError:
            continue
        assert isinstance(reading.dataset, tc.Dataset)


@settings(max_examples=100)
@given(st.binary(max_size=80))
def test_any_bytes_are_read_or_refused_by_us(content: bytes) -> None:
    """Any bytes are a reading, or one of our errors."""
    pytest.importorskip("openpyxl")
    try:
        reading = read_table(io.BytesIO(content))
    except tc.TwinCitiesError:
        return
    assert isinstance(reading.dataset, tc.Dataset)


any_cells = st.none() | st.text(max_size=12) | st.floats() | st.integers() | st.booleans() | st.dates() | st.datetimes()


@given(st.lists(st.dictionaries(st.sampled_from(TIE_COLUMNS + PARTNERSHIP_COLUMNS), any_cells), max_size=3))
def test_any_cells_are_read_or_reported(rows: list[dict[str, Any]]) -> None:
    """Whatever cells contain, only the library's errors are raised, and each row is a tie or is reported."""
    try:
        reading = read_table(rows)
    except tc.TwinCitiesError:
        return
    lines = {cell.line for cell in (*reading.unresolved, *reading.problems)}
    filled = [
        row
        for row in rows
        if any(value == value and value not in {None, ""} and str(value).strip() for value in row.values())
    ]
    assert len(reading.dataset.partnerships) + len(lines) >= bool(filled)


def test_a_reading_says_what_it_holds() -> None:
    """A reading prints its counts."""
    assert repr(read("city,partner,x\nA,B,\nA,,\n")) == (
        "<TableReading of 1 partnership of 2 cities, 1 unresolved, 0 problems, 1 column not read>"
    )


# -- slips -----------------------------------------------------------------------------------------


def test_numbers_with_decimals_are_no_dates_and_no_people() -> None:
    """A workbook stores 1980.10 as 1980.1: nothing shows if that was October."""
    reading = read_table([{"city": "A", "partner": "B", "since": 1980.1, "partner_population": 92.126}])
    assert [(problem.column, problem.message) for problem in reading.problems] == [
        ("since", "expected a year or a date as text, got the number 1980.1"),
        ("partner_population", "expected a whole number of people, got the number 92.126"),
    ]
    (tie,) = read_table([{"city": "A", "partner": "B", "since": 1980.0}]).checked().partnerships.values()
    assert str(tie.since) == "1980"


def test_columns_that_hold_lists_are_read() -> None:
    """polars keeps areas and sources as lists; an empty one says nothing."""
    pytest.importorskip("polars")
    ds = tc.load()
    again = read_table(ds.to_polars()["partnerships"], places=ds).checked()
    assert {pair: [a.areas for a in tie.activities] for pair, tie in again.partnerships.items()} == {
        pair: [a.areas for a in tie.activities]
        for pair, tie in read(ds.to_csv(), places=ds).checked().partnerships.items()
    }
    rows = [{"city": "a", "partner": "b", "areas": ["sport", "music"], "source": []}]
    (tie,) = read_table(rows).checked().partnerships.values()
    assert tie.activities == (tc.Activity(areas=("sport", "music")),)
    assert tie.sources == ()


def test_columns_that_are_not_read_are_reported() -> None:
    """`checked()` warns about them, unless `columns=` chose or the library writes the column itself."""
    text = "partner,Year,distance_km\nSuhl,1988,5\n"
    reading = read(text, city="Lahti")
    with pytest.warns(tc.DatasetWarning, match=r"^columns that weren't read: 'Year'; columns= says what they hold$"):
        reading.checked()
    reported: list[str] = []
    reading.checked(report=reported.append)
    assert reported == ["columns that weren't read: 'Year', 'distance_km'"]
    chosen = read(text, {"partner": "partner"}, city="Lahti")
    assert chosen.unread == ("Year", "distance_km")
    chosen.checked(report=reported.append)
    assert len(reported) == 1


@pytest.mark.parametrize(
    ("heading", "text", "said"),
    [
        ("Twinned since", "1988", {"since": "1988"}),
        ("Established", "1988", {"since": "1988"}),
        ("alkuvuosi", "1988", {"since": "1988"}),
        ("End year", "1999", {"until": "1999"}),
    ],
)
def test_common_headings_are_known(heading: str, text: str, said: dict[str, str]) -> None:
    """Words for the start and the end of a tie."""
    tie = one(f"Twin towns;{heading}\nSuhl;{text}\n", city="Lahti")
    assert {name: str(getattr(tie, name)) for name in said} == said


@pytest.mark.parametrize(
    ("columns", "city", "message"),
    [
        (None, None, "expected column city, got 'partner', 'Year': give the city whose partners these are with city=$"),
        (
            {"partner": None},
            "Lahti",
            "expected column partner, got 'partner', 'Year': give the heading of the partners",
        ),
        ({"partner": None}, None, "expected columns city and partner, got 'partner', 'Year'"),
    ],
)
def test_the_column_that_is_missing_is_named(columns: Any, city: str | None, message: str) -> None:
    """Of city and partner only what isn't there, with what to do about it."""
    with pytest.raises(tc.DatasetError, match=message):
        read("partner,Year\nSuhl,1988\n", columns, city=city)


def test_a_mapping_the_other_way_round_is_recognised() -> None:
    """pandas renames with {heading: name}; here it is {name: heading}."""
    with pytest.raises(tc.QueryError, match=r"got 'Year'; did you mean \{'since': 'Year'\}\?$"):
        read("partner,Year\nSuhl,1988\n", {"Year": "since"}, city="Lahti")


@pytest.mark.parametrize("word", ["sister city", "Twin Town", "Partnerschaft", "jumelage", "vänort"])
def test_a_twinning_has_many_names(word: str) -> None:
    """What a twin city is called is a kind of partnership, in tables as in questions."""
    assert one(f"city,partner,kind\nA,B,{word}\n").kind == "twinning"
    assert len(tc.load().partners("Kuopio", kind=word)) == 15
