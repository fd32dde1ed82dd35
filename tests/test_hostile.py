"""
Hostile input: whatever a document, a name or a file contains, the answer is defined, and none of it is ever run.
"""

from __future__ import annotations

import ast
import csv
import gc
import gzip
import io
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import twincities as tc
from twincities import _files as files
from twincities.document.columns import FastReaderError
from twincities.sources.wikidata import cities_query, country_query

ROOT = Path(tc.__file__).parent
FUZZ = Path(__file__).parents[1] / "fuzz"


def hidden(text: str) -> list[str]:
    """The characters of *text* that a terminal acts on or that reverse text, except line breaks."""
    return [char for char in text if char != "\n" and unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]


# -- what the fuzzer starts from, and what it has found --------------------------------------------


@pytest.mark.parametrize(
    "path", sorted((FUZZ / "corpus").glob("*/*")), ids=lambda path: f"{path.parent.name}/{path.name}"
)
def test_the_fuzzers_corpus(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each input of the corpus is answered as its target promises."""
    monkeypatch.syspath_prepend(FUZZ.parent)
    import_module(f"fuzz.{path.parent.name}").check(path.read_bytes())


# -- bounds ----------------------------------------------------------------------------------------

CITY = '{"format":"twincities/1","cities":[{"id":"a","name":%s}]}'
EXTRA = '{"format":"twincities/1","cities":[{"id":"a","extra":{"k":%s}}]}'
SIZE = '{"format":"twincities/1","cities":[{"id":"a","populations":[{"value":%s}]}]}'
PLACE = '{"format":"twincities/1","cities":[{"id":"a","coordinates":{"latitude":%s,"longitude":0}}]}'
PLAIN = CITY % '"a"'
MANY = "9" * 10**6

REFUSED: dict[str, tuple[bytes | str, str]] = {
    "nested without end": ("[" * 100_000, "$: expected fewer levels of lists and objects"),
    "nested in extra": (EXTRA % ("[" * 100_000 + "]" * 100_000), "$: expected fewer levels of lists and objects"),
    "nested 60 deep": (EXTRA % ("[" * 60 + "]" * 60), "expected at most 50 levels of lists and objects"),
    "a million digits": (
        SIZE % MANY,
        ".value: expected a number of people, 0 or more, got a whole number of very many",
    ),
    "a million digits in extra": (EXTRA % MANY, ".k: expected a whole number within ±(2^53 - 1)"),
    "a million digits before a point": (PLACE % f"{MANY}.0", ".latitude: expected a finite number, got inf"),
    "1e400": (EXTRA % "1e400", ".k: expected a finite number, got inf"),
    "NaN": (EXTRA % "NaN", ".k: expected a finite number, got nan"),
    "NaN people": (SIZE % "NaN", ".value: expected a whole number, got nan"),
    "-Infinity": (PLACE % "-Infinity", ".latitude: expected a finite number, got -inf"),
    "a lone surrogate": (CITY % r'"\ud800"', ".name: expected Unicode text, got a lone surrogate"),
    "a lone surrogate as key": (EXTRA % r'{"\ud800":1}', "expected Unicode text, got a lone surrogate"),
    "a lone surrogate as text": (CITY % '"\ud800"', "expected Unicode text, got a lone surrogate"),
    "a bare NUL": (CITY % '"\0"', "expected JSON: Invalid control character"),
    "two byte order marks": (b"\xef\xbb\xbf" * 2 + PLAIN.encode(), "expected JSON: Unexpected UTF-8 BOM"),
    "UTF-16": (PLAIN.encode("utf-16"), "expected UTF-8, got the byte 0xff at offset 0"),
    "UTF-16 without a mark": (PLAIN.encode("utf-16-le"), "expected JSON"),
    "UTF-32": (PLAIN.encode("utf-32"), "expected UTF-8, got the byte 0xff at offset 0"),
    "Latin-1": ((CITY % '"ä"').encode("latin-1"), "expected UTF-8, got the byte 0xe4 at offset 53"),
    "nothing": (b"", "expected JSON"),
}


@pytest.mark.parametrize("quickly", [True, False], ids=["fast", "strict"])
@pytest.mark.parametrize("name", REFUSED)
def test_bounds_of_documents(name: str, quickly: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Values beyond a limit are refused with their path, on one line, by both readers."""
    if not quickly:

        def refuse(*_: object) -> None:
            raise FastReaderError

        monkeypatch.setattr("twincities.document.reading.decode", refuse)
    document, told = REFUSED[name]
    with pytest.raises(tc.DatasetError) as caught:
        tc.from_json(document)
    text = str(caught.value)
    assert told in text.replace(" a: ", ": ")  # the name of the city that it is about
    assert len(text) < 1000
    assert not hidden(text)


ACCEPTED: dict[str, tuple[bytes | str, str]] = {
    "one byte order mark": (b"\xef\xbb\xbf" + PLAIN.encode(), "a"),
    "one mark before text": ("\ufeff" + PLAIN, "a"),
    "NUL as an escape": (CITY % r'"a\u0000b"', "a\0b"),
    "bidi controls": (CITY % '"a\u202eb\u2066"', "a\u202eb\u2066"),
    "a million letters": (CITY % json.dumps("x" * 10**6), "x" * 10**6),
    "a pair of surrogates": (CITY % r'"\ud83d\ude00"', "\U0001f600"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_what_is_odd_and_right_is_kept(name: str) -> None:
    """Whatever UTF-8 and JSON can hold is unchanged after a round trip."""
    document, expected = ACCEPTED[name]
    ds = tc.from_json(document)
    assert ds.cities["a"].name == expected
    assert tc.from_json(ds.to_json()) == ds


@pytest.mark.parametrize("ending", [".json.gz", ".jsonl.gz"])
def test_a_gzip_bomb_is_read_no_further_than_the_bound(ending: str, tmp_path: Path) -> None:
    """A compressed file is decompressed up to a limit: 1 GiB unless given."""
    assert files.MAX_BYTES == 1 << 30
    path = tmp_path / f"bomb{ending}"
    with gzip.open(path, "wb", 1) as bomb:
        for _ in range(64):
            bomb.write(bytes(1 << 20))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(tc.DatasetError, match=r"expected at most 1,048,576 bytes, got more"):
        tc.read(path, max_bytes=1 << 20)


@pytest.mark.parametrize("kind", [tc.EdtfDate, tc.EdtfInterval])
@pytest.mark.parametrize(
    "text", [MANY, "1940/" * 10**5, "\ud800", "1940\0", "１９４０", "1940\n", "", "X" * 10**6, "٣٤٥٦"]
)
def test_bounds_of_dates(kind: Callable[[str], object], text: str) -> None:
    """A date follows the grammar, in ASCII digits, however long the text is."""
    with pytest.raises(tc.InvalidDateError) as caught:
        kind(text)
    assert len(str(caught.value)) < 300


def test_what_was_refused_is_forgotten() -> None:
    """Refused documents leave no reference cycles in memory."""
    document = json.dumps({"format": "twincities/1", "cities": [{"id": "a", "kind": 5, "since": "x"}] * 3})

    def refuse() -> None:
        with pytest.raises(tc.DatasetError):
            tc.from_json(document)

    for _ in range(5):
        refuse()
    gc.collect()
    before = len(gc.get_objects())
    for _ in range(500):
        refuse()
    assert len(gc.get_objects()) - before < 30_000


# -- nothing is run --------------------------------------------------------------------------------


def test_nothing_runs_what_it_reads() -> None:
    """No module evaluates text, unpickles, reads YAML, or starts another program; two run what the records declare."""
    # Constructors and writers of records, made of the names of their fields, whatever is read.
    declared = {ROOT / "model" / "filling.py": 1, ROOT / "document" / "plain.py": 2}
    forbidden = {"pickle", "marshal", "shelve", "yaml", "subprocess", "ctypes", "dill", "cloudpickle", "joblib"}
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                assert not forbidden & {alias.name.partition(".")[0] for alias in node.names}, path
            elif isinstance(node, ast.ImportFrom) and not node.level:
                assert (node.module or "").partition(".")[0] not in forbidden, path
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id in {"eval", "exec"} and declared.get(path):
                    declared[path] -= 1
                    continue
                assert node.func.id not in {"eval", "exec", "compile", "__import__"}, path
            elif isinstance(node, ast.Attribute):
                assert node.attr not in {"system", "popen", "read_pickle", "unsafe_load", "literal_eval"}, path


# -- names through every door ----------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></script><svg onload=alert(1)>",
    "]]><!--",
    "&lt;b&gt;&amp;",
    '=HYPERLINK("https://x.example","y")',
    "@SUM(1)",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "  =1+1",
    "\t=1+1",
    "＝1+1",
    "a\r\n=1+1",
    "[bold red]x[/bold red][link=https://x.example]y[/link]",
    '"} UNION { ?s ?p ?o } #',
    'a" . <urn:a> <urn:b> "c',
    "> . DROP ALL ; #",
    "{{7*7}} ${7*7} {0} %s %n",
    "datum.value + alert(1)",
    "javascript:alert(1)",
    "../../etc/passwd",
    "'; DROP TABLE cities; --",
    "a\u202egnp.b",
)
CONTROLS = (*HOSTILE, "\x1b[31mred\x1b[0m\x1b]0;title\x07", "a\0b", "\x9b31m", "a\u2028b", "\x08\x7f")


def world(texts: tuple[str, ...]) -> tc.Dataset:
    """A data set with each text in every place for a text."""
    cities = [
        tc.City(
            id=f"c{number}",
            name=text,
            names={"fi": text, "en": text},
            alt_names=(text,),
            country_code="FI",
            coordinates=tc.Coordinates(latitude=60 + number / 10, longitude=20 + number),
            summary={"en": text},
            links=[tc.Link(title=text, url="https://example.org/")],
            milestones=[tc.Milestone(kind="signed", date="1950", summary={"en": text})],
            extra={"note": text},
        )
        for number, text in enumerate(texts)
    ]
    partnerships = [
        tc.Partnership(
            cities=("c0", city.id),
            since="1950",
            status="active",
            summary={"en": city.name},
            activities=[tc.Activity(areas=["odd"], summary={"en": city.name})],
            agreements=[tc.Agreement(names={"en": city.name}, period="1950/1960")],
            sources=["s"],
        )
        for city in cities[1:]
    ]
    return tc.Dataset(
        id="hostile",
        title=texts[0],
        cities=cities,
        partnerships=partnerships,
        areas=[tc.CooperationArea(id="odd", pref_label={"en": texts[1]})],
        networks=[tc.CooperationNetwork(id="n", members=["c0", "c1"], names={"en": texts[0]})],
        sources=[tc.Source(id="s", title=texts[0])],
        as_of="2000",
    )


BAD, WORST = world(HOSTILE), world(CONTROLS)
PEACEFUL = world(tuple(f"Name {number}" for number in range(len(CONTROLS))))


def html_doors(ds: tc.Dataset) -> Iterator[str]:
    """Everything that notebooks show."""
    yield ds._repr_html_()
    yield ds.partners("c0")._repr_html_()
    for record in (*ds.cities.values(), *ds.partnerships.values(), *ds.networks.values()):
        yield record._repr_html_()


class Tags(HTMLParser):
    """The elements of a page, each with the names of its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[str, ...]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple(name for name, _ in attrs)))


def test_html_has_no_element_of_a_name() -> None:
    """The elements of a notebook's tables are the same whatever the names are."""
    for worst, peaceful in zip(html_doors(WORST), html_doors(PEACEFUL), strict=True):
        assert Tags(worst).found == Tags(peaceful).found
        assert not hidden(worst)


def shown_in_terminals(ds: tc.Dataset, capsys: pytest.CaptureFixture[str], path: Path) -> Iterator[str]:
    """Everything that is printed: texts, representations, errors, and the output of the command."""
    from twincities.cli import main

    yield str(ds.partners("c0"))
    yield repr(ds)
    yield repr(ds.partners("c0"))
    for record in (*ds.cities.values(), *ds.partnerships.values(), *ds.networks.values(), *ds.ties()):
        yield repr(record)
    for city in ds.cities.values():
        for ask in (ds.city, lambda name: ds.partners("c0", area=name), ds.network, lambda name: ds.city("c0", name)):
            with pytest.raises(tc.TwinCitiesError) as caught:
                ask(f"{city.name} elsewhere")
            yield str(caught.value)
    for finding in ds.lint():
        yield str(finding)
    ds.write(path)
    for words in (
        ["show", "c0"],
        ["partners", "c0"],
        ["search", "x"],
        ["cousins", "c1"],
        ["path", "c1", "c2"],
        ["lint"],
    ):
        main([*words, *([str(path)] if words == ["lint"] else ["--data", str(path)])])
        yield "".join(capsys.readouterr())


def test_terminals_get_text_alone(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """No output contains a character that a terminal acts on, whatever the names are."""
    for text in shown_in_terminals(WORST, capsys, tmp_path / "worst.json"):
        assert not hidden(text)


def test_terminals_with_colour_get_names_as_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """If rich writes to a terminal, a name such as `[bold]` is text, and there are only rich's own codes."""
    pytest.importorskip("rich")
    from twincities.cli import main

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    BAD.write(tmp_path / "bad.json")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(sys, "stdout", terminal := Terminal())
    main(["partners", "c0", "--data", str(tmp_path / "bad.json")])
    text = re.sub(r"\x1b\[[0-9;]*m", "", terminal.getvalue())
    assert not hidden(text)
    assert "[bold red]x[/bold red][link=https://x.example]y[/link]" in text


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_has_no_formula(delimiter: str) -> None:
    """No cell begins like a spreadsheet formula, and each name is in one cell."""
    for text in (WORST.to_csv(delimiter=delimiter), WORST.partners("c0").to_csv(delimiter=delimiter)):
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        assert len(rows) == len(CONTROLS)
        assert len({len(row) for row in rows}) == 1
        for row in rows:
            for cell in row:
                assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))


def test_workbooks_have_no_formula(tmp_path: Path) -> None:
    """Every text of a workbook is a text; a control character, which it can't hold, is refused."""
    openpyxl = pytest.importorskip("openpyxl")
    pytest.importorskip("pandas")
    BAD.to_excel(tmp_path / "bad.xlsx")
    book = openpyxl.load_workbook(tmp_path / "bad.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    assert {text for text in HOSTILE if "\r" not in text} <= {cell.value for cell in cells}
    with pytest.raises(tc.QueryError, match="without control characters"):
        WORST.to_excel(tmp_path / "worst.xlsx")
    assert not (tmp_path / "worst.xlsx").exists()


def test_geojson_keeps_names_as_they_are(tmp_path: Path) -> None:
    """GeoJSON is JSON, and has each name as text."""
    WORST.to_geojson(tmp_path / "x.geojson")
    found = json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))
    assert {feature["properties"].get("name") for feature in found["features"]} >= set(CONTROLS)


