"""
The import is light, and every public name is found.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import twincities as tc

ROOT = Path(tc.__file__).parent

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
    """The packages that *code* imports beyond the standard library, the modules of the library, and the data files it reads."""
    script = _PROBE.format(code=code)
    output = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    packages, ours, opened = json.loads(output)
    return set(packages), set(ours), opened


def test_the_import_is_light() -> None:
    """`import twincities` imports no other package and no module of the library, and reads no data."""
    assert loaded_by("import twincities; dir(twincities)") == ({"twincities"}, set(), [])


def test_records_need_attrs_alone() -> None:
    """The record classes bring in attrs and nothing else, and read no data."""
    packages, ours, opened = loaded_by("import twincities; twincities.City(id='a'); twincities.Partnership")
    assert packages <= {"twincities", "attr", "attrs"}
    assert "twincities.model" in ours
    assert not ours & {"twincities.dataset", "twincities.document", "twincities.query"}
    assert opened == []


def test_cattrs_comes_with_the_first_document() -> None:
    """A data set made by hand doesn't import the reader of documents."""
    code = "import twincities as tc; ds = tc.Dataset(cities=[tc.City(id='a')]); ds.city('a'); ds.partners('a')"
    packages, ours, _ = loaded_by(code)
    assert "cattrs" not in packages
    assert "twincities.document" not in ours
    assert (
        "cattrs"
        in loaded_by("import twincities as tc; tc.from_dict({'format': 'twincities/1', 'cities': []}).to_dict()")[0]
    )


# -- the names -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", tc.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """Every name of `__all__` is found, cached and documented."""
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
    (block,) = (node for node in tree.body if isinstance(node, ast.If))
    assert isinstance(block, ast.If)
    seen: dict[str, str] = {}
    for node in block.body:
        assert isinstance(node, ast.ImportFrom)
        assert node.level == 1
        for alias in node.names:
            assert alias.asname == alias.name
            seen[alias.name] = node.module or ""
    assert seen == {**tc._HOME, "__version__": "_version"}


def test_unknown_attributes_are_missing() -> None:
    """A name that isn't there is an `AttributeError` in the words of Python."""
    with pytest.raises(AttributeError, match="module 'twincities' has no attribute 'Town'"):
        tc.Town  # noqa: B018
    assert not hasattr(tc, "__wrapped__")


def test_the_version_is_that_of_the_package() -> None:
    """`__version__` is that of the installed package."""
    from importlib.metadata import version

    assert tc.__version__ == version("twincities")
