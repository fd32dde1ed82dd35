"""
Wikidata: facts of entity documents and SPARQL answers are read, and what can't be read is counted in the remarks.
"""

from __future__ import annotations

import contextlib
import copy
import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import wikidata_documents as docs
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from wikidata_documents import (
    amount,
    country,
    entity,
    item,
    none,
    point,
    reference,
    statement,
    text,
    time,
    wrapped,
    year,
)
from wikidata_server import ask, load, oxigraph, oxigraph_program, put, results, tie_row, uri

import twincities as tc
from twincities.sources import wikidata
from twincities.sources.wikidata import Remarks, cities_query, country_query, from_entities, from_sparql

LABELS = {"en": "Kuopio", "fi": "Kuopio", "ru": "Куопио"}


def remarks_of(*documents: Any, **options: Any) -> tuple[tc.Dataset, Remarks]:
    """The data set in entity documents, and the remarks."""
    found: list[Remarks] = []
    dataset = from_entities(*documents, **options, report=found.append)
    (remarks,) = found
    return dataset, remarks


def tie(*qualifiers: Any, **options: Any) -> tc.Partnership:
    """The partnership that one statement of Q1 with Q2 gives."""
    return from_entities(entity("Q1", statement(item("P190", "Q2"), *qualifiers, **options))).partnerships["Q1", "Q2"]


# -- entity documents ------------------------------------------------------------------------------


def test_a_place_in_full() -> None:
    """Names, country, subdivision, point, sizes, kind and ids of a place come through."""
    kuopio = entity(
        "Q1",
        statement(item("P17", "Q33")),
        statement(item("P131", "Q40")),
        statement(point("P625", 62.8925, 27.678333)),
        statement(amount("P1082", "+118209"), time("P585", "+2018-12-31T00:00:00Z", 11)),
        statement(amount("P1082", "+121543"), time("P585", "+2021-00-00T00:00:00Z", 9)),
        statement(amount("P1082", "+90000"), rank="deprecated"),
        statement(text("P1566", "650225")),
        statement(text("P1566", "650224")),
        statement(item("P31", "Q856076")),
        statement(item("P31", "Q515")),
        statement(item("P31", "Q5555")),
        labels={**LABELS, "zh-hant": "庫奧皮奧", "sr-el": "Kuopio S"},
        aliases={"fi": ["Kuopion kaupunki", "Kuopio"], "en": ["City of Kuopio"]},
    )
    region = entity("Q40", statement(text("P300", "FI-15")))
    dataset, remarks = remarks_of(wrapped(kuopio, country("Q33", "FI"), region), as_of="2026-11")
    assert list(dataset.cities) == ["Q1"]
    assert dataset.cities["Q1"] == tc.City(
        id="Q1",
        name="Kuopio",
        names={**LABELS, "sr-Latn": "Kuopio S", "zh-Hant": "庫奧皮奧"},
        alt_names=["City of Kuopio", "Kuopion kaupunki"],
        kind="city",
        country_code="FI",
        subdivision_codes=["FI-15"],
        coordinates=tc.Coordinates(latitude=62.8925, longitude=27.678333),
        populations=[
            tc.Population(value=121543, as_of="2021"),
            tc.Population(value=118209, as_of="2018-12-31"),
        ],
        wikidata_id="Q1",
        geonames_id="650224",
        alt_ids=["650225"],
        sources=["wikidata"],
        extra={"wikidata": {"P31": ["Q5555"]}},
    )
    assert (dataset.id, dataset.licence, str(dataset.as_of)) == ("wikidata", "CC0-1.0", "2026-11")
    assert str(remarks) == "nothing left out"


def test_the_wrapper_and_the_type_make_no_difference() -> None:
    """One entity or many under `entities`, parsed or text or bytes, in one document or several: the same."""
    first = entity("Q1", statement(item("P190", "Q2")), labels=LABELS)
    second = entity("Q2", labels={"en": "Opole"})
    whole = from_entities(wrapped(first, second))
    assert whole == from_entities(first, second) == from_entities(json.dumps(first), json.dumps(second).encode())
    assert from_entities({"entities": []}) == from_entities()
    assert list(from_entities().sources) == ["wikidata"]


def test_empty_objects_come_as_empty_lists() -> None:
    """Wikidata writes `[]` for an empty object."""
    bare = {"id": "Q1", "labels": [], "aliases": [], "claims": []}
    assert from_entities(bare).cities["Q1"] == tc.City(id="Q1", wikidata_id="Q1", sources=["wikidata"])


