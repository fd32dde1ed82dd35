"""The bundled Kuopio data set against a table of facts that was written down apart from it.

The tables below come from the city's page and from public gazetteers, not from the data file, so
that a slip in the file and a slip here would have to be the same slip to go unseen.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any, NamedTuple

import pytest

import twincities as tc

PAGE = "kuopio-page"


# --- The facts -------------------------------------------------------------------------------


class Place(NamedTuple):
    """What gazetteers agree on about one place."""

    id: str
    name: str
    kinds: frozenset[str]
    country: str
    subdivisions: frozenset[str]
    wikidata: str
    geonames: str
    latitude: float
    longitude: float
    finnish: frozenset[str]
    language: str
    own_names: frozenset[str]


def _place(
    id_: str,
    name: str,
    kinds: str,
    codes: str,
    wikidata: str,
    geonames: int,
    point: tuple[float, float],
    finnish: str,
    own: str,
) -> Place:
    """Make a row: sets are written as words or, for names, as texts parted by a bar."""
    language, _, own_names = own.partition(":")
    return Place(
        id=id_,
        name=name,
        kinds=frozenset(kinds.split()),
        country=codes[:2],
        subdivisions=frozenset(codes.split()),
        wikidata=wikidata,
        geonames=str(geonames),
        latitude=point[0],
        longitude=point[1],
        finnish=frozenset(finnish.split("|")),
        language=language,
        own_names=frozenset(own_names.split("|")),
    )


# id, English name, kinds, ISO 3166-2 codes, Wikidata, GeoNames, point, Finnish, own language
PLACES = (
    _place("kuopio", "Kuopio", "city municipality", "FI-15", "Q162279", 650224,
           (62.89238, 27.67703), "Kuopio", "fi:Kuopio"),
    _place("aluksne", "Alūksne", "town city", "LV-007", "Q291333", 461528,
           (57.4215, 27.04672), "Aluksne|Alūksne", "lv:Alūksne"),
    _place("besancon", "Besançon", "city municipality", "FR-25 FR-BFC", "Q37776", 3033123,
           (47.24878, 6.01815), "Besançon", "fr:Besançon"),
    _place("bodo", "Bodø", "municipality city town", "NO-18", "Q221119", 3160881,
           (67.28267, 14.37513), "Bodø", "nb:Bodø"),
    _place("castrop-rauxel", "Castrop-Rauxel", "city town", "DE-NW", "Q3898", 2940231,
           (51.55657, 7.31155), "Castrop-Rauxel", "de:Castrop-Rauxel"),
    _place("craiova", "Craiova", "city municipality", "RO-DJ", "Q168057", 680332,
           (44.31667, 23.8), "Craiova", "ro:Craiova"),
    _place("gera", "Gera", "city town", "DE-TH", "Q3750", 2921232,
           (50.88029, 12.08187), "Gera", "de:Gera"),
    _place("gyor", "Győr", "city", "HU-GY HU-GS", "Q134494", 3052009,
           (47.68333, 17.63512), "Györ|Győr", "hu:Győr"),
    _place("jonkoping", "Jönköping", "municipality city", "SE-F", "Q504689", 2702979,
           (57.78145, 14.15618), "Jönköping", "sv:Jönköping"),
    _place("laane-viru", "Lääne-Viru County", "county", "EE-60", "Q189952", 590854,
           (59.25, 26.333333), "Länsi-Viru|Lääne-Viru|Länsi-Virun maakunta|Länsi-Virumaa",
           "et:Lääne-Viru maakond|Lääne-Virumaa"),
    _place("minneapolis", "Minneapolis", "city", "US-MN", "Q36091", 5037649,
           (44.97997, -93.26384), "Minneapolis", "en:Minneapolis"),
    _place("opole", "Opole", "city", "PL-16", "Q92212", 3090048,
           (50.67119, 17.92604), "Opole", "pl:Opole"),
    _place("pskov", "Pskov", "city", "RU-PSK", "Q2214", 504341,
           (57.81922, 28.33181), "Pihkova", "ru:Псков"),
    _place("pitkyaranta", "Pitkyaranta", "town city", "RU-KR", "Q179454", 509234,
           (61.57387, 31.47889), "Pitkäranta", "ru:Питкяранта"),
    _place("svendborg", "Svendborg", "town city municipality", "DK-83", "Q28031", 2612045,
           (55.05982, 10.60677), "Svendborg", "da:Svendborg"),
    _place("winnipeg", "Winnipeg", "city", "CA-MB", "Q2135", 6183235,
           (49.8844, -97.14704), "Winnipeg", "en:Winnipeg"),
    _place("pudong", "Pudong", "district", "CN-SH", "Q125378", 1798524,
           (31.23995, 121.50094), "Shanghai Pudong", "en:Pudong"),
    _place("shanghai", "Shanghai", "city municipality", "CN-SH", "Q8686", 1796236,
           (31.22222, 121.45806), "Shanghai", "zh:上海|上海市"),
)  # fmt: skip

# partner: (status at the time of the page, start as EDTF text, does the page give the start)
TIES: dict[str, tuple[str, str | None, bool]] = {
    "aluksne": ("active", None, False),
    "besancon": ("active", None, False),
    "bodo": ("active", "194X", False),
    "castrop-rauxel": ("active", "1965", False),
    "craiova": ("dormant", None, False),
    "gera": ("active", "1972", False),
    "gyor": ("active", "1978", False),
    "jonkoping": ("active", "1940", True),
    "laane-viru": ("active", None, False),
    "minneapolis": ("active", "1972", True),
    "opole": ("active", "1980", True),
    "pitkyaranta": ("suspended", None, False),
    "pskov": ("suspended", "1966", False),
    "svendborg": ("active", "194X", False),
    "winnipeg": ("dormant", "1982-06-11", False),
}

# The page says only that the Nordic ties are older than seventy years, which a source of a 194X
# start may add to; for the others it says nothing about the start, so it can't be its source.
NORDIC_DECADE = frozenset({"bodo", "svendborg"})
START_ELSEWHERE = sorted(p for p, (_, since, on_page) in TIES.items() if since and not on_page)
START_ON_PAGE = sorted(p for p, (_, _, on_page) in TIES.items() if on_page)

# city: (the page's figure, qualifiers that fit its wording, gazetteer figures to stand beside it)
POPULATIONS: dict[str, tuple[int, frozenset[str], frozenset[int]]] = {
    "besancon": (120_000, frozenset({"over"}), frozenset({128_426, 117_912})),
    "bodo": (50_000, frozenset({"about", "exact"}), frozenset({34_073, 52_560})),
    "castrop-rauxel": (79_000, frozenset({"about", "exact"}), frozenset({77_924, 73_425})),
    "craiova": (310_000, frozenset({"about", "exact"}), frozenset({234_140, 269_506})),
    "gera": (110_000, frozenset({"about", "exact"}), frozenset({104_659, 94_152})),
    "gyor": (129_000, frozenset({"about", "exact"}), frozenset({129_301, 132_735})),
    "laane-viru": (70_000, frozenset({"about", "exact"}), frozenset({58_402})),
}

# Each line is one fact; the words are areas any one of which would be a fair reading of it.
AREAS: tuple[tuple[str, str], ...] = (
    ("aluksne", "information-exchange"),
    ("aluksne", "culture"),
    ("besancon", "higher-education education"),
    ("bodo", "business innovation"),
    ("bodo", "smart-city"),
    ("bodo", "arctic"),
    ("castrop-rauxel", "youth-exchange youth"),
    ("castrop-rauxel", "student-exchange education"),
    ("gera", "youth-exchange youth"),
    ("gyor", "theatre"),
    ("gyor", "civil-society"),
    ("gyor", "education"),
    ("gyor", "literature"),
    ("jonkoping", "language-learning"),
    ("jonkoping", "schools education"),
    ("laane-viru", "information-exchange"),
    ("minneapolis", "research"),
    ("minneapolis", "higher-education"),
    ("minneapolis", "music"),
    ("minneapolis", "visual-arts"),
    ("opole", "culture"),
    ("opole", "science-parks"),
    ("opole", "business"),
    ("opole", "clean-technology"),
    ("opole", "water"),
    ("opole", "food"),
    ("opole", "health"),
    ("svendborg", "language-learning"),
    ("svendborg", "schools education"),
    ("svendborg", "youth-work youth"),
)
NO_AREAS = ("craiova", "pitkyaranta", "pskov", "winnipeg")
NORDIC_AREAS = (
    "sustainable-development",
    "wellbeing",
    "youth",
    "education schools",
    "business",
    "culture visual-arts",
    "leisure",
    "sport",
)

# A pattern for one of the names of an organisation, and its city where the page tells it.
ORGANISATIONS: tuple[tuple[str, str, str | None], ...] = (
    ("besancon", "Savonia", None),
    ("bodo", r"\bBRUS\b", "bodo"),
    ("gyor", r"teatteri|theat(?:re|er)|színház", "gyor"),
    ("gyor", r"teatteri|theat(?:re|er)", "kuopio"),
    ("minneapolis", "Kuopio", "minneapolis"),
    ("minneapolis", r"kauppakamari|chamber", None),
)

NETWORKS: dict[str, frozenset[str]] = {
    "nordic": frozenset({"bodo", "jonkoping", "kuopio", "svendborg"}),
    "kuopio-shanghai": frozenset({"kuopio", "shanghai"}),
}

# What a reader of the page would miss if it were left out, as patterns for any language.
TOLD: tuple[tuple[str, str], ...] = (
    ("besancon", "Franche-Comt"),
    ("besancon", r"Sveits|Switzerland|Swiss"),
    ("besancon", r"Pariisi|Paris\b"),
    ("besancon", r"2[.,]5|half|puoli|150"),
    ("bodo", r"kalast|fish"),
    ("bodo", r"matkail|turism|touris"),
    ("bodo", r"maatalou|agricultur|farming"),
    ("bodo", r"lentotuki|air ?base|air station"),
    ("bodo", r"\b150\b"),
    ("bodo", r"napapiiri|Arctic Circle"),
    ("bodo", r"\b30\b|thirty|kolmekymment"),
    ("bodo", r"\b200|\b1816\b"),
    ("bodo", r"yliopisto|universit"),
    ("bodo", r"kulttuuripääkaupun|Capital of Culture"),
    ("castrop-rauxel", "Ruhr"),
    ("castrop-rauxel", "Münster"),
    ("castrop-rauxel", r"\b500\b"),
    ("craiova", r"lounai|lounaas|south-?west"),
    ("gera", r"Th[uü]ring"),
    ("gera", r"\b260\b"),
    ("gera", "Elster"),
    ("gyor", r"balet|ballet"),
    ("gyor", r"kirjames|book fair"),
    ("jonkoping", r"talviso|Winter War"),
    ("laane-viru", r"Suomenlah|Gulf of Finland"),
    ("minneapolis", "Minnesota"),
    ("minneapolis", r"\b2010\b"),
    ("minneapolis", r"aivo|brain|neuro"),
    ("minneapolis", r"kunniakonsul|honorary consul"),
    ("opole", r"puitesopim|framework"),
    ("opole", r"tiedepuisto|science park"),
    ("winnipeg", "Manitoba"),
)

# Ties that do not touch Kuopio, and their start where a source gives one.
AMONG_PARTNERS: tuple[tuple[str, str, str | None], ...] = (
    ("bodo", "jonkoping", None),
    ("jonkoping", "svendborg", None),
    ("jonkoping", "laane-viru", None),
    ("gera", "pskov", None),
    ("bodo", "svendborg", None),
    ("minneapolis", "winnipeg", "1973"),
)

SWEDISH: dict[str, frozenset[str]] = {
    "kuopio": frozenset({"Kuopio"}),
    "bodo": frozenset({"Bodö", "Bodø"}),
    "jonkoping": frozenset({"Jönköping"}),
    "laane-viru": frozenset({"Väst-Virumaa län"}),
    "svendborg": frozenset({"Svendborg"}),
}

# Digests of a surname (two of its forms) that stands on the page and must not be shipped.
WITHHELD = frozenset({"6c1b5d86adf482aa", "d4f29031b03a3154"})
TELEPHONE = re.compile(r"\d(?:[ \u00a0.)-]{0,2}\d){6,}")
NOT_TELEPHONE = re.compile(r"\bQ\d+|\b\d{4}-\d{2}-\d{2}\b|\b(?:19|20)\d{2}\s?[-/\u2013]\s?(?:19|20)\d{2}\b")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PROSE_KEYS = frozenset({"summary", "title", "contacts", "names", "alt_names", "role", "extra"})
PERSONAL_KEYS = frozenset(
    {"person", "people", "first_name", "last_name", "surname", "phone", "tel", "telephone", "email"}
)


# --- Helpers ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ds() -> tc.Dataset:
    """The bundled data set, read once."""
    return tc.load()


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """The shipped file as plain JSON, without the library's own reader."""
    path = resources.files("twincities").joinpath("data/kuopio.json")
    loaded: dict[str, Any] = json.loads(path.read_bytes().decode("utf-8"))
    return loaded


