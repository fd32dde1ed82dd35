"""
The methods that export a selection; each imports the writer that it calls.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, cast

from ..query.ties import Tie
from .kinds import T_co, check_ties, of_answers, of_ties, table_of

if TYPE_CHECKING:
    from ..charts import Charts
    from ..interop._flat import Table
    from .kinds import Answer


class SelectionExports(Generic[T_co]):
    """
    The exports of a selection: tables of any answers; charts, maps and graphs of ties only.
    """

    __slots__ = ()
    _kind: type

    @property
    def _items(self) -> tuple[T_co, ...]:
        raise NotImplementedError

    @of_answers
    def to_dicts(self: SelectionExports[Answer], *, lang: str = "en") -> list[dict[str, Any]]:
        """
        One flat dict per item, with the keys of its kind; see `twincities.interop.rows`.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
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
        The items as CSV, also written to *path* if given.

        Args:
            path: A file to write, replaced as a whole.
            lang: The language of names and labels, and of everything in a list.
            delimiter: `,` by default; `;` in a Finnish or Swedish list, as spreadsheets there expect.
            columns: The columns, in order; by default all, or `publish.LIST_COLUMNS` in a list.
            style: `"data"` for programs, with machine headings and EDTF dates; `"list"` (ties only) for people.

        Raises:
            QueryError: A column, the style or the delimiter isn't known.
            OSError: The file can't be written.
        """
        from ..publish.lists import selection_csv

        table, items = self._table(), self._items
        return selection_csv(table, items, path, lang=lang, delimiter=delimiter, columns=columns, style=style)

    @of_answers
    def to_pandas(self: SelectionExports[Answer], *, lang: str = "en") -> Any:
        """
        The items as a `pandas.DataFrame`; see `twincities.interop.frames`.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
            MissingDependencyError: pandas isn't installed.
        """
        from ..interop.frames import table_frame

        return table_frame(self._table(), self._items, lang=lang)

    @of_answers
    def to_polars(self: SelectionExports[Answer], *, lang: str = "en") -> Any:
        """
        The items as a `polars.DataFrame`; see `twincities.interop.frames`.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
            MissingDependencyError: polars or pyarrow isn't installed.
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
        Write the items as a workbook with one sheet.

        Args:
            path: The file, replaced as a whole.
            lang: The language of names and labels, and of everything in a list.
            columns: The columns, in order; by default all, or `publish.LIST_COLUMNS` in a list.
            style: `"data"` for programs; `"list"` (ties only) for people, with a title and formatted columns.
            title: The title of a list; by default "Twin cities of" the city asked about.

        Raises:
            QueryError: A column or the style isn't known, or the file's name doesn't end in `.xlsx`.
            MissingDependencyError: openpyxl isn't installed, or pandas for the style `"data"`.
            OSError: The file can't be written.
        """
        from ..publish.lists import selection_excel

        selection_excel(self._table(), self._items, path, lang=lang, columns=columns, style=style, title=title)

    @of_ties
    def to_geojson(
        self: SelectionExports[Tie], path: str | os.PathLike[str] | None = None, *, lang: str = "en"
    ) -> dict[str, Any]:
        """
        The ties and their cities as GeoJSON, also written to *path* if given; see `twincities.interop.geojson`.

        Raises:
            QueryError: *path* isn't a path, or *lang* isn't a BCP 47 tag.
            OSError: The file can't be written.
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
        The result of `to_geojson()`, for GeoPandas, shapely and other tools that know the protocol.
        """
        return self.to_geojson()

    @of_ties
    def to_geopandas(self: SelectionExports[Tie], *, lang: str = "en") -> dict[str, Any]:
        """
        Two `GeoDataFrame`s, `cities` and `partnerships`; see `twincities.interop.geojson`.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
            MissingDependencyError: GeoPandas isn't installed.
        """
        from ..interop.geojson import to_geopandas

        return to_geopandas(self.to_geojson(lang=lang))

    @of_ties
    def to_geoparquet(self: SelectionExports[Tie], folder: str | os.PathLike[str], *, lang: str = "en") -> None:
        """
        Write the two frames of `to_geopandas` as GeoParquet files in *folder*; see `twincities.interop.geojson`.

        Raises:
            QueryError: *folder* isn't a path, or *lang* isn't a BCP 47 tag.
            MissingDependencyError: GeoPandas or pyarrow isn't installed.
            OSError: The files can't be written.
        """
        from ..interop.geojson import write_geoparquet

        write_geoparquet(self.to_geojson(lang=lang), folder)

    @of_ties
    def to_networkx(self: SelectionExports[Tie], *, lang: str = "en", records: bool = True) -> Any:
        """
        The ties and their cities as an undirected networkx graph; see `twincities.interop.graph`.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
            MissingDependencyError: networkx isn't installed.
        """
        from ..interop.graph.writing import to_networkx

        return to_networkx(self._ties(), lang=lang, records=records)

    @of_answers
    def to_arrow(self: SelectionExports[Answer], *, lang: str = "en") -> Any:
        """
        The items as a `pyarrow.Table`; see `twincities.interop.arrow`.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
            MissingDependencyError: pyarrow isn't installed.
        """
        from ..interop.arrow.writing import flat_table, ties_table

        if self._kind is Tie:
            return ties_table(cast("tuple[Tie, ...]", self._items), lang=lang)
        return flat_table(self._table(), self._items, lang=lang)

    @of_answers
    def __arrow_c_stream__(self: SelectionExports[Answer], requested_schema: object | None = None) -> object:
        """
        The table of `to_arrow`, for DuckDB, polars and other tools that read Arrow.
        """
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def _table(self: SelectionExports[Any]) -> Table:
        table = table_of(self._kind)
        assert table is not None  # without a table `of_answers` hides the methods that call this
        return table

    def _ties(self: SelectionExports[Any]) -> tuple[Tie, ...]:
        check_ties(self._kind)
        return self._items
