"""
The methods by which data sets and selections leave for other tools; each imports the writer that it calls.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from ..errors import QueryError
from ..query.ties import Tie, all_ties
from ..query.whole import Whole

if TYPE_CHECKING:
    import rdflib

    from ..charts import Charts
    from ..interop.endings import Report
    from ..lint.checks import Finding

__all__ = ["DatasetExports", "SelectionExports"]

T_co = TypeVar("T_co", covariant=True)


class DatasetExports(Whole):
    """
    The exports of a data set.
    """

    __slots__ = ()

    def lint(self, *, only: str | Iterable[str] | None = None, ignore: str | Iterable[str] = ()) -> tuple[Finding, ...]:
        """
        Findings that look wrong in a valid data set; see `twincities.lint`.
        """
        from ..lint.checks import lint

        return lint(self, only=only, ignore=ignore)

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
        (graphs); each but `.xlsx` also with `.gz` behind. A name that ends in `.parquet` is that of a folder.

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
    The exports of a selection of ties: type checkers refuse them for a selection of anything else.
    """

    __slots__ = ()

    @property
    def _items(self) -> tuple[T_co, ...]:
        raise NotImplementedError

    def to_dicts(self: SelectionExports[Tie], *, lang: str = "en") -> list[dict[str, Any]]:
        """
        One flat dict a tie with fixed keys; see `twincities.interop.rows`.
        """
        from ..interop.rows import tie_rows

        return tie_rows(self._ties(), lang=lang)

    def to_csv(
        self: SelectionExports[Tie],
        path: str | os.PathLike[str] | None = None,
        *,
        lang: str = "en",
        delimiter: str | None = None,
        columns: Sequence[str] | str | None = None,
        style: str = "data",
    ) -> str:
        """
        The ties as CSV, also written to *path* if given; see `twincities.interop.rows` and, for lists, `twincities.publish`.

        Args:
            path: A file to write, replaced whole.
            lang: The language of names, labels, and of everything in a list.
            delimiter: `,` unless given; in a list in Finnish or Swedish `;`, which spreadsheets there expect.
            columns: Some columns, in this order; all of the table unless given, in a list `publish.LIST_COLUMNS`.
            style: `"data"` for programs, with machine headings and EDTF dates; `"list"` for people.

        Raises:
            QueryError: A column, the style or the delimiter isn't known.
            OSError: The file can't be written.
        """
        from ..publish.lists import ties_csv

        return ties_csv(self._ties(), path, lang=lang, delimiter=delimiter, columns=columns, style=style)

    def to_pandas(self: SelectionExports[Tie], *, lang: str = "en") -> Any:
        """
        The ties as a `pandas.DataFrame`; see `twincities.interop.frames`.
        """
        from ..interop.frames import ties_frame

        return ties_frame(self._ties(), lang=lang)

    def to_polars(self: SelectionExports[Tie], *, lang: str = "en") -> Any:
        """
        The ties as a `polars.DataFrame`; see `twincities.interop.frames`.
        """
        from ..interop.frames import ties_polars

        return ties_polars(self._ties(), lang=lang)

    def to_excel(
        self: SelectionExports[Tie],
        path: str | os.PathLike[str],
        *,
        lang: str = "en",
        columns: Sequence[str] | str | None = None,
        style: str = "data",
        title: str | None = None,
    ) -> None:
        """
        The ties as a workbook of one sheet; see `twincities.interop.frames` and, for lists, `twincities.publish`.

        Args:
            path: The file, replaced whole.
            lang: The language of names, labels, and of everything in a list.
            columns: Some columns, in this order; all of the table unless given, in a list `publish.LIST_COLUMNS`.
            style: `"data"` for programs; `"list"` for people, with a title, bold headings and columns as wide as they need.
            title: The title of a list; the twin cities of the city that was asked about unless given.

        Raises:
            QueryError: A column or the style isn't known, or the file's name doesn't end in `.xlsx`.
            MissingDependencyError: openpyxl, or for the style `"data"` pandas, isn't installed.
            OSError: The file can't be written.
        """
        from ..publish.lists import ties_excel

        ties_excel(self._ties(), path, lang=lang, columns=columns, style=style, title=title)

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
    def chart(self: SelectionExports[Tie]) -> Charts:
        """
        Charts of the ties: `.map()`, `.timeline()`, `.areas()`, `.network()`; see `twincities.charts`.
        """
        from ..charts import Charts

        return Charts(self._ties())

    @property
    def __geo_interface__(self: SelectionExports[Tie]) -> dict[str, Any]:
        """
        GeoJSON for what reads it by itself, such as GeoPandas and shapely: `to_geojson()`.
        """
        return self.to_geojson()

    def to_geopandas(self: SelectionExports[Tie], *, lang: str = "en") -> dict[str, Any]:
        """
        Two `GeoDataFrame`s, `cities` and `partnerships`; see `twincities.interop.geojson`.
        """
        from ..interop.geojson import to_geopandas

        return to_geopandas(self.to_geojson(lang=lang))

    def to_geoparquet(self: SelectionExports[Tie], folder: str | os.PathLike[str], *, lang: str = "en") -> None:
        """
        Both of them as files in *folder*; see `twincities.interop.geojson`.
        """
        from ..interop.geojson import write_geoparquet

        write_geoparquet(self.to_geojson(lang=lang), folder)

    def to_networkx(self: SelectionExports[Tie], *, lang: str = "en", records: bool = True) -> Any:
        """
        The ties and their cities as an undirected graph of networkx; see `twincities.interop.graph`.
        """
        from ..interop.graph.writing import to_networkx

        return to_networkx(self._ties(), lang=lang, records=records)

    def to_arrow(self: SelectionExports[Tie], *, lang: str = "en") -> Any:
        """
        The ties as a `pyarrow.Table`; see `twincities.interop.arrow`.
        """
        from ..interop.arrow.writing import ties_table

        return ties_table(self._ties(), lang=lang)

    def __arrow_c_stream__(self: SelectionExports[Tie], requested_schema: object | None = None) -> object:
        """
        The table of `to_arrow` for what reads Arrow, such as DuckDB; see `twincities.interop.arrow`.
        """
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def _ties(self: SelectionExports[Tie]) -> tuple[Tie, ...]:
        ties = self._items
        if not all(isinstance(tie, Tie) for tie in ties):
            raise QueryError(f"expected a selection of ties, got one of {type(ties[0]).__name__}")
        return ties
