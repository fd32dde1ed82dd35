"""
Data sets of other packages: listed without being read, loaded whatever their form, and broken ones kept apart.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from generators import datasets
from hypothesis import given
from hypothesis import strategies as st

import twincities as tc
from twincities.sources import bundled, plugins

RIGA = tc.Dataset(
    id="riga",
    title="Twin cities of Riga",
    version="3",
    as_of="2025",
    licence="CC0-1.0",
    cities=[tc.City(id="riga"), tc.City(id="opole")],
    partnerships=[tc.Partnership(cities=("riga", "opole"))],
)
LIEPAJA = tc.Dataset(id="liepaja", cities=[tc.City(id="liepaja"), tc.City(id="riga")])

Install = Callable[..., Path]


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install a package: its files, and metadata as an installer writes it."""
    monkeypatch.syspath_prepend(str(tmp_path))
    before = set(sys.modules)

    def installed(name: str, points: dict[str, str], files: dict[str, Any] | None = None, **metadata: str) -> Path:
        info = tmp_path / f"{name}-1.2.dist-info"
        info.mkdir()
        head = {"Metadata-Version": "2.4", "Name": name.replace("_", "-"), "Version": "1.2", **metadata}
        (info / "METADATA").write_text("".join(f"{k.replace('_', '-')}: {v}\n" for k, v in head.items()))
        lines = "".join(f"{point} = {value}\n" for point, value in points.items())
        (info / "entry_points.txt").write_text(f"[twincities.datasets]\n{lines}")
        for place, content in (files or {}).items():
            path = tmp_path / name / place
            path.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(content, tc.Dataset):
                content.write(path)
            else:
                path.write_text(content)
        return tmp_path / name

    bundled._load.cache_clear()
    yield installed
    bundled._load.cache_clear()
    for module in set(sys.modules) - before:
        del sys.modules[module]


FUNCTION = "import twincities as tc\ndef dataset():\n    return tc.Dataset(id='made')\n"


def test_the_bundled_data_set_is_listed_first() -> None:
    """The list begins with what the library ships, each with the facts in its document's head."""
    info = tc.datasets()[0]
    whole = tc.load()
    assert (info.name, info.problem) == ("kuopio", None)
    assert (info.title, info.version, info.as_of, info.licence) == (
        whole.title,
        whole.version,
        whole.as_of,
        whole.licence,
    )
    assert info.origin == f"twincities {tc.__version__}"
    assert str(info).startswith("kuopio: Twin cities of Kuopio, ")


