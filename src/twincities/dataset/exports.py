"""
The methods by which data sets and selections leave for other tools; each imports the writer that it calls.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Generic, cast

from ..errors import QueryError
from ..model.city import City
from ..model.edtf import EdtfDate
from ..query.names import nonblank
from ..query.ties import Tie, all_ties
from ..query.whole import Whole
from .kinds import T_co, of_answers, of_ties, table_of

if TYPE_CHECKING:
    import rdflib

    from ..charts import Charts
    from ..interop._flat import Table
    from ..interop.endings import Report
    from .kinds import Answer

__all__ = ["DatasetExports", "SelectionExports"]


class DatasetExports(Whole):
    """
    The exports of a data set.
    """

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """
        The document as dicts, lists and JSON values; see `twincities.document`.
        """
        from ..document.writing import to_dict

        return to_dict(self)

    def to_json(self) -> bytes:
        """
        The document as compact UTF-8 JSON; see `twincities.document`.
        """
        from ..document.writing import to_json

        return to_json(self)

    def to_jsonl(self) -> Iterator[bytes]:
        """
        The document as JSON Lines, line by line, for sets too large to hold as text; see `twincities.document`.
        """
        from ..document.writing import to_jsonl

        return to_jsonl(self)

    def write(self, path: str | os.PathLike[str], *, lang: str = "en", report: Report | None = None) -> None:
        """
        Write the data set to a file of any format, by the ending of its name: `.json` and `.jsonl` (documents), `.csv`,
        `.tsv` and `.xlsx` (tables), `.geojson`, `.ttl`, `.nt` and `.jsonld` (linked data), `.graphml` and `.gexf`
        (graphs), `.sqlite` (a database); each but `.xlsx` and `.sqlite` also with `.gz` behind. A name that ends in
        `.parquet` is that of a folder.

        A file is written beside *path* and then put in its place: an error or a crash leaves the old file.

        Args:
            path: The file, or the folder of Parquet files.
            lang: The language of labels, where the format has labels.
            report: Called with a sentence about what the file can't hold.

        Raises:
            QueryError: The name has another ending.
            MissingDependencyError: The format needs a package that isn't installed.
            OSError: The file can't be written.
        """
        from ..interop.endings import write

        write(self, path, lang=lang, report=report)

    def to_dicts(self, *, lang: str = "en") -> list[dict[str, Any]]:
        """
        One flat dict a partnership with fixed keys; see `twincities.interop.rows`.
        """
        from ..interop.rows import partnership_rows

        return partnership_rows(self, lang=lang)

    def to_csv(self, path: str | os.PathLike[str] | None = None, *, lang: str = "en", delimiter: str = ",") -> str:
        """
        The partnerships as CSV, also written to *path* if given; see `twincities.interop.rows`.
        """
        from ..interop.rows import PARTNERSHIP_COLUMNS, to_csv

        return to_csv(self.to_dicts(lang=lang), PARTNERSHIP_COLUMNS, path, delimiter=delimiter)

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
        Write a city's page on its twin cities, one file that loads nothing from elsewhere; see `twincities.publish`.

        Args:
            path: The file, `.html`, replaced whole.
            city: A city by record, name or id; the first that the data set is complete for unless given.
            lang: English, Finnish or Swedish.
            title: The main heading.
            fragment: Leave out the frame, for a content management system.
            versions: The addresses of the page in other languages, by tag.
            years: The years whose anniversaries and ends of agreements are listed.
            statement: The address of the site's accessibility statement.
            feedback: The address for feedback on accessibility.
            data: The address of the data as a file.
            updated: The day of publishing.
            picture: Draw the map, which needs the extra `charts`.
            report: Called with a sentence about each thing that the page lacks.

        Raises:
            UnknownCityError: No city answers to *city*.
            AmbiguousCityError: Several do.
            QueryError: The file's name doesn't end in `.html`, the page has no words in *lang*, or there is no city.
            MissingDependencyError: The packages that draw the map aren't installed.
            OSError: The file can't be written.
        """
        from ..publish.page import write_page

        write_page(
            self,
            self._asked(city),
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
        Anniversaries and ends of agreements as a calendar, also written to *path* if given; see `twincities.publish`.

        Args:
            path: A file, `.ics`, replaced whole.
            city: Only the dates of this city, by record, name or id.
            years: The years; the six from the date of the data set unless given.
            lang: The language of the texts.
            every: Anniversaries are multiples of so many years.
            alarm: How many days before an event there is an alarm; `None` for none.

        Raises:
            UnknownCityError: No city answers to *city*.
            QueryError: There are no years, a number is out of range, or the file's name doesn't end in `.ics`.
            MissingDependencyError: icalendar isn't installed.
            OSError: The file can't be written.
        """
        from ..publish.calendar import calendar_bytes, write_calendar

        here = None if city is None else self._asked(city)
        data = calendar_bytes(self, here, years=years, lang=lang, every=every, alarm=alarm)
        if path is not None:
            write_calendar(path, data)
        return data

    def _asked(self, city: str | City | None) -> City:
        """
        The city that a page is about: the first that the data set is complete for, else the first, unless one is given.
        """
        name = next(iter(self.complete_for or self.cities), None) if city is None else city
        if name is None:
            raise QueryError("expected a data set with a city, got one without")
        if isinstance(name, City):
            return self.cities[name.id]
        return self.cities.get(name) or self._index.names.one(nonblank(name, "a city's name or id"))

    def to_pandas(self, *, lang: str = "en") -> dict[str, Any]:
        """
        Its facts as `pandas.DataFrame`s by table; see `twincities.interop.frames`.
        """
        from ..interop.frames import dataset_frames

        return dataset_frames(self, lang=lang)

    def to_polars(self, *, lang: str = "en") -> dict[str, Any]:
        """
        Its facts as `polars.DataFrame`s by table; see `twincities.interop.frames`.
        """
        from ..interop.frames import polars_frames

        return polars_frames(self, lang=lang)

    def to_excel(self, path: str | os.PathLike[str], *, lang: str = "en") -> None:
        """
        Its facts as a workbook, a sheet a table; see `twincities.interop.frames`.
        """
        from ..interop.frames import write_excel

        write_excel(self.to_pandas(lang=lang), path)

    def to_geojson(self, path: str | os.PathLike[str] | None = None, *, lang: str = "en") -> dict[str, Any]:
        """
        All cities and partnerships as GeoJSON features, also written to *path* if given; see `twincities.interop.geojson`.
        """
        from ..interop.geojson import dataset_features, write_geojson

        features = dataset_features(self, lang=lang)
        if path is not None:
            write_geojson(features, path)
        return features

    @property
    def chart(self) -> Charts:
        """
        Charts of the whole: `.map()`, `.timeline()`, `.areas()`, `.network()`; see `twincities.charts`.
        """
        from ..charts import Charts

        return Charts(all_ties(self), self.cities.values(), self.networks.values(), self.as_of)

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """
        GeoJSON for what reads it by itself, such as GeoPandas and shapely: `to_geojson()`.
        """
        return self.to_geojson()

    def to_geopandas(self, *, lang: str = "en") -> dict[str, Any]:
        """
        Two `GeoDataFrame`s, `cities` and `partnerships`; see `twincities.interop.geojson`.
        """
        from ..interop.geojson import to_geopandas

        return to_geopandas(self.to_geojson(lang=lang))

    def to_geoparquet(self, folder: str | os.PathLike[str], *, lang: str = "en") -> None:
        """
        Both of them as files in *folder*; see `twincities.interop.geojson`.
        """
        from ..interop.geojson import write_geoparquet

        write_geoparquet(self.to_geojson(lang=lang), folder)

    def to_rdf(self, *, base: str | None = None) -> rdflib.Graph:
        """
        Everything in it as an `rdflib.Graph`; see `twincities.interop.rdf`.
        """
        from ..interop.rdf.writing import to_rdf

        return to_rdf(self, base=base)

    def write_rdf(self, path: str | os.PathLike[str], *, base: str | None = None) -> None:
        """
        Write everything as Turtle, N-Triples or JSON-LD, by the file's ending; see `twincities.interop.rdf`.
        """
        from ..interop.rdf.writing import write_rdf

        write_rdf(self, path, base=base)

    def to_networkx(self, *, lang: str = "en", networks: str | None = None, records: bool = True) -> Any:
        """
        The cities and partnerships as an undirected graph of networkx; see `twincities.interop.graph`.
        """
        from ..interop.graph.writing import to_networkx

        return to_networkx(self, lang=lang, networks=networks, records=records)

    def to_arrow(self) -> dict[str, Any]:
        """
        Everything in it as Arrow tables by name; see `twincities.interop.arrow`.
        """
        from ..interop.arrow.writing import to_arrow

        return to_arrow(self)

    def to_flat_arrow(self, *, lang: str = "en") -> dict[str, Any]:
        """
        Its facts as flat Arrow tables by name; see `twincities.interop.arrow`.
        """
        from ..interop.arrow.writing import flat_tables

        return flat_tables(self, lang=lang)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """
        The partnerships, as `to_flat_arrow` has them, for what reads Arrow; see `twincities.interop.arrow`.
        """
        from ..interop.arrow.writing import partnerships_table

        return partnerships_table(self).__arrow_c_stream__(requested_schema)

    def write_parquet(self, folder: str | os.PathLike[str]) -> None:
        """
        Write everything in it to a folder of Parquet files; see `twincities.interop.parquet`.
        """
        from ..interop.parquet.writing import write_parquet

        write_parquet(self, folder)


class SelectionExports(Generic[T_co]):
    """
    The exports of a selection: its table, and of ties pictures, maps and graphs. A selection of anything but answers has
    none, for type checkers as when it runs.
    """

    __slots__ = ()
    _kind: type

    @property
    def _items(self) -> tuple[T_co, ...]:
        raise NotImplementedError

    @of_answers
    def to_dicts(self: SelectionExports[Answer], *, lang: str = "en") -> list[dict[str, Any]]:
        """
        One flat dict an item with the keys of its kind; see `twincities.interop.rows`.
        """
        from ..interop.rows import table_rows

        return table_rows(self._table(), self._items, lang=lang)

    @of_answers
    def to_csv(
        self: SelectionExports[Answer],
        path: str | os.PathLike[str] | None = None,
        *,
        lang: str = "en",
        delimiter: str | None = None,
        columns: Sequence[str] | str | None = None,
        style: str = "data",
    ) -> str:
        """
        The items as CSV, also written to *path* if given; see `twincities.interop.rows` and, for lists, `twincities.publish`.

        Args:
            path: A file to write, replaced whole.
            lang: The language of names, labels, and of everything in a list.
            delimiter: `,` unless given; in a list in Finnish or Swedish `;`, which spreadsheets there expect.
            columns: Some columns, in this order; all of the table unless given, in a list `publish.LIST_COLUMNS`.
            style: `"data"` for programs, with machine headings and EDTF dates; of ties also `"list"` for people.

        Raises:
            QueryError: A column, the style or the delimiter isn't known.
            OSError: The file can't be written.
        """
        from ..publish.lists import answers_csv, ties_csv

        if self._kind is Tie:
            return ties_csv(self._ties(), path, lang=lang, delimiter=delimiter, columns=columns, style=style)
        return answers_csv(
            self._table(), self._items, path, lang=lang, delimiter=delimiter, columns=columns, style=style
        )

    @of_answers
    def to_pandas(self: SelectionExports[Answer], *, lang: str = "en") -> Any:
        """
        The items as a `pandas.DataFrame`; see `twincities.interop.frames`.
        """
        from ..interop.frames import table_frame

        return table_frame(self._table(), self._items, lang=lang)

    @of_answers
    def to_polars(self: SelectionExports[Answer], *, lang: str = "en") -> Any:
        """
        The items as a `polars.DataFrame`; see `twincities.interop.frames`.
        """
        from ..interop.frames import polars_frame

        return polars_frame(self.to_arrow(lang=lang))

    @of_answers
    def to_excel(
        self: SelectionExports[Answer],
        path: str | os.PathLike[str],
        *,
        lang: str = "en",
        columns: Sequence[str] | str | None = None,
        style: str = "data",
        title: str | None = None,
    ) -> None:
        """
        The items as a workbook of one sheet; see `twincities.interop.frames` and, for lists, `twincities.publish`.

        Args:
            path: The file, replaced whole.
            lang: The language of names, labels, and of everything in a list.
            columns: Some columns, in this order; all of the table unless given, in a list `publish.LIST_COLUMNS`.
            style: `"data"` for programs; of ties also `"list"` for people, with a title, bold headings and columns as wide
                as they need.
            title: The title of a list; the twin cities of the city that was asked about unless given.

        Raises:
            QueryError: A column or the style isn't known, or the file's name doesn't end in `.xlsx`.
            MissingDependencyError: openpyxl, or for the style `"data"` pandas, isn't installed.
            OSError: The file can't be written.
        """
        from ..publish.lists import answers_excel, ties_excel

        if self._kind is Tie:
            ties_excel(self._ties(), path, lang=lang, columns=columns, style=style, title=title)
        else:
            answers_excel(self._table(), self._items, path, lang=lang, columns=columns, style=style)

    @of_ties
    def to_geojson(
        self: SelectionExports[Tie], path: str | os.PathLike[str] | None = None, *, lang: str = "en"
    ) -> dict[str, Any]:
        """
        The ties and their cities as GeoJSON features, also written to *path* if given; see `twincities.interop.geojson`.
        """
        from ..interop.geojson import tie_features, write_geojson

        features = tie_features(self._ties(), lang=lang)
        if path is not None:
            write_geojson(features, path)
        return features

    @property
    @of_ties
    def chart(self: SelectionExports[Tie]) -> Charts:
        """
        Charts of the ties: `.map()`, `.timeline()`, `.areas()`, `.network()`; see `twincities.charts`.
        """
        from ..charts import Charts

        return Charts(self._ties())

    @property
    @of_ties
    def __geo_interface__(self: SelectionExports[Tie]) -> dict[str, Any]:
        """
        GeoJSON for what reads it by itself, such as GeoPandas and shapely: `to_geojson()`.
        """
        return self.to_geojson()

    @of_ties
    def to_geopandas(self: SelectionExports[Tie], *, lang: str = "en") -> dict[str, Any]:
        """
        Two `GeoDataFrame`s, `cities` and `partnerships`; see `twincities.interop.geojson`.
        """
        from ..interop.geojson import to_geopandas

        return to_geopandas(self.to_geojson(lang=lang))

    @of_ties
    def to_geoparquet(self: SelectionExports[Tie], folder: str | os.PathLike[str], *, lang: str = "en") -> None:
        """
        Both of them as files in *folder*; see `twincities.interop.geojson`.
        """
        from ..interop.geojson import write_geoparquet

        write_geoparquet(self.to_geojson(lang=lang), folder)

    @of_ties
    def to_networkx(self: SelectionExports[Tie], *, lang: str = "en", records: bool = True) -> Any:
        """
        The ties and their cities as an undirected graph of networkx; see `twincities.interop.graph`.
        """
        from ..interop.graph.writing import to_networkx

        return to_networkx(self._ties(), lang=lang, records=records)

    @of_answers
    def to_arrow(self: SelectionExports[Answer], *, lang: str = "en") -> Any:
        """
        The items as a `pyarrow.Table`; see `twincities.interop.arrow`.
        """
        from ..interop.arrow.writing import flat_table, ties_table

        if self._kind is Tie:
            return ties_table(cast("tuple[Tie, ...]", self._items), lang=lang)
        return flat_table(self._table(), self._items, lang=lang)

    @of_answers
    def __arrow_c_stream__(self: SelectionExports[Answer], requested_schema: object | None = None) -> object:
        """
        The table of `to_arrow` for what reads Arrow, such as DuckDB; see `twincities.interop.arrow`.
        """
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def _table(self: SelectionExports[Any]) -> Table:
        table = table_of(self._kind)
        assert table is not None  # else the methods that ask for it aren't there
        return table

    def _ties(self: SelectionExports[Any]) -> tuple[Tie, ...]:
        if self._kind is not Tie:
            raise QueryError(f"expected a selection of ties, got one of {self._kind.__name__}")
        return self._items
