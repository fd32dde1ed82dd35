"""
What a command writes: text and tables for people, coloured where they look on; JSON and files for programs; remarks beside it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from .._optional import require
from ..display.text import table
from ..display.ties import answer_rows
from ..display.words import word
from ..errors import DatasetError, MissingDependencyError, TwinCitiesError, printable
from ..model.vocabulary import PartnershipStatus, word_label

__all__ = [
    "console",
    "counted",
    "in_one_line",
    "in_options",
    "print_answers",
    "print_json",
    "print_table",
    "print_text",
    "say",
    "saying",
    "write_bytes",
]


def counted(number: int, noun: str) -> str:
    """
    A number of things, in the singular where it is one.
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"


def say(text: str) -> None:
    """
    A remark or an error: one line on standard error.
    """
    with suppress(BrokenPipeError):  # nobody reads it any more: the exit code still says it
        print(f"twincities: {printable(text)}", file=sys.stderr, flush=True)


@contextmanager
def saying(what: str, seconds: float = 1) -> Iterator[None]:
    """
    Say on a terminal what is being done, if it isn't done after some *seconds*.
    """
    if not getattr(sys.stderr, "isatty", bool)():
        yield
        return
    from threading import Timer

    timer = Timer(seconds, say, [f"{what} …"])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def in_one_line(error: Exception) -> str:
    """
    The text of an error in one line: of many problems the first, with options for Python's arguments.
    """
    return in_options(_told(error))


def in_options(text: str) -> str:
    """
    A sentence of the library with options for Python's arguments: `--city` for `city=`.
    """
    argument = r"(?<![\w.'\"-])([a-z]\w*)=(?:True\b|(?![\w'\"=]))"
    return re.sub(argument, lambda found: f"--{found[1].replace('_', '-')}", text)


def _told(error: Exception) -> str:
    if isinstance(error, DatasetError) and len(error.problems) > 1:
        where = f" in {error.source}" if error.source else ""
        count = len(error.problems)
        return f"{count} problems{where}, the first at {error.problems[0]}; twincities validate FILE lists all"
    if isinstance(error, OSError) and not isinstance(error, TwinCitiesError) and error.filename is not None:
        return f"{error.strerror}: {error.filename}"
    return str(error)


def console(stream: Any) -> Any | None:
    """
    rich's console where *stream* is a terminal and rich is installed; it knows NO_COLOR itself.
    """
    if not getattr(stream, "isatty", bool)():  # what a notebook writes to may not have it
        return None
    try:
        return require("rich.console", extra="cli").Console(file=stream, highlight=False)
    except MissingDependencyError:
        return None


def print_text(text: str, style: str = "") -> None:
    """
    Text for people; *style* is rich's, such as "bold".
    """
    rich = console(sys.stdout)
    if rich is None:
        print(text)
    else:
        rich.print(require("rich.text", extra="cli").Text(text, style=style), soft_wrap=True)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]], marks: Mapping[str, str] | None = None) -> None:
    """
    A table for people; *marks* gives words a style of rich.
    """
    text = table(headings, rows)
    rich = console(sys.stdout)
    if rich is None:
        print(text)
        return
    styled = require("rich.text", extra="cli").Text(text)  # a name such as [x] would be markup
    styled.stylize("bold", 0, text.index("\n"))
    for marked, style in (marks or {}).items():
        styled.highlight_regex(rf"(?<!\S){re.escape(marked)}(?!\S)", style)
    rich.print(styled, soft_wrap=True)


_STYLES = {
    PartnershipStatus.ACTIVE: "green",
    PartnershipStatus.DORMANT: "yellow",
    PartnershipStatus.SUSPENDED: "red",
    PartnershipStatus.ENDED: "dim",
}


def print_answers(answers: Collection[Any], lang: str, none: str = "item") -> None:
    """
    A table of ties or of other answers, or the word *none* where there are none.
    """
    if not answers:
        print_text(word(none, lang))
        return
    print_table(*answer_rows(answers, lang), {word_label(status, lang): style for status, style in _STYLES.items()})


def print_json(value: Any) -> None:
    """
    JSON for programs, laid out as documents are; UTF-8 whatever the terminal has.
    """
    from ..document.text import laid_out  # tables for people need no documents

    write_bytes(laid_out(value).encode())


def write_bytes(data: bytes) -> None:
    """
    Bytes as they are, on standard output.
    """
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:  # no stream of the system, as in a notebook
        sys.stdout.write(data.decode())
    else:
        binary.write(data)
        binary.flush()
