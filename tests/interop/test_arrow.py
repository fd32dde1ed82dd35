"""
Arrow tables: nothing lost in those of records, real types in the flat ones, read by pyarrow, polars and DuckDB.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from generators import datasets, graphs
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_cells import as_cell

import twincities as tc
from twincities.interop._flat import Kind
from twincities.interop._tables import TABLES, TIES
from twincities.interop.arrow import RECORD_TABLES, flat_tables, from_arrow, to_arrow
from twincities.model.vocabulary import word_label
from twincities.query.whole import HEAD_TYPES, own_areas

pa = pytest.importorskip("pyarrow")

KUOPIO = tc.load()


def bound(text: str | None, end: str) -> date | None:
    """The first or last day that an EDTF text allows."""
    if text is None:
        return None
    moment = tc.EdtfInterval(text) if "/" in text else tc.EdtfDate(text)
    day: date | None = getattr(moment, end)
    return day


def check_bounds(value: Any) -> int:
    """Every date in a row, however deep, stands beside its bounds; how many there are."""
    if isinstance(value, list):
        return sum(map(check_bounds, value))
    if not isinstance(value, dict):
        return 0
    dates = [name.removesuffix("_earliest") for name in value if name.endswith("_earliest")]
    for name in dates:
        assert value[f"{name}_earliest"] == bound(value[name], "earliest")
        assert value[f"{name}_latest"] == bound(value[name], "latest")
    return len(dates) + sum(map(check_bounds, value.values()))


def test_a_schema_that_is_asked_for_is_given() -> None:
    """A reader may ask for types of its own (the Arrow PyCapsule interface): a data set and a selection both listen."""
    ties = KUOPIO.partners("Kuopio")
    for door, own in ((KUOPIO, KUOPIO.to_flat_arrow()["partnerships"].schema), (ties, ties.to_arrow().schema)):
        wide = pa.schema([(field.name, pa.large_string() if field.type == "string" else field.type) for field in own])
        assert wide != own
        read = pa.RecordBatchReader.from_stream(door, schema=wide)
        assert read.schema.types == wide.types


# -- records ---------------------------------------------------------------------------------------


@settings(max_examples=40)
@given(datasets())
def test_records_come_back(ds: tc.Dataset) -> None:
    """The tables of records are valid Arrow, have the same columns whatever is known, and give the data set back."""
    tables = to_arrow(ds)
    assert tuple(tables) == RECORD_TABLES
    bare = to_arrow(tc.Dataset())
    for name, table in tables.items():
        table.validate(full=True)
        assert table.schema.equals(bare[name].schema)
    again = from_arrow(tables)
    assert again == ds
    assert again.to_json() == ds.to_json()


@settings(max_examples=25)
@given(datasets())
def test_dates_have_bounds_and_lists_are_never_null(ds: tc.Dataset) -> None:
    """Dates, inside parts too, stand beside the first and last day that they allow; a list or a map is at least empty."""
    for table in (*ds.to_arrow().values(), *ds.to_flat_arrow().values()):
        check_bounds(table.to_pylist())
        for field, column in zip(table.schema, table.columns, strict=True):
            if pa.types.is_list(field.type) or pa.types.is_map(field.type):
                assert column.null_count == 0


def test_dates_of_every_kind_are_there() -> None:
    """The columns of bounds are days, at the top and inside parts; open and unknown ends are null."""
    agreement = tc.Agreement(period="/9999")
    ds = tc.Dataset(
        cities=[tc.City(id="a", populations=[tc.Population(value=1, as_of="0001")]), tc.City(id="b")],
        partnerships=[tc.Partnership(cities=("a", "b"), since="0001", until="99XX?", agreements=[agreement])],
    )
    (row,) = ds.to_arrow()["partnerships"].to_pylist()
    assert (row["since_earliest"], row["until_latest"]) == (date(1, 1, 1), date(9999, 12, 31))
    assert row["agreements"][0]["period_earliest"] is None
    assert row["agreements"][0]["period_latest"] == date(9999, 12, 31)
    assert ds.to_arrow()["cities"].to_pylist()[0]["populations"][0]["as_of_earliest"] == date(1, 1, 1)
    assert check_bounds(KUOPIO.to_arrow()["partnerships"].to_pylist()) > 21 * 3
    assert from_arrow(ds.to_arrow()) == ds


def test_types_of_records() -> None:
    """Words are categories with the words of the document, texts by language maps, parts structs, whole numbers whole."""
    tables = KUOPIO.to_arrow()
    cities, partnerships = tables["cities"].schema, tables["partnerships"].schema
    words = pa.dictionary(pa.int8(), pa.string())
    assert cities.field("kind").type == partnerships.field("status").type == words
    assert [*tables["partnerships"]["status"].chunk(0).dictionary.to_pylist()] == [*tc.PartnershipStatus]
    assert cities.field("names").type == pa.map_(pa.string(), pa.string())
    assert cities.field("field_sources").type == pa.map_(pa.string(), pa.list_(pa.string()))
    assert cities.field("coordinates").type == pa.struct([("latitude", pa.float64()), ("longitude", pa.float64())])
    assert cities.field("populations").type.value_type.field("value").type == pa.int64()
    assert partnerships.field("since").type == cities.field("extra").type == pa.string()
    assert partnerships.field("since_earliest").type == pa.date32()
    activity = partnerships.field("activities").type.value_type
    assert activity.field("stage").type == words
    assert activity.field("organisations").type.value_type.field("names").type == pa.map_(pa.string(), pa.string())
    assert partnerships.names[:2] == ["city_1_id", "city_2_id"]


@settings(max_examples=10)
@given(datasets())
def test_a_table_alone_says_where_it_is_from(ds: tc.Dataset) -> None:
    """The metadata of each table has the head and the sources of the document, as JSON."""
    document = ds.to_dict()
    for table in ds.to_arrow().values():
        metadata = table.schema.metadata
        head = json.loads(metadata[b"twincities"])
        assert head == {key: document[key] for key in document if key == "format" or key in HEAD_TYPES}
        assert json.loads(metadata[b"twincities.sources"]) == document.get("sources", [])


def test_all_areas_are_there() -> None:
    """The table of areas has those of the data set's own and those of the vocabulary, and says which are which."""
    own = tc.CooperationArea(id="sauna", broader=["culture"])
    ds = KUOPIO.with_records(own)
    rows = ds.to_arrow()["areas"].to_pylist()
    assert {row["id"]: row["is_shared"] for row in rows} == {id: id != "sauna" for id in ds.areas}
    assert own_areas(from_arrow(ds.to_arrow())) == (own,)


