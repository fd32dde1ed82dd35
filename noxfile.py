"""
The longer checks. `nox` runs the default ones; `nox -l` lists all.
"""

from __future__ import annotations

import nox

nox.options.sessions = ["lint", "types", "tests", "docs"]
nox.options.default_venv_backend = "venv"
PYTHONS = ["3.11", "3.12", "3.13"]
PROJECT = nox.project.load_toml("pyproject.toml")
# What the tests themselves are made with; the rest of their group are extras and peers.
BARE = ("coverage", "edtf", "hypothesis", "jsonschema-rs", "pytest", "sybil")
# The oldest versions that the library allows; tests run with them too.
OLDEST = ["attrs==24.1.0", "cattrs==24.1.0", "geographiclib==2.0", "importlib-resources==6.0.0"]


def groups(*names: str) -> list[str]:
    """
    The requirements of dependency groups: pip below 25.1 can't read them itself.
    """
    return list(nox.project.dependency_groups(PROJECT, *names))


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """
    All tests, on the built wheel.
    """
    session.install(".", *groups("tests"))
    session.run("pytest", *session.posargs)


@nox.session(python=PYTHONS[0])
def oldest(session: nox.Session) -> None:
    """
    All tests with the oldest versions of what the library needs.
    """
    session.install(".", *OLDEST, *groups("tests"))
    session.run("pytest", *session.posargs)


@nox.session(python=PYTHONS[0])
def bare(session: nox.Session) -> None:
    """
    All tests with no extra installed: what needs one is skipped by name.
    """
    session.install(".", *(group for group in groups("tests") if group.startswith(BARE)))
    session.run("pytest", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """
    Branch coverage of the source; what isn't covered is named.
    """
    session.install("-e", ".", *groups("tests"))
    session.run("coverage", "run", "-m", "pytest", "-q", *session.posargs)
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
    The types of the source, and what users' checkers see.
    """
    session.install("-e", ".", *groups("typing"))
    session.run("mypy")


@nox.session
def lint(session: nox.Session) -> None:
    """
    Lint and layout.
    """
    session.install(*groups("lint"))
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session
def docs(session: nox.Session) -> None:
    """
    The documentation, with warnings as errors.
    """
    session.install(".", *groups("docs"))
    session.run("sphinx-build", "-W", "-n", "-b", "html", "docs", "docs/_build/html")


@nox.session
def data(session: nox.Session) -> None:
    """
    Make the shipped tables and the schema anew.
    """
    session.install("-e", ".", *groups("data"))
    session.run("python", "tools/make_cldr_names.py")
    session.run("python", "tools/make_schema.py")


@nox.session
def benchmarks(session: nox.Session) -> None:
    """
    Everything that docs/performance.md shows: about twenty minutes.
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
    session.run("python", "benchmarks/reading.py", worlds[1])
    session.run("python", "benchmarks/answers.py", *worlds)
    session.run("python", "benchmarks/stream.py", lines)


@nox.session
def spark(session: nox.Session) -> None:
    """
    The questions of docs/interop/parquet.md in Apache Spark, which needs Java 17 or later.
    """
    session.install(".", "pyspark>=4.1", *groups("tests"))
    session.run("pytest", "tests/spark_answers.py", *session.posargs)


@nox.session
def package(session: nox.Session) -> None:
    """
    Build wheel and source archive, and check what is in them.
    """
    session.install("build", "check-wheel-contents", "twine")
    folder = session.create_tmp()
    session.run("python", "-m", "build", "--outdir", folder)
    session.run("check-wheel-contents", folder)
    session.run("twine", "check", "--strict", f"{folder}/twincities-0.1.0.tar.gz")
