"""
The whole: records with their look-ups, and the questions that can be asked of them.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import attrs

from . import converters as c
from . import rules as r
from .areas import shared_areas
from .by_id import AreasById, CitiesById, NetworksById, PartnershipsByPair, SourcesById
from .edtf import EdtfDate, to_date
from .errors import (
    DatasetError,
    Problem,
    QueryError,
    printable,
    shown,
)
from .index import Index
from .integrity import fitted, problems_between
from .model import LISTS, City, CooperationArea, CooperationNetwork, Partnership, Source
from .questions import Questions

if TYPE_CHECKING:
    import rdflib

    from .charts import Charts
    from .lint import Finding
    from .reconcile import Prefer

__all__ = ["Dataset"]

Record = City | Partnership | CooperationArea | CooperationNetwork | Source
DEFAULT_VOCABULARY = "twincities-areas/1"

HEAD = ("id", "title", "version", "as_of", "licence", "complete_for", "vocabulary")
HEAD_RULES = r.Rules(
    {
        "id": r.FILE_SAFE,
        "title": r.TEXT,
        "version": r.TEXT,
        "licence": r.TEXT,
        "complete_for": r.each(r.ID),
    }
)


@attrs.frozen(init=False, eq=False, repr=False, weakref_slot=True)
class Dataset(Questions):
    """
    Cities and their twinnings: immutable, equal by content, and checked as a whole when it is made.

    >>> ds = Dataset(
    ...     cities=[City(id="kuopio", name="Kuopio"), City(id="opole", name="Opole")],
    ...     partnerships=[Partnership(cities=("kuopio", "opole"), since="1980")],
    ... )
    >>> ds.partners("Kuopio").one().partner.name
    'Opole'

    Args:
        cities: `City` records.
        partnerships: `Partnership` records, one for each pair.
        areas: `CooperationArea`s beyond those of the vocabulary.
        networks: `CooperationNetwork` records.
        sources: `Source` records.
        id: A name for files and plug-ins.
        title: What it is called.
        version: The version of the data.
        as_of: The time that statuses hold for, EDTF.
        licence: An SPDX licence expression.
        complete_for: The ids of the cities whose partners it lists all.
        vocabulary: The shipped cooperation areas to use, or `None` for none.

    Raises:
        DatasetError: Records don't fit together; `.problems` names them all.
    """

    cities: Mapping[str, City]
    """Cities by id."""
    partnerships: Mapping[tuple[str, str], Partnership]
    """Partnerships by the ids of their cities, in either order."""
    areas: Mapping[str, CooperationArea]
    """Cooperation areas by id: those of the vocabulary, then its own."""
    networks: Mapping[str, CooperationNetwork]
    """Cooperation networks by id."""
    sources: Mapping[str, Source]
    """Sources by id."""
    id: str | None
    title: str | None
    version: str | None
    as_of: EdtfDate | None
    licence: str | None
    complete_for: tuple[str, ...]
    vocabulary: str | None
    _index: Index

    def __init__(
        self,
        *,
        cities: Iterable[City] = (),
        partnerships: Iterable[Partnership] = (),
        areas: Iterable[CooperationArea] = (),
        networks: Iterable[CooperationNetwork] = (),
        sources: Iterable[Source] = (),
        id: str | None = None,
        title: str | None = None,
        version: str | None = None,
        as_of: EdtfDate | str | None = None,
        licence: str | None = None,
        complete_for: Iterable[str] = (),
        vocabulary: str | None = DEFAULT_VOCABULARY,
    ) -> None:
        problems: list[Problem] = []
        unusable: set[str] = set()  # what refers to these can't be judged

        def checked(name: str, convert: Any, value: Any, default: Any) -> Any:
            try:
                return convert(value)
            except (ValueError, TypeError) as error:
                problems.append(Problem(f"$.{name}", str(error)))
                unusable.add("areas" if name == "vocabulary" else name)
                return default

        lists = {
            "cities": checked("cities", lambda x: c.to_items(x, City), cities, ()),
            "partnerships": checked("partnerships", lambda x: c.to_items(x, Partnership), partnerships, ()),
            "areas": checked("areas", lambda x: c.to_items(x, CooperationArea), areas, ()),
            "networks": checked("networks", lambda x: c.to_items(x, CooperationNetwork), networks, ()),
            "sources": checked("sources", lambda x: c.to_items(x, Source), sources, ()),
        }
        head = {
            "id": checked("id", c.to_optional_text, id, None),
            "title": checked("title", c.to_optional_text, title, None),
            "version": checked("version", c.to_optional_text, version, None),
            "as_of": checked("as_of", to_date, as_of, None),
            "licence": checked("licence", c.to_optional_text, licence, None),
            "complete_for": checked("complete_for", c.to_texts, complete_for, ()),
            "vocabulary": checked("vocabulary", c.to_optional_text, vocabulary, None),
        }
        problems += HEAD_RULES.broken_by(head)
        shared = checked("vocabulary", shared_areas, head["vocabulary"], {})
        by_key = None if problems else fitted(lists, head["complete_for"], shared)
        if by_key is None:
            between = problems_between(
                **lists, complete_for=head["complete_for"], shared_areas=shared, unreadable=unusable
            )
            raise DatasetError([*problems, *between])
        self._fill(by_key, head, shared)

    def _fill(self, by_key: Mapping[str, Any], head: Mapping[str, Any], shared: Mapping[str, Any]) -> None:
        by_id: dict[str, Any] = {
            "cities": CitiesById(by_key["cities"]),
            "partnerships": PartnershipsByPair(by_key["partnerships"]),
            "areas": AreasById({**shared, **by_key["areas"]}),
            "networks": NetworksById(by_key["networks"]),
            "sources": SourcesById(by_key["sources"]),
        }
        index = Index(by_id["cities"], by_id["partnerships"], by_id["areas"], by_id["networks"])
        self.__attrs_init__(**by_id, **head, index=index)

    @classmethod
    def of_checked(cls, by_key: Mapping[str, Any], head: Mapping[str, Any]) -> Dataset:
        """
        A data set of records that have been checked together, by id or pair: for readers, which report problems in their
        own way.
        """
        made = cls.__new__(cls)
        made._fill(  # noqa: SLF001  # of its own class
            by_key, dict.fromkeys(HEAD) | {"complete_for": ()} | dict(head), shared_areas(head["vocabulary"])
        )
        return made

    # -- the whole as a value ----------------------------------------------------------------------

    def __eq__(self, other: object) -> bool:
        return self._content() == other._content() if isinstance(other, Dataset) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.id, self.version, len(self.partnerships), frozenset(self.cities)))

    def __repr__(self) -> str:
        name = f"{self.id} " if self.id else ""
        counts = f"{len(self.cities)} cities, {len(self.partnerships)} partnerships, {len(self.networks)} networks"
        return printable(f"<Dataset {name}{f'{self.version} ' if self.version else ''}of {counts}>")

    def _repr_html_(self) -> str:
        from .cards import card

        return card(self)

    def __copy__(self) -> Dataset:
        return self

    def __deepcopy__(self, memo: object) -> Dataset:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, ({**self.lists(), **self.head()},)

    def _content(self) -> tuple[object, ...]:
        return (
            self.head(),
            dict(self.cities),
            dict(self.partnerships),
            dict(self.areas),
            dict(self.networks),
            dict(self.sources),
        )

    def head(self) -> dict[str, Any]:
        """
        What the data set says of itself: id, title, version, as_of, licence, complete_for, vocabulary.
        """
        return {name: getattr(self, name) for name in HEAD}

    def own_areas(self) -> tuple[CooperationArea, ...]:
        """
        The areas that its vocabulary doesn't have.
        """
        shared = shared_areas(self.vocabulary)
        return tuple(area for area in self.areas.values() if area.id not in shared)

    def lists(self) -> dict[str, tuple[Any, ...]]:
        """
        Its records by list: cities, partnerships, areas (its own), networks, sources.
        """
        return {
            "cities": tuple(self.cities.values()),
            "partnerships": tuple(self.partnerships.values()),
            "areas": self.own_areas(),
            "networks": tuple(self.networks.values()),
            "sources": tuple(self.sources.values()),
        }

    def with_records(self, *records: Record, **head: Any) -> Dataset:
        """
        A new data set with *records* added, or put in the place of those with the same id or pair.

        Args:
            records: Cities, partnerships, areas, networks and sources in any order.
            head: What it says of itself anew, such as `version` and `as_of`.

        Raises:
            DatasetError: The records don't fit together.
            TypeError: *head* has another key.
            QueryError: Something isn't a record.
        """
        head = self._head_with(head)
        lists = {name: {_key(record): record for record in kept} for name, kept in self.lists().items()}
        for record in records:
            lists[_list_of(record)][_key(record)] = record
        return Dataset(**{**head, **{n: tuple(kept.values()) for n, kept in lists.items()}})

    def without(self, *records: Record, **head: Any) -> Dataset:
        """
        A new data set without these records; a city goes only together with all that refers to it.

        Args:
            records: Records of the data set, in any order.
            head: What it says of itself anew, such as `complete_for`.

        Raises:
            DatasetError: What is left refers to a record taken out.
            TypeError: *head* has another key.
            QueryError: A record isn't in the data set.
        """
        head = self._head_with(head)
        lists = {name: {_key(record): record for record in kept} for name, kept in self.lists().items()}
        for record in records:
            name, key = _list_of(record), _key(record)
            if key not in lists[name]:
                raise QueryError(f"expected records of the data set, got {record!r}")
            del lists[name][key]
        return Dataset(**{**head, **{n: tuple(kept.values()) for n, kept in lists.items()}})

    def _head_with(self, head: Mapping[str, Any]) -> dict[str, Any]:
        if unknown := head.keys() - set(HEAD):
            raise TypeError(f"expected head fields of {', '.join(HEAD)}, got {', '.join(sorted(unknown))}")
        return {**self.head(), **head}

    def merge(self, other: Dataset, *, prefer: Prefer | None = None) -> Dataset:
        """
        A new data set that says what both say; see `twincities.reconcile`.
        """
        from .reconcile import merge

        return merge(self, other, prefer=prefer)

    def lint(self, *, only: str | Iterable[str] | None = None, ignore: str | Iterable[str] = ()) -> tuple[Finding, ...]:
        """
        What looks wrong in it, though it is right as a document; see `twincities.lint`.
        """
        from .lint import lint

        return lint(self, only=only, ignore=ignore)

    # -- the doors ---------------------------------------------------------------------------------

    def to_dict(self) -> dict[str, Any]:
        """
        The document as dicts, lists and JSON values; see `twincities.serial`.
        """
        from .serial import to_dict

        return to_dict(self)

    def to_json(self) -> bytes:
        """
        The document as compact UTF-8 JSON; see `twincities.serial`.
        """
        from .serial import to_json

        return to_json(self)

    def to_jsonl(self) -> Iterator[bytes]:
        """
        The document as JSON Lines, line by line, for sets too large to hold as text; see `twincities.serial`.
        """
        from .serial import to_jsonl

        return to_jsonl(self)

    def write(self, path: str | os.PathLike[str]) -> None:
        """
        Write the document to a file, laid out for people; see `twincities.serial`.
        """
        from .serial import write

        write(self, path)

    def to_dicts(self, *, lang: str = "en") -> list[dict[str, Any]]:
        """
        One flat dict a partnership with fixed keys; see `twincities.interop.rows`.
        """
        from .interop.rows import partnership_rows

        return partnership_rows(self, lang=lang)

    def to_csv(self, path: str | os.PathLike[str] | None = None, *, lang: str = "en", delimiter: str = ",") -> str:
        """
        The partnerships as CSV, also written to *path* if given; see `twincities.interop.rows`.
        """
        from .interop.rows import PARTNERSHIP_COLUMNS, to_csv

        return to_csv(self.to_dicts(lang=lang), PARTNERSHIP_COLUMNS, path, delimiter=delimiter)

    def to_pandas(self, *, lang: str = "en") -> dict[str, Any]:
        """
        Its facts as `pandas.DataFrame`s by table; see `twincities.interop.frames`.
        """
        from .interop.frames import dataset_frames

        return dataset_frames(self, lang=lang)

    def to_polars(self, *, lang: str = "en") -> dict[str, Any]:
        """
        Its facts as `polars.DataFrame`s by table; see `twincities.interop.frames`.
        """
        from .interop.frames import polars_frames

        return polars_frames(self, lang=lang)

    def to_excel(self, path: str | os.PathLike[str], *, lang: str = "en") -> None:
        """
        Its facts as a workbook, a sheet a table; see `twincities.interop.frames`.
        """
        from .interop.frames import write_excel

        write_excel(self.to_pandas(lang=lang), path)

    def to_geojson(self, path: str | os.PathLike[str] | None = None, *, lang: str = "en") -> dict[str, Any]:
        """
        All cities and partnerships as GeoJSON features, also written to *path* if given; see `twincities.interop.geojson`.
        """
        from .interop.geojson import dataset_features, write_geojson

        features = dataset_features(self, lang=lang)
        if path is not None:
            write_geojson(features, path)
        return features

    @property
    def chart(self) -> Charts:
        """
        Charts of the whole: `.map()`, `.timeline()`, `.areas()`, `.network()`; see `twincities.charts`.
        """
        from .charts import Charts

        return Charts(self.ties(), self.cities.values(), self.networks.values(), self.as_of)

    @property
    def __geo_interface__(self) -> dict[str, Any]:
        """
        What GeoPandas, shapely and others read by themselves: `to_geojson()`.
        """
        return self.to_geojson()

    def to_geopandas(self, *, lang: str = "en") -> dict[str, Any]:
        """
        Two `GeoDataFrame`s, `cities` and `partnerships`; see `twincities.interop.geojson`.
        """
        from .interop.geojson import to_geopandas

        return to_geopandas(self.to_geojson(lang=lang))

    def to_geoparquet(self, folder: str | os.PathLike[str], *, lang: str = "en") -> None:
        """
        Both of them as files in *folder*; see `twincities.interop.geojson`.
        """
        from .interop.geojson import write_geoparquet

        write_geoparquet(self.to_geojson(lang=lang), folder)

    def to_rdf(self, *, base: str | None = None) -> rdflib.Graph:
        """
        Everything in it as an `rdflib.Graph`; see `twincities.interop.rdf`.
        """
        from .interop.rdf import to_rdf

        return to_rdf(self, base=base)

    def write_rdf(self, path: str | os.PathLike[str], *, base: str | None = None) -> None:
        """
        Write everything as Turtle, N-Triples or JSON-LD, by the file's ending; see `twincities.interop.rdf`.
        """
        from .interop.rdf import write_rdf

        write_rdf(self, path, base=base)

    def to_networkx(self, *, lang: str = "en", networks: str | None = None, records: bool = True) -> Any:
        """
        The cities and partnerships as an undirected graph of networkx; see `twincities.interop.graph`.
        """
        from .interop.graph import to_networkx

        return to_networkx(self, lang=lang, networks=networks, records=records)

    def to_arrow(self) -> dict[str, Any]:
        """
        Everything in it as Arrow tables by name; see `twincities.interop.arrow`.
        """
        from .interop.arrow import to_arrow

        return to_arrow(self)

    def to_flat_arrow(self, *, lang: str = "en") -> dict[str, Any]:
        """
        Its facts as flat Arrow tables by name; see `twincities.interop.arrow`.
        """
        from .interop.arrow import flat_tables

        return flat_tables(self, lang=lang)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """
        The partnerships, as `to_flat_arrow` has them, for what reads Arrow; see `twincities.interop.arrow`.
        """
        from .interop.arrow import partnerships_table

        return partnerships_table(self).__arrow_c_stream__(requested_schema)

    def write_parquet(self, folder: str | os.PathLike[str]) -> None:
        """
        Write everything in it to a folder of Parquet files; see `twincities.interop.parquet`.
        """
        from .interop.parquet import write_parquet

        write_parquet(self, folder)


def _list_of(record: Record) -> str:
    for name, (kind, _) in LISTS.items():
        if isinstance(record, kind):
            return name
    raise QueryError(
        f"expected a City, Partnership, CooperationArea, CooperationNetwork or Source, got {shown(record)}"
    )


def _key(record: Record) -> str | tuple[str, str]:
    return record.cities if isinstance(record, Partnership) else record.id


def _rebuild(content: Mapping[str, Any]) -> Dataset:
    return Dataset(**content)