def test_tables_of_several_batches_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records are written and read in batches; where one ends doesn't matter."""
    for module in ("reading", "writing"):
        monkeypatch.setattr(f"twincities.interop.arrow.{module}.BATCH", 4)
    tables = KUOPIO.to_arrow()
    assert tables["partnerships"].column(0).num_chunks == 6
    assert from_arrow(tables) == KUOPIO
    joined = {name: table.combine_chunks() for name, table in tables.items()}
    assert from_arrow(joined) == KUOPIO
    parts = {name: pa.concat_tables([table[:3], table[3:]]) for name, table in joined.items()}
    assert from_arrow(parts) == KUOPIO


@settings(max_examples=12)
@given(datasets())
def test_polars_and_duckdb_give_the_records_back(ds: tc.Dataset) -> None:
    """Tables that went through polars or DuckDB still hold everything."""
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    tables = ds.to_arrow()
    assert from_arrow({name: polars.DataFrame(table) for name, table in tables.items()}) == ds
    with duckdb.connect() as connection:
        through = {name: connection.from_arrow(table).to_arrow_table() for name, table in tables.items()}
    assert from_arrow(through) == ds


def test_a_small_table_is_enough() -> None:
    """A table may lack columns, and may lack; dates need no bounds."""
    dataset = pa.table({"format": ["twincities/1"], "id": ["small"]})
    cities = pa.table({"id": ["a", "b"], "names": pa.array([[("fi", "Aa")], None], pa.map_(pa.string(), pa.string()))})
    partnerships = pa.table({"city_2_id": ["a"], "city_1_id": ["b"], "since": ["194X"]})
    assert from_arrow({"cities": cities, "partnerships": partnerships, "dataset": dataset}) == tc.Dataset(
        id="small",
        cities=[tc.City(id="a", names={"fi": "Aa"}), tc.City(id="b")],
        partnerships=[tc.Partnership(cities=("a", "b"), since="194X")],
        vocabulary=None,
    )