def test_a_tie_in_full() -> None:
    """Start, end, cause, attested dates, other qualifiers and references of a statement come through."""
    web = reference(text("P854", "https://example.org/partners"), time("P813", "+2020-02-03T00:00:00Z", 11))
    book = reference(item("P248", "Q9"), text("P304", "12"))
    unknown_book = reference(item("P248", "Q10"))
    wiki = reference(item("P143", "Q11"))
    stated = statement(
        item("P190", "Q2"),
        year("P580", 1953),
        time("P582", "+2022-03-00T00:00:00Z", 10),
        time("P585", "+1960-00-00T00:00:00Z", 8),
        item("P1534", "Q8"),
        text("P1810", "Tviling"),
        amount("P1107", "+0.5"),
        point("P625", 1.5, 2.5),
        none("P642"),
        docs.snak("P1448", "monolingualtext", {"text": "Ystävä", "language": "fi"}),
        references=[web, book, unknown_book, wiki],
    )
    dataset, remarks = remarks_of(
        entity("Q1", stated), entity("Q8", labels={"en": "war"}), entity("Q9", labels={"fi": "Kirja"})
    )
    assert list(dataset.cities) == ["Q1", "Q2"]
    assert dataset.partnerships["Q1", "Q2"] == tc.Partnership(
        cities=("Q1", "Q2"),
        status="ended",
        since="1953",
        until="2022-03",
        milestones=[
            tc.Milestone(kind="attested", date="196X"),
            tc.Milestone(kind="ended", date="2022-03", summary={"en": "war"}),
        ],
        asserted_by=["Q1"],
        sources=["wikidata", *sorted([web["hash"], book["hash"], unknown_book["hash"]])],
        extra={
            "wikidata": {
                "P1107": ["0.5"],
                "P1448": ["Ystävä"],
                "P1534": ["Q8"],
                "P1810": ["Tviling"],
                "P625": ["1.5 2.5"],
                "P642": [None],
            }
        },
    )
    url = "https://example.org/partners"
    assert dataset.sources[web["hash"]] == tc.Source(id=web["hash"], url=url, retrieved="2020-02-03")
    assert dataset.sources[book["hash"]] == tc.Source(id=book["hash"], title="Kirja")
    assert dataset.sources[unknown_book["hash"]].title == "Q10"
    assert remarks == Remarks(only_named=1, reference_parts=2)


def test_a_cause_without_a_name_is_kept_by_its_id() -> None:
    """An end cause without labels is only in `extra`."""
    assert tie(item("P1534", "Q8")).milestones == ()
    assert tie(item("P1534", "Q8")).extra["wikidata"]["P1534"] == ("Q8",)


def test_status_is_what_ends_say() -> None:
    """Without an end the status isn't known; with one, also of unknown date, the tie is ended; "no end" isn't one."""
    assert (tie().status, tie(year("P580", 1953)).status) == (None, None)
    assert (tie(year("P582", 2022)).status, str(tie(year("P582", 2022)).until)) == ("ended", "2022")
    assert (tie(none("P582")).status, tie(none("P582")).until) == ("ended", None)
    assert tie(none("P582", "novalue")).status is None


def test_an_end_that_lies_ahead_ends_nothing_yet() -> None:
    """A tie whose end comes after the data set's `as_of`, or after today where that isn't said, isn't ended."""
    document = entity("Q1", statement(item("P190", "Q2"), year("P582", 2029)))
    for as_of, status in (("2026-11", None), ("2029-01", "ended"), ("2030", "ended")):
        made = from_entities(document, as_of=as_of).partnerships["Q1", "Q2"]
        assert (made.status, str(made.until)) == (status, "2029")
    for end, status in ((9998, None), (2022, "ended")):
        document = entity("Q1", statement(item("P190", "Q2"), year("P582", end)))
        made = from_entities(document).partnerships["Q1", "Q2"]
        assert (made.status, str(made.until)) == (status, str(end))


def test_both_sides_are_one_partnership() -> None:
    """A tie that both sides state is one record that says so; what only one says is kept, of two dates the finer."""
    first = entity("Q1", statement(item("P190", "Q2"), year("P580", 1953)), statement(item("P190", "Q3")))
    second = entity("Q2", statement(item("P190", "Q1"), time("P580", "+1953-05-02T00:00:00Z", 11)))
    dataset, remarks = remarks_of(wrapped(first, second))
    assert {pair: made.asserted_by for pair, made in dataset.partnerships.items()} == {
        ("Q1", "Q2"): ("Q1", "Q2"),
        ("Q1", "Q3"): ("Q1",),
    }
    assert str(dataset.partnerships["Q1", "Q2"].since) == "1953-05-02"
    assert not dataset.partnerships["Q1", "Q2"].extra
    assert remarks == Remarks(only_named=1)


def test_dates_that_differ_are_all_kept() -> None:
    """Where the sides give different dates the earliest start and the latest end stand; the others are claims."""
    first = entity("Q1", statement(item("P190", "Q2"), year("P580", 1953), year("P582", 2001)))
    second = entity("Q2", statement(item("P190", "Q1"), year("P580", 1954), year("P582", 1999)))
    dataset, remarks = remarks_of(first, second)
    made = dataset.partnerships["Q1", "Q2"]
    assert (str(made.since), str(made.until), made.status) == ("1953", "2001", "ended")
    assert [(claim.field, claim.value, claim.asserted_by) for claim in made.claims] == [
        ("since", "1954", ("Q2",)),
        ("until", "1999", ("Q2",)),
    ]
    assert {made.sources for made in (*made.claims, made)} == {("wikidata",)}
    assert [dataset.partners("Q1").one().in_force(year) for year in (1952, 1953, 1960, 2000)] == [
        False,
        None,
        True,
        None,
    ]
    assert made.extra == {"wikidata": {"P580": ("1953", "1954"), "P582": ("1999", "2001")}}
    assert remarks == Remarks(differing_dates=1)


def test_a_tie_taken_up_again_isnt_ended() -> None:
    """A statement without an end that begins after the end of another: the tie goes on."""
    old = statement(item("P190", "Q2"), year("P580", 1953), year("P582", 1980))
    new = statement(item("P190", "Q2"), year("P580", 1990))
    made = from_entities(entity("Q1", old, new)).partnerships["Q1", "Q2"]
    assert (made.status, made.until, str(made.since)) == (None, None, "1953")
    assert made.extra == {"wikidata": {"P580": ("1953", "1990"), "P582": ("1980",)}}
    assert made.claims == ()


