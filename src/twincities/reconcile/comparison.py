"""
The result of a comparison, printed as text and as HTML.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

import attrs

from ..display.html import cell, framed, html_table
from ..display.messages import translated
from ..display.options import display_options
from ..display.text import table
from ..errors import printable
from ..interop.rows import to_csv
from ..model.city import City
from ..model.partnership import Partnership
from .differences import Difference, Verdict
from .matches import Ambiguity, CityMatch
from .notes import to_markdown
from .wording import COLUMNS, differences_in, names_of, row_of, text_of, title_of

if TYPE_CHECKING:
    from ..dataset.dataset import Dataset

__all__ = ["Comparison", "OneSided", "TwoSided"]

_SHOWN = 50  # rows of a printed table; `to_dicts` has them all


@attrs.frozen
class OneSided:
    """
    A partnership that only one of two data sets has.
    """

    partnership: Partnership
    cities: tuple[City, City]
    """Both cities, as recorded in that data set."""
    denied_by: tuple[City, ...]
    """The cities for which the other data set claims to be complete: it denies the partnership."""
    is_known: bool = True
    """False if the other data set doesn't have both cities, or not certainly."""

    @property
    def verdict(self) -> str:
        """
        `denied`, or `not said` if the other data set doesn't claim to be complete for either city.
        """
        return "denied" if self.denied_by else "not said"

    def __repr__(self) -> str:
        return f"<OneSided {' – '.join(self.partnership.cities)}: {self.verdict}>"


@attrs.frozen
class TwoSided:
    """
    A partnership that both data sets have.
    """

    a: Partnership
    b: Partnership
    cities: tuple[City, City]
    """Both cities, as recorded in the first data set."""
    differences: tuple[Difference, ...]
    """The fields that aren't equal; empty if both data sets say the same."""

    @property
    def differs(self) -> bool:
        """
        True if the two values of a field can't both hold. A missing value or a more precise date is no such difference.
        """
        return any(difference.verdict is Verdict.OTHER for difference in self.differences)

    def __repr__(self) -> str:
        fields = ", ".join(difference.field for difference in self.differences)
        return f"<TwoSided {' – '.join(self.a.cities)}: {fields or 'no difference'}>"