HEAD = pa.table({"format": ["twincities/1"]})
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "unknown column": ({"id": ["a"], "nam": ["x"]}, "$.cities[0].nam: expected no such key; did you mean 'name'?"),
    "wrong type": ({"id": [5]}, "$.cities[0].id: expected text, got 5"),
    "no id": ({"name": ["x"]}, "$.cities[0].id: expected a value, got none: the key is required"),
    "null in a list": ({"id": ["a"], "alt_names": [[None]]}, "$.cities[0].alt_names[0]: expected text, got null"),
    "no list": ({"id": ["a"], "alt_names": ["x"]}, "$.cities[0].alt_names: expected a list, got 'x'"),
    "no map": ({"id": ["a"], "names": [["x"]]}, "$.cities[0].names: expected an object, got a list of 1"),
    "no struct": ({"id": ["a"], "coordinates": [1.5]}, "$.cities[0].coordinates: expected an object, got 1.5"),
    "null struct": (
        {"id": ["a"], "links": pa.array([[None]], pa.list_(pa.struct([("title", pa.string())])))},
        "$.cities[0].links[0]: expected an object, got null",
    ),
    "a bad date": (
        {"id": ["a"], "populations": [[{"value": 1, "as_of": "soon"}]]},
        "$.cities[0].populations[0].as_of: ",
    ),
    "another word": ({"id": ["a"], "kind": ["hamlet"]}, "$.cities[0].kind: expected one of city, town"),
    "no JSON": ({"id": ["a"], "extra": ["{"]}, "$.cities[0].extra: expected an object, got '{'"),
    "deep JSON": ({"id": ["a"], "extra": ["[" * 100_000]}, "$.cities[0].extra: expected an object, got '[[["),
    "a day": (
        {"id": ["a"], "name": [date(1940, 1, 1)]},
        "$.cities[0].name: expected text, got datetime.date(1940, 1, 1)",
    ),
    "not finite": (
        {"id": ["a"], "coordinates": [{"latitude": float("nan"), "longitude": 0.0}]},
        "$.cities[0].coordinates.latitude: expected a finite number",
    ),
    "given twice": ({"id": ["a", "a"]}, "$.cities[1]: expected one record for each id, got 'a' again"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_table_names_the_row(case: str) -> None:
    """What the document wouldn't take isn't taken from a table either; the message names the row and the column."""
    columns, message = WRONG[case]
    with pytest.raises(tc.DatasetError) as caught:
        from_arrow({"dataset": HEAD, "cities": pa.table(columns)})
    assert [": ".join(problem).startswith(message) for problem in caught.value.problems] == [True], str(caught.value)


def test_half_a_pair_is_refused() -> None:
    """A partnership has both cities."""
    with pytest.raises(tc.DatasetError, match=r"\$\.partnerships\[0\]\.cities: expected a list of 2, got a list of 1"):
        from_arrow({"dataset": HEAD, "cities": pa.table({"id": ["a"]}), "partnerships": pa.table({"city_2_id": ["a"]})})


def test_other_tables_are_refused() -> None:
    """Only tables of these names are read, each has to be one, and `dataset` has one row."""
    with pytest.raises(tc.QueryError, match=r"expected tables of dataset, sources, areas, .*, got 'towns'"):
        from_arrow({"dataset": HEAD, "towns": HEAD})
    with pytest.raises(tc.QueryError, match="expected an Arrow table of cities, got list of 1"):
        from_arrow({"dataset": HEAD, "cities": [{"id": "a"}]})
    for value in (None, HEAD.schema, ["cities"]):
        with pytest.raises(tc.QueryError, match="expected tables by name, as to_arrow returns them, got "):
            from_arrow(value)
    for tables in ({}, {"dataset": HEAD[:0]}, {"dataset": pa.concat_tables([HEAD, HEAD])}):
        with pytest.raises(tc.DatasetError, match=r"expected a table 'dataset' of one row, got [02] rows"):
            from_arrow(tables)
    with pytest.raises(tc.FormatVersionError):
        from_arrow({"dataset": pa.table({"format": ["twincities/2"]})})


def test_columns_that_cant_be_converted_name_their_table() -> None:
    """Mixed objects of pandas, text that isn't UTF-8 and days beyond Python's calendar are reported with the table."""
    pandas = pytest.importorskip("pandas")
    bad_text = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")]
    )
    for table in (
        pandas.DataFrame({"id": ["a", 5]}),
        pa.table({"id": bad_text}),
        pa.table({"id": pa.array([10**9], pa.int32()).cast(pa.date32())}),
    ):
        with pytest.raises(tc.DatasetError, match=r"^\$\.cities: expected an Arrow table: \S"):
            from_arrow({"dataset": HEAD, "cities": table})