@pytest.mark.parametrize(("end", "after"), [([], True), ([year("P582", 2010)], False)])
def test_terms_have_a_break_between_them(end: list[Any], after: bool) -> None:
    """Between two terms that one side states a tie wasn't in force, whatever the other side says."""
    cause = item("P1534", "Q9")
    old = statement(item("P190", "Q2"), year("P580", 1953), year("P582", 1980), cause)
    new = statement(item("P190", "Q2"), year("P580", 1990), *end)
    documents = [
        entity("Q1", new, old),
        entity("Q2", statement(item("P190", "Q1"))),
        entity("Q9", labels={"en": "war"}),
    ]
    tie = from_entities(*documents).partners("Q1").one()
    assert [tie.in_force(year) for year in (1960, 1985, 2000, 2020)] == [True, False, True, after]
    assert tie.partnership.claims == ()


def test_an_end_before_the_start_is_reported() -> None:
    """A tie that ends before it begins keeps its start; the end is in `extra`."""
    dataset, remarks = remarks_of(entity("Q1", statement(item("P190", "Q2"), year("P580", 1990), year("P582", 1980))))
    made = dataset.partnerships["Q1", "Q2"]
    assert (made.status, str(made.since), made.until) == ("ended", "1990", None)
    assert made.extra == {"wikidata": {"P582": ("1980",)}}
    assert remarks == Remarks(crossed_dates=1, only_named=1)


def test_what_is_left_out_is_counted() -> None:
    """Deprecated ties, unknown partners, ties with itself, dates and values that can't be held: each in numbers."""
    mars = "http://www.wikidata.org/entity/Q111"
    dataset, remarks = remarks_of(
        entity(
            "Q1",
            statement(item("P190", "Q2"), rank="deprecated"),
            statement(item("P190", "Q3"), rank="deprecated"),
            statement(none("P190")),
            statement(none("P190", "novalue")),
            statement(item("P190", "Q1")),
            statement(
                item("P190", "Q4"),
                none("P580"),
                time("P582", "-0044-00-00T00:00:00Z", 9),
                time("P585", "+1000-00-00T00:00:00Z", 6),
            ),
            statement(item("P17", "Q33")),
            statement(point("P625", 10, 20, mars)),
            statement(point("P625", 91, 20)),
            statement(point("P625", 2, 3)),
            statement(point("P625", 1, 3)),
            statement(amount("P1082", "+3.5")),
            statement(none("P1082")),
            statement(text("P1566", "x")),
            labels={"x-y-z": "?", "en": " ", "fi": "Kuopio"},
            aliases={"simple": ["Big place"], "q": ["?"]},
        ),
        {"entities": {"Q77": {"id": "Q77", "missing": ""}}},
    )
    assert list(dataset.partnerships) == [("Q1", "Q4")]
    made = dataset.partnerships["Q1", "Q4"]
    assert (made.status, made.since, made.until, made.milestones) == ("ended", None, None, ())
    place = dataset.cities["Q1"]
    assert (place.name, place.country_code, place.populations, place.geonames_id) == ("Kuopio", None, (), None)
    assert place.coordinates == tc.Coordinates(latitude=1, longitude=3)
    assert place.extra == {"wikidata": {"P17": ("Q33",)}}
    assert remarks == Remarks(
        deprecated=2,
        unknown_partners=2,
        self_ties=1,
        only_named=1,
        missing=1,
        unknown_dates=1,
        unheld_dates=2,
        countries=1,
        unheld_values=5,
        unheld_labels=3,
    )
    assert str(remarks).startswith(
        "2 ties of deprecated rank left out, 2 ties with an unknown partner or none left out, 1"
    )


def test_references_that_say_little() -> None:
    """A reference gives a source only if it says something that a source can hold; the rest is counted."""
    several = reference(
        text("P854", "https://b.example"),
        text("P854", "https://a.example"),
        text("P854", "not a url"),
        item("P248", "Q8"),
        item("P248", "Q9"),
        time("P813", "+2020-00-00T00:00:00Z", 9),
        time("P813", "+2021-00-00T00:00:00Z", 9),
    )
    stated = statement(item("P190", "Q2"), references=[several, reference(none("P248"))])
    dataset, remarks = remarks_of(entity("Q1", stated))
    made = tc.Source(id=several["hash"], url="https://a.example", title="Q8", retrieved="2021")
    assert list(dataset.sources.values())[1:] == [made]
    assert remarks == Remarks(only_named=1, unheld_values=1, reference_parts=3)


def test_a_reference_to_a_work_that_is_no_item() -> None:
    """A work without the id of an item gives no source its title."""
    stated = statement(item("P190", "Q2"), references=[reference(text("P248", ""), text("P854", "https://a.example"))])
    (_, source) = from_entities(entity("Q1", stated)).sources.values()
    assert (source.title, source.url) == (None, "https://a.example")