@attrs.frozen(repr=False)
class Comparison:
    """
    The result of `compare`. Prints as a table, also in a notebook.
    """

    a: Dataset
    b: Dataset
    matches: tuple[CityMatch, ...]
    """The cities that both have, in the order of the first."""
    ambiguous: tuple[Ambiguity, ...]
    """Cities with several possible matches: they aren't matched, and their partnerships count as one-sided."""
    unmatched_a: tuple[City, ...]
    """The cities that only the first has, or that aren't matched with certainty."""
    unmatched_b: tuple[City, ...]
    """The cities that only the second has, or that aren't matched with certainty."""
    only_a: tuple[OneSided, ...]
    """The partnerships that only the first has."""
    only_b: tuple[OneSided, ...]
    """The partnerships that only the second has."""
    both: tuple[TwoSided, ...]
    """The partnerships that both have."""

    def to_dicts(self, *, lang: str = "en") -> list[dict[str, Any]]:
        """
        One flat dict with the keys of `COLUMNS` for each one-sided partnership and each difference of the others.

        A partnership of which both say the same has one row without a field. Values are text or `None`; dates are EDTF.
        Names and the words of closed lists are in *lang*, several joined by "; ".

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
        """
        return list(self._rows(lang))

    def to_csv(self, path: str | os.PathLike[str] | None = None, *, lang: str = "en", delimiter: str = ",") -> str:
        """
        The rows as CSV, also written to *path* if given; see `twincities.interop.rows`.

        Raises:
            QueryError: *path*, *lang* or *delimiter* can't be used.
            OSError: The file can't be written.
        """
        return to_csv(self.to_dicts(lang=lang), COLUMNS, path, delimiter=delimiter)

    def to_markdown(self, *, lang: str = "en") -> str:
        """
        Release notes in Markdown for an older and a newer version of a data set: the partnerships that began, ended, got a
        date, changed, or are no longer listed.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
        """
        return to_markdown(self, lang=lang)

    def to_text(self, *, lang: str = "en") -> str:
        """
        A summary and a table of at most fifty rows, as wide as the terminal.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
        """
        rows, more = self._shown(lang)
        no_rows = translated("No partnership of cities that both have differs.", lang)
        body = table(_headings(lang), rows) if rows else no_rows
        return "\n\n".join(filter(None, ["\n".join(self._head(lang)), body, more]))

    def _rows(self, lang: str) -> Iterator[dict[str, Any]]:
        for name, one_sided in (("a", self.only_a), ("b", self.only_b)):
            for tie in one_sided:
                yield row_of(name, tie.cities, lang, verdict=tie.verdict)
        for pair in self.both:
            for difference in pair.differences:
                values = {"a": text_of(difference.a, lang), "b": text_of(difference.b, lang)}
                verdict = str(difference.verdict)
                yield row_of("both", pair.cities, lang, field=difference.field, **values, verdict=verdict)
            if not pair.differences:
                yield row_of("both", pair.cities, lang, verdict=str(Verdict.SAME))

    def _head(self, lang: str) -> list[str]:
        """
        The lines above the table.
        """
        differing = sum(pair.differs for pair in self.both)
        more = sum(bool(pair.differences) and not pair.differs for pair in self.both)
        cities = len({match.a.id for match in self.matches}), len(self.unmatched_a), len(self.unmatched_b)
        both = f"{len(self.both)} in both ({differing} differ, {more} say more on one side)"
        lines = [
            "Cities: {} in both, {} only in a, {} only in b".format(*cities),
            f"Partnerships: {both}, {len(self.only_a)} only in a, {len(self.only_b)} only in b",
        ]
        for name, other, ties in (("a", "b", self.only_a), ("b", "a", self.only_b)):
            unknown = sum(not tie.is_known and not tie.denied_by for tie in ties)
            if unknown:
                lines.append(f"Not listed: {unknown} only in {name} with a city that {other} doesn't have")
        lines += [f"Not decided: {ambiguity}" for ambiguity in self.ambiguous[:_SHOWN]]
        if len(self.ambiguous) > _SHOWN:
            lines.append(f"… and {len(self.ambiguous) - _SHOWN} more in .ambiguous")
        titles = [f"{name}: {title_of(data, name, lang)}" for name, data in (("a", self.a), ("b", self.b))]
        return [*map(printable, titles), *(printable(translated(line, lang)) for line in lines)]

    def _lines(self, lang: str) -> Iterator[tuple[str, str, str]]:
        """
        The rows of the table by weight: denied, differing, only in one, more on one side.
        """
        one_sided = [("a", tie) for tie in self.only_a] + [("b", tie) for tie in self.only_b]
        in_both = translated("both", lang)
        for name, tie in one_sided:
            if tie.denied_by:
                denied = translated(
                    "denied: b lists all partners" if name == "a" else "denied: a lists all partners", lang
                )
                yield name, names_of(tie.cities, lang), f"{denied} ({names_of(tie.denied_by, lang, ', ')})"
        for pair in self.both:
            if pair.differs:
                yield in_both, names_of(pair.cities, lang), differences_in(pair.differences, lang)
        for name, tie in one_sided:
            if tie.is_known and not tie.denied_by:
                yield name, names_of(tie.cities, lang), translated(tie.verdict, lang)
        for pair in self.both:
            if pair.differences and not pair.differs:
                yield in_both, names_of(pair.cities, lang), differences_in(pair.differences, lang)

    def _shown(self, lang: str) -> tuple[list[tuple[str, str, str]], str]:
        """
        The first rows of the table, and a remark on the others.
        """
        lines = self._lines(lang)
        shown = list(islice(lines, _SHOWN))
        more = sum(1 for _ in lines)
        return shown, translated(f"… and {more} more in .to_dicts()", lang) if more else ""

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return (
            f"<Comparison of {len(self.matches)} cities: {len(self.both)} partnerships in both, {len(self.only_a)} only "
            f"in a, {len(self.only_b)} only in b>"
        )

    def _repr_html_(self) -> str:
        lang = display_options.lang
        rows, more = self._shown(lang)
        return framed(
            f"<p>{'<br/>'.join(map(cell, self._head(lang)))}</p>{html_table(_headings(lang), rows, more=more)}"
        )


def _headings(lang: str) -> list[str]:
    return [translated(heading, lang) for heading in ("In", "Partnership", "Result")]
