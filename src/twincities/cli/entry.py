"""
The way in: picks the command, imports it alone, and makes one line of whatever goes wrong.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, HelpFormatter
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import StringIO
from keyword import iskeyword
from textwrap import wrap
from typing import NoReturn

from .._lazy import collector_paused
from ..errors import QueryError, TwinCitiesError, UnknownCityError, shown

__all__ = ["COMMANDS", "main"]

COMMANDS: Mapping[str, str] = {
    "show": "a city's partners and networks",
    "partners": "a city's partners by country, area, status, kind, network and time",
    "list": "a city's partners as a list for people: a table, CSV, a workbook, HTML",
    "page": "a page on a city's partners, to be published",
    "calendar": "anniversaries and ends of agreements for a calendar program",
    "ties": "all ties of a data set by country, area, status, kind, network and time",
    "search": "cities with a name like a text",
    "anniversaries": "the anniversaries of a year",
    "expiring": "the agreements that end by a time",
    "cousins": "the partners of a city's partners",
    "path": "a shortest chain of ties between two cities",
    "map": "a map of a city's partners",
    "import": "a data set from an office's list: CSV or a workbook",
    "convert": "a data set in another format",
    "validate": "everything that is wrong with files",
    "lint": "what looks doubtful in a valid data set",
    "compare": "what two data sets say of the same cities",
    "merge": "one data set made of two",
    "fetch": "a data set from Wikidata",
    "datasets": "the data sets that are installed",
    "new-dataset": "a package for your city's data set",
    "schema": "the JSON Schema of documents",
}
"""Each command with a word on what it gives."""


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run a command and return its exit code: 0 fine, 1 something was found, 2 wrong use, 130 interrupted.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by who called: what is written to it goes nowhere
            setattr(sys, name, StringIO())
        # A terminal that can't show a letter gets a question mark, not a traceback.
        if hasattr(stream := getattr(sys, name), "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = _run(words)
        sys.stdout.flush()
    except SystemExit as ended:  # argparse's way to end after a help text or a wrong argument
        code = 0 if ended.code is None else int(ended.code)
    except BrokenPipeError:
        # Whoever reads the pipe has seen enough; nothing more may be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        code = 130  # as shells count it: 128 and the number of SIGINT
    except (TwinCitiesError, OSError) as error:
        _say(error)
        code = 2
    return code


def _run(words: list[str]) -> int:
    match words:
        case [name, *rest] if name in COMMANDS:
            return _command(name, rest)
        case ["help", name, *_] if name in COMMANDS:
            return _command(name, ["--help"])
        case ["-h" | "--help" | "help", *_]:
            sys.stdout.write(_overview())
            return 0
        case ["--version", *_]:
            from .._version import __version__

            sys.stdout.write(f"twincities {__version__}\n")
            return 0
        case [name, argument, *_] if not name.startswith("-") and not argument.startswith("-"):
            raise QueryError(f"unknown command {shown(name)}; {_hint(name) or 'put a name of several words in quotes'}")
    # A city's name alone, or nothing at all.
    try:
        return _command("show", words)
    except UnknownCityError as error:
        raise UnknownCityError(error.query, error.suggestions, _hint(str(error.query))) from error


def module_of(name: str) -> str:
    """
    The name of a command's module: `import` is a word of Python's own.
    """
    return name.replace("-", "_") + "_" * iskeyword(name)


def _command(name: str, words: Sequence[str]) -> int:
    with collector_paused():
        module = import_module(f"{__package__}.{module_of(name)}")
    parser = _Parser(
        prog=f"twincities {name}",
        description=module.__doc__,
        epilog="example:\n\n" + "\n".join(f"  {example}" for example in module.EXAMPLES),
        formatter_class=_Help,
        allow_abbrev=False,
    )
    module.add_arguments(parser)
    code: int = module.run(parser.parse_args(words))
    return code


class _Help(HelpFormatter):
    """
    Help within the width of the terminal: paragraphs are wrapped, indented lines stay.
    """

    def _fill_text(self, text: str, width: int, indent: str) -> str:  # noqa: ARG002  # argparse gives it
        paragraphs = text.strip("\n").split("\n\n")
        return "\n\n".join(
            block
            if block.startswith(" ")
            else "\n".join(wrap(block, width, break_long_words=False, break_on_hyphens=False))
            for block in paragraphs
        )

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(" ".join(text.split()), width, break_long_words=False, break_on_hyphens=False)


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        _say(f"{message}; see {self.prog} --help")
        raise SystemExit(2)


def _overview() -> str:
    from ..display.text import terminal_columns

    columns = terminal_columns()
    indent = max(map(len, COMMANDS)) + 4
    lines = []
    for name, gives in COMMANDS.items():
        first, *more = wrap(gives, max(columns - indent, 20))
        lines += [f"  {name:{indent - 2}}{first}", *(" " * indent + line for line in more)]
    paragraphs = (
        "Twin cities: records, questions and data. A city's name alone is shown; without one, Kuopio is.",
        "twincities COMMAND --help explains a command, with an example; twincities --version is the version.",
        "exit codes: 0 fine, 1 something was found, 2 wrong use",
    )
    about, *rest = ("\n".join(wrap(paragraph, columns)) for paragraph in paragraphs)
    usage = "usage: twincities COMMAND ...\n       twincities [CITY]"
    return "\n".join([usage, "", about, "", "commands:", *lines, "", *rest, ""])


# -- what goes wrong -------------------------------------------------------------------------------


def _say(what: str | Exception) -> None:
    from .output import in_one_line, say

    say(what if isinstance(what, str) else in_one_line(what))


def _hint(word: str) -> str:
    from ..query.names import nearest

    near = nearest(word, COMMANDS, limit=1)
    return f"is the command {shown(near[0])} meant?" if near else ""
