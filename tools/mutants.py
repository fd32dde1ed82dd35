"""
Test a seeded sample of cosmic-ray's mutants of the core, which, unlike mutmut's, reach class bodies.

    HYPOTHESIS_PROFILE=small python tools/mutants.py --sample 500 --seed 1

Works on copies, one a process. A mutant that no test of its module notices is printed with its change.
"""

from __future__ import annotations

import argparse
import ast
import os
import shlex
import shutil
import sys
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from cosmic_ray.commands import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import MutationSpec, WorkResult

ROOT = Path(__file__).parents[1]
PACKAGE = Path("src", "twincities")
# The tests of each room: the likeliest to notice first, that of all signatures last.
TESTS = {
    "dataset": ("dataset", "document", "test_api.py"),
    "document": ("document", "test_api.py"),
    "model": ("model", "document", "test_api.py"),
    "query": ("query", "dataset", "test_api.py"),
    "reconcile": ("reconcile", "test_api.py"),
}
LONGEST = 120.0  # seconds of tests, after which a mutant counts as noticed: most of these never end


def modules() -> list[Path]:
    """
    The modules of the core, relative to the project's folder.
    """
    found = [path.relative_to(ROOT) for path in sorted((ROOT / PACKAGE).rglob("*.py"))]
    return [path for path in found if _room(path) in TESTS]


def _room(module: Path) -> str:
    """
    The room of a module.
    """
    return module.relative_to(PACKAGE).with_suffix("").parts[0]


def command_for(module: Path) -> str:
    """
    The command that runs the tests of a module.
    """
    names = TESTS[_room(module)]
    options = ["-q", "-x", "-p", "no:cacheprovider", "--numprocesses=0"]
    return shlex.join([sys.executable, "-m", "pytest", *options, *(f"tests/{name}" for name in names)])


def mutants(folder: str) -> Iterator[MutationSpec]:
    """
    Every mutant but those of annotations, which nothing runs; *folder* is for cosmic-ray's notes.
    """
    with use_db(str(Path(folder, "mutants.sqlite"))) as work:
        init(modules(), work, {})
        every = [mutation for item in work.work_items for mutation in item.mutations]
    spans = {path: list(_annotations(path)) for path in modules()}
    for mutation in every:
        if not any(start <= mutation.start_pos < end for start, end in spans[mutation.module_path]):
            yield mutation


def _annotations(path: Path) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        # Annotations of classes define fields and have an effect.
        found: list[ast.expr | None] = []
        if isinstance(node, ast.FunctionDef):
            found = [node.returns, *(part.annotation for part in ast.walk(node) if isinstance(part, ast.AnnAssign))]
        for top in [*found, node.annotation if isinstance(node, ast.arg) else None]:
            if top is not None and top.end_lineno is not None and top.end_col_offset is not None:
                yield (top.lineno, top.col_offset), (top.end_lineno, top.end_col_offset)


def _begin(folder: str) -> None:
    """
    A copy of the project for this process, whose source the tests import.
    """
    copy = Path(folder, str(os.getpid()))
    ignored = shutil.ignore_patterns(".*", "__pycache__", "_build", "dist", "build", "mutants")
    shutil.copytree(ROOT, copy, ignore=ignored)
    os.chdir(copy)
    os.environ["PYTHONPATH"] = str(copy / "src")


def _tried(mutation: MutationSpec) -> tuple[MutationSpec, WorkResult]:
    return mutation, mutate_and_test([mutation], command_for(mutation.module_path), LONGEST)


def main() -> None:
    """
    Test the sample.
    """
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    os.chdir(ROOT)
    with TemporaryDirectory() as folder:
        every = sorted(mutants(folder), key=lambda m: (m.module_path, m.start_pos, m.operator_name, m.occurrence))
        sample = Random(given.seed).sample(every, min(given.sample, len(every)))  # noqa: S311
        survivors = endless = 0
        with Pool(initializer=_begin, initargs=(folder,)) as pool:
            for count, (mutation, result) in enumerate(pool.imap_unordered(_tried, sample), 1):
                endless += result.output == "timeout"
                if not result.is_killed:
                    survivors += 1
                    line = mutation.start_pos[0]
                    print(f"{mutation.module_path}:{line}, {mutation.operator_name}\n{result.diff}", flush=True)
                if count % 50 == 0:
                    print(f"{count - survivors} of {count} noticed", flush=True)
    noticed = len(sample) - survivors
    print(f"{noticed} of {len(sample)} noticed, {endless} of them out of time ({len(every)} mutants in all)")


if __name__ == "__main__":
    main()
