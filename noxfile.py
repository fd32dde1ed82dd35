"""
All checks as sessions of nox. `nox` runs the default ones; `nox -l` lists all.
"""

from __future__ import annotations

import time
from pathlib import Path

import nox

nox.options.sessions = ["lint", "types", "tests", "docs"]
nox.options.default_venv_backend = "venv"
PYTHONS = ["3.11", "3.12", "3.13"]
PROJECT = nox.project.load_toml("pyproject.toml")
# Packages that the tests themselves need; the rest of their group are extras and peers.
BARE = ("coverage", "edtf", "hypothesis", "jsonschema-rs", "pytest", "sybil")


def groups(*names: str) -> list[str]:
    """
    The requirements of dependency groups, which pip before 25.1 can't read.
    """
    return list(nox.project.dependency_groups(PROJECT, *names))


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """
    All tests, on the built wheel.
    """
    session.install(".", *groups("tests"))
    session.run("pytest", *session.posargs)


@nox.session(python=PYTHONS)
def oldest(session: nox.Session) -> None:
    """
    All tests with the oldest supported version of every package that has a wheel for this Python.
    """
    project = PROJECT["project"]
    extras = [needed for name, extra in project["optional-dependencies"].items() if name != "all" for needed in extra]
    session.install("build", "uv")
    folder = session.create_tmp()
    session.run("python", "-m", "build", "--wheel", "--outdir", folder)
    wheel = next(Path(folder).glob("*.whl"))
    wanted = [*project["dependencies"], *extras, *groups("tests"), str(wheel)]
    options = ["--resolution", "lowest-direct", "--only-binary", ":all:", "--python", f"{session.bin}/python"]
    session.run("uv", "pip", "install", *options, *wanted)
    session.run("pytest", *session.posargs)


