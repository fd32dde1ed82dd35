"""
The house: imports go one way and stay light, and every name is where it is said to be.
"""

from __future__ import annotations

import ast
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from types import ModuleType

import pytest

import twincities as tc
from twincities import _optional as optional
from twincities import errors

ROOT = Path(tc.__file__).parent
PACKAGES = {
    ".".join(path.parent.relative_to(ROOT).parts): path
    for path in ROOT.rglob("__init__.py")
    if path.parent != ROOT and "import" in path.read_text(encoding="utf-8")
}
MODULES = PACKAGES | {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for path in ROOT.rglob("*.py")
    if path.name != "__init__.py"
}

# Each room, a module or a package, may import those of the lines above its own.
LAYERS = (
    {"collector", "errors", "layout", "resources", "walks"},
    {"edtf", "files", "languages", "lazy", "optional", "values"},
    {"rules", "spelling", "vocabulary"},
    {"converters", "options"},
    {"parts"},
    {"geodesics", "model"},
    {"answers", "areas", "integrity", "names", "places", "validity"},
    {"by_id", "filters", "speed", "structure"},
    {"index", "ties"},
    {"selection"},
    {"questions"},
    {"dataset"},
    {"display", "interop.columnar", "interop.facts", "lint", "reader", "sources.cells"},
    {"interop.tables", "localised", "serial"},
    {"cards", "interop.arrow", "interop.geojson", "interop.rdf", "interop.rows"},
    {"sources.gazetteer", "sources.table", "sources.wikidata"},
    {"interop.frames", "interop.graph", "interop.parquet", "plugins", "reconcile"},
    {"_hypothesis", "bundled", "charts", "formats", "strategies"},
    {"cli"},
    {"__main__"},
)
RANKS = {room: rank for rank, rooms in enumerate(LAYERS) for room in rooms}
ROOMS = {
    module: next((room for room in (module, module.rpartition(".")[0]) if room in RANKS), module) for module in MODULES
}

