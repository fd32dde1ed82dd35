"""
Output: text and tables for people, in colour on a terminal; JSON and bytes for programs; remarks on standard error.
"""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from contextvars import ContextVar
from itertools import chain
from textwrap import wrap
from typing import Any

from .._optional import require
from .._progress import hide, is_terminal
from ..dataset.selection import Selection
from ..display.messages import translated
from ..display.text import table, terminal_columns, width
from ..display.ties import answer_rows
from ..display.words import word
from ..errors import DatasetError, MissingDependencyError, TwinCitiesError, printable
from ..model.vocabulary import PartnershipStatus, word_label
from ..query.ties import Tie

_language = ContextVar("_language", default="en")


def set_language(lang: str) -> None:
    """
    Set the language of errors, remarks and help.
    """
    _language.set(lang)


def localized(text: str) -> str:
    """
    A text of the library in the chosen language.
    """
    return translated(text, _language.get())


def say(text: str) -> None:
    """
    Print a remark or an error, one line on standard error, in the chosen language.
    """
    hide()
    with suppress(BrokenPipeError):  # nobody reads it any more, but the exit code counts
        print(_fitted(f"twincities: {printable(localized(text))}", sys.stderr), file=sys.stderr, flush=True)


def _fitted(text: str, stream: Any) -> str:
    """
    *text* with its lines wrapped to the width of a terminal; as it is in a pipe or a file.
    """
    if not is_terminal(stream):
        return text
    columns = terminal_columns()
    lines = (
        wrap(line, columns, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False)
        if width(line) > columns
        else [line]
        for line in text.split("\n")
    )
    return "\n".join(chain.from_iterable(lines))


def in_one_line(error: Exception) -> str:
    """
    The text of an error in one line, with options for Python's arguments; of many problems only the first.
    """
    text = str(error)
    if isinstance(error, DatasetError) and len(error.problems) > 1:
        where = f" in {error.source}" if error.source else ""
        count = len(error.problems)
        text = f"{count} problems{where}; the first at {error.problems[0]}; twincities validate FILE lists all"
    elif isinstance(error, OSError) and not isinstance(error, TwinCitiesError) and error.filename is not None:
        text = f"{error.strerror}: {error.filename}"
    return in_options(text)


def in_options(text: str) -> str:
    """
    A text of the library with options for Python's arguments: `--city` for `city=`.
    """
    argument = r"(?<![\w.'\"-])([a-z]\w*)=(?:True\b|(?![\w'\"=]))"
    return re.sub(argument, lambda found: f"--{found[1].replace('_', '-')}", text)


def console(stream: Any) -> Any | None:
    """
    rich's console if *stream* is a terminal and rich is installed; rich itself heeds NO_COLOR.
    """
    if not is_terminal(stream):
        return None
    try:
        return require("rich.console", extra="cli").Console(file=stream, highlight=False)
    except MissingDependencyError:
        return None


def print_text(text: str, style: str = "") -> None:
    """
    Print text for people; *style* is rich's, such as "bold".
    """
    text = _fitted(text, sys.stdout)
    rich = console(sys.stdout)
    if rich is None:
        print(text)
    else:
        rich.print(require("rich.text", extra="cli").Text(text, style=style), soft_wrap=True)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[str]], marks: Mapping[str, str] | None = None) -> None:
    """
    Print a table for people; *marks* gives words a style of rich.
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
    Print a table of ties or other answers, or the words *none* if there are none.
    """
    if not answers:
        print_text(word(none, lang))
        return
    print_table(*answer_rows(answers, lang), {word_label(status, lang): style for status, style in _STYLES.items()})


def print_found(
    answers: Selection[Any], given: Namespace, none: str, facts: Callable[[Any], Mapping[str, Any]]
) -> None:
    """
    Print answers as `print_answers` does, or as JSON with the *facts* of each.
    """
    if given.json:
        print_json(list(map(facts, answers)))
    else:
        print_answers(answers, given.lang, none)


def print_ties(ties: Selection[Tie], given: Namespace) -> None:
    """
    Print ties as a table, or as JSON with the rows of `Selection.to_dicts`.
    """
    if given.json:
        print_json(ties.to_dicts(lang=given.lang))
    else:
        print_answers(ties, given.lang, "no partners")


def print_json(value: Any) -> None:
    """
    Print JSON for programs, laid out like documents; UTF-8 whatever the terminal's encoding.
    """
    from ..document.text import laid_out  # which tables for people don't need

    write_bytes(laid_out(value).encode())


def write_bytes(data: bytes) -> None:
    """
    Write bytes to standard output.
    """
    sys.stdout.flush()
    binary = getattr(sys.stdout, "buffer", None)
    if binary is None:  # as in a notebook
        sys.stdout.write(data.decode())
    else:
        binary.write(data)
        binary.flush()