@pytest.mark.parametrize("format", ["gexf", "graphml"])
def test_graph_files_have_no_element_of_a_name(format: str, tmp_path: Path) -> None:
    """The elements of a graph file are the same whatever the names are."""
    pytest.importorskip("networkx")
    from twincities.interop import graph

    write = getattr(graph, f"write_{format}")
    write(WORST, tmp_path / "worst", records=False)
    write(PEACEFUL, tmp_path / "peaceful", records=False)
    worst, peaceful = ([node.tag for node in ET.parse(tmp_path / name).iter()] for name in ("worst", "peaceful"))
    assert worst == peaceful
    text = (tmp_path / "worst").read_text(encoding="utf-8")
    assert not any(char in text for char in "\0\x1b\x07\x08")


@pytest.mark.parametrize("ending", ["ttl", "nt", "jsonld"])
def test_linked_data_says_no_more_than_its_names(ending: str, tmp_path: Path) -> None:
    """In RDF each name is a literal: an equal data set comes back, and there are no other statements."""
    pytest.importorskip("rdflib")
    from twincities.interop.rdf import from_rdf

    WORST.write_rdf(tmp_path / f"x.{ending}")
    assert from_rdf(tmp_path / f"x.{ending}") == WORST
    assert {str(predicate) for predicate in WORST.to_rdf().predicates()} == {
        str(predicate) for predicate in PEACEFUL.to_rdf().predicates()
    }


