"""
The entry point: pick the command, import only that, and print every error as one line.
"""

from __future__ import annotations

import gc
import os
import sys
from argparse import ArgumentParser, HelpFormatter
from collections.abc import Mapping, Sequence
from importlib import import_module
from io import StringIO
from itertools import zip_longest
from keyword import iskeyword
from textwrap import wrap
from typing import Any, NoReturn

from .._collector import collector_paused
from .._progress import on_terminal, shown_by
from ..display.text import terminal_columns
from ..errors import QueryError, TwinCitiesError, UnknownCityError, shown
from ..model.vocabulary import LANGUAGES
from ..query.names import nearest
from .arguments import LANG
from .output import in_one_line, localized, say, set_language

COMMANDS: Mapping[str, str] = {
    "show": "show a city's partners and networks",
    "partners": "list a city's partners by country, area, status, kind, network or time",
    "list": "make a list of partners for people: a table, CSV, workbook or HTML",
    "page": "write a web page on a city's twin cities",
    "calendar": "write anniversaries and the ends of agreements as a calendar",
    "ties": "list every tie in a data set, with the filters of partners",
    "search": "find cities by name",
    "anniversaries": "list the anniversaries of a year",
    "expiring": "list the agreements that end by a time",
    "cousins": "list the partners of a city's partners",
    "path": "find a shortest chain of ties between two cities",
    "map": "draw a map of a city's partners",
    "import": "read an office's list, CSV or a workbook, into a data set",
    "convert": "convert a data set to another format",
    "validate": "report every error in files",
    "lint": "report what looks doubtful in a valid data set",
    "compare": "compare two data sets",
    "merge": "merge two data sets",
    "fetch": "fetch a data set from Wikidata",
    "datasets": "list the data sets that are installed",
    "new-dataset": "create a package for your city's data set",
    "schema": "print the JSON Schema of documents",
}
"""Each command and what it does."""


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run a command and return its exit code: 0 fine, 1 something was found, 2 wrong use, 130 interrupted.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    set_language(_language(words))
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller: whatever is written to it is lost
            setattr(sys, name, StringIO())
        # A terminal that can't show a letter gets a question mark, not a traceback.
        if hasattr(stream := getattr(sys, name), "reconfigure"):
            stream.reconfigure(errors="replace")
    terminal = on_terminal(sys.stderr)
    try:
        with shown_by(terminal and (lambda text: terminal(localized(text)))):
            code = _run(words)
        sys.stdout.flush()
    except SystemExit as ended:  # argparse's way to end after a help text or a wrong argument
        code = 0 if ended.code is None else int(ended.code)
    except BrokenPipeError:
        # The reader of the pipe has seen enough: nothing more may be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except KeyboardInterrupt:
        say("interrupted")
        code = 130  # as shells count it: 128 and the number of SIGINT
    except (TwinCitiesError, OSError) as error:
        say(in_one_line(error))
        code = 2
    if arguments is None:
        gc.freeze()  # the process ends here: to look for garbage once more takes a sixth of its time
    return code


def _language(words: Sequence[str]) -> str:
    """
    The language of everything that is printed, which argparse itself already needs.
    """
    pairs = zip_longest(words, words[1:], fillvalue="")
    given = [word[7:] or following for word, following in pairs if word == "--lang" or word.startswith("--lang=")]
    tag = given[-1].lower().partition("-")[0] if given else ""
    return tag if tag in LANGUAGES else LANGUAGES[0]


def _run(words: list[str]) -> int:
    match words:
        case [name, *rest] if name in COMMANDS:
            return _command(name, rest)
        case ["--lang", lang, name, *rest] if name != "--lang":
            return _run([name, "--lang", lang, *rest])
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
            hint = _hint(name) or "a name of several words needs quotes"
            raise QueryError(f"unknown command {shown(name)}; {hint}")
    # Only a city's name, or nothing at all.
    try:
        return _command("show", words)
    except UnknownCityError as error:
        raise UnknownCityError(error.query, error.suggestions, _hint(str(error.query)) or error.hint) from error


def module_of(name: str) -> str:
    """
    The name of a command's module; `import` is reserved in Python.
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
    for add in module.ARGUMENTS:
        add(parser)
    if name not in {"convert", "import", "validate"}:  # in which --lang is also the language of tables
        LANG(parser)
    for action in parser._actions:  # noqa: SLF001  # groups have actions too
        action.help = action.help and localized(action.help)
        action.metavar = localized(action.metavar) if isinstance(action.metavar, str) else action.metavar
    return module.run(parser.parse_args(words)) or 0


class _Help(HelpFormatter):
    """
    Help in the chosen language and within the width of the terminal; indented lines stay as they are.
    """

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, localized("usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(heading and localized(heading))

    def _fill_text(self, text: str, width: int, indent: str) -> str:  # noqa: ARG002  # argparse gives it
        blocks = text.strip("\n").split("\n\n")
        return "\n\n".join(
            block if block.startswith(" ") else "\n".join(self._split_lines(localized(" ".join(block.split())), width))
            for block in blocks
        )

    def _split_lines(self, text: str, width: int) -> list[str]:
        return wrap(text, width, break_long_words=False, break_on_hyphens=False)


class _Parser(ArgumentParser):
    def error(self, message: str) -> NoReturn:
        say(f"{message}; see {self.prog} --help")
        raise SystemExit(2)


def _overview() -> str:
    columns = terminal_columns()
    indent = max(map(len, COMMANDS)) + 4
    lines = []
    for name, does in COMMANDS.items():
        first, *more = wrap(localized(does), max(columns - indent, 20))
        lines += [f"  {name:{indent - 2}}{first}", *(" " * indent + line for line in more)]
    paragraphs = (
        "Records, questions and data on twin cities. Without a command, show a city: the one named, or Kuopio.",
        "'twincities COMMAND --help' explains a command; 'twincities --version' prints the version.",
        "exit codes: 0 success, 1 something was found, 2 wrong use",
    )
    about, *rest = ("\n".join(wrap(localized(paragraph), columns)) for paragraph in paragraphs)
    usage = localized("usage: ")
    usage += f"twincities [{localized('CITY')}]\n{' ' * len(usage)}twincities {localized('COMMAND')} ..."
    return "\n".join([usage, "", about, "", localized("commands:"), *lines, "", *rest, ""])


def _hint(word: str) -> str:
    near = nearest(word, COMMANDS, limit=1)
    return f"did you mean the command {shown(near[0])}?" if near else ""