def test_best_rank_and_what_is_over() -> None:
    """Of statements about a place those of best rank count, less those with an end; sizes are kept all."""
    place = entity(
        "Q1",
        statement(item("P17", "Q33"), rank="preferred"),
        statement(item("P17", "Q34")),
        statement(item("P131", "Q40"), year("P582", 2010)),
        statement(item("P131", "Q41")),
        statement(amount("P1082", "+5"), rank="preferred"),
        statement(amount("P1082", "+9"), year("P585", 2020)),
        statement(item("P31", "Q515"), rank="deprecated"),
    )
    counties = [entity(id, statement(text("P300", code))) for id, code in (("Q40", "FI-01"), ("Q41", "FI-02"))]
    made = from_entities(place, country("Q33", "FI"), country("Q34", "SE"), *counties).cities["Q1"]
    assert (made.country_code, made.subdivision_codes, made.kind) == ("FI", ("FI-02",), None)
    assert [size.value for size in made.populations] == [5, 9]


def test_a_place_in_two_countries_has_no_code() -> None:
    """Two countries of the same rank: none is chosen, both are in `extra`."""
    place = entity("Q1", statement(item("P17", "Q34")), statement(item("P17", "Q33")))
    dataset, remarks = remarks_of(place, country("Q33", "FI"), country("Q34", "SE"))
    assert dataset.cities["Q1"].country_code is None
    assert dataset.cities["Q1"].extra == {"wikidata": {"P17": ("Q33", "Q34")}}
    assert remarks == Remarks(countries=1)


def test_a_city_state_is_its_own_country() -> None:
    """A place that is named as its own country is a city all the same."""
    singapore = entity("Q334", statement(item("P17", "Q334")), statement(text("P297", "SG")))
    assert from_entities(singapore).cities["Q334"].country_code == "SG"


def test_names_in_no_language() -> None:
    """Wikidata's label for all languages is the name where there is no English one."""
    assert from_entities(entity("Q1", labels={"mul": "Gera", "de": "Gera (D)"})).cities["Q1"].name == "Gera"


def test_redirected_partners_are_one() -> None:
    """A tie with an id that now leads to another entity is a tie with that."""
    moved = {**entity("Q5"), "redirects": {"from": "Q4", "to": "Q5"}}
    dataset = from_entities(entity("Q1", statement(item("P190", "Q4"))), moved)
    assert list(dataset.partnerships) == [("Q1", "Q5")]


def test_the_last_of_two_counts() -> None:
    """An entity that is given twice is what the last says, and nothing of the first."""
    old = entity("Q1", statement(item("P190", "Q2")), labels={"en": "Old"}, aliases={"en": ["Older"]})
    new = entity("Q1", statement(item("P190", "Q3")), labels={"fi": "Uusi"})
    assert from_entities(old, new) == from_entities(new)


def test_ids_of_old_documents() -> None:
    """Old documents have only the number of an item."""
    snak = docs.snak("P190", "wikibase-entityid", {"entity-type": "item", "numeric-id": 2})
    assert list(from_entities(entity("Q1", statement(snak))).partnerships) == [("Q1", "Q2")]


def test_values_of_other_types_are_counted() -> None:
    """A qualifier of an unknown type is counted in the remarks."""
    odd = docs.snak("P1", "wikibase-form", {"id": "L1-F1"})
    dataset, remarks = remarks_of(entity("Q1", statement(item("P190", "Q2"), odd)))
    assert dataset.partnerships["Q1", "Q2"].extra == {"wikidata": {"P1": (None,)}}
    assert remarks.unheld_values == 1


@pytest.mark.parametrize(
    ("path", "value", "problem"),
    [
        ("", [1], "$: expected an object, got list of 1"),
        ("", "{", "$: expected JSON: Expecting property name enclosed in double quotes at line 1, column 2"),
        ("", {}, "$: expected an entity with its id, or the key 'entities', got dict of 0"),
        ("", {"error": {"info": "no such id"}}, "$.error.info: expected entities, got 'no such id'"),
        ("id", "P190", "$.id: expected the id of an item (such as 'Q162279'), got 'P190'"),
        ("id", 1, "$.id: expected text, got 1"),
        ("labels.en.value", 5, "$.labels.en.value: expected text, got 5"),
        ("labels.en.value", "\ud800", "$.labels.en.value: expected Unicode text, got a lone surrogate in '\\ud800'"),
        ("aliases", {"en": {}}, "$.aliases.en: expected a list, got dict of 0"),
        ("claims.P190", {}, "$.claims.P190: expected a list, got dict of 0"),
        ("claims.P190.0.rank", "best", "$.claims.P190[0].rank: expected preferred, normal or deprecated, got 'best'"),
        (
            "claims.P190.0.mainsnak.snaktype",
            None,
            "$.claims.P190[0].mainsnak.snaktype: expected value, somevalue or novalue, got None",
        ),
        (
            "claims.P190.0.qualifiers.P580.0.datavalue.value.precision",
            "9",
            "$.claims.P190[0].qualifiers.P580[0].datavalue.value.precision: expected a precision as number, got '9'",
        ),
        (
            "claims.P190.0.references.0.hash",
            "../x",
            "$.claims.P190[0].references[0].hash: expected a hash of digits and the letters a to f, got '../x'",
        ),
        (
            "claims.P625.0.mainsnak.datavalue.value.latitude",
            True,
            "$.claims.P625[0].mainsnak.datavalue.value.latitude: expected a number, got True",
        ),
    ],
)
def test_documents_of_another_form(path: str, value: Any, problem: str) -> None:
    """What hasn't the form of a document is refused with its path."""
    stated = statement(item("P190", "Q2"), year("P580", 1953), references=[reference(item("P248", "Q9"))])
    document: Any = entity("Q1", stated, statement(point("P625", 1, 2)), labels=LABELS)
    if path:
        *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
        where = document
        for step in way:
            where = where[step]
        where[last] = value
    else:
        document = value
    with pytest.raises(tc.DatasetError) as caught:
        from_entities(document)
    assert str(caught.value) == problem


