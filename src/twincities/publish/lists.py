"""
Lists of partners for readers: headings, words and dates in one language, as rows, a workbook or a page.
"""

from __future__ import annotations

import io
import os
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from .._files import with_ending, write_atomically
from .._optional import require
from ..display.ties import TIE_VALUES, tie_headings, tie_rows
from ..display.values import date_in
from ..display.words import word
from ..errors import QueryError, printable, shown
from ..interop._flat import Table
from ..interop._tables import TIES
from ..interop.frames import check_text, keep_texts, table_frame, write_excel
from ..interop.rows import table_rows, to_csv
from ..model.arguments import as_items, as_text
from ..model.city import City
from ..model.edtf import EdtfDate, Precision
from ..model.vocabulary import primary
from ..query.names import nearest
from ..query.ties import Tie, seen_from, tuple_of_ties
from .markup import grid, text, whole_page

LIST_COLUMNS = ("partner", "country", "kind", "since", "status", "areas")
"""The default columns of a list."""

_WIDEST = 60  # the most characters of a workbook's column; longer texts are wrapped
_DAYS = {"fi": "d.m.yyyy", "sv": "yyyy-mm-dd"}  # the formats of days in workbooks; in other languages "11 June 1982"
_EARLIEST = date(1900, 3, 1)  # workbooks miscount the days before


def list_rows(
    ties: Collection[Tie], *, lang: str = "en", columns: Sequence[str] | str | None = None
) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """
    The headings and rows of a list, as text in *lang*. Unknown values are empty.

    Args:
        ties: The ties, in the order of the list.
        lang: The language of headings, names, words and dates.
        columns: Names of columns, in a sequence or separated by commas; by default `LIST_COLUMNS`.

    Raises:
        QueryError: A column isn't known, or *ties* aren't ties.
    """
    names = _among(tuple(TIE_VALUES), LIST_COLUMNS if columns is None else columns)
    return tie_headings(lang, names), [tuple(map(printable, row)) for row in tie_rows(tuple_of_ties(ties), lang, names)]


def list_title(ties: Collection[Tie], lang: str = "en", title: str | None = None) -> str:
    """
    The title of a list: *title*, or else that of the one city that all ties are seen from.
    """
    if title is not None:
        return printable(as_text(title, "title="))
    hub = seen_from(ties)
    return word("ties", lang) if hub is None else city_title(hub, lang)


def city_title(city: City, lang: str = "en") -> str:
    """
    The title of a page or list about a city: "Twin cities of Kuopio".
    """
    name = printable(city.label(lang))
    # Swedish adds no s to a name that ends in one. The Finnish title avoids inflecting names.
    return word("twin cities of", lang).format(
        name if name[-1:].casefold() in "sxz" or lang[:2] != "sv" else f"{name}s"
    )


def _as_of(ties: Collection[Tie], lang: str) -> str:
    moment = next(iter(ties)).as_of if ties else None
    return f"{word('as_of', lang)}: {date_in(moment, lang)}" if moment else ""


# -- rows in files -----------------------------------------------------------------------------------


def selection_csv(
    table: Table,
    items: Sequence[Any],
    path: str | os.PathLike[str] | None,
    *,
    lang: str,
    delimiter: str | None,
    columns: Sequence[str] | str | None,
    style: str,
) -> str:
    """
    The items of a selection as CSV for programs, or ties for people; see `Selection.to_csv`.
    """
    if not _is_list(table, style):
        names = _among(tuple(column.name for column in table.columns), columns)
        return to_csv(
            table_rows(table, items, lang=lang), names, path, delimiter="," if delimiter is None else delimiter
        )
    headings, rows = list_rows(items, lang=lang, columns=columns)
    if delimiter is None:
        delimiter = "," if primary(lang) == "en" else ";"
    return to_csv((dict(zip(headings, row, strict=True)) for row in rows), headings, path, delimiter=delimiter)


def selection_excel(
    table: Table,
    items: Sequence[Any],
    path: str | os.PathLike[str],
    *,
    lang: str,
    columns: Sequence[str] | str | None,
    style: str,
    title: str | None,
) -> None:
    """
    Write the items of a selection as a workbook for programs, or ties for people; see `Selection.to_excel`.
    """
    if _is_list(table, style):
        write_list_excel(items, path, lang=lang, columns=columns, title=title)
        return
    frame = table_frame(table, items, lang=lang)
    write_excel({table.name: frame if columns is None else frame[list(_among(tuple(frame.columns), columns))]}, path)


