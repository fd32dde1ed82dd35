"""
Tables as HTML: escaped, bounded, without scripts, in the colours of the page around them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from html import escape
from itertools import islice
from typing import Any, TypeVar

from ..errors import printable
from ..model.arguments import as_items, as_text
from ..model.languages import language
from . import words

T = TypeVar("T")

_STYLE = (
    "<style>.twincities{line-height:1.45;max-width:64em;overflow-x:auto}"
    ".twincities table{border-collapse:collapse;margin:.3em 0;min-width:min(22em,100%)}"
    ".twincities caption{text-align:left;font:inherit;color:inherit;padding:.2em 0}"
    # Twice the class: JupyterLab's own rule turns cells to the right with two.
    ".twincities.twincities th,.twincities.twincities td{text-align:left;vertical-align:top;padding:.15em 1em .15em 0;"
    "background:none;border:0;border-bottom:1px solid rgba(128,128,128,.35);max-width:36em}.twincities td:last-child{min-width:9em}"
    ".twincities.twincities th{font-weight:600}.twincities.twincities th[scope=row]{width:1px;white-space:nowrap}"
    ".twincities a{overflow-wrap:anywhere}</style>"
)
# Notebooks that aren't trusted drop the sheet above; some of their viewers drop `style` too.
_LEFT = ' align="left" style="text-align:left"'
_MOST = 300  # letters of one text: a summary fits, a book doesn't


class Markup(str):
    """
    HTML that is already escaped.
    """

    __slots__ = ()


def framed(inside: str, lang: str = "en") -> str:
    """
    HTML of this module in a frame that styles it.

    Raises:
        QueryError: *inside* isn't text, or *lang* is no language tag.
    """
    return f'<div class="twincities" lang="{language(lang)}">{_STYLE}{as_text(inside, "HTML")}</div>'


def html_table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = "", more: str = "") -> str:
    """
    A table of escaped cells with the text *more* below.

    Raises:
        QueryError: *headings* or a row aren't several cells.
    """
    head = "".join(f'<th scope="col"{_LEFT}>{cell(heading)}</th>' for heading in _cells(headings, "headings"))
    body = "".join(
        f"<tr>{''.join(f'<td{_LEFT}>{cell(value)}</td>' for value in _cells(row, 'a row'))}</tr>"
        for row in as_items(rows, object, "rows of cells as rows")
    )
    rest = f"<p>{cell(more)}</p>" if more else ""
    return f"<table>{_caption(caption)}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def _cells(given: Any, name: str) -> tuple[object, ...]:
    return as_items(given, object, f"cells as {name}")


def facts(title: str, pairs: Iterable[tuple[str, str | None]], lang: str = "en") -> str:
    """
    A table with a row for each pair that has a value; the keys of *pairs* are those of `words.word`.
    """
    rows = "".join(
        f'<tr><th scope="row"{_LEFT}>{cell(heading)}</th><td{_LEFT}>{cell(value)}</td></tr>'
        for heading, value in ((words.headings((key,), lang)[0], value) for key, value in pairs if value)
    )
    return f"<table>{_caption(title)}<tbody>{rows}</tbody></table>"


def _caption(title: str) -> str:
    return f"<caption{_LEFT}><b>{cell(title)}</b></caption>" if title else ""


def few(items: Collection[T], show: Callable[[T], object], most: int, lang: str, *, between: str = ", ") -> Markup:
    """
    The first *most* items in one cell, each as *show* gives it, and how many more there are; *between* is HTML.
    """
    cells = [cell(show(item)) for item in islice(items, most)]
    if len(items) > most:
        cells.append(cell(words.word("more", lang).format(len(items) - most)))
    return Markup(between.join(cells))


def cell(value: object) -> Markup:
    """
    A value as escaped text of bounded length; markup stays as it is.
    """
    if isinstance(value, Markup):
        return value
    text = printable("" if value is None else str(value))
    return Markup(escape(text if len(text) <= _MOST else f"{text[:_MOST]}…"))


def link(text: str, url: str | None) -> Markup:
    """
    A text that leads to a web page; without an address of one the text only.
    """
    if url is None or not url.startswith(("https://", "http://")):
        return cell(text)
    return Markup(f'<a href="{escape(url)}" rel="noopener">{cell(text)}</a>')


def code(id: str) -> Markup:
    """
    An id.
    """
    return Markup(f"<code>{cell(id)}</code>")