# -- times -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "precision", "expected"),
    [
        ("+1953-00-00T00:00:00Z", 9, "1953"),
        ("+00000001953-05-00T00:00:00Z", 10, "1953-05"),
        ("+1953-05-02T00:00:00Z", 11, "1953-05-02"),
        ("+1953-05-02T12:30:00Z", 14, "1953-05-02"),
        ("+1950-00-00T00:00:00Z", 8, "195X"),
        ("+1900-00-00T00:00:00Z", 7, "18XX"),
        ("+1901-00-00T00:00:00Z", 7, "19XX"),
        ("+2000-00-00T00:00:00Z", 7, "19XX"),
        ("+1953-00-00T00:00:00Z", 11, "1953"),
        ("+1953-05-00T00:00:00Z", 11, "1953-05"),
        ("+0836-00-00T00:00:00Z", 9, "0836"),
        ("+2000-00-00T00:00:00Z", 6, None),
        ("+0005-00-00T00:00:00Z", 8, None),
        ("+0050-00-00T00:00:00Z", 7, None),
        ("-0044-03-15T00:00:00Z", 11, None),
        ("+12000-00-00T00:00:00Z", 9, None),
        ("+1953-02-30T00:00:00Z", 11, None),
        ("1953", 9, None),
    ],
)
def test_times_keep_their_precision(value: str, precision: int, expected: str | None) -> None:
    """A time is a date as far as its precision goes; what can't be one is none, and counted."""
    dataset, remarks = remarks_of(entity("Q1", statement(item("P190", "Q2"), time("P580", value, precision))))
    since = dataset.partnerships["Q1", "Q2"].since
    assert (None if since is None else str(since)) == expected
    assert remarks.unheld_dates == (expected is None)


def test_julian_days_are_converted() -> None:
    """A day of the Julian calendar is that day in the Gregorian one; a year stays."""
    assert str(tie(time("P580", "+1917-10-25T00:00:00Z", 11, docs.JULIAN)).since) == "1917-11-07"
    assert str(tie(time("P580", "+1582-10-05T00:00:00Z", 11, docs.JULIAN)).since) == "1582-10-15"
    assert str(tie(time("P580", "+0836-00-00T00:00:00Z", 9, docs.JULIAN)).since) == "0836"
    assert tie(time("P580", "+0001-01-01T00:00:00Z", 11, docs.JULIAN)).since is None
    assert tie(time("P580", "+9999-12-31T00:00:00Z", 11, docs.JULIAN)).since is None


@given(st.dates(date(101, 1, 1)), st.integers(7, 14))  # the first century would have a year 0
def test_every_time_holds_its_day(day: date, precision: int) -> None:
    """The date of a time has the day of the time within its bounds, and is as long as its precision says."""
    since = tie(time("P580", f"+{day.isoformat()}T00:00:00Z", precision)).since
    assert since is not None
    assert since.earliest is not None
    assert since.latest is not None
    if precision == 7:  # the century that ends in 2000 is written 19XX
        assume(day.year % 100)
    assert since.earliest <= day <= since.latest
    lengths = {7: 36524, 8: 3652, 9: 365, 10: 28}
    assert (since.latest - since.earliest).days + 1 in range(lengths.get(precision, 1), lengths.get(precision, 1) + 4)


@given(st.text(max_size=30), st.integers(-1, 20))
def test_any_text_is_a_date_or_none(value: str, precision: int) -> None:
    """No text of a time is an error."""
    remarks_of(entity("Q1", statement(item("P190", "Q2"), time("P580", value, precision))))


# -- languages -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("pt-br", "pt-BR"),
        ("zh-hant", "zh-Hant"),
        ("be-x-old", "be-tarask"),
        ("no", "nb"),
        ("simple", "en-simple"),
        ("zh-hans-cn", "zh-Hans-CN"),
        ("es-419", "es-419"),
    ],
)
def test_language_codes_become_tags(code: str, tag: str) -> None:
    """Wikimedia's language codes become BCP 47 tags in their usual case."""
    assert dict(from_entities(entity("Q1", labels={code: "x"})).cities["Q1"].names) == {tag: "x"}


# -- SPARQL results --------------------------------------------------------------------------------


def row(**terms: Any) -> dict[str, Any]:
    """A row of an answer."""
    return terms


def literal(value: str, **more: str) -> dict[str, str]:
    """A literal, by default without a datatype."""
    return {"type": "literal", "value": value, **more}


STATEMENT = uri("entity/statement/Q1-Q2")


