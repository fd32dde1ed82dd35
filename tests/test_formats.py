"""
Files by their endings: each is written and read in its format, and losses are reported.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

import twincities as tc
from twincities.formats import FORMATS, READERS, format_of

KUOPIO = tc.load()
NEEDS = {
    ".xlsx": "openpyxl",
    ".ttl": "rdflib",
    ".nt": "rdflib",
    ".jsonld": "rdflib",
    ".graphml": "networkx",
    ".gexf": "networkx",
    ".parquet": "pyarrow",
}


@pytest.mark.parametrize("ending", [form.ending for form in FORMATS])
@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
def test_each_format_is_written_and_read(ending: str, packed: bool, tmp_path: Path) -> None:
    """A lossless format gives back an equal data set; any other reports what it loses."""
    if ending in NEEDS:
        pytest.importorskip(NEEDS[ending])
    form = format_of(f"x{ending}")
    path = tmp_path / f"kuopio{ending}{'.gz' if packed else ''}"
    told: list[str] = []
    if packed and not form.packed:
        with pytest.raises(tc.QueryError, match=r"expected a file name that ends in one of \.json, "):
            KUOPIO.write(path)
        return
    KUOPIO.write(path, report=told.append)
    assert len(told) == bool(form.loses)
    assert all(form.page in line and "\n" not in line for line in told)
    if packed:
        assert gzip.decompress(path.read_bytes())
    if form.ending not in READERS:
        with pytest.raises(tc.QueryError, match=f"can't be read from {ending}: see interop/"):
            tc.read(path)
        return
    back = tc.read(path)
    assert {frozenset(pair) for pair in back.partnerships} == {frozenset(pair) for pair in KUOPIO.partnerships}
    if not form.loses:
        assert back.to_json() == KUOPIO.to_json()


def test_every_page_of_the_table_is_there() -> None:
    """The table refers to pages of the documentation and their headings."""
    root = Path(__file__).parents[1]
    for form in FORMATS:
        page, _, anchor = f"docs/{form.page.replace('.html', '.md')}".partition("#")
        headings = [line for line in (root / page).read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        anchors = [heading.lstrip("# ").lower().replace("'", "").replace(" ", "-") for heading in headings]
        assert not anchor or anchor in anchors


def test_labels_are_in_the_language_asked_for(tmp_path: Path) -> None:
    """The labels of a format are in `lang`."""
    KUOPIO.write(tmp_path / "kuopio.tsv", lang="fi")
    assert "Pihkova\t" in (tmp_path / "kuopio.tsv").read_text(encoding="utf-8-sig")


def test_a_table_may_list_one_citys_partners(tmp_path: Path) -> None:
    """A table without a column of cities needs `city`; columns that aren't read are reported; other formats take no `city`."""
    path = tmp_path / "partners.csv"
    path.write_text("Partner,Mayor\nOpole,unknown\n", encoding="utf-8")
    told: list[str] = []
    assert tc.read(path, city="Kuopio", report=told.append).partners("Kuopio").one().partner.name == "Opole"
    assert told == ["columns that weren't read: 'Mayor'"]
    with pytest.raises(tc.DatasetError):
        tc.read(path)
    with pytest.raises(tc.QueryError, match=r"expected a city only for a table, got 'Kuopio' for \.json"):
        tc.read("kuopio.json", city="Kuopio")


@pytest.mark.parametrize("name", ["kuopio", "kuopio.txt", "kuopio.parquet.gz", "json", "kuopio.json.zip"])
def test_other_endings_are_refused(name: str) -> None:
    """A name with another ending is an error that lists the endings."""
    with pytest.raises(tc.QueryError, match=r"\.json, \.jsonl, \.csv, .*\.parquet, \.sqlite, got"):
        format_of(name)


@pytest.mark.parametrize("name", ["x.graphml", "x.gexf"])
@pytest.mark.parametrize(
    "text",
    ["", "<a>", "<a/>", "<graphml xmlns='http://graphml.graphdrawing.org/xmlns'><graph><edge/></graph></graphml>"],
)
def test_graphs_that_are_none(name: str, text: str, tmp_path: Path) -> None:
    """A file that isn't a graph in XML is refused by name."""
    pytest.importorskip("networkx")
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(tc.DatasetError) as caught:
        tc.read(path)
    assert caught.value.source == str(path)


def test_a_graph_that_is_no_data_set(tmp_path: Path) -> None:
    """Problems of a graph are reported with the name of the file; a missing file is the usual error."""
    nx = pytest.importorskip("networkx")
    path = tmp_path / "x.graphml"
    nx.write_graphml(nx.Graph([("a", "a")]), path)
    with pytest.raises(tc.DatasetError, match=r"in .*x\.graphml: .*got a loop"):
        tc.read(path)
    with pytest.raises(FileNotFoundError):
        tc.read(tmp_path / "y.graphml")


def test_the_capitals_of_an_ending_are_no_matter(tmp_path: Path) -> None:
    """Other programs write PARTNERS.CSV; names in capitals are read and written, compressed or not."""
    ds = tc.load()
    for name in ("A.JSON", "a.Jsonl.GZ", "B.CSV"):
        ds.write(tmp_path / name)
        assert len(tc.read(tmp_path / name).partnerships) == len(ds.partnerships)
    assert (tmp_path / "a.Jsonl.GZ").read_bytes().startswith(b"\x1f\x8b")
    assert tc.read(tmp_path / "A.JSON") == ds


def test_the_way_to_other_formats_is_reported(tmp_path: Path) -> None:
    """An error for one function points to the other if that was meant."""
    with pytest.raises(tc.UnknownDatasetError, match=r"a file is read by twincities\.read$"):
        tc.load("kuopio.json")
    with pytest.raises(FileNotFoundError) as caught:
        tc.load().write(tmp_path / "none" / "a.json")
    assert caught.value.filename == str(tmp_path / "none" / "a.json")