def test_columns_keep_names_as_they_are() -> None:
    """Arrow's columns give the same data set back."""
    pytest.importorskip("pyarrow")
    from twincities.interop.arrow import from_arrow

    assert from_arrow(WORST.to_arrow()) == WORST
    assert set(WORST.to_flat_arrow()["cities"]["name"].to_pylist()) == set(CONTROLS)


@pytest.mark.parametrize("text", CONTROLS)
def test_queries_take_no_text(text: str) -> None:
    """A SPARQL query takes only well-formed ids, codes and tags."""
    for ask in (lambda: cities_query(text), lambda: country_query(text), lambda: cities_query("Q1", [text])):
        with pytest.raises(tc.QueryError) as caught:
            ask()
        assert not hidden(str(caught.value))
    for ask in (lambda: cities_query(f"Q1 {text}"), lambda: country_query(f'FI"{text}')):
        with pytest.raises(tc.QueryError):
            ask()


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", 'https://x/"><b>', "//x"]
)
def test_links_lead_to_pages(url: str) -> None:
    """A link is a web address, without characters that could end it."""
    with pytest.raises(tc.InvalidRecordError, match="expected a URL"):
        tc.Link(title="x", url=url)


@pytest.mark.parametrize("name", ["map", "timeline", "areas", "network"])
def test_charts_have_no_element_of_a_name(name: str, tmp_path: Path) -> None:
    """An SVG has no script, no link and no handler, and a page has the scripts of every page, whatever the names are."""
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    from twincities.charts import save

    save(getattr(WORST.chart, name)(), tmp_path / "x.svg")
    for node in ET.parse(tmp_path / "x.svg").iter():
        assert node.tag.rpartition("}")[2] in {"svg", "g", "path", "text", "rect", "defs", "clipPath", "tspan", "line"}
        assert not [key for key in node.attrib if key.startswith("on") or key.endswith("href")]
    if name == "map":
        pages = []
        for ds in (WORST, PEACEFUL):
            save(ds.chart.map(), tmp_path / "x.html")
            pages.append(Tags((tmp_path / "x.html").read_text(encoding="utf-8")).found)
        assert pages[0] == pages[1]
