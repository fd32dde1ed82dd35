"""
Hypothesis strategies for records and whole data sets: every legal feature of the document can come out of them.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
from hypothesis import strategies as st

import twincities as tc

SHARED = "twincities-areas/1"
SHARED_AREAS = tuple(tc.Dataset().areas)

# -- values ----------------------------------------------------------------------------------------

chars = st.characters(exclude_categories=["Cs"])
texts = st.text(chars, min_size=1, max_size=8).filter(str.strip)
_DEVICES = ("con", "prn", "aux", "nul", *(f"{name}{n}" for name in ("com", "lpt") for n in range(10)))


def _is_file_safe(text: str) -> bool:
    return not text.endswith(".") and text.partition(".")[0].lower() not in _DEVICES


_LETTERS = string.ascii_letters + string.digits
ids = st.builds(str.__add__, st.sampled_from(_LETTERS), st.text(st.sampled_from(_LETTERS + "._-"), max_size=8)).filter(
    _is_file_safe
)
tags = st.sampled_from(["en", "fi", "sv", "nb", "zh-Hant", "sr-Latn-RS", "yue"])
by_language = st.dictionaries(tags, texts, max_size=3)
urls = st.builds(
    "{}://{}".format, st.sampled_from(["http", "https"]), st.text(st.sampled_from("aåß/?#.%日"), min_size=1)
)
wikidata_ids = st.integers(1, 10**15).map("Q{}".format)
geonames_ids = st.integers(1, 10**11).map(str)
country_codes = st.sampled_from(["FI", "SE", "NO", "XK", "ZZ"])
subdivision_codes = st.sampled_from(["FI-15", "SE-F", "NO-1", "US-MN"])
json_scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(chars, max_size=6)
)
json_values = st.recursive(
    json_scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(chars, max_size=4), inner, max_size=3),
    max_leaves=5,
)
extras = st.dictionaries(texts, json_values, max_size=2)


def _date(year: int, month: int, day: int, form: str, qualifier: str) -> tc.EdtfDate:
    y, m, d = f"{year:04d}", f"{month:02d}", f"{day:02d}"
    text = {"day": f"{y}-{m}-{d}", "month": f"{y}-{m}", "year": y, "-XX": f"{y}-{m}-XX", "-XX-XX": f"{y}-XX-XX"}.get(
        form
    )
    return tc.EdtfDate((text or {"decade": f"{y[:3]}X", "century": f"{y[:2]}XX"}[form]) + qualifier)


def dates(low: int = 100, high: int = 9999) -> st.SearchStrategy[tc.EdtfDate]:
    """
    Dates between two years, in every form.
    """
    forms = st.sampled_from(["year", "day", "month", "-XX", "-XX-XX", "decade", "century"])
    qualifiers = st.sampled_from(["", "", "", "?", "~", "%"])
    return st.builds(_date, st.integers(low, high), st.integers(1, 12), st.integers(1, 28), forms, qualifiers)


def _interval(first: tc.EdtfDate, last: tc.EdtfDate, form: str) -> tc.EdtfInterval:
    first, last = sorted([first, last])
    return tc.EdtfInterval({"both": f"{first}/{last}", "open": f"{first}/..", "end": f"/{last}"}[form])


def intervals(low: int = 100, high: int = 9999) -> st.SearchStrategy[tc.EdtfInterval]:
    """
    Intervals between two years, closed, open and with an unknown end.
    """
    return st.builds(_interval, dates(low, high), dates(low, high), st.sampled_from(["both", "open", "end"]))


# -- records ---------------------------------------------------------------------------------------


def some(values: Sequence[str], most: int = 2) -> st.SearchStrategy[list[str]]:
    """
    A few of *values*, each once.
    """
    return st.lists(st.sampled_from(values), max_size=most, unique=True) if values else st.just([])


def one_of(values: Sequence[str]) -> st.SearchStrategy[str | None]:
    """
    One of *values*, or `None` where there is none.
    """
    return st.sampled_from(values) if values else st.none()


def made(
    kind: type[Any], required: Mapping[str, st.SearchStrategy[Any]], optional: Mapping[str, st.SearchStrategy[Any]]
) -> st.SearchStrategy[Any]:
    """
    Records of *kind*; each optional field is given or not.
    """
    named = {field.name for field in attrs.fields(kind)}
    assert named == {*required, *optional}, f"{kind.__name__} has a field that isn't generated"
    return st.fixed_dictionaries(dict(required), optional=dict(optional)).map(lambda fields: kind(**fields))


class Parts:
    """
    Strategies for the smaller records, which refer to the ids of one data set.
    """

    def __init__(self, cities: Sequence[str], areas: Sequence[str], sources: Sequence[str]) -> None:
        cited = {"sources": some(sources)}
        place = one_of(cities)
        self.sources = cited["sources"]
        self.source_ids = sources
        organisation = made(tc.Organisation, {}, {"names": by_language, "city": place, "role": texts, **cited})
        self.coordinates = made(tc.Coordinates, {"latitude": st.floats(-90, 90), "longitude": st.floats(-180, 180)}, {})
        self.populations = st.lists(
            made(
                tc.Population,
                {"value": st.integers(0, 2**53 - 1)},
                {"qualifier": st.sampled_from(tc.Qualifier), "as_of": dates(), **cited},
            ),
            max_size=2,
        )
        self.links = st.lists(
            made(tc.Link, {"title": texts}, {"url": urls, "language": tags, **cited})
            | made(tc.Link, {"url": urls}, {"title": st.none(), "language": tags, **cited}),
            max_size=2,
        )
        self.contacts = st.lists(made(tc.Contact, {}, {"role": texts, "city": place, "url": urls, **cited}), max_size=2)
        self.milestones = st.lists(
            made(
                tc.Milestone,
                {},
                {
                    "kind": st.sampled_from(tc.MilestoneKind),
                    "date": dates(),
                    "stage": st.sampled_from(tc.Stage),
                    "summary": by_language,
                    **cited,
                },
            ),
            max_size=2,
        )
        self.agreements = st.lists(
            made(tc.Agreement, {}, {"names": by_language, "period": intervals(), "url": urls, **cited}), max_size=2
        )
        self.activities = st.lists(
            made(
                tc.Activity,
                {},
                {
                    "areas": some(areas),
                    "summary": by_language,
                    "organisations": st.lists(organisation, max_size=2),
                    "stage": st.sampled_from(tc.Stage),
                    "period": intervals(),
                    **cited,
                },
            ),
            max_size=2,
        )

    def provenance(self, kind: type[Any]) -> dict[str, st.SearchStrategy[Any]]:
        """
        The fields that the four large records share.
        """
        names = [field.name for field in attrs.fields(kind) if field.name not in {"sources", "field_sources", "extra"}]
        keys = st.sampled_from([*names, f"{names[-1]}.fi"])
        return {
            "sources": self.sources,
            "field_sources": st.dictionaries(keys, self.sources, max_size=2),
            "extra": extras,
        }


def source(id: str) -> st.SearchStrategy[tc.Source]:
    """
    Sources with an id.
    """
    text = dict.fromkeys(["title", "publisher", "licence"], texts)
    times = {"published": dates(), "retrieved": dates()}
    return made(tc.Source, {"id": st.just(id)}, {**text, **times, "url": urls, "language": tags})


def city(id: str, parts: Parts) -> st.SearchStrategy[tc.City]:
    """
    Cities with an id.
    """
    return made(
        tc.City,
        {"id": st.just(id)},
        {
            "name": texts,
            "names": by_language,
            "alt_names": st.lists(texts, max_size=2, unique=True),
            "kind": st.sampled_from(tc.PlaceKind),
            "country_code": country_codes,
            "subdivision_codes": st.lists(subdivision_codes, max_size=2, unique=True),
            "coordinates": parts.coordinates,
            "populations": parts.populations,
            "wikidata_id": wikidata_ids,
            "geonames_id": geonames_ids,
            "alt_ids": st.lists(wikidata_ids | geonames_ids, max_size=2, unique=True),
            "summary": by_language,
            "milestones": parts.milestones,
            "links": parts.links,
            "contacts": parts.contacts,
            **parts.provenance(tc.City),
        },
    )


def area(id: str, broader: Sequence[str], parts: Parts) -> st.SearchStrategy[tc.CooperationArea]:
    """
    Areas with an id, below some of *broader*.
    """
    # Preferred and alternative labels differ: SKOS asks for it.
    labels = st.lists(texts.map("alt {}".format), max_size=2, unique=True)
    return made(
        tc.CooperationArea,
        {"id": st.just(id)},
        {
            "pref_label": st.dictionaries(tags, texts.map("pref {}".format), max_size=2),
            "alt_labels": st.dictionaries(tags, labels, max_size=2),
            "broader": some(broader),
            "definition": by_language,
            "exact_match": st.lists(urls, max_size=2, unique=True),
            **parts.provenance(tc.CooperationArea),
        },
    )


def _in_order(fields: dict[str, Any]) -> dict[str, Any]:
    since, until = fields.get("since"), fields.get("until")
    if since and until and until.latest < since.earliest:
        fields = {**fields, "since": until, "until": since}
    return fields


def partnership(pair: Sequence[str], parts: Parts) -> st.SearchStrategy[tc.Partnership]:
    """
    Partnerships of two cities.
    """
    optional: dict[str, st.SearchStrategy[Any]] = {
        "kind": st.sampled_from(tc.PartnershipKind),
        "status": st.sampled_from(tc.PartnershipStatus),
        "status_since": dates(),
        "since": dates(),
        "until": dates(),
        "activities": parts.activities,
        "agreements": parts.agreements,
        "milestones": parts.milestones,
        "links": parts.links,
        "contacts": parts.contacts,
        "summary": by_language,
        "asserted_by": some(pair),
        **parts.provenance(tc.Partnership),
    }
    assert {field.name for field in attrs.fields(tc.Partnership)} == {"cities", *optional}
    pairs = st.permutations(list(pair)).map(tuple)
    return st.fixed_dictionaries({"cities": pairs}, optional=optional).map(lambda f: tc.Partnership(**_in_order(f)))


def network(id: str, cities: Sequence[str], parts: Parts) -> st.SearchStrategy[tc.CooperationNetwork]:
    """
    Networks with an id among two cities or more.
    """
    return made(
        tc.CooperationNetwork,
        {"id": st.just(id), "members": st.lists(st.sampled_from(cities), min_size=2, max_size=5, unique=True)},
        {
            "names": by_language,
            "since": dates(),
            "agreements": parts.agreements,
            "activities": parts.activities,
            "milestones": parts.milestones,
            "links": parts.links,
            "contacts": parts.contacts,
            "summary": by_language,
            **parts.provenance(tc.CooperationNetwork),
        },
    )


# -- whole data sets -------------------------------------------------------------------------------


@st.composite
def datasets(draw: st.DrawFn, max_cities: int = 4) -> tc.Dataset:
    """
    Data sets with everything that a document can say.
    """
    vocabulary = draw(st.sampled_from([SHARED, None]))
    shared = list(SHARED_AREAS) if vocabulary else []
    city_ids = draw(st.lists(ids, max_size=max_cities, unique=True))
    area_ids = draw(st.lists(ids.filter(lambda text: text not in shared), max_size=2, unique=True))
    source_ids = draw(st.lists(ids, max_size=2, unique=True))
    parts = Parts(city_ids, [*area_ids, *shared], source_ids)
    pairs = [(a, b) for index, a in enumerate(city_ids) for b in city_ids[:index]]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=3, unique=True)) if pairs else []
    network_ids = draw(st.lists(ids, max_size=1, unique=True)) if pairs else []
    head = st.fixed_dictionaries(
        {},
        optional={
            "id": ids,
            "title": texts,
            "version": texts,
            "as_of": dates(),
            "licence": texts,
            "complete_for": some(city_ids),
        },
    )
    return tc.Dataset(
        cities=[draw(city(id, parts)) for id in city_ids],
        # An area is below areas that come before it: no circles.
        areas=[draw(area(id, [*area_ids[:index], *shared], parts)) for index, id in enumerate(area_ids)],
        sources=[draw(source(id)) for id in source_ids],
        partnerships=[draw(partnership(pair, parts)) for pair in chosen],
        networks=[draw(network(id, city_ids, parts)) for id in network_ids],
        vocabulary=vocabulary,
        **draw(head),
    )


GRAPH_AREAS = ("arts", "music", "opera", "sport", "trade")
"""The areas of `graphs`: opera is below music, music below arts."""


def _graph_areas() -> list[tc.CooperationArea]:
    broader = {"music": ("arts",), "opera": ("music", "sport")}
    return [tc.CooperationArea(id=id, broader=broader.get(id, ())) for id in GRAPH_AREAS]


@st.composite
def graphs(draw: st.DrawFn, max_cities: int = 8) -> tc.Dataset:
    """
    Data sets with many ties, of whose records only what questions look at is filled in.
    """
    near = dates(1940, 1999)
    city_ids = [f"c{n}" for n in range(draw(st.integers(1, max_cities)))]
    pairs = [(a, b) for index, a in enumerate(city_ids) for b in city_ids[:index]]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=12, unique=True)) if pairs else []
    activities = st.lists(st.builds(tc.Activity, areas=some(GRAPH_AREAS)), max_size=2)
    agreements = st.lists(st.builds(tc.Agreement, period=st.none() | intervals(1940, 1999)), max_size=2)
    milestones = st.lists(st.builds(tc.Milestone, kind=st.just("attested") | st.just("signed"), date=near), max_size=1)
    tie = {
        "kind": st.none() | st.sampled_from(tc.PartnershipKind),
        "status": st.none() | st.sampled_from(tc.PartnershipStatus),
        "since": st.none() | near,
        "status_since": st.none() | near,
        "until": st.none() | near,
        "activities": activities,
        "agreements": agreements,
        "milestones": milestones,
    }
    point = st.builds(tc.Coordinates, latitude=st.floats(-80, 80), longitude=st.floats(-179, 179))
    place = {
        "country_code": st.none() | st.sampled_from(["FI", "SE", "NO"]),
        "name": st.sampled_from(["Aa", "Bb", "Cc"]),
        "coordinates": st.none() | point,
    }
    count = draw(st.integers(0, 2)) if pairs else 0
    return tc.Dataset(
        cities=[tc.City(id=id, **draw(st.fixed_dictionaries(place))) for id in city_ids],
        areas=_graph_areas(),
        vocabulary=None,
        partnerships=[tc.Partnership(cities=pair, **_in_order(draw(st.fixed_dictionaries(tie)))) for pair in chosen],
        networks=[
            tc.CooperationNetwork(
                id=f"n{n}",
                members=draw(st.lists(st.sampled_from(city_ids), min_size=2, max_size=5, unique=True)),
                since=draw(st.none() | near),
                activities=draw(activities),
                agreements=draw(agreements),
            )
            for n in range(count)
        ],
        as_of=draw(st.none() | near),
        complete_for=draw(some(city_ids)),
    )


# --- Documents with mistakes -----------------------------------------------------------------

# What stands where something else should: of each JSON type, and texts of every form that the format knows.
_WRONG: list[Any] = [
    None,
    True,
    0,
    1,
    -1,
    91,
    1.5,
    10**400,
    float("nan"),
    float("inf"),
    "",
    " ",
    "x",
    "kuopio",
    "1940",
    "194X?",
]
_WRONG += [
    "2022/2029",
    "active",
    "past",
    "FI",
    "Q1",
    "con",
    "a b",
    "\ud800",
    "http://x",
    [],
    ["x"],
    ["x", "x"],
    {},
    {"fi": "x"},
]
_WRONG += [{"EN": "x"}, {"id": "x"}, {"fi": ""}, [[]], [{}], {"x": None}]


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every list or dict in a JSON value with each of its indexes or keys."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(entries):
        yield value, key
        yield from _places(inner)


@st.composite
def damaged(draw: st.DrawFn) -> Any:
    """A document with up to three mistakes: values replaced, taken out, doubled or put in."""
    document = draw(datasets()).to_dict()
    for _ in range(draw(st.integers(0, 3))):
        places = list(_places(document))
        if not places:
            break
        where, key = places[draw(st.integers(0, len(places) - 1))]
        what = draw(st.sampled_from(["replace", "replace", "delete", "insert", "double"]))
        if what == "replace":
            where[key] = draw(st.sampled_from(_WRONG))
        elif what == "delete":
            del where[key]
        elif isinstance(where, dict):
            where[draw(st.sampled_from(["x", "id", "extra", "since", "sources", ""]))] = draw(st.sampled_from(_WRONG))
        else:
            where.insert(key, where[key] if what == "double" else draw(st.sampled_from(_WRONG)))
    return document