def test_rows_without_datatypes_and_with_gaps() -> None:
    """Optionals that aren't bound and literals without datatype are read for what they are."""
    answer = results(
        [
            row(statement=STATEMENT, property=uri("prop/qualifier/value/P580"), value=literal("1953-01-01T00:00:00Z"), precision=literal("9")),
            row(statement=STATEMENT, property=uri("prop/qualifier/P585"), value=literal("1960")),
            row(statement=STATEMENT, property=uri("prop/qualifier/P582"), value=literal("1999-01-01T00:00:00Z")),
            row(item=uri("entity/Q1"), property=uri("http://www.w3.org/2000/01/rdf-schema#label"), value=literal("Kuopio", **{"xml:lang": "en"})),
            row(item=uri("entity/Q1"), property=uri("http://www.w3.org/2000/01/rdf-schema#label")),
            row(item=uri("entity/Q2"), property=uri("http://www.w3.org/2000/01/rdf-schema#label"), value=literal("no language")),
            tie_row("Q1", "Q2"),
            row(statement=uri("entity/statement/Q1-of-none"), property=uri("prop/qualifier/P1"), value=literal("x")),
            row(reference=uri("reference/ab"), property=uri("prop/reference/P854"), value=uri("https://example.org/")),
            row(item=uri("entity/Q1"), statement=uri("entity/statement/Q1-gone"), property=uri("prop/statement/P190")),
            row(
                item=uri("entity/Q1"),
                statement=uri("entity/statement/Q1-unknown"),
                property=uri("prop/statement/P190"),
                value=uri(".well-known/genid/abc"),
            ),
            row(
                item=uri("entity/Q1"),
                statement=uri("entity/statement/Q1-size"),
                property=uri("prop/statement/P1082"),
                value={"type": "typed-literal", "value": "+5", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"},
            ),
            row(
                item=uri("entity/Q1"),
                statement=uri("entity/statement/Q1-place"),
                property=uri("prop/statement/P625"),
                value=literal("Point(27.5 62.5)"),
            ),
            row(
                item=uri("entity/Q1"),
                statement=uri("entity/statement/Q1-place-2"),
                property=uri("prop/statement/P625"),
                value=literal("Point(1.e.5 62.5)"),
            ),
            row(item=uri("entity/Q1"), property=uri("prop/direct/P300"), value=literal("FI-15")),
            row(item=uri("entity/Q1"), property=uri("prop/direct/P300")),
        ]
    )  # fmt: skip
    found: list[Remarks] = []
    dataset = from_sparql(answer, as_of="2026-11-24", report=found.append)
    made, place = dataset.partnerships["Q1", "Q2"], dataset.cities["Q1"]
    assert (str(made.since), made.status, made.until, made.milestones) == (
        "1953",
        "ended",
        None,
        (tc.Milestone(kind="attested", date="1960"),),
    )
    assert (place.name, place.population, place.subdivision_codes) == ("Kuopio", 5, ("FI-15",))
    assert place.coordinates == tc.Coordinates(latitude=62.5, longitude=27.5)
    assert found == [Remarks(unknown_partners=2, only_named=1, unheld_dates=1, unheld_labels=1, unheld_values=1)]
    assert from_sparql(json.loads(answer), answer, as_of="2026-11-24") == dataset


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        ([], "$.head: expected an object, got None"),
        (
            {"head": {"vars": ["item"]}},
            "$.head.vars: expected the variables item, statement, rank, reference, property",
        ),
        ({"head": {"vars": None}}, "$.head.vars: expected the variables"),
        ([row()], "$.results.bindings[0].property: expected a property of the published query, got None"),
        (
            [row(property=uri("x"))],
            "$.results.bindings[0].property: expected a property of the published query, got 'http",
        ),
        ([row(property=uri("prop/statement/P190"))], "$.results.bindings[0].statement: expected a statement, got None"),
        (
            [{**tie_row("Q1", "Q2"), "statement": uri("x")}],
            "$.results.bindings[0].statement: expected an address that begins with http://www.wikidata.org/entity/stat",
        ),
        ([{**tie_row("Q1", "Q2"), "rank": uri("x")}], "$.results.bindings[0].rank: expected a rank of Wikibase's, got"),
        (
            [row(reference=uri("reference/.."), property=uri("prop/reference/P854"))],
            "$.results.bindings[0].reference: expected a reference named by its hash, got '..'",
        ),
        (
            [{**tie_row("Q1", "Q2"), "precision": literal("high")}],
            "$.results.bindings[0].precision: expected a precision as number, got 'high'",
        ),
        ([row(item={"type": "x"})], "$.results.bindings[0].item.type: expected uri, literal or bnode, got 'x'"),
        ([row(item={"type": "uri"})], "$.results.bindings[0].item.value: expected text, got None"),
        *(
            (
                [{**tie_row("Q1", "Q2"), "item": {"type": "uri", "value": address}}],
                "$.results.bindings[0].item: expected an",
            )
            for address in ("", "Q1", "https://www.wikidata.org/entity/Q1", "http://www.wikidata.org/entity/Q0")
        ),
    ],
)
def test_answers_of_another_form(answer: Any, problem: str) -> None:
    """What isn't an answer to the published query is refused with its path."""
    whole = json.loads(results(answer)) if answer and isinstance(answer, list) else answer
    with pytest.raises(tc.DatasetError) as caught:
        from_sparql(whole)
    assert str(caught.value).startswith(problem)


# -- the queries -----------------------------------------------------------------------------------


@pytest.mark.parametrize("id", ["", "Q0", "q1", "Q1 ", "P190", "Q1} DROP ALL {", "Q1\n", 1, None])
def test_ids_are_checked_before_they_enter_a_query(id: Any) -> None:
    """Nothing but a Wikidata id becomes part of a query."""
    with pytest.raises(tc.QueryError, match="expected a Wikidata id"):
        cities_query([id])


def test_other_parts_of_a_query_are_checked() -> None:
    """Countries and languages have their forms; without cities there is no query."""
    for wrong in ("fi", "FIN", 'FI" .', "", None):
        with pytest.raises(tc.QueryError, match="expected an ISO 3166-1 alpha-2 code or a Wikidata id"):
            country_query(wrong)  # type: ignore[arg-type]
    for wrong in ('en") #', "", None, "EN"):
        with pytest.raises(tc.QueryError, match="expected a BCP 47 language tag"):
            cities_query("Q1", [wrong])  # type: ignore[list-item]
    with pytest.raises(tc.QueryError, match="one Wikidata id or more, got none"):
        cities_query([])


