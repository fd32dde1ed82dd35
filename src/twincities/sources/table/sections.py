"""
Lines between the rows of a list, such as "Keskeytetty:" or "Deutschland", and the rows below that they are about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from ...model.vocabulary import PartnershipKind, PartnershipStatus
from ...query.filters import labelled_words
from ...query.names import fold
from .cells import text_of
from .names import country_called, is_aside
from .rows import Row

# Countries that share a name with one of their cities: a line with such a name may be a partner.
_ALSO_CITIES = {"DJ", "GE", "GI", "GT", "HK", "KW", "LU", "MC", "MO", "MX", "PA", "SG", "SM", "VA"}
_SHORT = 6  # letters: a shorter word, such as "ja", is a heading only with a colon


class Section(NamedTuple):
    """
    A line that is about the rows below it, and what it says of them.
    """

    line: int
    text: str
    facts: Mapping[str, Any]
    """A status, a kind or both; or `country_code`, of the partners."""


def sections_of(rows: Sequence[Row], columns: Collection[int], *, has_country: bool) -> Mapping[int, Section]:
    """
    The section of each row that has one, by line; a section's own line is its key too.

    A section lasts until the next. One with a gap or an aside between its rows is left out, since nothing shows where
    it ends. So are countries, unless every row is below one. *columns* are the numbers of those that a section can be in.
    """
    texts = {
        row.line: [(text, number) for number, cell in enumerate(row.cells) if (text := text_of(cell))] for row in rows
    }
    single = {line: filled[0] for line, filled in texts.items() if len(filled) == 1}
    lines = {line: text for line, (text, number) in single.items() if number in columns}
    found = {line: Section(line, text, facts) for line, text in lines.items() if (facts := _facts_of(text))}
    countries = {
        line: Section(line, text, {"country_code": code})
        for line, text in lines.items()
        if (code := country_called(text.rstrip(" :"))) not in {None, *_ALSO_CITIES}
    }
    if not found and not has_country and len(countries) > 1 and rows[0].line in countries:
        found = countries
    by_line: dict[int, Section] = {}
    unclear: set[int] = set()
    section, parted, end = None, False, 0
    for row in rows:
        if row.line in found:
            section, parted = found[row.line], False
            by_line[row.line] = section
        elif section is not None:
            if row.line in single and is_aside(single[row.line][0]):
                parted = True
            elif section.facts.keys() != {"country_code"} and (parted or (row.line > end + 1 and end > section.line)):
                unclear.add(section.line)
            else:
                by_line[row.line] = section
        end = row.line + max((text_of(cell).count("\n") for cell in row.cells), default=0)
    return {line: section for line, section in by_line.items() if section.line not in unclear}


def _facts_of(text: str) -> dict[str, Any]:
    """
    The status, the kind or both that a line says and nothing else: "Suspended", "Vilande vänorter:".
    """
    if text[0] in "*¹²³(":  # a footnote, or a note on the row above
        return {}
    plain = re.sub(r"(?:\s*\(\d+\)|\s*:)+$", "", text)
    statuses, kinds = labelled_words(PartnershipStatus), labelled_words(PartnershipKind)
    words = plain.split()
    if len(fold(plain)) < _SHORT and plain == text:
        return {}
    for place in range(len(words) + 1):
        first, second = fold(" ".join(words[:place])), fold(" ".join(words[place:]))
        status, kind = statuses.get(first, ()), kinds.get(second, ())
        # "Contact" may head an address.
        if (status or not first) and (kind or not second) and PartnershipKind.CONTACT not in kind:
            facts = {"status": PartnershipStatus(status[0])} if status else {}
            return facts | ({"kind": PartnershipKind(kind[0])} if kind else {})
    return {}