# -- flat tables -----------------------------------------------------------------------------------


def expected(table: Any, subjects: Any, lang: str) -> list[dict[str, Any]]:
    """The rows of a table of facts as Arrow gives them back, said in another way."""
    told = []
    for row in table.rows(subjects, lang):
        cells: dict[str, Any] = {}
        for column, value in zip(table.columns, row, strict=True):
            cells[column.name] = [*value] if column.kind is Kind.TEXTS else as_cell(value, lang)
            if column.kind in {Kind.DATE, Kind.INTERVAL}:
                cells |= {f"{column.name}_{end}": bound(cells[column.name], end) for end in ("earliest", "latest")}
            if column.kind is Kind.TRUTH:
                cells[column.name] = value
        told.append(cells)
    return told


@settings(max_examples=20)
@given(datasets(), st.sampled_from(["en", "fi", "sv"]))
def test_flat_tables_are_the_facts(ds: tc.Dataset, lang: str) -> None:
    """Each table of facts is an Arrow table: the same rows, with labels in the language, and with types."""
    tables = ds.to_flat_arrow(lang=lang)
    assert [*tables] == [*TABLES]
    bare = flat_tables(tc.Dataset(), lang=lang)
    for name, table in tables.items():
        table.validate(full=True)
        assert table.schema == bare[name].schema
        assert table.to_pylist() == expected(TABLES[name], TABLES[name].subjects(ds), lang)


def test_types_of_flat_tables() -> None:
    """Whole numbers stay whole beside nulls, truths are truths, and categories are all labels of the list."""
    ds = KUOPIO.with_records(tc.City(id="nowhere"))
    tables = ds.to_flat_arrow(lang="fi")
    assert tables["cities"].schema.field("population").type == pa.int64()
    assert tables["cities"]["population"].null_count == 1
    assert tables["names"].schema.field("is_alternative").type == pa.bool_()
    assert tables["partnerships"].schema.field("distance_km").type == pa.float64()
    assert tables["partnerships"].schema.field("areas").type == pa.list_(pa.string())
    labels = [word_label(word, "fi") for word in tc.PartnershipStatus]
    assert tables["partnerships"]["status"].chunk(0).dictionary.to_pylist() == labels


@settings(max_examples=20)
@given(graphs(), st.sampled_from(["en", "fi"]))
def test_ties_have_their_activities(ds: tc.Dataset, lang: str) -> None:
    """The table of a selection has the columns of rows, typed, and the activities of each tie in a list of structs."""
    for id in ds.cities:
        ties = ds.partners(id)
        table = ties.to_arrow(lang=lang)
        table.validate(full=True)
        assert table.drop_columns("activities").to_pylist() == expected(TIES, ties, lang)
        areas = [[tuple(activity["areas"]) for activity in row] for row in table["activities"].to_pylist()]
        assert areas == [[activity.areas for activity in tie.activities] for tie in ties]
        direct = ds.partners(id, direct=True)
        assert [len(row) for row in direct.to_arrow()["activities"]] == [len(tie.activities) for tie in direct]


def test_answers_make_a_table() -> None:
    """A selection of other answers has a table of its own, and one of anything else none."""
    assert KUOPIO.cousins("Kuopio")[:1].to_arrow().num_rows == 1
    assert not hasattr(tc.Selection(["a"]), "to_arrow")
    assert KUOPIO.partners("Kuopio")[:0].to_arrow().num_rows == 0


# -- read as they are ------------------------------------------------------------------------------


def test_pyarrow_reads_selections_and_data_sets() -> None:
    """`pyarrow.table` takes both by their stream: the ties, and the partnerships."""
    ties = KUOPIO.partners("Kuopio")
    assert pa.table(ties).equals(ties.to_arrow())
    assert pa.table(KUOPIO).equals(KUOPIO.to_flat_arrow()["partnerships"])