def test_queries_use_no_service() -> None:
    """The query is plain SPARQL 1.1, and the same in whatever order the cities are given."""
    assert "SERVICE" not in cities_query(["Q2", "Q1"]) + country_query("FI") + country_query("Q33")
    assert cities_query(["Q2", "Q1", "Q2"], "fi") == cities_query(("Q1", "Q2"), ["fi", "mul"])
    assert "wd:Q1 wd:Q2" in cities_query(["Q10", "Q2", "Q1"])


# -- against a real SPARQL server ------------------------------------------------------------------


@pytest.fixture(scope="module")
def program() -> str:
    """The SPARQL server `oxigraph`."""
    found = oxigraph_program()
    if found is None:
        pytest.skip("the program oxigraph isn't installed")
    return found


@pytest.fixture(scope="module")
def store(program: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The address of a server whose data can be replaced."""
    with oxigraph(program, tmp_path_factory.mktemp("store") / "db", writable=True) as address:
        yield address


@settings(max_examples=30)
@given(world=docs.worlds())
def test_sparql_says_what_entities_say(store: str, world: list[Any]) -> None:
    """The same facts give the same data set, as entity documents and as a SPARQL server's answer."""
    put(store, docs.triples(*world))
    cities = [place["id"] for place in world if "P31" in place["claims"]]
    answers = [ask(store, cities_query(cities, ["en", "fi", "zh-Hant"]))]
    answers += [ask(store, cities_query(id, ["en", "fi", "zh-Hant"])) for id in cities]
    expected = from_entities(wrapped(*world))
    assert from_sparql(answers[0]) == from_sparql(*answers[1:]) == from_sparql(*answers) == expected


def test_fetch_from_a_real_server(program: str, tmp_path: Path) -> None:
    """A city and a country are fetched from a read-only SPARQL server over Wikidata's RDF."""
    pytest.importorskip("urllib3")
    world = [
        country("Q33", "FI"),
        entity("Q1", statement(item("P17", "Q33")), statement(item("P190", "Q2"), year("P580", 1953)), labels=LABELS),
        entity("Q2", statement(item("P31", "Q515")), labels={"en": "Opole"}),
        entity("Q3", statement(item("P17", "Q33")), labels={"en": "Alone"}),
        entity("Q4", statement(item("P17", "Q33")), labels={"en": "Named by another"}),
        entity("Q5", statement(item("P190", "Q4")), statement(none("P190")), labels={"en": "Far"}),
    ]
    load(program, tmp_path / "db", docs.triples(*world))
    with oxigraph(program, tmp_path / "db") as address:
        city = wikidata.fetch("Q1", endpoint=f"{address}/query", progress=None)
        assert list(city.partnerships) == [("Q1", "Q2")]
        assert str(city.partnership("Kuopio", "Opole").since) == "1953"
        for asked in ("FI", "Q33"):
            found = wikidata.fetch(country=asked, endpoint=f"{address}/query", page_size=1, progress=None)
            assert list(found.partnerships) == [("Q1", "Q2"), ("Q4", "Q5")]
            assert {tie.city.country_code for tie in found.ties()} >= {"FI"}
        assert not wikidata.fetch(country="SE", endpoint=f"{address}/query", progress=None).cities


# -- whole worlds ----------------------------------------------------------------------------------


@settings(max_examples=50)
@given(docs.worlds())
def test_what_documents_say_is_what_the_data_set_says(world: list[Any]) -> None:
    """Ties, sides and starts of generated documents are those of the data set, which comes back from its own document."""
    expected: dict[tuple[str, str], set[str]] = {}
    starts: dict[tuple[str, str], set[str]] = {}
    for place in world:
        for stated in place["claims"].get("P190", ()):
            if stated["rank"] == "deprecated" or stated["mainsnak"]["snaktype"] != "value":
                continue
            partner = stated["mainsnak"]["datavalue"]["value"]["id"]
            if partner != place["id"]:
                pair = min(place["id"], partner), max(place["id"], partner)
                expected.setdefault(pair, set()).add(place["id"])
                starts.setdefault(pair, set()).update(
                    snak["datavalue"]["value"]["time"][1:5]
                    for snak in stated.get("qualifiers", {}).get("P580", ())
                    if snak["snaktype"] == "value" and snak["datavalue"]["value"]["precision"] >= 9
                )
    dataset = from_entities(wrapped(*world))
    assert {pair: set(made.asserted_by) for pair, made in dataset.partnerships.items()} == expected
    for pair, made in dataset.partnerships.items():
        if made.since is not None and made.since.year is not None:
            assert str(made.since)[:4] in starts[pair]
        elif starts[pair]:
            assert made.since is not None
    for place in world:
        if "P31" in place["claims"]:
            names = {"zh-Hant" if code == "zh-hant" else code: one["value"] for code, one in place["labels"].items()}
            assert dataset.cities[place["id"]].names == names
    assert tc.from_json(dataset.to_json()) == dataset
    assert from_entities(*reversed(world)) == dataset


_WRONG: list[Any] = [None, True, -1, 1.5, float("nan"), 10**400, "", "x", "Q1", "\ud800", [], ["x"], {}, {"id": "x"}]


def places_in(value: Any) -> list[tuple[Any, Any]]:
    """Every list or dict in a JSON value with each of its indexes or keys."""
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, inner in list(entries) for place in [(value, key), *places_in(inner)]]