# Functions that import something of ours, or a package we depend on, only when they run (extras aside).
INNER = {
    ("questions", "Questions.search"): {"answers"},
    ("questions", "Questions.cousins.found"): {"answers"},
    ("questions", "Questions.anniversaries"): {"answers"},
    ("questions", "Questions.expiring"): {"answers"},
    ("selection", "Selection.__contains__"): {"names"},
    ("selection", "Selection.events"): {"answers"},
    ("dataset", "Dataset.chart"): {"charts"},
    ("dataset", "Dataset.lint"): {"lint"},
    ("dataset", "Dataset.merge"): {"reconcile"},
    ("dataset", "Dataset.to_dict"): {"serial"},
    ("dataset", "Dataset.to_json"): {"serial"},
    ("dataset", "Dataset.to_jsonl"): {"serial"},
    ("dataset", "Dataset.write"): {"serial"},
    ("dataset", "Dataset.to_dicts"): {"interop.rows"},
    ("dataset", "Dataset.to_csv"): {"interop.rows"},
    ("dataset", "Dataset._repr_html_"): {"cards"},
    ("model", "City._repr_html_"): {"cards"},
    ("model", "CooperationNetwork._repr_html_"): {"cards"},
    ("model", "Partnership._repr_html_"): {"cards"},
    ("selection", "Selection._repr_html_"): {"cards"},
    ("dataset", "Dataset.to_pandas"): {"interop.frames"},
    ("dataset", "Dataset.to_polars"): {"interop.frames"},
    ("dataset", "Dataset.to_excel"): {"interop.frames"},
    ("selection", "Selection.to_pandas"): {"interop.frames"},
    ("selection", "Selection.to_polars"): {"interop.frames"},
    ("selection", "Selection.to_excel"): {"interop.frames"},
    ("dataset", "Dataset.to_geojson"): {"interop.geojson"},
    ("dataset", "Dataset.to_geopandas"): {"interop.geojson"},
    ("dataset", "Dataset.to_geoparquet"): {"interop.geojson"},
    ("dataset", "Dataset.to_arrow"): {"interop.arrow"},
    ("dataset", "Dataset.to_flat_arrow"): {"interop.arrow"},
    ("dataset", "Dataset.__arrow_c_stream__"): {"interop.arrow"},
    ("dataset", "Dataset.write_parquet"): {"interop.parquet"},
    ("selection", "Selection.to_arrow"): {"interop.arrow"},
    ("model", "City.__geo_interface__"): {"interop.geojson"},
    ("selection", "Selection.to_geojson"): {"interop.geojson"},
    ("selection", "Selection.to_geopandas"): {"interop.geojson"},
    ("selection", "Selection.to_geoparquet"): {"interop.geojson"},
    ("dataset", "Dataset.to_networkx"): {"interop.graph"},
    ("dataset", "Dataset.to_rdf"): {"interop.rdf"},
    ("dataset", "Dataset.write_rdf"): {"interop.rdf"},
    ("selection", "Selection.to_networkx"): {"interop.graph"},
    ("selection", "Selection.chart"): {"charts"},
    ("selection", "Selection.__str__"): {"display"},
    ("selection", "Selection.to_dicts"): {"interop.rows"},
    ("selection", "Selection.to_csv"): {"interop.rows"},
    ("parts", "Coordinates.distance_km"): {"geographiclib"},
    ("_hypothesis", "_made_by.make"): {"strategies"},
    ("bundled", "_load"): {"plugins"},
    ("bundled", "datasets"): {"plugins"},
    ("charts.shown", "_Offline.save"): {"charts.saving"},
    ("cli.data", "data_in"): {"cli.streams"},
    ("cli.entry", "_hint"): {"names"},
    ("cli.entry", "_say"): {"cli.output"},
    ("cli.show", "_facts"): {"structure"},
    ("formats", "_read_document"): {"serial"},
    ("formats", "_read_graph"): {"interop.graph"},
    ("formats", "_read_parquet"): {"interop.parquet"},
    ("formats", "_read_rdf"): {"interop.rdf"},
    ("formats", "_read_table"): {"sources.table"},
    ("formats", "_write_gexf"): {"interop.graph"},
    ("formats", "_write_graphml"): {"interop.graph"},
    ("geodesics", "geodesic"): {"geographiclib"},
    ("plugins", "_united"): {"reconcile", "serial"},
    ("plugins", "dataset_of"): {"importlib_resources"},
    ("resources", "read_data"): {"importlib_resources"},
}
THIRD_PARTY = {"attrs", "cattrs", "geographiclib", "importlib_resources"}


def is_for_checkers(node: ast.AST) -> bool:
    """Whether a statement is `if TYPE_CHECKING:`."""
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def names_in(node: ast.Import | ast.ImportFrom, module: str) -> Iterator[str]:
    """What a statement imports: modules of the library as `LAYERS` calls them, others by their first name."""
    if isinstance(node, ast.Import):
        yield from (alias.name.partition(".")[0] for alias in node.names)
    elif not node.level:
        assert node.module is not None
        yield node.module.partition(".")[0]
    else:
        inside = [*module.split("."), "__init__"] if module in PACKAGES else module.split(".")
        package = inside[: -node.level]
        start = [*package, node.module] if node.module else package
        for alias in node.names:
            inner = ".".join([*start, alias.name])
            yield inner if inner in MODULES else ".".join(start)


def imports_of(module: str) -> Iterator[tuple[str, str]]:
    """The imports of a module: the function that holds each ("" for none), and what is imported."""

    def walk(node: ast.AST, inside: str, in_function: bool) -> Iterator[tuple[str, str]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.Import, ast.ImportFrom)):
                for name in names_in(child, module):
                    yield inside if in_function else "", name
            elif isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield from walk(child, f"{inside}.{child.name}".lstrip("."), True)
            elif isinstance(child, ast.ClassDef):
                yield from walk(child, f"{inside}.{child.name}".lstrip("."), in_function)
            elif not is_for_checkers(child):
                yield from walk(child, inside, in_function)

    yield from walk(ast.parse(MODULES[module].read_text(encoding="utf-8")), "", False)


