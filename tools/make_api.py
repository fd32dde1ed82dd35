"""
Make `tests/api.txt`: every public name with its signature, one per line, so that any change shows.

    python tools/make_api.py

If names differ from those in the file, it is replaced only if `CHANGELOG.md` has changed since, and names each of them
in backticks under Unreleased and Library.
"""

from __future__ import annotations

import hashlib
import inspect
import re
import sys
from collections.abc import Iterable, Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import GenericAlias, UnionType
from typing import Any, ClassVar, get_origin

import attrs

ROOT = Path(__file__).parents[1]
SNAPSHOT = ROOT / "tests" / "api.txt"
MODULES = (
    "twincities",
    "twincities.display",
    "twincities.charts",
    "twincities.document",
    "twincities.interop.arrow",
    "twincities.interop.frames",
    "twincities.interop.geojson",
    "twincities.interop.graph",
    "twincities.interop.parquet",
    "twincities.interop.quickstatements",
    "twincities.interop.rdf",
    "twincities.interop.rows",
    "twincities.interop.sqlite",
    "twincities.lint",
    "twincities.publish",
    "twincities.reconcile",
    "twincities.sources.gazetteer",
    "twincities.sources.table",
    "twincities.sources.wikidata",
    "twincities.strategies",
)


def public_names() -> Iterator[str]:
    """
    A line for each public name, and for each public attribute of a class.
    """
    seen: set[int] = set()
    for module in MODULES:
        space = import_module(module)
        for name in sorted(space.__all__):
            value = getattr(space, name)
            if inspect.isclass(value) and id(value) in seen:
                yield f"{module}.{name} is {value.__module__}.{value.__qualname__}"
            elif inspect.isclass(value):
                seen.add(id(value))
                yield from _of_class(f"{module}.{name}", value)
            else:
                yield f"{module}.{name}{_signature(value)}"


def _of_class(path: str, kind: type[Any]) -> Iterator[str]:
    ours = [base for base in kind.__mro__ if base.__module__.startswith("twincities")]
    bases = ", ".join(base.__qualname__ for base in kind.__bases__ if not base.__qualname__.startswith("_"))
    yield f"class {path}({bases})"
    fields = {field.name: field for field in attrs.fields(kind)} if attrs.has(kind) else {}
    names = {name for base in ours for name in (*vars(base), *vars(base).get("__annotations__", {}))}
    for name in sorted(names):
        value = inspect.getattr_static(kind, name, None)
        if name.startswith("_") or (inspect.isroutine(value) and not _is_ours(value)):
            continue
        if isinstance(value, Enum):
            yield f"{path}.{name} = {value.value!r}"
        elif isinstance(value, property):
            yield f"{path}.{name} -> {_text(value.fget.__annotations__.get('return'))}"
        elif callable(value) or isinstance(value, (classmethod, staticmethod)):
            yield f"{path}.{name}{_signature(getattr(kind, name))}"
        else:
            annotation = next(
                (vars(base)["__annotations__"][name] for base in ours if name in _annotations(base)), None
            )
            needed = " (required)" if name in fields and fields[name].default is attrs.NOTHING else ""
            yield f"{path}.{name}: {_text(annotation)}{needed}"


def _is_ours(value: Any) -> bool:
    # A class or static method says so from 3.10 on; what is written in C has no module, or that of another.
    return str(getattr(value, "__module__", "")).partition(".")[0] == "twincities"


def _annotations(kind: type[Any]) -> dict[str, Any]:
    found: dict[str, Any] = vars(kind).get("__annotations__", {})
    return found


class _Plain(str):
    """
    An annotation whose `repr` has no quotes.
    """

    __slots__ = ()
    __repr__ = str.__str__


def _text(annotation: Any) -> _Plain:
    annotation = getattr(annotation, "__forward_arg__", annotation)  # of a named tuple
    if isinstance(annotation, (GenericAlias, UnionType)) or get_origin(annotation) is ClassVar:
        return _Plain(re.sub(r"\w[\w.]*\.(?=\w)", "", repr(annotation)))  # without modules
    return _Plain(annotation if isinstance(annotation, str) else getattr(annotation, "__name__", repr(annotation)))


def _signature(value: Any) -> str:
    if not inspect.isroutine(value):
        return " is a type" if hasattr(value, "__origin__") else f": {type(value).__name__}"
    signature, empty = inspect.signature(value), inspect.Parameter.empty
    plain = signature.replace(
        parameters=[
            p if p.annotation is empty else p.replace(annotation=_text(p.annotation))
            for p in signature.parameters.values()
        ],
        return_annotation=empty if signature.return_annotation is empty else _text(signature.return_annotation),
    )
    return re.sub(r"<function (\w+) at 0x[0-9a-f]+>", r"\1", str(plain))


# -- the changelog ---------------------------------------------------------------------------------


def unreleased(changelog: str) -> str:
    """
    Return the text under Unreleased and Library.
    """
    match = re.search(
        r"^## Unreleased\n(?:(?!^## ).*\n)*?### Library\n(?P<said>(?:(?!^##).*\n?)*)", changelog, re.MULTILINE
    )
    return match["said"].strip() if match else ""


def digest(text: str) -> str:
    """
    Return a short hash of a text.
    """
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def changed(old: Iterable[str], new: Iterable[str]) -> set[str]:
    """
    The last parts of the names whose lines differ.
    """
    lines = set(old) ^ set(new)
    return {re.split(r"[(:= ]", line.removeprefix("class "), maxsplit=1)[0].rpartition(".")[2] for line in lines}


def unsaid(names: Iterable[str], said: str) -> list[str]:
    """
    Return the *names* that a text doesn't have in backticks.
    """
    told = {word for code in re.findall(r"`([^`]*)`", said) for word in re.findall(r"\w+", code)}
    return sorted(set(names) - told)


def main() -> None:
    """
    Write the file, or exit with the names that the changelog lacks.
    """
    said = unreleased((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    names = sorted(public_names())
    if SNAPSHOT.exists():
        head, *old = SNAPSHOT.read_text(encoding="utf-8").splitlines()
        differing = changed(old, names)
        if differing and head == f"# changelog {digest(said)}":
            sys.exit(f"CHANGELOG.md says nothing new, and these changed: {', '.join(sorted(differing))}")
        if missing := unsaid(differing, said):
            sys.exit(f"CHANGELOG.md, Unreleased, Library, doesn't name: {', '.join(missing)}")
    SNAPSHOT.write_text("\n".join([f"# changelog {digest(said)}", *names, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
