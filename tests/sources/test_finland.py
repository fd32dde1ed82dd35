"""
The data set of Finland's ten largest cities against a table of facts that was written down apart from it.

`finland_facts.csv` was typed from what pages of cities, associations and newspapers say, not from the data: a slip in one
and a slip in the other would have to be the same to go unseen.
"""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import attrs
import pytest

import twincities as tc
from twincities.document.text import laid_out

HERE = Path(__file__).parent
CITIES = ("espoo", "helsinki", "jyvaskyla", "kuopio", "lahti", "oulu", "pori", "tampere", "turku", "vantaa")
with (HERE / "finland_facts.csv").open(encoding="utf-8", newline="") as rows:
    FACTS = list(csv.DictReader(rows))

# Whose pages these are, where a city writes under several names: they count once.
ONE_VOICE = (
    "espoo esbo",
    "essen",
    "helsinki",
    "oulu oulun",
    "kuopio kuopion",
    "jinan",
    "leverkusen",
    "olomouc statutární",
)
WEAK = ("Wikidata", "Wikipedia")
DS = tc.load("finland")

each_fact = pytest.mark.parametrize("fact", FACTS, ids=[f"{fact['city']}-{fact['partner']}" for fact in FACTS])


def documents() -> Iterator[tuple[str, Any]]:
    """The shipped files of the data set as plain JSON."""
    folder = resources.files("twincities").joinpath("data/finland")
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        yield file.name, json.loads(file.read_bytes().decode("utf-8"))