def test_every_module_has_its_place() -> None:
    """The layers name every room of the library, and each once."""
    assert sorted(room for rooms in LAYERS for room in rooms) == sorted(set(ROOMS.values()))


@pytest.mark.parametrize("module", sorted(MODULES))
def test_imports_go_one_way(module: str) -> None:
    """A module imports its own room and rooms of lower layers, and of other packages only those that it depends on."""
    outer = {name for function, name in imports_of(module) if not function and name != "__future__"}
    ours = {name for name in outer if name in MODULES}
    room = ROOMS[module]
    assert {name for name in ours if ROOMS[name] != room and RANKS[ROOMS[name]] >= RANKS[room]} == set()
    others = {""} | ({"hypothesis"} if room == "strategies" else set())  # "" is where its version stands
    assert outer - ours - set(sys.stdlib_module_names) - THIRD_PARTY - others == set()


def test_nothing_imports_itself() -> None:
    """Inside a room too imports go one way."""
    needs = {
        module: {name for function, name in imports_of(module) if not function and name in MODULES}
        for module in MODULES
    }
    TopologicalSorter(needs).prepare()  # raises CycleError


def test_only_the_doors_import_inside() -> None:
    """Only doors that lead up, and packages that cost time, are imported when a function runs."""
    found: dict[tuple[str, str], set[str]] = {}
    for module in MODULES:
        for function, name in imports_of(module):
            if function and (name in MODULES or name in THIRD_PARTY):
                found.setdefault((module, function), set()).add(name)
    assert found == INNER


# -- a fresh process -------------------------------------------------------------------------------

_PROBE = """
import json, sys
before = set(sys.modules)
opened = []
sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == "open" else None)
{code}
names = {{name.partition(".")[0] for name in set(sys.modules) - before}} - set(sys.stdlib_module_names)
ours = sorted(name for name in sys.modules if name.startswith("twincities."))
print(json.dumps([sorted(names), ours, [path for path in opened if path.endswith((".json", ".csv"))]]))
"""


def loaded_by(code: str) -> tuple[set[str], set[str], list[str]]:
    """What *code* imports beyond the standard library, which modules of ours, and which data files it reads."""
    script = _PROBE.format(code=code)
    output = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    packages, ours, opened = json.loads(output)
    return set(packages), set(ours), opened


def test_the_import_is_light() -> None:
    """`import twincities` imports no other package and no module of ours, and reads no data."""
    assert loaded_by("import twincities; dir(twincities)") == ({"twincities"}, set(), [])


def test_records_need_attrs_alone() -> None:
    """The record classes bring in attrs and nothing else, and read no data."""
    packages, ours, opened = loaded_by("import twincities; twincities.City(id='a'); twincities.Partnership")
    assert packages <= {"twincities", "attr", "attrs"}
    assert "twincities.model" in ours
    assert not ours & {"twincities.dataset", "twincities.structure", "twincities.names"}
    assert opened == []


def test_cattrs_comes_with_the_first_document() -> None:
    """A data set made by hand, and questions to it, don't pay for the reader of documents."""
    code = "import twincities as tc; ds = tc.Dataset(cities=[tc.City(id='a')]); ds.city('a'); ds.partners('a')"
    packages, ours, _ = loaded_by(code)
    assert "cattrs" not in packages
    assert "twincities.structure" not in ours
    assert (
        "cattrs"
        in loaded_by("import twincities as tc; tc.from_dict({'format': 'twincities/1', 'cities': []}).to_dict()")[0]
    )


# -- the names -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", tc.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """Every name of `__all__` is found, is kept, and says in words what it is."""
    value = getattr(tc, name)
    assert value is getattr(tc, name) is vars(tc)[name]
    assert value.__doc__
    home = sys.modules[f"twincities.{tc._HOME[name]}"]
    assert getattr(home, name) is value
    assert name in home.__all__  # type: ignore[attr-defined]


