"""
Tables as HTML: escaped, bounded, without scripts, in the colours of the page around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ..errors import printable
from .words import word

__all__ = ["cell", "facts", "framed", "html_table"]

_STYLE = (
    "<style>.twincities{line-height:1.45;max-width:64em}"
    ".twincities table{border-collapse:collapse;margin:.3em 0}"
    ".twincities caption{text-align:left;font-weight:600;padding:.2em 0}"
    # Twice the class: JupyterLab's own rule turns cells to the right with two.
    ".twincities.twincities th,.twincities.twincities td{text-align:left;vertical-align:top;padding:.15em 1em .15em 0;"
    "background:none;border:0;border-bottom:1px solid rgba(128,128,128,.35);max-width:36em}"
    ".twincities.twincities th{font-weight:600}</style>"
)
_LEFT = ' style="text-align:left"'  # a notebook that isn't trusted drops the sheet above
_MOST = 300  # letters of one cell: a summary fits, a book doesn't


def framed(inside: str, lang: str = "en") -> str:
    """
    HTML of this module in the frame that gives it its looks.
    """
    return f'<div class="twincities" lang="{escape(lang)}">{_STYLE}{inside}</div>'


def html_table(headings: Sequence[str], rows: Iterable[Sequence[object]], *, caption: str = "", more: str = "") -> str:
    """
    A table of escaped cells; *more* stands below it.
    """
    head = "".join(f'<th scope="col"{_LEFT}>{cell(heading)}</th>' for heading in headings)
    body = "".join(f"<tr>{''.join(f'<td{_LEFT}>{cell(value)}</td>' for value in row)}</tr>" for row in rows)
    title = f"<caption>{cell(caption)}</caption>" if caption else ""
    rest = f"<p>{cell(more)}</p>" if more else ""
    return f"<table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{rest}"


def facts(title: str, pairs: Iterable[tuple[str, str | None]], lang: str = "en") -> str:
    """
    A table with a row for each thing that is known; the keys of *pairs* are those of `words.word`.
    """
    rows = "".join(
        f'<tr><th scope="row"{_LEFT}>{cell(word(key, lang))}</th><td{_LEFT}>{cell(value)}</td></tr>'
        for key, value in pairs
        if value
    )
    return f"<table><caption>{cell(title)}</caption><tbody>{rows}</tbody></table>"


def cell(value: object) -> str:
    """
    A value as escaped text of bounded length.
    """
    text = printable("" if value is None else str(value))
    return escape(text if len(text) <= _MOST else f"{text[:_MOST]}…")
