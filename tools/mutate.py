"""
Break the source in small ways, one at a time, and see whether the tests notice.

    python tools/mutate.py edtf validity --sample 40 --seed 1

Works on a copy. For each module it tries a sample of its mutants: a comparison, an operator or a condition turned round,
a number moved by one, a `return` of nothing. A mutant that no test of the module notices is printed with its line.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
COMPARISONS = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
OPERATORS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult, ast.BitOr: ast.BitAnd}
# The tests that know a module, where they aren't in the file of its name.
TESTS = {
    "answers": ("questions",),
    "by_id": ("dataset",),
    "filters": ("questions", "selection"),
    "index": ("questions",),
    "integrity": ("dataset", "document"),
    "reader": ("document",),
    "rules": ("model",),
    "serial": ("document",),
    "structure": ("document",),
    "validity": ("selection", "questions"),
}


def mutants(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """
    Every mutant of a module: its line, what was changed, and the changed module.
    """
    types = _annotations(tree)
    for number, node in enumerate(ast.walk(tree)):
        for what in () if id(node) in types else _changes(node):
            changed = copy.deepcopy(tree)
            there = next(other for place, other in enumerate(ast.walk(changed)) if place == number)
            _apply(there)
            yield getattr(node, "lineno", 0), what, changed


def _annotations(tree: ast.Module) -> set[int]:
    """
    The nodes inside annotations, which nothing runs.
    """
    tops = [getattr(node, name, None) for node in ast.walk(tree) for name in ("annotation", "returns")]
    return {id(node) for top in tops if top is not None for node in ast.walk(top)}


def _changes(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        yield "comparison"
    elif isinstance(node, ast.BinOp) and type(node.op) in OPERATORS:
        yield "operator"
    elif isinstance(node, ast.BoolOp):
        yield "and/or"
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        yield "condition"
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield "number"
    elif isinstance(node, ast.Return) and node.value is not None:
        yield "return"


def _apply(node: ast.AST) -> None:
    if isinstance(node, ast.Compare):
        node.ops[0] = COMPARISONS[type(node.ops[0])]()
    elif isinstance(node, ast.BinOp):
        node.op = OPERATORS[type(node.op)]()
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, (ast.If, ast.IfExp, ast.While)):
        node.test = ast.UnaryOp(ast.Not(), node.test)
    elif isinstance(node, ast.Constant):
        assert isinstance(node.value, int)
        node.value += 1
    elif isinstance(node, ast.Return):
        node.value = ast.Constant(None)
    ast.fix_missing_locations(node)


def noticed(folder: Path, module: str) -> bool:
    """
    Whether a test of the module fails, or runs for more than five minutes.
    """
    tests = [f"tests/test_{name}.py" for name in TESTS.get(module, (module.rpartition(".")[2],))]
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "--numprocesses=0", *tests]
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, timeout=300, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return True
    return done.returncode != 0


def main() -> None:
    """
    Try the mutants of the modules that the command line names.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="+")
    parser.add_argument("--sample", type=int, default=40, help="how many mutants of each module")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name) / "copy"
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".*", "__pycache__", "_build", "dist", "build"))
        for module in given.modules:
            path = folder / "src" / "twincities" / f"{module.replace('.', '/')}.py"
            source = path.read_text(encoding="utf-8")
            if noticed(folder, module):
                sys.exit(f"the tests of {module} fail as it is")
            every = list(mutants(ast.parse(source)))
            tried = Random(given.seed).sample(every, min(given.sample, len(every)))  # noqa: S311
            survivors = []
            for line, what, tree in tried:
                path.write_text(ast.unparse(tree), encoding="utf-8")
                if not noticed(folder, module):
                    survivors.append((line, what))
            path.write_text(source, encoding="utf-8")
            print(f"{module}: {len(tried) - len(survivors)} of {len(tried)} noticed ({len(every)} mutants in all)")
            for line, what in sorted(survivors):
                print(f"  line {line}, {what}: {source.splitlines()[line - 1].strip()}", flush=True)


if __name__ == "__main__":
    main()
