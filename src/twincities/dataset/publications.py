"""
The methods that publish a data set for people: a web page and a calendar.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..errors import QueryError
from ..model.city import City
from ..model.edtf import EdtfDate
from .questions import Questions

if TYPE_CHECKING:
    from ..interop.endings import Report


class Publications(Questions):
    """
    The page and the calendar of a data set.
    """

    __slots__ = ()

    def write_page(
        self,
        path: str | os.PathLike[str],
        *,
        city: str | City | None = None,
        lang: str = "en",
        title: str | None = None,
        fragment: bool = False,
        versions: Mapping[str, str] | None = None,
        years: Iterable[int] | None = None,
        statement: str | None = None,
        feedback: str | None = None,
        data: str | None = None,
        updated: str | EdtfDate | None = None,
        picture: bool = True,
        report: Report | None = None,
    ) -> None:
        """
        Write a city's web page about its twin cities, a single self-contained file; see `twincities.publish.page_html`.

        Args:
            path: The file, `.html`, replaced as a whole.
            city: A city by record, name or id; by default the first that the data set is complete for.
            lang: English, Finnish or Swedish.
            title: The main heading.
            fragment: Leave out the frame, for a content management system.
            versions: The addresses of the page in other languages, by tag.
            years: The years whose anniversaries and expiring agreements are listed.
            statement: The address of the site's accessibility statement.
            feedback: The address for feedback on accessibility.
            data: The address of the data as a file.
            updated: The day of publishing.
            picture: Draw the map, which needs the extra `charts`.
            report: Called with a sentence about each thing that the page lacks.

        Raises:
            UnknownCityError: The data set has no such city.
            AmbiguousCityError: Several cities have the name.
            QueryError: The file's name doesn't end in `.html`, *lang* isn't supported, an address isn't of the web or a
                path, an argument is of another type, or the data set has no city.
            InvalidDateError: *updated* isn't a date.
            MissingDependencyError: The packages that draw the map aren't installed.
            OSError: The file can't be written.
        """
        from ..publish.page import write_page

        write_page(
            self,
            self._city_or_default(city),
            path,
            lang=lang,
            title=title,
            fragment=fragment,
            versions=versions,
            years=years,
            statement=statement,
            feedback=feedback,
            data=data,
            updated=updated,
            picture=picture,
            report=report,
        )

    def to_ics(
        self,
        path: str | os.PathLike[str] | None = None,
        *,
        city: str | City | None = None,
        years: Iterable[int] | None = None,
        lang: str = "en",
        every: int = 5,
        alarm: int | None = 30,
    ) -> bytes:
        """
        Anniversaries and expiring agreements as an iCalendar file, also written to *path* if given.

        Args:
            path: A file, `.ics`, replaced as a whole.
            city: Only the dates of this city, by record, name or id.
            years: The years to cover; by default six from the date of the data set.
            lang: The language of the texts.
            every: Celebrate multiples of this number of years.
            alarm: The number of days before an event to show an alarm; `None` for no alarm.

        Raises:
            UnknownCityError: The data set has no such city.
            AmbiguousCityError: Several cities have the name.
            QueryError: There are no years, a number is out of range, or the file's name doesn't end in `.ics`.
            MissingDependencyError: icalendar isn't installed.
            OSError: The file can't be written.
        """
        from ..publish.calendar import calendar_bytes, write_calendar

        here = None if city is None else self.city(city)
        data = calendar_bytes(self, here, years=years, lang=lang, every=every, alarm=alarm)
        if path is not None:
            write_calendar(path, data)
        return data

    def _city_or_default(self, city: str | City | None) -> City:
        """
        The given city, by default the first that the data set is complete for, else its first.
        """
        name = next(iter(self.complete_for or self.cities), None) if city is None else city
        if name is None:
            raise QueryError("expected a data set with a city, got one without")
        return self.city(name)