def test_names_are_listed() -> None:
    """`dir` and `__all__` list the public names and the version, and no name twice."""
    assert set(dir(tc)) == {*tc.__all__, "__version__"}
    assert len(set(tc.__all__)) == len(tc.__all__)
    assert tc.__all__ == sorted(tc.__all__)


def test_checkers_see_the_same_names() -> None:
    """The imports for type checkers are those that `__getattr__` makes, each as a re-export."""
    tree = ast.parse((ROOT / "__init__.py").read_text(encoding="utf-8"))
    (block,) = (node for node in tree.body if is_for_checkers(node))
    assert isinstance(block, ast.If)
    seen: dict[str, str] = {}
    for node in block.body:
        assert isinstance(node, ast.ImportFrom)
        assert node.level == 1
        for alias in node.names:
            assert alias.asname == alias.name
            seen[alias.name] = node.module or ""
    assert seen == tc._HOME


def test_unknown_attributes_are_missing() -> None:
    """A name that isn't there is an `AttributeError` in the words of Python."""
    with pytest.raises(AttributeError, match="module 'twincities' has no attribute 'Town'"):
        tc.Town  # noqa: B018
    assert not hasattr(tc, "__wrapped__")


def test_the_version_is_that_of_the_package() -> None:
    """`__version__` is what the installed package says."""
    from importlib.metadata import version

    assert tc.__version__ == version("twincities")


# -- errors ----------------------------------------------------------------------------------------

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
    """No error class is forgotten below; all have one root, which is no more than an `Exception`."""
    names = {name for name in tc.__all__ if name.endswith("Error")} - {"TwinCitiesError"}
    assert set(ERRORS) == names
    assert tc.TwinCitiesError.__bases__ == (Exception,)
    assert str(tc.TwinCitiesError()) == ""


@pytest.mark.parametrize("name", ERRORS)
def test_errors_are_caught_printed_and_pickled(name: str) -> None:
    """Each error is of the root and of a standard class, prints as plain words, and is the same after pickling."""
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
    """The key of a partnership is a pair: the error says that where it wasn't."""
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
    """A message shows what came, bounded and with its control characters escaped."""
    assert errors.shown(value) == text


# -- extras ----------------------------------------------------------------------------------------


def test_a_missing_package_names_the_command() -> None:
    """A package that isn't installed is an `ImportError` with the command that brings it."""
    for module in ("no_such_package", "no_such_package.inner.module"):
        with pytest.raises(tc.MissingDependencyError) as caught:
            optional.require(module, extra="charts")
        assert str(caught.value) == "this needs the package no_such_package: pip install 'twincities[charts]'"
        assert (caught.value.name, caught.value.extra) == ("no_such_package", "charts")
        assert isinstance(caught.value.__cause__, ModuleNotFoundError)
    with pytest.raises(tc.MissingDependencyError, match=r"the package no_such_package: pip install no_such_package$"):
        optional.require("no_such_package", extra=None)


def test_a_package_that_is_there_is_given() -> None:
    """A package that can be imported is returned, modules inside it too."""
    module = optional.require("json.decoder", extra="x")
    assert isinstance(module, ModuleType)
    assert module is sys.modules["json.decoder"]


def test_a_package_that_lacks_its_own_needs_says_so_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a package is there and what it needs isn't, its own error comes through."""
    (tmp_path / "half_there.py").write_text("import no_such_need")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="no_such_need") as caught:
        optional.require("half_there", extra="x")
    assert not isinstance(caught.value, tc.MissingDependencyError)
    (tmp_path / "broken_there.py").write_text("raise ImportError('broken')")
    with pytest.raises(ImportError, match="broken") as broken:
        optional.require("broken_there", extra="x")
    assert not isinstance(broken.value, tc.MissingDependencyError)
    (tmp_path / "nameless_there.py").write_text("raise ModuleNotFoundError('nameless')")
    with pytest.raises(tc.MissingDependencyError):
        optional.require("nameless_there", extra="x")
