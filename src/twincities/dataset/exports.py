"""
The methods that export a data set; each imports the writer that it calls.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ..query.ties import all_ties
from .publications import Publications

if TYPE_CHECKING:
    import rdflib

    from ..charts import Charts
    from ..interop.endings import Report


class DatasetExports(Publications):
    """
    The exports of a data set as documents, tables and graphs, and its charts.
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
        Write the data set to a file in the format of its ending: `.json` and `.jsonl` (documents), `.csv`, `.tsv` and
        `.xlsx` (tables), `.geojson`, `.ttl`, `.nt` and `.jsonld` (linked data), `.graphml` and `.gexf` (graphs),
        `.sqlite`, `.sqlite3` and `.db` (a database). All but workbooks and databases may end in `.gz` too. `.parquet`
        makes a folder.

        The file is replaced as a whole: an error or a crash leaves the old one.

        Args:
            path: The file, or the folder of Parquet files.
            lang: The language of labels, in formats that have labels.
            report: Called with a sentence about what the format can't hold.

        Raises:
            QueryError: The name has another ending, *lang* isn't a BCP 47 tag, or *report* isn't a function.
            MissingDependencyError: The format needs a package that isn't installed.
            OSError: The file can't be written.
        """
        from ..interop.endings import write

        write(self, path, lang=lang, report=report)

    def to_dicts(self, *, lang: str = "en") -> list[dict[str, Any]]:
        """
        One flat dict per partnership, with fixed keys; see `twincities.interop.rows`.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
        """
        from ..interop.rows import partnership_rows

        return partnership_rows(self, lang=lang)

    def to_csv(self, path: str | os.PathLike[str] | None = None, *, lang: str = "en", delimiter: str = ",") -> str:
        """
        The partnerships as CSV, also written to *path* if given; see `twincities.interop.rows`.

        Raises:
            QueryError: *delimiter* isn't a comma, a semicolon or a tab, or *lang* isn't a BCP 47 tag.
            OSError: The file can't be written.
        """
        from ..interop.rows import PARTNERSHIP_COLUMNS, to_csv

        return to_csv(self.to_dicts(lang=lang), PARTNERSHIP_COLUMNS, path, delimiter=delimiter)

    def to_pandas(self, *, lang: str = "en") -> dict[str, Any]:
        """
        The data set as `pandas.DataFrame`s by table; see `twincities.interop.frames`.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
            MissingDependencyError: pandas isn't installed.
        """
        from ..interop.frames import dataset_frames

        return dataset_frames(self, lang=lang)

    def to_polars(self, *, lang: str = "en") -> dict[str, Any]:
        """
        The data set as `polars.DataFrame`s by table; see `twincities.interop.frames`.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
            MissingDependencyError: polars or pyarrow isn't installed.
        """
        from ..interop.frames import polars_frames

        return polars_frames(self, lang=lang)

    def to_excel(self, path: str | os.PathLike[str], *, lang: str = "en") -> None:
        """
        Write the data set as a workbook, one sheet per table; see `twincities.interop.frames`.

        Raises:
            QueryError: *path* doesn't end in `.xlsx`, *lang* isn't a BCP 47 tag, or a workbook can't hold a text.
            MissingDependencyError: pandas or openpyxl isn't installed.
            OSError: The file can't be written.
        """
        from ..interop.frames import write_excel

        write_excel(self.to_pandas(lang=lang), path)

    def to_geojson(self, path: str | os.PathLike[str] | None = None, *, lang: str = "en") -> dict[str, Any]:
        """
        All cities and partnerships as GeoJSON, also written to *path* if given; see `twincities.interop.geojson`.

        Raises:
            QueryError: *path* isn't a path, or *lang* isn't a BCP 47 tag.
            OSError: The file can't be written.
        """
        from ..interop.geojson import dataset_features, write_geojson

        features = dataset_features(self, lang=lang)
        if path is not None:
            write_geojson(features, path)
        return features

    @property
    def chart(self) -> Charts:
        """
        Charts of all ties: `.map()`, `.timeline()`, `.areas()`, `.network()`; see `twincities.charts`.
        """
        from ..charts import Charts

        return Charts(all_ties(self), self.cities.values(), self.networks.values(), self.as_of)

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """
        The result of `to_geojson()`, for GeoPandas, shapely and other tools that know the protocol.
        """
        return self.to_geojson()

    def to_geopandas(self, *, lang: str = "en") -> dict[str, Any]:
        """
        Two `GeoDataFrame`s, `cities` and `partnerships`; see `twincities.interop.geojson`.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
            MissingDependencyError: GeoPandas isn't installed.
        """
        from ..interop.geojson import to_geopandas

        return to_geopandas(self.to_geojson(lang=lang))

    def to_geoparquet(self, folder: str | os.PathLike[str], *, lang: str = "en") -> None:
        """
        Write the two frames of `to_geopandas` as GeoParquet files in *folder*; see `twincities.interop.geojson`.

        Raises:
            QueryError: *folder* isn't a path, or *lang* isn't a BCP 47 tag.
            MissingDependencyError: GeoPandas or pyarrow isn't installed.
            OSError: The files can't be written.
        """
        from ..interop.geojson import write_geoparquet

        write_geoparquet(self.to_geojson(lang=lang), folder)

    def to_rdf(self, *, base: str | None = None) -> rdflib.Graph:
        """
        The data set as an `rdflib.Graph`; see `twincities.interop.rdf`.

        Raises:
            QueryError: *base* isn't the start of an absolute IRI that ends in `/`, `#` or `:`.
            MissingDependencyError: rdflib isn't installed.
        """
        from ..interop.rdf.writing import to_rdf

        return to_rdf(self, base=base)

    def write_rdf(self, path: str | os.PathLike[str], *, base: str | None = None) -> None:
        """
        Write the data set as Turtle, N-Triples or JSON-LD, by the file's ending; see `twincities.interop.rdf`.

        Raises:
            QueryError: *path* has another ending, or *base* isn't the start of an absolute IRI.
            OSError: The file can't be written.
        """
        from ..interop.rdf.writing import write_rdf

        write_rdf(self, path, base=base)

    def to_networkx(self, *, lang: str = "en", networks: str | None = None, records: bool = True) -> Any:
        """
        The cities and partnerships as an undirected networkx graph; see `twincities.interop.graph`.

        Raises:
            QueryError: *networks* isn't known, or *lang* isn't a BCP 47 tag.
            MissingDependencyError: networkx isn't installed.
        """
        from ..interop.graph.writing import to_networkx

        return to_networkx(self, lang=lang, networks=networks, records=records)

    def to_arrow(self) -> dict[str, Any]:
        """
        The whole data set as nested Arrow tables by name; see `twincities.interop.arrow`.

        Raises:
            MissingDependencyError: pyarrow isn't installed.
        """
        from ..interop.arrow.writing import to_arrow

        return to_arrow(self)

    def to_flat_arrow(self, *, lang: str = "en") -> dict[str, Any]:
        """
        The data set as flat Arrow tables by name; see `twincities.interop.arrow`.

        Raises:
            QueryError: *lang* isn't a BCP 47 tag.
            MissingDependencyError: pyarrow isn't installed.
        """
        from ..interop.arrow.writing import flat_tables

        return flat_tables(self, lang=lang)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """
        The partnerships table of `to_flat_arrow`, for DuckDB, polars and other tools that read Arrow.
        """
        from ..interop._tables import TABLES
        from ..interop.arrow.writing import flat_table

        return flat_table(TABLES["partnerships"], all_ties(self)).__arrow_c_stream__(requested_schema)

    def write_parquet(self, folder: str | os.PathLike[str]) -> None:
        """
        Write the whole data set to a folder of Parquet files; see `twincities.interop.parquet`.

        Raises:
            QueryError: *folder* isn't a path.
            MissingDependencyError: pyarrow isn't installed.
            OSError: A file can't be written; the folder may then be incomplete.
        """
        from ..interop.parquet.writing import write_parquet

        write_parquet(self, folder)