def test_a_document_is_listed_by_its_head(install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is beside the code is described by its own head; no code of the package runs."""
    install("tc_riga", {"riga": "tc_riga"}, {"__init__.py": "raise RuntimeError", "riga.json": RIGA}, Summary="x")
    (info,) = tc.datasets()[2:]
    assert info == tc.DatasetInfo(
        name="riga",
        title=RIGA.title,
        version=RIGA.version,
        as_of=RIGA.as_of,
        licence=RIGA.licence,
        origin="tc-riga 1.2",
    )


def test_a_function_is_described_by_its_package(install: Install) -> None:
    """Where nothing can be read beforehand, the package's own words stand."""
    install(
        "tc_made",
        {"made": "tc_made:dataset"},
        {"__init__.py": FUNCTION},
        Summary="Made twins",
        License_Expression="MIT",
    )
    (info,) = tc.datasets()[2:]
    assert (info.title, info.version, info.licence, info.as_of) == ("Made twins", "1.2", "MIT", None)
    assert "tc_made" not in sys.modules


@pytest.mark.parametrize(
    ("value", "files"),
    [
        ("tc_x", {"__init__.py": "", "riga.json": RIGA}),
        ("tc_x.data", {"__init__.py": "", "data/__init__.py": "", "data/riga.jsonl.gz": RIGA}),
        ("tc_x:PATH", {"__init__.py": "from pathlib import Path\nPATH = Path(__file__).with_name('r.json')", "r.json": RIGA}),
        ("tc_x:PATH", {"__init__.py": "import os\nPATH = os.path.dirname(__file__) + '/d'", "d/r.json.gz": RIGA}),
        ("tc_x:get", {"__init__.py": f"import twincities as tc\ndef get():\n    return tc.from_json({RIGA.to_json()!r})"}),
    ],
    ids=["package", "subpackage", "document", "folder", "function"],
)  # fmt: skip
def test_a_plug_in_may_have_any_form(value: str, files: dict[str, Any], install: Install) -> None:
    """A package with a document, a path to one, to a folder, and a function all give the data set."""
    install("tc_x", {"riga": value}, files)
    assert tc.load("riga") == RIGA
    assert tc.load("riga") is tc.load("riga")


def test_documents_of_a_folder_are_united(install: Install) -> None:
    """A folder with several documents is one data set, merged in the order of their names."""
    install("tc_b", {"baltic": "tc_b"}, {"__init__.py": "", "a.json": RIGA, "b.json": LIEPAJA, "notes.txt": "x"})
    assert tc.load("baltic") == RIGA.merge(LIEPAJA)
    assert tc.datasets()[2].title is None


def test_a_zipped_package_brings_documents(tmp_path: Path, install: Install, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read out of a zip; what is in it isn't described beforehand."""
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as packed:
        packed.writestr("tc_zip/__init__.py", "")
        packed.writestr("tc_zip/riga.json", RIGA.to_json())
        packed.writestr("tc_zip-1.dist-info/METADATA", "Metadata-Version: 2.4\nName: tc-zip\nVersion: 1\n")
        packed.writestr("tc_zip-1.dist-info/entry_points.txt", "[twincities.datasets]\nriga = tc_zip\n")
    monkeypatch.syspath_prepend(str(tmp_path / "z.zip"))
    (info,) = tc.datasets()[2:]
    assert (info.name, info.title, info.origin, info.problem) == ("riga", None, "tc-zip 1", None)
    assert tc.load("riga") == RIGA


def test_a_folder_without_documents_is_refused(install: Install) -> None:
    """A package that names a place without documents gets an error that says so."""
    install("tc_none", {"none": "tc_none"}, {"__init__.py": ""})
    with pytest.raises(tc.DatasetError, match="expected documents at tc_none, got none"):
        tc.load("none")


def test_two_packages_with_one_name_are_listed_with_the_problem(install: Install) -> None:
    """The list names both packages, as `load` does."""
    install("tc_one", {"twice": "tc_one:dataset"}, {"__init__.py": FUNCTION})
    install("tc_two", {"twice": "tc_two:dataset"}, {"__init__.py": FUNCTION})
    (info,) = tc.datasets()[2:]
    assert info.name == "twice"
    assert info.problem == "$: expected one package with a data set 'twice', got tc-one and tc-two"


@pytest.mark.parametrize(
    ("value", "files", "problem"),
    [
        ("tc_x", {"__init__.py": "", "x.json": '{"as_of": "soon"}'}, "$.as_of: expected"),
        ("tc_x", {"__init__.py": "", "x.json": '{"as_of": 5}'}, "$.as_of: expected"),
        ("tc_gone", {}, "expected a package tc_gone, got none"),
        ("tc_gone.data", {}, "expected a package tc_gone.data, got none"),
        ("tc_x.data", {"__init__.py": ""}, "expected a package tc_x.data, got none"),
        ("tc_x", {"__init__.py": "", "x.json.gz": "no gzip"}, "gzip"),
    ],
    ids=["as_of", "as_of-number", "no-package", "no-parent", "no-child", "no-gzip"],
)
def test_a_broken_plug_in_is_listed_with_its_problem(
    value: str, files: dict[str, str], problem: str, install: Install
) -> None:
    """What can be seen to be wrong from outside is said; the others are listed as ever."""
    install("tc_x", {"x": value}, files)
    install("tc_fine", {"fine": "tc_fine"}, {"__init__.py": "", "f.json": RIGA})
    first, _, fine, broken = tc.datasets()
    assert (first.problem, fine.problem, fine.title) == (None, None, RIGA.title)
    assert broken.name == "x"
    assert problem in (broken.problem or "")


def test_listing_runs_no_code_of_a_package(install: Install) -> None:
    """A package inside another is found without importing either; one that can't be imported doesn't break the list."""
    install("tc_bad", {"bad": "tc_bad.data"}, {"__init__.py": "raise RuntimeError('runs')", "data/r.json": RIGA})
    (*_, bad) = tc.datasets()
    assert (bad.name, bad.title, bad.problem) == ("bad", RIGA.title, None)
    assert "tc_bad" not in sys.modules
    with pytest.warns(tc.DatasetWarning, match="bad"):
        assert tc.load_all() == shipped()


@given(datasets(), st.integers(0, 3))
def test_a_head_is_read_as_the_whole_is(ds: tc.Dataset, spaces: int) -> None:
    """The head found at the start of a document is the head that reading it gives, however it is laid out."""
    import json

    document = ds.to_dict()
    text = json.dumps(document, indent=spaces or None)
    expected = {key: value for key, value in document.items() if not isinstance(value, list) or key == "complete_for"}
    assert plugins.head_in(text) == expected


@given(datasets(), st.floats(0, 1))
def test_a_cut_head_is_what_came_before(ds: tc.Dataset, part: float) -> None:
    """Of a text that ends anywhere the members before the end are found, and nothing else."""
    text = ds.to_json().decode()
    whole = plugins.head_in(text)
    found = plugins.head_in(text[: int(len(text) * part)])
    assert list(found.items()) == list(whole.items())[: len(found)]


@pytest.mark.parametrize("text", ["", "x", "[]", '"{"', "{", "{1: 2}", '{"a"', '{"a":', '{"a" 1}', "{}"])
def test_what_is_no_object_has_no_head(text: str) -> None:
    """A text that isn't the start of an object gives an empty head: reading all of it reports the problem."""
    assert plugins.head_in(text) == {}


# -- all together ----------------------------------------------------------------------------------


def shipped() -> tc.Dataset:
    """The bundled data sets, united."""
    return tc.load("kuopio").merge(tc.load("finland"))


def test_all_data_sets_are_united(install: Install) -> None:
    """`load_all` is the bundled data sets merged with each installed one."""
    install("tc_riga", {"riga": "tc_riga"}, {"__init__.py": "", "riga.json": RIGA})
    together = tc.load_all()
    assert together == shipped().merge(RIGA)
    assert "Kuopio" in [cousin.city.name for cousin in together.cousins("riga")]


def test_a_broken_plug_in_doesnt_break_the_others(install: Install) -> None:
    """What can't be loaded is left out with a warning that names it and says why."""
    install(
        "tc_bad", {"bad": "tc_bad:dataset"}, {"__init__.py": "def dataset():\n    raise RuntimeError('their fault')"}
    )
    install("tc_riga", {"riga": "tc_riga"}, {"__init__.py": "", "riga.json": RIGA})
    with pytest.warns(tc.DatasetWarning, match="data set bad of tc-bad 1.2 is left out: .*their fault") as caught:
        assert tc.load_all() == shipped().merge(RIGA)
    assert Path(caught[0].filename) == Path(__file__)


def test_disagreement_has_to_be_decided(install: Install) -> None:
    """Two data sets that contradict each other are united only with a rule."""
    other = tc.Dataset(
        id="other",
        cities=[tc.City(id="kuopio", wikidata_id="Q5986"), tc.City(id="opole", wikidata_id="Q92212")],
        partnerships=[tc.Partnership(cities=("kuopio", "opole"), since="1950")],
    )
    other = other.with_records(
        *(tc.City(id=id, wikidata_id=tc.load().cities[id].wikidata_id) for id in ("kuopio", "opole"))
    )
    install("tc_other", {"other": "tc_other"}, {"__init__.py": "", "o.json": other})
    with pytest.raises(tc.MergeConflictError, match="since"):
        tc.load_all()
    assert str(tc.load_all(prefer="second").partnership("kuopio", "opole").since) == "1950"
    assert (
        tc.load_all(prefer="first").partnership("kuopio", "opole").since
        == tc.load().partnership("kuopio", "opole").since
    )