def _is_list(table: Table, style: str) -> bool:
    if style not in ("data", "list"):  # may not hash
        raise QueryError(f"expected style= as 'data' or 'list', got {shown(style)}")
    if style == "list" and table is not TIES:
        raise QueryError("expected a selection of ties for a list")
    return style == "list"


def _among(known: Sequence[str], columns: Sequence[str] | str | None) -> tuple[str, ...]:
    """
    The given columns, or else all *known* ones.
    """
    given = columns.split(",") if isinstance(columns, str) else columns
    names = tuple(known if given is None else map(str.strip, as_items(given, str, "names of columns as columns=")))
    for name in names:
        if name not in known:
            hint = "".join(f"; did you mean {shown(near)}?" for near in nearest(name, known, limit=1))
            raise QueryError(f"expected columns= among {', '.join(known)}, got {shown(name)}{hint}")
    if not names or len(set(names)) < len(names):
        raise QueryError(f"expected columns= as one name or several, each once, got {shown(columns)}")
    return names


# -- workbooks -------------------------------------------------------------------------------------


def write_list_excel(
    ties: Collection[Tie],
    path: str | os.PathLike[str],
    *,
    lang: str = "en",
    columns: Sequence[str] | str | None = None,
    title: str | None = None,
) -> None:
    """
    Write a list as a workbook: a title, the as-of date, bold headings that stay in view, and columns that fit their
    contents. Days are dates, years and numbers are numbers, and partly known values are text.

    Raises:
        QueryError: The file name doesn't end in `.xlsx`, a column isn't known, or *ties* aren't ties.
        MissingDependencyError: openpyxl isn't installed.
        OSError: The file can't be written.
    """
    path = with_ending(path, ".xlsx")
    names = _among(tuple(TIE_VALUES), LIST_COLUMNS if columns is None else columns)
    headings, rows = list_rows(ties, lang=lang, columns=names)
    openpyxl = require("openpyxl", extra="pandas")
    styles = require("openpyxl.styles", extra="pandas")
    letter = require("openpyxl.utils", extra="pandas").get_column_letter
    name = list_title(ties, lang, title)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = word("partners", lang)
    sheet.append([name])
    sheet["A1"].font = styles.Font(bold=True, size=14)
    if as_of := _as_of(ties, lang):
        sheet.append([as_of])
    sheet.append([])
    sheet.append(headings)
    first = sheet.max_row + 1
    for cell in sheet[first - 1]:
        cell.font = styles.Font(bold=True)
    sheet.freeze_panes = f"A{first}"
    for tie, row in zip(ties, rows, strict=True):
        for heading, content in zip(headings, row, strict=True):
            check_text(content, f"{heading}, {tie.partner.name}")
        sheet.append(row)
        for cell, column in zip(sheet[sheet.max_row], names, strict=False):
            value, form = _typed(TIE_VALUES[column](tie, lang), lang)
            if value is not None:
                cell.value, cell.number_format = value, form
            cell.alignment = styles.Alignment(horizontal="left", vertical="top", wrap_text=True)
    keep_texts(sheet)
    for number, texts in enumerate(zip(headings, *rows, strict=True), 1):
        sheet.column_dimensions[letter(number)].width = min(max(map(len, texts)), _WIDEST) + 2
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{first - 1}:{first - 1}"
    buffer = io.BytesIO()
    book.save(buffer)
    write_atomically(path, [buffer.getvalue()])


def _typed(value: Any, lang: str) -> tuple[Any, str]:
    """
    A date or number with its format in a workbook; `None` for text.
    """
    if isinstance(value, EdtfDate) and value.is_certain and (day := value.earliest) is not None:
        if value.precision is Precision.DAY and day == value.latest and day >= _EARLIEST:
            return day, _DAYS.get(lang[:2], "d mmmm yyyy")
        if value.precision is Precision.YEAR and value.year is not None:
            return value.year, "0"
    if isinstance(value, (int, float)):
        return round(value), "#,##0"
    return None, ""


# -- pages -----------------------------------------------------------------------------------------


def list_html(
    ties: Collection[Tie], *, lang: str = "en", columns: Sequence[str] | str | None = None, title: str | None = None
) -> str:
    """
    A list as a page in one file that loads nothing, to print or to put on a site.

    Raises:
        QueryError: A column isn't known, or *ties* aren't ties.
    """
    headings, rows = list_rows(ties, lang=lang, columns=columns)
    name = list_title(ties, lang, title)
    as_of = _as_of(ties, lang)
    return whole_page(
        lang,
        name,
        grid(name, map(text, headings), (map(text, row) for row in rows)),
        lead=f'<p class="lead">{text(as_of)}</p>' if as_of else "",
        style="@media print{@page{size:A4 landscape}}",
    )
