"""
The encoding, delimiter and rows of CSV.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence

from ...errors import DatasetError, QueryError, one_problem, shown
from ...interop._flat import FORMULA
from .rows import Row

DELIMITERS = (",", ";", "\t", "|")
_HEAD = 30  # lines that show the delimiter

# The apostrophe that `interop.rows.to_csv` puts before formulas.
_GUARD = re.compile(f"'(?= *[{re.escape(''.join(FORMULA))}])")

# The starts of files that programs save under other names, as Excel opens any of them as .xls.
_OTHERS = (
    (re.compile(r"\xd0\xcf\x11\xe0"), "an old Excel workbook: save it as .xlsx"),
    (re.compile(r"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis", re.DOTALL), "an OpenDocument file: save it as .xlsx"),
    (
        re.compile(r"<(?:!doctype|html|head|meta|body|style|table|\?xml)\b", re.IGNORECASE),
        "a web page or XML: save it as .xlsx",
    ),
    (re.compile(r"%PDF-|\{\\rtf"), "a text document: copy its table into a workbook"),
)


def check_form(content: bytes | str) -> None:
    """
    Refuse the content of a file that is neither CSV nor a workbook.
    """
    head = content[:400] if isinstance(content, str) else content[:400].decode("latin-1").removeprefix("ï»¿")
    for start, what in _OTHERS:
        if start.match(head.lstrip("\ufeff \t\r\n")):
            raise one_problem("$", f"expected CSV or an .xlsx workbook, got {what}")


def decoded(content: bytes, encoding: str | None) -> str:
    """
    The text of a file: in *encoding*, else UTF-8, or UTF-16 with a byte order mark or without.
    """
    if encoding is not None:
        return _in_encoding(content, encoding)
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise one_problem("$", "expected UTF-8 or UTF-16, got UTF-32: save it as 'CSV UTF-8'")
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    head = content[:4096]
    # Every mark and digit of UTF-16 has a byte of 0; a stray one in UTF-8 is a cell's.
    found = "utf-16" if marked else _unmarked(content) if head.count(0) * 10 > len(head) else "utf-8"
    try:
        return content.decode(found)
    except UnicodeDecodeError as error:
        raise one_problem("$", _not_utf_8(content, error.start)) from error


def _in_encoding(content: bytes, encoding: str) -> str:
    try:
        codecs.lookup(encoding)
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        message = f"expected {encoding}, but byte {error.start + 1} isn't: leave out encoding= or give another"
        raise one_problem("$", message) from error
    except (LookupError, ValueError, TypeError) as error:
        raise QueryError(f"expected encoding= as a name such as cp1252, got {shown(encoding)}") from error


def _unmarked(content: bytes) -> str:
    """
    The byte order of UTF-16 without a mark: the one with more ASCII characters.
    """
    best, most = "", 0
    for encoding in ("utf-16-le", "utf-16-be"):
        text = content[: len(content) // 2 * 2].decode(encoding, errors="replace")
        plain = sum(char.isascii() for char in text)
        if plain > most and "\0" not in text:
            best, most = encoding, plain
    if not best or len(content) % 2:
        raise one_problem("$", "expected UTF-8 or UTF-16, got another encoding: save it as 'CSV UTF-8'")
    return best


def _not_utf_8(content: bytes, start: int) -> str:
    line = content[content.rfind(b"\n", 0, start) + 1 :].split(b"\n", 1)[0]
    as_read = line.decode("cp1252", errors="replace").strip()
    return (
        f"expected UTF-8 or UTF-16, but byte {start + 1} is neither: if {shown(as_read)} looks right, give encoding= as "
        "cp1252, else save it as 'CSV UTF-8'"
    )


def rows_of_text(text: str, delimiter: str | None, fits: Callable[[Sequence[Row]], int]) -> tuple[Row, ...]:
    """
    The rows of a CSV text; *fits* returns the number of known headings in rows.
    """
    text = text.removeprefix("\ufeff").rstrip("\x1a")  # the end of a DOS file
    line = 1
    if declared := re.match(r"\"?sep=(.)\"?[ \t]*(?:\r\n|\r|\n)", text):
        delimiter, text, line = delimiter or declared[1], text[declared.end() :], 2
    return _rows(text, _sniffed(text, fits) if delimiter is None else delimiter, line)


def _rows(text: str, delimiter: str, line: int = 1) -> tuple[Row, ...]:
    # Strict: a quote that isn't closed would swallow the rows after it.
    source = io.StringIO(text, newline="")
    reader = csv.reader(source, delimiter=delimiter, skipinitialspace=delimiter != "\t", strict=True)
    rows: list[Row] = []
    first = line
    try:
        for cells in reader:
            unguarded = [_GUARD.sub("", cell, count=1) if cell[:1] == "'" else cell for cell in cells]
            rows.append(Row(line, tuple(unguarded)))
            line = first + reader.line_num
    except csv.Error as error:
        raise one_problem(f"line {line}", f"expected CSV (RFC 4180): {error}") from error
    return tuple(rows)


def _sniffed(text: str, fits: Callable[[Sequence[Row]], int]) -> str:
    lines = [line for line in io.StringIO(text, newline="") if line.strip()]
    if not lines:
        return ","
    scores: dict[str, int] = {}
    for delimiter in DELIMITERS:
        try:
            scores[delimiter] = fits(_rows("".join(lines[:_HEAD]), delimiter))
        except DatasetError:  # the head may end within quotes
            scores[delimiter] = fits(_rows("".join(lines[:1]).replace('"', ""), delimiter))
    most = [char for char, score in scores.items() if score == max(scores.values())]
    if len(most) == 1:
        return most[0]
    outside = re.sub(r'"[^"]*(?:"|$)', "", lines[0])
    counts = {char: outside.count(char) for char in most}
    if not any(counts.values()):
        counts = {char: sum(line.count(char) for line in lines[:_HEAD]) for char in most}
    most = [char for char in most if counts[char] == max(counts.values())]
    if len(most) == 1 or not any(counts.values()):
        return most[0]  # a single column has none
    message = f"expected headings that show the delimiter, got {shown(lines[0].strip())}: give delimiter="
    raise one_problem("line 1", message)