def walk(value: Any, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every value with the keys that lead to it."""
    yield keys, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, (*keys, key))
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, keys)


def tie_of(fact: dict[str, str]) -> tc.Partnership:
    """The partnership that a row of the table is about."""
    return DS.partnerships[fact["city"], fact["partner"]]


def voices(tie: tc.Partnership) -> set[str]:
    """The publishers that state a tie, without Wikidata and Wikipedia; a city that writes under several names is one."""
    found = set()
    for id in [*tie.sources, *(id for key in ("since", "asserted_by") for id in tie.field_sources.get(key, ()))]:
        publisher = DS.sources[id].publisher or ""
        if publisher not in WEAK:
            words = set(publisher.casefold().split())
            found.add(next((voice for voice in ONE_VOICE if words & set(voice.split())), publisher.casefold()))
    return found


# -- the ties --------------------------------------------------------------------------------------


def test_the_ties_are_those_of_the_table() -> None:
    """No tie of the ten is missing, and none is there that the table hasn't, but for one that another continues."""
    stated = {tuple(sorted((fact["city"], fact["partner"]))) for fact in FACTS}
    held = {tie.cities for tie in DS.partnerships.values() if set(tie.cities) & set(CITIES)}
    assert held - stated == {("jyvaskyla", "neskaupstadur")}
    assert stated <= held
    assert len(stated) == len(FACTS) == 121


@each_fact
def test_a_tie_is_as_the_table_has_it(fact: dict[str, str]) -> None:
    """Country, kind, start and status are those of the sources; what none says is left open."""
    tie = tie_of(fact)
    texts = [tie.kind, tie.since, tie.status, tie.status_since]
    assert [str(value or "") for value in texts] == [fact[key] for key in ("kind", "since", "status", "status_since")]
    assert DS.cities[fact["partner"]].country_code == fact["country"]


@each_fact
def test_other_starts_stand_as_claims(fact: dict[str, str]) -> None:
    """What other sources give as the start stands beside it, with the source of each."""
    claims = [claim for claim in tie_of(fact).claims if claim.field == "since"]
    assert [claim.value for claim in claims] == fact["otherwise"].split()
    assert all(claim.sources for claim in claims)


@each_fact
def test_a_tie_has_the_sources_that_the_table_counts(fact: dict[str, str]) -> None:
    """What rests on two sources has two publishers; a start that two agree on has two sources of its own."""
    tie = tie_of(fact)
    if fact["tie"] == "two":
        assert len(voices(tie)) >= 2
    starts = {"unknown": 0, "one": 1, "disputed": 1, "agreed": 1}
    stated = tie.stated("since")
    assert bool(tie.since) == (fact["start"] != "unknown") or fact["start"] == "disputed"
    assert len(stated) >= starts[fact["start"]]
    if fact["start"] == "disputed":
        assert len({str(value)[:4] for value, _, _ in stated}) > 1 or len(stated) > 1


def test_most_ties_rest_on_two_independent_sources() -> None:
    """At least six in ten have two sources that are independent of each other; Wikidata and Wikipedia don't count."""
    assert sum(fact["tie"] == "two" for fact in FACTS) >= 0.6 * len(FACTS)


def test_the_page_has_the_counts_of_the_table() -> None:
    """The table in the docs counts what the table of facts has."""
    page = (HERE.parents[1] / "docs" / "data.md").read_text(encoding="utf-8")
    for city in CITIES:
        facts = [fact for fact in FACTS if fact["city"] == city]
        ties, starts = Counter(fact["tie"] for fact in facts), Counter(fact["start"] for fact in facts)
        counts = [
            len(facts),
            ties["two"],
            ties["one"],
            *(starts[key] for key in ("agreed", "disputed", "one", "unknown")),
        ]
        row = f"| {DS.cities[city].name} | {' | '.join(map(str, counts))} |"
        assert row in page


# -- who says so -----------------------------------------------------------------------------------


def test_every_record_and_claim_has_sources() -> None:
    """Each place, tie, network and claim names who says so."""
    records = [*DS.cities.values(), *DS.partnerships.values(), *DS.networks.values()]
    assert [record for record in records if not record.sources] == []
    assert [claim for record in records for claim in record.claims if not claim.sources] == []


def test_every_source_can_be_looked_up() -> None:
    """A source has a title, a publisher, the day when it was read, and an address, unless that spells somebody's name."""
    without = {"translation", "minneapolis-weblog-2012", "racurs-2026", "firenze-2022", "ziua-2018"}
    for _, document in documents():
        for source in document.get("sources", ()):
            assert source["title"]
            assert source["publisher"]
            assert source["retrieved"] == "2026-11-26"
            assert source["id"] in without or source["url"].startswith("http")


def test_every_source_is_used() -> None:
    """No source is left over."""
    text = json.dumps(DS.to_dict() | {"sources": []}, ensure_ascii=False)
    assert [id for id in DS.sources if f'"{id}"' not in text] == []


def test_who_asserts_a_tie_is_one_of_its_cities_and_has_a_source() -> None:
    """A city asserts a tie where a page of its own states it: the record names that page."""
    for tie in DS.partnerships.values():
        assert set(tie.asserted_by) <= set(tie.cities)
        assert not tie.asserted_by or tie.field_sources.get("asserted_by", tie.sources)


def test_points_are_credited_to_geonames() -> None:
    """GeoNames asks to be named: each point and id from it says so."""
    for city in DS.cities.values():
        if city.geonames_id is not None:
            assert "geonames" in city.field_sources.get("geonames_id", city.sources)
            assert "geonames" in city.field_sources.get("coordinates", city.sources) or city.id == "laane-viru"


def test_wikidata_ids_name_the_wikidata_that_was_seen() -> None:
    """An id of Wikidata stands only where a copy of Wikidata was seen to have it."""
    for city in DS.cities.values():
        if city.wikidata_id is not None:
            assert set(city.field_sources.get("wikidata_id", city.sources)) <= {"wikidata-2016", "wikidata-2022"}


# -- the whole -------------------------------------------------------------------------------------


def test_kuopio_is_the_same_in_both_data_sets() -> None:
    """The records of Kuopio's own data set are in the larger one unchanged, and the smaller stays as it was."""
    kuopio = tc.load()
    assert kuopio.id == "kuopio"
    assert len(kuopio.partners("Kuopio")) == 15
    for name in ("cities", "partnerships", "networks", "sources"):
        assert all(getattr(DS, name)[key] == record for key, record in getattr(kuopio, name).items())
    assert DS.merge(kuopio).partnerships == DS.partnerships


def test_lists_that_are_whole_are_said_to_be() -> None:
    """Espoo's and Kuopio's own pages list all; no such page of the others was seen."""
    assert DS.complete_for == ("espoo", "kuopio")
    assert [city for city in CITIES if DS.partners(city).complete] == ["espoo", "kuopio"]


def test_lint_finds_nothing_but_ties_that_one_side_states() -> None:
    """No error and no warning: what is noted is that of many ties only one city's own page was seen."""
    assert {str(finding.code) for finding in DS.lint()} <= {"one-sided-tie", "unsettled", "part-and-whole"}
    assert [finding for finding in DS.lint() if finding.severity != "note"] == []


def test_each_city_has_a_file_that_people_edit() -> None:
    """The files are laid out as `write` does it, so that a change shows as no more than a change; all of them are read."""
    shipped = dict(documents())
    assert sorted(shipped) == sorted([*(f"{city}.json" for city in CITIES), "finland.json"])
    folder = resources.files("twincities").joinpath("data/finland")
    for name, document in shipped.items():
        assert folder.joinpath(name).read_text(encoding="utf-8") == laid_out(document)
        assert document["format"] == "twincities/1"
        city = name.removesuffix(".json")
        for tie in document.get("partnerships", ()):
            assert tuple(tie["cities"]) in DS.partnerships
        assert city == "finland" or any(city in tie["cities"] for tie in document["partnerships"])


def test_texts_are_in_three_languages() -> None:
    """Summaries, titles of agreements and names of networks are in Finnish, Swedish and English."""
    for name, document in documents():
        for keys, value in walk(document):
            title = keys[-1:] == ("names",) and keys[0] != "cities" and keys[-2:] != ("partnerships", "names")
            if isinstance(value, dict) and (keys[-1:] == ("summary",) or title):
                assert {"fi", "sv", "en"} <= value.keys(), (name, keys, value)


def test_no_telephone_number_or_mailbox_is_shipped() -> None:
    """No text for people holds what looks like a number to call or an address of a mailbox."""
    number = re.compile(r"\d(?:[ .)-]{0,2}\d){6,}")
    for _, document in documents():
        for keys, value in walk(document):
            if (
                isinstance(value, str)
                and {"summary", "names", "title", "alt_names"} & set(keys)
                and "field_sources" not in keys
            ):
                assert not number.search(re.sub(r"\d{4}–\d{4}", "", value))
                assert "@" not in value


# -- questions that only this set answers ----------------------------------------------------------


def test_what_was_suspended_and_ended_in_2022() -> None:
    """Helsinki, Lahti and Turku suspended, Espoo ended; nothing is said of cities whose decision wasn't found."""
    halted = {
        tie.cities: tie.status.value
        for tie in DS.partnerships.values()
        if tie.status in {"suspended", "ended"} and str(tie.status_since or "").startswith("2022")
    }
    assert halted == {
        ("espoo", "gatchina"): "ended",
        ("espoo", "sochi"): "ended",
        ("helsinki", "moscow"): "suspended",
        ("helsinki", "saint-petersburg"): "suspended",
        ("kaluga", "lahti"): "suspended",
        ("saint-petersburg", "turku"): "suspended",
    }
    for pair in (("jyvaskyla", "yaroslavl"), ("oulu", "arkhangelsk"), ("tampere", "nizhny-novgorod")):
        assert DS.partnerships[pair].status is None


def test_partners_that_two_cities_share() -> None:
    """Three partners are shared by two of the ten."""
    shared = Counter(fact["partner"] for fact in FACTS)
    assert {partner for partner, count in shared.items() if count > 1} == {"kyiv", "saint-petersburg", "tartu"}
    for partner in ("kyiv", "saint-petersburg", "tartu"):
        assert len([tie for tie in DS.partners(partner) if tie.partner.id in CITIES]) == 2


@pytest.mark.parametrize(
    ("network", "since"),
    [
        ("nordic", "194X"),
        ("espoo-nordic-ring", None),
        ("jyvaskyla-nordic-chain", None),
        ("nordic-platform", "1995"),
        ("novu-ring", "194X"),
        ("turku-nordic-ring", "1946"),
        ("vantaa-nordic-chain", "1947-11-10"),
    ],
)
def test_members_of_a_nordic_ring_are_tied_in_pairs(network: str, since: str | None) -> None:
    """Seven of the ten belong to a Nordic ring, and its members are twins of each other; two pairs no source names."""
    ring = DS.networks[network]
    assert (str(ring.since) if ring.since else None) == since
    members = sorted(ring.members)
    pairs = {(one, other) for i, one in enumerate(members) for other in members[i + 1 :]}
    unnamed = {("esbjerg", "stavanger")}
    assert pairs - set(DS.partnerships.keys()) - unnamed == set()


def test_a_tie_taken_over_in_a_merger_counts_from_its_beginning() -> None:
    """Oulu carries on Haukipudas's tie of 1992, and Fjarðabyggð that of Neskaupstaður."""
    tie = DS.partnerships["oulu", "szigetszentmiklos"]
    earlier = DS.partnerships[tie.continues]
    assert (str(earlier.since), str(earlier.status), str(earlier.status_since)) == ("1992-09", "ended", "2013-01-01")
    assert DS.cities["haukipudas"].succeeded_by == ("oulu",)
    assert DS.partnerships["fjardabyggd", "jyvaskyla"].continues == ("jyvaskyla", "neskaupstadur")


def test_districts_say_what_they_are_part_of() -> None:
    """Nõmme is a district of Tallinn, Pudong of Shanghai."""
    assert {city.id: city.part_of for city in DS.cities.values() if city.part_of} == {
        "nomme": ("tallinn",),
        "pudong": ("shanghai",),
    }


# -- from version to version -----------------------------------------------------------------------


def test_what_changed_between_two_versions_is_listed(tmp_path: Path) -> None:
    """The notes of a release of data come from a comparison: what opened, what ended, what got a date."""
    tool = HERE.parents[1] / "tools" / "data_notes.py"
    if not tool.exists():
        pytest.skip("needs the source tree")
    ended = attrs.evolve(DS.partnerships["espoo", "sochi"], status="active", status_since=None, milestones=())
    dated = attrs.evolve(DS.partnerships["lahti", "suhl"], since=None)
    old = DS.with_records(ended, dated).without(DS.partnerships["helsinki", "dnipro"])
    old.write(tmp_path / "old.json")
    command = [sys.executable, str(tool), str(tmp_path / "old.json"), "finland"]
    env = {**os.environ, "PYTHONUTF8": "1"}
    printed = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, env=env).stdout
    assert set(printed.splitlines()) == {
        "- Added Dnipro – Helsinki.",
        "- Espoo – Sochi: status ended, before active.",
        "- Espoo – Sochi: status since 2022-03-03.",
        "- Lahti – Suhl: since 1988.",
    }
