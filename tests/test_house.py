"""
The law of the house: every import points down, at the top of a file as inside a function, and no files form a circle.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import twincities as tc

ROOT = Path(tc.__file__).parent
# From the top down; rooms on one line don't import each other.
FLOORS = (
    {"__main__", "_hypothesis"},
    {"cli"},
    {"formats"},
    {"sources", "strategies"},
    {"dataset"},
    {"reconcile", "publish"},
    {"interop", "charts", "lint"},
    {"document", "display"},
    {"query"},
    {"model"},
    {"_files", "_optional"},
    {"_progress"},
    {"errors", "_data", "_lazy", "_pyinstaller", "_version"},
    {"_collector"},
)
FLOOR = {room: len(FLOORS) - number for number, rooms in enumerate(FLOORS) for room in rooms}
# The modules that reach up: readers make a data set, and records show themselves to notebooks and maps.
UPWARDS = {
    "document.reading": "dataset",
    "interop.arrow.reading": "dataset",
    "interop.graph.reading": "dataset",
    "interop.parquet.reading": "dataset",
    "interop.rdf.reading": "dataset",
    "interop.sqlite.reading": "dataset",
    "model.cards": "display",
    "model.geo": "interop",
}
CORE = {"attrs", "cattrs", "geographiclib", "importlib_resources"}
FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in ROOT.rglob("*.py")
    if path != ROOT / "__init__.py"
}


def imports(node: ast.AST, module: str, *, inside: bool = False) -> Iterator[tuple[str, bool]]:
    """The imports of a module, those for type checkers aside, each with whether a function makes it when it runs."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from ((alias.name.partition(".")[0], inside) for alias in child.names)
        elif isinstance(child, ast.ImportFrom) and not child.level:
            first, _, rest = (child.module or "").partition(".")
            yield rest if first == "twincities" else first, inside  # a hook of PyInstaller can't say it otherwise
        elif isinstance(child, ast.ImportFrom):
            package = module.split(".") + ["__init__"] * (FILES[module].name == "__init__.py")
            start = [*package[: -child.level], *(child.module or "").split(".")]
            for alias in child.names:
                name = ".".join(filter(None, [*start, alias.name]))
                yield name if name in FILES else name.rpartition(".")[0], inside
        elif not (isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"):
            yield from imports(child, module, inside=inside or isinstance(child, ast.FunctionDef))


IMPORTS = {module: set(imports(ast.parse(path.read_text(encoding="utf-8")), module)) for module, path in FILES.items()}


def room_of(module: str) -> str:
    """The first part of a module's name."""
    return module.partition(".")[0]


def test_the_rooms_are_those_of_the_plan() -> None:
    """Every module is in a room, and nothing else lies at the top."""
    assert {room_of(module) for module in FILES} == set(FLOOR)


@pytest.mark.parametrize("module", sorted(FILES))
def test_imports_point_down(module: str) -> None:
    """A module imports its own room and those below it, and at its top no package but the core dependencies."""
    ours = {name for name, _ in IMPORTS[module] if name in FILES}
    floor = FLOOR[room_of(module)]
    up = {room_of(name) for name in ours if room_of(name) != room_of(module) and FLOOR[room_of(name)] >= floor}
    assert up == ({UPWARDS[module]} if module in UPWARDS else set())
    others = {name for name, inside in IMPORTS[module] if not inside and name} - ours - set(sys.stdlib_module_names)
    assert others <= CORE | ({"hypothesis"} if room_of(module) == "strategies" else set())


def test_no_files_form_a_circle() -> None:
    """Apart from those that reach up, which stay few, files import one another in one direction."""
    assert len(UPWARDS) <= 8
    needs = {module: {name for name, _ in found if name in FILES} for module, found in IMPORTS.items()}
    for module, room in UPWARDS.items():
        needs[module] = {name for name in needs[module] if room_of(name) != room}
    TopologicalSorter(needs).prepare()  # raises CycleError


@pytest.mark.parametrize("module", sorted(name for name, path in FILES.items() if path.name == "__init__.py"))
def test_the_face_of_a_room_holds_no_code(module: str) -> None:
    """An `__init__` has a docstring, imports and `__all__`."""
    tree = ast.parse(FILES[module].read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
    assert {type(node) for node in tree.body[1:]} <= {ast.Import, ast.ImportFrom, ast.Assign}


@pytest.mark.parametrize("module", sorted(FILES))
def test_docstrings_of_functions_begin_with_a_verb_or_a_noun(module: str) -> None:
    """No riddles: a docstring doesn't begin with What, How, Whether, Where, Which or Who."""
    for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            first = (ast.get_docstring(node) or "").partition(" ")[0]
            assert first not in {"What", "How", "Whether", "Where", "Which", "Who"}, f"{module}.{node.name}"
