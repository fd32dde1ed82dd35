"""
Make a world of twin cities: a seeded document in the format `twincities/1`, for measuring.

    python benchmarks/make_world.py --cities 40000 --out world.json
    python benchmarks/make_world.py --cities 40000 --out world.jsonl --jsonl
    python benchmarks/make_world.py --cities 12470 --sparse --out world.json

The standard library alone; the same numbers give the same bytes on every machine. Three partnerships a city, with
preferential attachment: a few cities have hundreds of partners, most have a handful. A sparse world has about what
Wikidata knows: names, country, coordinates and ids of cities, and the start of one partnership in three.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SEED = 190
COUNTRIES = (  # noqa: SIM905  # a line of codes reads better than a list
    "AR AT AU BE BG BR CA CH CL CN CO CZ DE DK EE ES FI FR GB GR HR HU IE IL IN IS IT JP KR LT LU LV MA MX NL NO NZ PE PH "
    "PL PT RO RS RU SE SI SK TH TN TR TW UA US UY VN ZA"
).split()
AREAS = (
    ("w-culture", "Kulttuuri", "Kultur", "Culture", ()),
    ("w-music", "Musiikki", "Musik", "Music", ("w-culture",)),
    ("w-theatre", "Teatteri", "Teater", "Theatre", ("w-culture",)),
    ("w-education", "Koulutus", "Utbildning", "Education", ()),
    ("w-schools", "Koulut", "Skolor", "Schools", ("w-education",)),
    ("w-exchange", "Opiskelijavaihto", "Studentutbyte", "Student exchange", ("w-education",)),
    ("w-business", "Elinkeinot", "Näringsliv", "Business", ()),
    ("w-tourism", "Matkailu", "Turism", "Tourism", ("w-business",)),
    ("w-environment", "Ympäristö", "Miljö", "Environment", ()),
    ("w-water", "Vesi", "Vatten", "Water", ("w-environment",)),
    ("w-sport", "Urheilu", "Idrott", "Sport", ()),
    ("w-youth", "Nuoriso", "Ungdom", "Youth", ()),
)
STATUSES = ("active",) * 12 + ("dormant",) * 4 + ("suspended", "ended", None, None)
KINDS = ("twinning",) * 8 + ("friendship", "contact", "project", None)
PLACES = ("city", "town", "municipality", "county")
START = (
    "Bä",
    "Bø",
    "Cze",
    "Dra",
    "Ész",
    "Fju",
    "Gló",
    "Hä",
    "Ís",
    "Jö",
    "Kú",
    "Lø",
    "Łó",
    "Mäl",
    "Na",
    "Ö",
    "Pra",
    "Qui",
)
MIDDLE = (
    "ber",
    "dal",
    "fur",
    "gá",
    "hol",
    "jär",
    "ków",
    "lin",
    "mün",
    "név",
    "ör",
    "pun",
    "rá",
    "sto",
    "tør",
    "vík",
    "zsá",
)
END = (
    "bourg",
    "by",
    "dorf",
    "ek",
    "fjørð",
    "gard",
    "hamn",
    "ice",
    "köping",
    "lä",
    "mäki",
    "nyí",
    "ów",
    "pol",
    "stad",
    "vár",
)


def name(dice: random.Random, number: int) -> str:
    """
    A name with diacritics; now and then two cities share one.
    """
    syllables = [dice.choice(START), *(dice.choice(MIDDLE) for _ in range(dice.randint(1, 2))), dice.choice(END)]
    return "".join(syllables) + (f" {number % 97}" if dice.random() < 0.5 else "")


def date(dice: random.Random, first: int = 1920, last: int = 2024) -> str:
    """
    An EDTF date, mostly a year.
    """
    year = dice.randint(first, last)
    form = dice.random()
    if form < 0.7:
        return str(year)
    if form < 0.8:
        return f"{year}-{dice.randint(1, 12):02d}"
    if form < 0.9:
        return f"{year}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
    return f"{str(year)[:3]}X" if form < 0.95 else f"{year}{dice.choice('?~')}"


def cities(dice: random.Random, count: int) -> Iterator[dict[str, Any]]:
    """
    The cities, with names in three languages.
    """
    for number in range(count):
        own = name(dice, number)
        yield {
            "id": f"c{number}",
            "name": own,
            "names": {"fi": own.replace("ø", "ö"), "sv": own + dice.choice(("", "a", "å")), "en": own},
            "kind": dice.choice(PLACES),
            "country_code": dice.choice(COUNTRIES),
            "coordinates": {
                "latitude": round(dice.uniform(-60, 75), 5),
                "longitude": round(dice.uniform(-180, 180), 5),
            },
            "populations": [
                {"value": int(dice.paretovariate(1) * 5000), "as_of": str(dice.randint(1990, 2024))}
                for _ in range(dice.randint(1, 2))
            ],
            "wikidata_id": f"Q{1_000_000 + number}",
            "sources": [f"s{number % 40}"],
        }


def activity(dice: random.Random) -> dict[str, Any]:
    """
    One line of cooperation.
    """
    made: dict[str, Any] = {
        "areas": [area[0] for area in dice.sample(AREAS, dice.randint(1, 2))],
        "summary": {"en": f"Exchange no. {dice.randint(1, 999)}"},
        "stage": dice.choice(("ongoing", "past", "planned")),
    }
    if dice.random() < 0.3:
        year = dice.randint(1970, 2020)
        made["period"] = f"{year}/{year + dice.randint(0, 9)}"
    return made


def partnerships(dice: random.Random, count: int) -> Iterator[dict[str, Any]]:
    """
    Three partnerships a city: one end anywhere, the other the likelier, the more partners it has.
    """
    ends: list[int] = []
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < 3 * count:
        here = dice.randrange(count)
        there = dice.choice(ends) if ends and dice.random() < 0.97 else dice.randrange(count)
        pair = (min(here, there), max(here, there))
        if here == there or pair in pairs:
            continue
        pairs.add(pair)
        ends += pair
        made: dict[str, Any] = {"cities": sorted((f"c{here}", f"c{there}"))}
        if kind := dice.choice(KINDS):
            made["kind"] = kind
        if status := dice.choice(STATUSES):
            made["status"] = status
        if dice.random() < 0.9:
            made["since"] = date(dice)
        if activities := [activity(dice) for _ in range(dice.randint(0, 4))]:
            made["activities"] = activities
        made["sources"] = [f"s{dice.randrange(40)}"]
        yield made


def world(count: int) -> dict[str, Any]:
    """
    The whole document.
    """
    dice = random.Random(SEED)  # noqa: S311  # no secret
    return {
        "format": "twincities/1",
        "id": f"world-{count}",
        "title": f"A made-up world of {count} cities",
        "version": "1",
        "as_of": "2025-01",
        "sources": [{"id": f"s{number}", "title": f"Source {number}"} for number in range(40)],
        "areas": [
            {"id": id, "pref_label": {"fi": fi, "sv": sv, "en": en}, **({"broader": list(broader)} if broader else {})}
            for id, fi, sv, en, broader in AREAS
        ],
        "cities": list(cities(dice, count)),
        "partnerships": list(partnerships(dice, count)),
    }


def sparse(document: dict[str, Any]) -> dict[str, Any]:
    """
    The same world with about what Wikidata knows of it.
    """
    for city in document["cities"]:
        del city["kind"], city["populations"]
        city["geonames_id"] = city["wikidata_id"][1:]
    for number, partnership in enumerate(document["partnerships"]):
        dropped = {"kind", "status", "activities"} | ({"since"} if number % 3 else set())
        for field in dropped & partnership.keys():
            del partnership[field]
    return document


def lines(document: dict[str, Any]) -> Iterator[str]:
    """
    The same as JSON Lines: the head, then a record a line.
    """
    lists = {"sources": "source", "areas": "area", "cities": "city", "partnerships": "partnership"}
    yield text({key: value for key, value in document.items() if key not in lists})
    for key, singular in lists.items():
        for record in document[key]:
            yield text({singular: record})


def text(value: object) -> str:
    """
    Compact JSON.
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    """
    Write the file that the command line asks for.
    """
    parser = argparse.ArgumentParser(description="Make a seeded world of twin cities.")
    parser.add_argument("--cities", type=int, default=40_000)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--jsonl", action="store_true", help="write JSON Lines")
    parser.add_argument("--sparse", action="store_true", help="with about what Wikidata knows")
    given = parser.parse_args()
    document = sparse(world(given.cities)) if given.sparse else world(given.cities)
    content = "".join(f"{line}\n" for line in lines(document)) if given.jsonl else text(document)
    given.out.write_text(content, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