def test_pyarrow_pandas_and_narwhals_read_selections_and_data_sets() -> None:
    """Each takes a selection and a data set as they are, by its own function for what streams Arrow."""
    narwhals, pandas = pytest.importorskip("narwhals"), pytest.importorskip("pandas")
    for whole, table in (
        (KUOPIO.partners("Kuopio"), KUOPIO.partners("Kuopio").to_arrow()),
        (KUOPIO, KUOPIO.to_flat_arrow()["partnerships"]),
    ):
        assert pa.table(whole).equals(table)
        assert pa.RecordBatchReader.from_stream(whole).read_all().equals(table)
        for backend in ("pandas", "polars", "pyarrow"):
            frame = narwhals.from_arrow(whole, backend=backend)
            assert frame.columns == table.column_names
            assert frame["distance_km"].to_list() == pytest.approx(table["distance_km"].to_pylist(), nan_ok=True)
        if hasattr(pandas.DataFrame, "from_arrow"):  # since pandas 3
            read = pandas.DataFrame.from_arrow(whole)
            assert [*read.columns] == table.column_names
            assert [*read["since_earliest"].dropna()] == [day for day in table["since_earliest"].to_pylist() if day]


def test_duckdb_reads_selections_and_data_sets() -> None:
    """DuckDB finds both by the name of a variable, and asks columns of every type."""
    duckdb = pytest.importorskip("duckdb")
    ties = KUOPIO.partners("Kuopio")
    counted = duckdb.sql("SELECT status, count(*) FROM ties GROUP BY status").fetchall()
    assert dict(counted) == {str(word): n for word, n in ties.count_by("status").items()}
    found = duckdb.sql("SELECT partner_id FROM ties WHERE since_latest < DATE '1960-01-01' ORDER BY 1").fetchall()
    assert found == [("bodo",), ("jonkoping",), ("svendborg",)]
    about = duckdb.sql(
        "SELECT partner_id FROM (SELECT partner_id, unnest(activities) AS a FROM ties) WHERE 'arctic' IN a.areas"
    )
    assert set(about.fetchall()) == {(tie.partner.id,) for tie in ties if "arctic" in tie.area_ids}
    whole = KUOPIO
    assert duckdb.sql("SELECT count(*), count(since) FROM whole").fetchall() == [
        (len(whole.partnerships), sum(p.since is not None for p in whole.partnerships.values()))
    ]


def test_polars_reads_selections_and_data_sets() -> None:
    """polars takes a selection, a data set and each table as they are: lists stay lists, words categories."""
    polars = pytest.importorskip("polars")
    frame = polars.DataFrame(KUOPIO.partners("Kuopio"))
    assert frame.shape == (15, 27)
    assert frame["areas"].dtype == polars.List(polars.String)
    assert frame["since_earliest"].dtype == polars.Date
    assert frame["population"].dtype == polars.Int64
    assert frame["status"].cast(polars.String).to_list() == [
        row["status"] for row in KUOPIO.partners("Kuopio").to_dicts()
    ]
    assert polars.DataFrame(KUOPIO.cousins("Kuopio"))["city_id"].to_list() == [
        cousin.city.id for cousin in KUOPIO.cousins("Kuopio")
    ]
    assert polars.DataFrame(KUOPIO)["city_1_id"].to_list() == [pair[0] for pair in KUOPIO.partnerships]
    for table in (*KUOPIO.to_arrow().values(), *KUOPIO.to_flat_arrow().values()):
        assert polars.DataFrame(table).height == table.num_rows


def test_without_pyarrow_the_error_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each door says which command brings pyarrow."""
    import sys

    from twincities.interop.arrow.columns import codec_of, columns_of

    columns_of.cache_clear()
    codec_of.cache_clear()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    ties = KUOPIO.partners("Kuopio")
    for door in (
        KUOPIO.to_arrow,
        KUOPIO.to_flat_arrow,
        ties.to_arrow,
        ties.__arrow_c_stream__,
        lambda: from_arrow({"dataset": 1}),
    ):
        with pytest.raises(tc.MissingDependencyError, match=r"pip install 'twincities\[arrow\]'"):
            door()