@settings(max_examples=50)
@given(docs.worlds(), st.data())
def test_damaged_documents_are_read_or_refused(world: list[Any], data: st.DataObject) -> None:
    """A document with mistakes gives a data set or an error of the library, never another."""
    document = copy.deepcopy(wrapped(*world))
    for _ in range(data.draw(st.integers(1, 2))):
        where, key = data.draw(st.sampled_from(places_in(document)))
        where[key] = data.draw(st.sampled_from(_WRONG))
    with contextlib.suppress(tc.DatasetError):
        from_entities(document)


@settings(max_examples=150)
@given(st.data())
def test_damaged_answers_are_read_or_refused(data: st.DataObject) -> None:
    """An answer with a mistake gives a data set or an error of the library, never another."""
    rows = [
        tie_row("Q1", "Q2"),
        row(item=uri("entity/Q1"), property=uri("prop/direct/P297"), value=literal("FI")),
        row(
            statement=STATEMENT,
            reference=uri("reference/ab"),
            property=uri("prop/reference/P854"),
            value=uri("https://example.org"),
        ),
    ]
    document = json.loads(results(rows))
    where, key = data.draw(st.sampled_from(places_in(document)))
    where[key] = data.draw(st.sampled_from(_WRONG))
    with contextlib.suppress(tc.TwinCitiesError):
        from_sparql(document)


def test_a_country_that_is_none_is_reported_before_anything_is_asked() -> None:
    """A code that no country has doesn't give a data set without cities; the United Kingdom is known as UK too."""
    assert country_query("UK") == country_query("GB")
    with pytest.raises(tc.UnknownCountryError, match="unknown country 'EL'"):
        country_query("EL")


# -- saved documents -------------------------------------------------------------------------------


def test_an_entity_that_is_missing_is_counted() -> None:
    """As the API says it of an unknown page: without an id, under a number of its own; the others are read."""
    document = {
        "entities": {**wrapped(entity("Q1"))["entities"], "-1": {"site": "enwiki", "title": "x", "missing": ""}}
    }
    dataset, remarks = remarks_of(document, {"entities": {"-1": {"missing": ""}, "-2": {"missing": ""}}})
    assert set(dataset.cities) == {"Q1"}
    assert remarks == Remarks(missing=2)


def test_a_label_counts_in_its_own_language() -> None:
    """A label that the API took from another language as a fallback is a name in that language only."""
    labels = {
        "fi": {"language": "en", "value": "Cologne", "for-language": "fi"},
        "de": {"language": "de", "value": "Köln"},
    }
    aliases = {"fi": [{"language": "en", "value": "Colonia"}]}
    dataset, _ = remarks_of({"id": "Q365", "labels": labels, "aliases": aliases})
    city = dataset.cities["Q365"]
    assert city.names == {"de": "Köln", "en": "Cologne"}
    assert city.alt_names == ("Colonia",)


@pytest.mark.parametrize("ending", [".json", ".json.gz"])
def test_saved_documents_are_known_by_their_content(ending: str, tmp_path: Path) -> None:
    """`tc.read` reads what was saved from Wikidata as `from_entities` and `from_sparql` do, whatever the file's name."""
    tied = entity("Q1", statement(item("P190", "Q2")))
    for number, (document, expected) in enumerate(
        [
            (tied, from_entities(tied)),
            (wrapped(tied), from_entities(tied)),
            (json.loads(results([tie_row("Q1", "Q2")])), from_sparql(results([tie_row("Q1", "Q2")]))),
        ]
    ):
        path = tmp_path / f"{number}{ending}"
        data = json.dumps(document).encode()
        path.write_bytes(gzip.compress(data) if ending.endswith("gz") else data)
        reports: list[str] = []
        assert tc.read(path, report=reports.append) == expected
        assert len(reports) <= 1


@pytest.mark.parametrize(
    "document", [{"head": 1}, {"id": "Q1"}, {"id": "kuopio", "labels": {}}, {"entities": 3}, [], 3]
)
def test_other_documents_are_what_they_are(document: Any, tmp_path: Path) -> None:
    """What isn't clearly Wikidata's is refused as a document of ours that is wrong."""
    path = tmp_path / "x.json"
    path.write_text(json.dumps(document))
    with pytest.raises(tc.DatasetError) as caught:
        tc.read(path)
    assert "expected" in str(caught.value)


def test_a_saved_document_that_is_damaged_says_where(tmp_path: Path) -> None:
    """The error is that of Wikidata's form, with the file."""
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"entities": {"Q1": {"id": "Q1", "labels": 3}}}))
    with pytest.raises(tc.DatasetError, match=r"\$\.entities\.Q1\.labels in .*x\.json: expected an object, got 3"):
        tc.read(path)


def test_what_a_saved_document_doesnt_show_is_a_warning(tmp_path: Path) -> None:
    """Without `report=` what was left out is a `DatasetWarning`."""
    path = tmp_path / "x.json"
    path.write_text(json.dumps({"entities": {"Q1": {"id": "Q1", "labels": {}}, "-1": {"missing": ""}}}))
    with pytest.warns(tc.DatasetWarning, match="1 missing entity"):
        assert set(tc.read(path).cities) == {"Q1"}
