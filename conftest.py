"""
Every example in README.md, the docs and the docstrings runs as a test.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from doctest import Example as DocTestExample
from importlib.util import find_spec

from hypothesis import Phase, settings
from sybil import Example, Sybil
from sybil.parsers.myst import CodeBlockParser, DocTestDirectiveParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

OPTIONS = ELLIPSIS | NORMALIZE_WHITESPACE

os.environ["COLUMNS"] = "80"  # the width of printed tables, with or without a terminal

settings.register_profile("default", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=2000)
# For mutants: any failing example will do, without shrinking.
settings.register_profile(
    "small",
    deadline=None,
    max_examples=25,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_make_parametrize_id(val: object) -> str | None:
    """
    The id of a parameter that isn't plain text: without backslashes, so that each test can be asked for by its id.
    """
    if isinstance(val, (str, bytes)) and "\\" in (text := ascii(val)):
        return text.strip("b'\"").replace("\\", "%")
    return None


def _module_names(namespace: dict[str, object]) -> None:
    # Docstrings use public names without importing them.
    import twincities

    namespace.update({name: getattr(twincities, name) for name in twincities.__all__})
    namespace["tc"] = twincities


def _run_console(example: Example) -> str | None:
    """
    Run each `$ twincities ...` of a console block in this process: it has to print what follows it.

    `$ echo $?` is the exit code of the command before it.
    """
    from twincities.cli import main

    code = 0
    for command, expected in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n?)*)", example.parsed, flags=re.MULTILINE):
        out = io.StringIO()
        if command == "echo $?":
            out.write(f"{code}\n")
        else:
            name, *arguments = shlex.split(command, comments=True)
            assert name == "twincities", f"only twincities is run, not {command!r}"
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                code = main(arguments) or 0
        checker, wanted = OutputChecker(), expected.rstrip("\n") + "\n" * bool(expected.strip())
        if not checker.check_output(wanted, out.getvalue(), OPTIONS):
            return f"{command}\n{checker.output_difference(DocTestExample(command, wanted), out.getvalue(), OPTIONS)}"
    return None


_markdown = Sybil(
    parsers=[
        CodeBlockParser(language="console", evaluator=_run_console),
        DocTestDirectiveParser(optionflags=OPTIONS),
        PythonCodeBlockParser(doctest_optionflags=OPTIONS),
        SkipParser(),
    ],
    patterns=["*.md"],
    fixtures=["tmp_path", "monkeypatch"],
)
_docstrings = Sybil(
    parsers=[DocTestParser(optionflags=OPTIONS)],
    patterns=["*.py"],
    excludes=[] if find_spec("networkx") else ["*graph/reading.py"],  # its example needs networkx
    path="src",
    setup=_module_names,
)
pytest_collect_file = (_markdown + _docstrings).pytest()