def _walk(value: Any, path: str = "$", keys: tuple[str, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Give every value under `value` with its path and the keys that lead to it."""
    yield path, keys, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(inner, f"{path}.{key}", (*keys, key))
    elif isinstance(value, list):
        for position, inner in enumerate(value):
            yield from _walk(inner, f"{path}[{position}]", keys)


def _strings(value: Any) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Give every text under `value` with its path and keys."""
    for path, keys, inner in _walk(value):
        if isinstance(inner, str):
            yield path, keys, inner


def _prose(document: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Give the texts people read: summaries, titles, names, contacts."""
    for path, keys, text in _strings(document):
        if PROSE_KEYS.intersection(keys) and keys[-1] != "url":
            yield path, text


def _primary(tag: str) -> str:
    """The language of a BCP 47 tag; both ways to tag Norwegian count as one."""
    language = tag.split("-", maxsplit=1)[0].casefold()
    return "nb" if language == "no" else language


def _names(names: Any) -> list[str]:
    """All names of a record, whatever the language."""
    return list(names.values())


def _own_sources(record: Any, field: str) -> set[str]:
    """The sources of one field: its own where it has them, else those of the whole record."""
    return set(record.field_sources.get(field, record.sources))


def _broader(ds: tc.Dataset, area: str) -> tuple[str, ...]:
    """The ids of the areas right above `area`."""
    above = ds.areas[area].broader
    if above is None:
        return ()
    return (above,) if isinstance(above, str) else tuple(above)


def _with_broader(ds: tc.Dataset, area: str) -> set[str]:
    """An area and everything above it."""
    seen: set[str] = set()
    todo = [area]
    while todo:
        current = todo.pop()
        if current not in seen:
            seen.add(current)
            todo.extend(_broader(ds, current))
    return seen


def _covers(ds: tc.Dataset, given: Iterable[str], wanted: str) -> bool:
    """Whether a given area is, or lies above or below, one of the wanted areas."""
    known = [area for area in wanted.split() if area in ds.areas]
    assert known, f"the vocabulary has none of: {wanted}"
    return any(area in _with_broader(ds, want) or want in _with_broader(ds, area) for area in given for want in known)


def _areas(record: Any) -> set[str]:
    """All area ids of the activities of a partnership or network."""
    return {area for activity in record.activities for area in activity.areas}


def _organisations(record: Any) -> list[Any]:
    """All organisations of the activities of a partnership or network."""
    return [org for activity in record.activities for org in activity.organisations]


def _periods(record: Any) -> set[str]:
    """The periods of a record's agreements, as text."""
    return {str(agreement.period) for agreement in record.agreements if agreement.period}


def _pairs(ds: tc.Dataset) -> set[frozenset[str]]:
    """All partnerships as unordered pairs."""
    return {frozenset(partnership.cities) for partnership in ds.partnerships.values()}


def _told_about(document: dict[str, Any], city: str) -> str:
    """Every text the file has on a city and on its tie with Kuopio, as one string."""
    records = [record for record in document["cities"] if record["id"] == city]
    records += [record for record in document["partnerships"] if set(record["cities"]) == {"kuopio", city}]
    return "\n".join(text for record in records for _, _, text in _strings(record))


def _sourced(ds: tc.Dataset) -> list[Any]:
    """All records that must say where they come from."""
    return [*ds.cities.values(), *ds.partnerships.values(), *ds.networks.values()]


# --- Places ----------------------------------------------------------------------------------

each_place = pytest.mark.parametrize("place", PLACES, ids=[place.id for place in PLACES])


@each_place
def test_a_place_has_the_codes_and_ids_of_the_gazetteers(ds: tc.Dataset, place: Place) -> None:
    """Country, Wikidata and GeoNames ids are those that gazetteers give."""
    city = ds.cities[place.id]
    assert city.id == place.id
    assert city.country_code == place.country
    assert city.wikidata_id == place.wikidata
    assert str(city.geonames_id) == place.geonames


@each_place
def test_a_place_lies_in_its_subdivision(ds: tc.Dataset, place: Place) -> None:
    """ISO 3166-2 codes are those in force, and no others."""
    codes = set(ds.cities[place.id].subdivision_codes)
    assert codes
    assert codes <= place.subdivisions


@each_place
def test_a_place_has_a_fitting_kind(ds: tc.Dataset, place: Place) -> None:
    """A county is not called a city, nor a city a county."""
    assert str(ds.cities[place.id].kind) in place.kinds


@each_place
def test_a_place_is_where_the_gazetteer_puts_it(ds: tc.Dataset, place: Place) -> None:
    """Coordinates agree to a thousandth of a degree."""
    coordinates = ds.cities[place.id].coordinates
    assert coordinates is not None
    assert coordinates.latitude == pytest.approx(place.latitude, abs=0.001)
    assert coordinates.longitude == pytest.approx(place.longitude, abs=0.001)


@each_place
def test_a_place_goes_by_the_name_most_readers_use(ds: tc.Dataset, place: Place) -> None:
    """The name without a language is the one an international reader expects."""
    assert ds.cities[place.id].name == place.name


@each_place
def test_a_place_has_its_finnish_name(ds: tc.Dataset, place: Place) -> None:
    """The Finnish name is one that is found in Finnish text."""
    assert ds.cities[place.id].names["fi"] in place.finnish


@each_place
def test_a_place_has_the_name_in_its_own_language(ds: tc.Dataset, place: Place) -> None:
    """A place is named in the language spoken there, in its own script."""
    names = ds.cities[place.id].names
    own = {name for tag, name in names.items() if _primary(tag) == place.language}
    assert own & place.own_names


@each_place
def test_a_swedish_name_was_seen_in_swedish_text(ds: tc.Dataset, place: Place) -> None:
    """A Swedish name is one of those verified, or it brings a source of its own."""
    city = ds.cities[place.id]
    if place.id in SWEDISH:
        assert city.names["sv"] in SWEDISH[place.id]
    elif "sv" in city.names:
        assert city.field_sources.get("names.sv")


@each_place
@pytest.mark.parametrize("key", ["name", "wikidata", "geonames"])
def test_a_place_is_found_by_name_and_by_id(ds: tc.Dataset, place: Place, key: str) -> None:
    """Each place is found by its name and by both its outside ids."""
    assert ds.city(str(getattr(place, key))).id == place.id


@pytest.mark.parametrize(
    ("heading", "city"),
    [
        ("Aluksne", "aluksne"),
        ("Besançon", "besancon"),
        ("Bodø", "bodo"),
        ("Castrop-Rauxel", "castrop-rauxel"),
        ("Craiova", "craiova"),
        ("Gera", "gera"),
        ("Györ", "gyor"),
        ("Jönköping", "jonkoping"),
        ("Lääne-Viru", "laane-viru"),
        ("Minneapolis", "minneapolis"),
        ("Opole", "opole"),
        ("Pihkova", "pskov"),
        ("Pitkäranta", "pitkyaranta"),
        ("Svendborg", "svendborg"),
        ("Winnipeg", "winnipeg"),
    ],
)
def test_a_partner_is_found_as_the_page_spells_it(ds: tc.Dataset, heading: str, city: str) -> None:
    """Each heading of the city's page leads to its place."""
    assert ds.city(heading).id == city


def test_the_town_and_the_municipality_of_bodo_are_one_partner(ds: tc.Dataset) -> None:
    """Wikidata's item for the town leads to the same partner as that for the municipality."""
    assert ds.city("Q39383").id == ds.city("Q221119").id == "bodo"


@pytest.mark.parametrize("city", sorted(POPULATIONS))
def test_the_page_s_population_is_kept_as_its_statement(ds: tc.Dataset, city: str) -> None:
    """The page's round figure stands with the page as its source and a fitting qualifier."""
    value, qualifiers, _ = POPULATIONS[city]
    stated = [p for p in ds.cities[city].populations if PAGE in p.sources]
    assert [p.value for p in stated] == [value]
    assert str(stated[0].qualifier) in qualifiers


@pytest.mark.parametrize("city", sorted(POPULATIONS))
def test_a_gazetteer_s_population_stands_beside_the_page_s(ds: tc.Dataset, city: str) -> None:
    """A second figure, from another source, lets readers see how round the first one is."""
    _, _, figures = POPULATIONS[city]
    others = [p for p in ds.cities[city].populations if PAGE not in p.sources]
    assert figures.intersection(p.value for p in others)


@each_place
def test_a_population_off_the_page_has_another_source(ds: tc.Dataset, place: Place) -> None:
    """The page is credited only with figures it gives."""
    if place.id not in POPULATIONS:
        city = ds.cities[place.id]
        assert all(PAGE not in population.sources for population in city.populations)
        assert all(population.value > 0 for population in city.populations)


@pytest.mark.parametrize("year", ["2016", "2024"])
def test_bodo_has_the_milestones_of_the_page(ds: tc.Dataset, year: str) -> None:
    """The page names two years in the life of Bodø itself."""
    milestones = ds.cities["bodo"].milestones
    assert any(str(m.date).startswith(year) for m in milestones if m.date is not None)


@pytest.mark.parametrize(("city", "pattern"), TOLD, ids=[f"{c}-{p}" for c, p in TOLD])
def test_what_the_page_says_is_said(document: dict[str, Any], city: str, pattern: str) -> None:
    """Each fact on the page is found somewhere in the place's record or in that of its tie."""
    assert re.search(pattern, _told_about(document, city), re.IGNORECASE)


# --- Partnerships ----------------------------------------------------------------------------

each_tie = pytest.mark.parametrize("partner", sorted(TIES))


def test_kuopio_has_exactly_fifteen_partners(ds: tc.Dataset) -> None:
    """The partners are those of the page, no more and no fewer, each once."""
    partners = [tie.partner.id for tie in ds.partners("Kuopio")]
    assert len(partners) == 15
    assert set(partners) == set(TIES)
    assert {pair for pair in _pairs(ds) if "kuopio" in pair} == {frozenset({"kuopio", partner}) for partner in TIES}


def test_the_list_is_said_to_be_complete_for_kuopio_only(ds: tc.Dataset) -> None:
    """An empty answer about another city is not a no."""
    assert ds.complete_for == ("kuopio",)
    assert ds.partners("Kuopio").complete
    assert not ds.partners("Opole").complete


@each_tie
def test_a_partnership_has_the_status_the_page_gives_it(ds: tc.Dataset, partner: str) -> None:
    """Listed is active, little happening is dormant, halted for now is suspended."""
    partnership = ds.partnerships["kuopio", partner]
    assert partnership.status == TIES[partner][0]
    assert PAGE in _own_sources(partnership, "status")


@each_tie
def test_a_partnership_began_when_a_source_says(ds: tc.Dataset, partner: str) -> None:
    """A start is as precise as its source; where none was found it stays unknown."""
    since = ds.partnerships["kuopio", partner].since
    assert (None if since is None else str(since)) == TIES[partner][1]


@each_tie
def test_a_partnership_has_no_end(ds: tc.Dataset, partner: str) -> None:
    """The page lists all fifteen: none has ended, and no date of a halt is known."""
    partnership = ds.partnerships["kuopio", partner]
    assert partnership.until is None
    if partnership.status == "suspended":
        assert partnership.status_since is None


@each_tie
def test_a_tie_shows_what_its_partnership_holds(ds: tc.Dataset, partner: str) -> None:
    """Seen from Kuopio a tie has the same status, start and areas."""
    (tie,) = [tie for tie in ds.partners("Kuopio") if tie.partner.id == partner]
    partnership = ds.partnerships["kuopio", partner]
    assert tie.status == partnership.status
    assert tie.since == partnership.since
    assert _areas(partnership) <= {area.id for area in tie.areas}


@each_tie
def test_kuopio_asserts_its_partnerships(ds: tc.Dataset, partner: str) -> None:
    """The page speaks for Kuopio; the other side is named only where it speaks itself."""
    partnership = ds.partnerships["kuopio", partner]
    assert "kuopio" in partnership.asserted_by
    assert set(partnership.asserted_by) <= set(partnership.cities)
    assert PAGE in partnership.sources


@pytest.mark.parametrize("partner", START_ELSEWHERE)
def test_a_start_that_is_not_on_the_page_has_its_own_source(ds: tc.Dataset, partner: str) -> None:
    """A start from elsewhere says where from, and the page isn't credited with it."""
    own = set(ds.partnerships["kuopio", partner].field_sources["since"])
    assert own - {PAGE}
    if partner not in NORDIC_DECADE:
        assert PAGE not in own


@pytest.mark.parametrize("partner", START_ON_PAGE)
def test_a_start_on_the_page_credits_the_page(ds: tc.Dataset, partner: str) -> None:
    """Three starts are the page's own."""
    assert PAGE in _own_sources(ds.partnerships["kuopio", partner], "since")


@pytest.mark.parametrize(("partner", "wanted"), AREAS, ids=[f"{c}-{a}" for c, a in AREAS])
def test_a_partnership_covers_its_areas(ds: tc.Dataset, partner: str, wanted: str) -> None:
    """Each kind of cooperation on the page is found, under that area or a wider or narrower."""
    assert _covers(ds, _areas(ds.partnerships["kuopio", partner]), wanted)


@pytest.mark.parametrize("partner", NO_AREAS)
def test_no_area_is_made_up(ds: tc.Dataset, partner: str) -> None:
    """Where the page mentions no cooperation, an area needs another source."""
    activities = ds.partnerships["kuopio", partner].activities
    assert all(set(activity.sources) - {PAGE} for activity in activities if activity.areas)


@pytest.mark.parametrize(
    ("partner", "pattern", "city"),
    ORGANISATIONS,
    ids=[f"{partner}-{city}-{pattern[:8]}" for partner, pattern, city in ORGANISATIONS],
)
def test_an_organisation_is_named(ds: tc.Dataset, partner: str, pattern: str, city: str | None) -> None:
    """Organisations are named, with their city where it is known."""
    found = [
        organisation
        for organisation in _organisations(ds.partnerships["kuopio", partner])
        if any(re.search(pattern, name, re.IGNORECASE) for name in _names(organisation.names))
    ]
    assert found
    if city is not None:
        assert city in {organisation.city for organisation in found}


def test_opole_has_its_framework_agreement(ds: tc.Dataset) -> None:
    """The agreement with Opole ran from 2013 to 2018."""
    assert "2013/2018" in _periods(ds.partnerships["kuopio", "opole"])


def test_opole_was_taken_up_again_in_2013(ds: tc.Dataset) -> None:
    """Visits in 2013 brought the tie with Opole back to life."""
    milestones = ds.partnerships["kuopio", "opole"].milestones
    dates = {str(m.date) for m in milestones if m.kind == "reactivated"}
    assert dates == {"2013"}


def test_the_four_cities_meet_under_their_agreement(ds: tc.Dataset) -> None:
    """Meetings belong to the four, not to one pair; those after the page was written are planned."""
    meetings = {str(m.date): m.stage == "planned" for m in ds.networks["nordic"].milestones if m.kind == "conference"}
    past, ahead = ("2014", "2016", "2018-06", "2021-09"), ("2023-05", "2024", "2026", "2028")
    assert meetings == {**dict.fromkeys(past, False), **dict.fromkeys(ahead, True)}
    assert not ds.partnerships["kuopio", "jonkoping"].milestones


def test_winnipeg_is_to_start_again(ds: tc.Dataset) -> None:
    """Little happens with Winnipeg now; that it goes on later is a plan without a date."""
    milestones = ds.partnerships["kuopio", "winnipeg"].milestones
    (resumed,) = [m for m in milestones if m.kind == "resumed"]
    assert resumed.stage == "planned"
    assert resumed.date is None


def test_the_story_of_minneapolis_is_linked(ds: tc.Dataset) -> None:
    """The page points to a history of the friendship with Minneapolis."""
    links = [
        *ds.partnerships["kuopio", "minneapolis"].links,
        *ds.cities["minneapolis"].links,
    ]
    assert any("over 40 years" in (link.title or "").casefold() for link in links)


@pytest.mark.parametrize(("one", "other", "since"), AMONG_PARTNERS)
def test_partners_are_tied_among_themselves(ds: tc.Dataset, one: str, other: str, since: str | None) -> None:
    """Ties among the partners come from elsewhere and say so."""
    partnership = ds.partnerships[one, other]
    assert partnership == ds.partnerships[other, one]
    assert set(partnership.sources) - {PAGE}
    if since is not None:
        assert str(partnership.since) == since
        assert _own_sources(partnership, "since") - {PAGE}


def test_shanghai_is_in_a_network_but_not_a_partner(ds: tc.Dataset) -> None:
    """The page has Shanghai in a network, not among its fifteen."""
    assert "shanghai" in ds.cities
    assert frozenset({"kuopio", "shanghai"}) not in _pairs(ds)


# --- Networks --------------------------------------------------------------------------------


def test_there_are_two_networks(ds: tc.Dataset) -> None:
    """The page names two networks."""
    assert set(ds.networks) == set(NETWORKS)


@pytest.mark.parametrize("network", sorted(NETWORKS))
def test_a_network_has_its_members(ds: tc.Dataset, network: str) -> None:
    """Kuopio is a member of both, and each member is once in it."""
    members = list(ds.networks[network].members)
    assert len(members) == len(set(members))
    assert set(members) == NETWORKS[network]
    assert PAGE in ds.networks[network].sources


def test_the_nordic_agreement_has_a_term_of_eight_years(ds: tc.Dataset) -> None:
    """The term in force runs from 2022 to 2029."""
    assert "2022/2029" in _periods(ds.networks["nordic"])


def test_the_nordic_network_is_older_than_seventy_years(ds: tc.Dataset) -> None:
    """A start, where one is given, lies more than seventy years before the page."""
    since = ds.networks["nordic"].since
    if since is not None:
        assert since.latest is not None
        assert since.latest.year <= 1952


@pytest.mark.parametrize("wanted", NORDIC_AREAS)
def test_the_nordic_network_covers_its_areas(ds: tc.Dataset, wanted: str) -> None:
    """All themes of the term are found in the network's activities."""
    assert _covers(ds, _areas(ds.networks["nordic"]), wanted)


@pytest.mark.parametrize("area", ["sport", "sustainable-development", "wellbeing"])
def test_nordic_partners_are_found_under_the_network_s_areas(ds: tc.Dataset, area: str) -> None:
    """What four cities agree on counts for each of the three ties of Kuopio."""
    found = {tie.partner.id for tie in ds.partners("Kuopio", area=area)}
    assert found >= NETWORKS["nordic"] - {"kuopio"}


def test_the_nordic_network_has_a_contact_in_kuopio(ds: tc.Dataset) -> None:
    """Whom to ask is an office in Kuopio."""
    contacts = ds.networks["nordic"].contacts
    assert any(contact.role and contact.city == "kuopio" for contact in contacts)


def test_the_shanghai_network_is_about_education(ds: tc.Dataset) -> None:
    """Kuopio supports its schools in working together with Shanghai's."""
    wanted = "education schools higher-education"
    assert _covers(ds, _areas(ds.networks["kuopio-shanghai"]), wanted)


# --- Sources, dates, privacy -----------------------------------------------------------------


def test_every_record_has_sources(ds: tc.Dataset) -> None:
    """Each place, partnership and network says where it comes from."""
    assert not [record for record in _sourced(ds) if not record.sources]


def test_every_source_used_is_there_and_every_source_there_is_used(ds: tc.Dataset, document: dict[str, Any]) -> None:
    """Source ids lead somewhere, wherever they stand, and no source is left over."""
    used: set[str] = set()
    records = {key: value for key, value in document.items() if key != "sources"}
    for _, keys, text in _strings(records):
        if "field_sources" in keys or (keys and keys[-1] == "sources"):
            used.add(text)
    assert PAGE in used
    assert used <= set(ds.sources)
    assert used == {source["id"] for source in document["sources"]}


def test_the_page_is_described(ds: tc.Dataset) -> None:
    """The page is Finnish and has a title and a publisher."""
    page = ds.sources[PAGE]
    assert page.language == "fi"
    assert page.title
    assert "kuopio" in (page.publisher or "").casefold()


@each_place
def test_coordinates_from_geonames_are_credited(ds: tc.Dataset, place: Place) -> None:
    """GeoNames asks to be named: publisher and licence stand with every point taken from it.

    The county's point is not GeoNames', so it may name another source.
    """
    city = ds.cities[place.id]
    sources = [ds.sources[source] for source in _own_sources(city, "coordinates")]
    credited = [source for source in sources if source.publisher == "GeoNames"]
    assert all(source.licence == "CC-BY-4.0" for source in credited)
    assert all(source.id != PAGE for source in credited)
    assert credited or (place.id == "laane-viru" and {s.id for s in sources} - {PAGE})


def test_the_data_set_stands_at_the_time_of_the_page(ds: tc.Dataset) -> None:
    """A term of 2022 is agreed and May 2023 is ahead: statuses are of that time."""
    assert re.match(r"202[123]\b", str(ds.as_of))


# What places and ties are called where they are: names in whatever languages a source has.
OF_PLACES = (("cities", "names"), ("partnerships", "names"))


def test_texts_are_in_three_languages(document: dict[str, Any]) -> None:
    """Every text is in Finnish, Swedish and English; so are titles of agreements and names of organisations."""
    texts = [
        (path, value)
        for path, keys, value in _walk(document)
        if keys
        and isinstance(value, dict)
        and (keys[-1] == "summary" or (keys[-1] == "names" and keys not in OF_PLACES))
    ]
    assert texts
    assert not [path for path, value in texts if not {"fi", "sv", "en"} <= value.keys()]


@pytest.mark.parametrize(
    ("city", "field"),
    [
        ("bodo", "kind"),
        ("jonkoping", "kind"),
        ("shanghai", "kind"),
        ("pskov", "summary"),
        ("pitkyaranta", "summary"),
        ("shanghai", "summary"),
        ("winnipeg", "summary"),
    ],
)
def test_what_the_page_doesnt_say_isnt_credited_only_to_it(ds: tc.Dataset, city: str, field: str) -> None:
    """The page calls Bodø a city, names no country for Pskov, and says nothing of what kind of place Shanghai is."""
    assert _own_sources(ds.cities[city], field) - {PAGE}


def test_names_that_were_translated_say_so(ds: tc.Dataset) -> None:
    """The page names its networks in Finnish; what they are called in other languages is from elsewhere."""
    for network in ds.networks.values():
        assert PAGE in network.sources
        assert all(PAGE not in network.field_sources[f"names.{lang}"] for lang in ("sv", "en"))


def test_the_page_has_an_address(ds: tc.Dataset) -> None:
    """Whoever doubts a statement can open the page, and knows when it was read."""
    page = ds.sources[PAGE]
    assert page.url == "https://businesskuopio.fi/?p=3616"
    assert page.retrieved is not None


def test_the_county_is_found_by_its_usual_finnish_name(ds: tc.Dataset) -> None:
    """The county goes by Länsi-Virumaa in Finnish."""
    assert ds.city("Länsi-Virumaa").id == "laane-viru"


def test_no_telephone_number_is_shipped(document: dict[str, Any]) -> None:
    """No text holds seven digits in a row, however they are spaced; dates and terms may."""
    texts = [(path, NOT_TELEPHONE.sub(" ", text)) for path, text in _prose(document)]
    assert texts
    assert not [path for path, text in texts if TELEPHONE.search(text)]


def test_no_mail_address_is_shipped(document: dict[str, Any]) -> None:
    """No text holds an address of somebody's mailbox."""
    assert not [path for path, text in _prose(document) if EMAIL.search(text)]


def test_no_person_is_named(document: dict[str, Any]) -> None:
    """The person the page names as a contact is named nowhere; only a digest is kept here."""
    found = [
        path
        for path, _, text in _strings(document)
        for word in re.findall(r"\w+", text.casefold())
        if hashlib.sha256(word.encode()).hexdigest()[:16] in WITHHELD
    ]
    assert not found


def test_a_contact_is_a_role_and_an_office(document: dict[str, Any]) -> None:
    """A contact has no room for a person: a role, a city, an address on the web."""
    contacts = [
        contact
        for _, keys, value in _walk(document)
        if keys and keys[-1] == "contacts" and isinstance(value, list)
        for contact in value
    ]
    assert contacts
    for contact in contacts:
        assert contact.keys() <= {"role", "city", "url", "sources"}


def test_no_field_is_for_personal_data(document: dict[str, Any]) -> None:
    """No key anywhere is one that would hold a person's name or number."""
    assert not [path for path, keys, _ in _walk(document) if PERSONAL_KEYS.intersection(keys)]