@nox.session(python=PYTHONS)
def bare(session: nox.Session) -> None:
    """
    All tests without any extra; tests that need one are skipped by name.
    """
    session.install(".", *(group for group in groups("tests") if group.startswith(BARE)))
    session.run("pytest", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """
    Branch coverage of the source, with a list of what isn't covered.
    """
    session.install("-e", ".", *groups("tests"))
    session.run("coverage", "run", "-m", "pytest", "-q", "-n0", *session.posargs)
    session.run("coverage", "report", "--fail-under=100")


@nox.session
def thorough(session: nox.Session) -> None:
    """
    The property tests with many more examples.
    """
    session.install(".", *groups("tests"))
    session.run("pytest", *session.posargs, env={"HYPOTHESIS_PROFILE": "thorough"})


@nox.session
def types(session: nox.Session) -> None:
    """
    The types of the source, and of the package as users' checkers see it.
    """
    session.install("-e", ".", *groups("typing"))
    session.run("mypy")


@nox.session
def lint(session: nox.Session) -> None:
    """
    Lint and formatting.
    """
    session.install(*groups("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session
def docs(session: nox.Session) -> None:
    """
    The documentation with all notebooks run, warnings as errors: docs/_build/html/index.html.
    """
    session.install(".[all]", *groups("docs"))
    session.run("sphinx-build", "-W", "--keep-going", "-n", "-j", "auto", "-b", "html", "docs", "docs/_build/html")


@nox.session
def notebooks(session: nox.Session) -> None:
    """
    Run every cell of the notebooks.
    """
    session.install(".[all]", "nbmake>=1.5.5", *groups("tests"))
    session.run("pytest", "--nbmake", "docs/notebooks", *session.posargs)


@nox.session
def lab(session: nox.Session) -> None:
    """
    A data set and a map in JupyterLab itself, which needs chromium; look at lab.png in the folder that it names.
    """
    session.install(".[all]", "jupyterlab>=4.3", *groups("tests"))
    folder = Path(session.create_tmp())
    session.run("pytest", "tests/lab_pictures.py", *session.posargs, env={"TWINCITIES_PICTURES": str(folder)})
    session.log(f"the picture is {folder / 'lab.png'}")


@nox.session
def maps(session: nox.Session) -> None:
    """
    Draw Kuopio's map at every width and 200 made-up ones, and check that names are at their points.
    """
    session.install(".[charts]", *groups("tests"))
    session.run("pytest", "tests/charts/test_maps.py", *session.posargs, env={"TWINCITIES_ALL_MAPS": "1"})


@nox.session
def data(session: nox.Session) -> None:
    """
    Generate the shipped tables and the schema.
    """
    session.install("-e", ".", *groups("data"))
    session.run("python", "tools/make_cldr_names.py")
    session.run("python", "tools/make_schema.py")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """
    All benchmarks of docs/performance.md, in about ten minutes.
    """
    session.install("-e", ".", *groups("benchmarks"))
    folder = session.create_tmp()
    worlds = []
    for cities in (10_000, 40_000, 160_000):
        worlds.append(f"{folder}/world-{cities}.json")
        session.run("python", "benchmarks/make_world.py", "--cities", str(cities), "--out", worlds[-1])
    lines = f"{folder}/world-160000.jsonl"
    session.run("python", "benchmarks/make_world.py", "--cities", "160000", "--jsonl", "--out", lines)
    session.run("python", "benchmarks/cold_start.py")
    session.run("python", "benchmarks/reading.py", worlds[1], "--rounds", "3")
    session.run("python", "benchmarks/answers.py", *worlds, "--rounds", "3")
    smaller = []
    for cities in (1_000, 4_000, 20_000):
        smaller.append(f"{folder}/world-{cities}.json")
        session.run("python", "benchmarks/make_world.py", "--cities", str(cities), "--out", smaller[-1])
    session.run("python", "benchmarks/frames.py", smaller[-1], "--rounds", "3")
    sparse = f"{folder}/sparse.json"
    session.run("python", "benchmarks/make_world.py", "--cities", "12470", "--sparse", "--out", sparse)
    session.run("python", "benchmarks/linked_data.py", *smaller[:-1], sparse)
    session.run("python", "benchmarks/stream.py", lines)
    session.run("python", "benchmarks/pictures.py")


@nox.session
def spark(session: nox.Session) -> None:
    """
    The questions of docs/interop/parquet.md in Apache Spark, which needs Java 17 or later.
    """
    session.install(".", "pyspark>=4.1", *groups("tests"))
    session.run("pytest", "tests/spark_answers.py", *session.posargs)


FUZZED = ("dates", "documents", "lines", "entities", "answers", "tables", "names")


@nox.session(python=PYTHONS[0])
def fuzz(session: nox.Session) -> None:
    """
    Ten million inputs or an hour, shared by the targets in fuzz/; `nox -s fuzz -- 600` for ten minutes.
    """
    session.install(".[fuzzy,speed]", "atheris>=3.0")
    until = time.monotonic() + (int(session.posargs[0]) if session.posargs else 3600)
    folder = session.create_tmp()
    for left, name in zip(range(len(FUZZED), 0, -1), FUZZED, strict=True):
        # Time that a fast target leaves goes to the next ones.
        share = max(1, int(until - time.monotonic()) // left)
        limits = [f"-max_total_time={share}", f"-runs={10_000_000 // len(FUZZED)}"]
        session.run("python", "fuzz/run.py", name, f"{folder}/{name}", *limits)


@nox.session
def kill(session: nox.Session) -> None:
    """
    500 writers killed at random moments; disks that are full, folders that refuse.
    """
    session.install(".", *groups("tests"))
    session.run("pytest", "tests/test_nothing_lost.py", env={"KILLS": "500"})


@nox.session(python=PYTHONS)
def threads(session: nox.Session) -> None:
    """
    32 threads that ask their first questions at once, 1,000 times.
    """
    session.install(".", *groups("tests"))
    session.run("pytest", "tests/test_threads.py", env={"ROUNDS": "1000"})


@nox.session
def mutation(session: nox.Session) -> None:
    """
    Mutants of the core: all of mutmut's, and a sample of cosmic-ray's; `nox -s mutation -- --seed 2` takes another sample.
    """
    session.install("-e", ".", "mutmut>=3.8", "cosmic-ray>=8.7", *groups("tests"))
    small = {"HYPOTHESIS_PROFILE": "small"}
    session.run("mutmut", "run", env=small)
    session.run("mutmut", "results")
    session.run("python", "tools/mutants.py", *session.posargs, env=small)


@nox.session
def types_for_users(session: nox.Session) -> None:
    """
    Check that every public name has a complete type.
    """
    session.install(".[all]", "hypothesis", "basedpyright")
    session.run("basedpyright", "--verifytypes", "twincities", "--ignoreexternal")


@nox.session
def pyodide(session: nox.Session) -> None:
    """
    The wheel in Pyodide under Node: CPython in WebAssembly, as in a browser.
    """
    session.install("build")
    folder = session.create_tmp()
    session.run("python", "-m", "build", "--wheel", "--outdir", folder)
    needed = [*PROJECT["project"]["dependencies"], "typing-extensions"]
    session.run("python", "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "-d", folder, *needed)
    session.run("npm", "install", "--silent", "--prefix", folder, "pyodide@>=314", external=True)
    session.run("node", "tools/in_pyodide.mjs", folder, external=True)


@nox.session
def frozen(session: nox.Session) -> None:
    """
    Programs made with PyInstaller and the hook that ships with the library.
    """
    session.install(".", "pyinstaller>=6.10", *(group for group in groups("tests") if group.startswith(BARE)))
    session.run("pytest", "--numprocesses=0", "tests/test_frozen.py", *session.posargs)


@nox.session
def package(session: nox.Session) -> None:
    """
    Build wheel and source archive; check their contents, that a second build is identical, and that they run.
    """
    session.install(".", "build", "check-wheel-contents", "hatchling", "twine", *groups("tests"))
    folder = session.create_tmp()
    session.run("python", "-m", "build", "--outdir", folder)
    session.run("check-wheel-contents", "--ignore=W004", folder)  # W004: the hook that PyInstaller names with a hyphen
    session.run("twine", "check", "--strict", *map(str, Path(folder).glob("twincities-*")))
    session.run("pytest", "tests/test_package.py", "tests/test_api.py")
