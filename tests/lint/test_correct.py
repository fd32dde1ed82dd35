"""
Ordinary, correct data: no check reports anything.
"""

from __future__ import annotations

from typing import Any

import pytest

import twincities as tc


def city(id: str, name: str, country: str, latitude: float, longitude: float, **facts: Any) -> tc.City:
    """A city with a name, a country and a point."""
    place = tc.Coordinates(latitude=latitude, longitude=longitude)
    return tc.City(id=id, name=name, country_code=country, coordinates=place, **facts)


def tie(one: str, other: str, **facts: Any) -> tc.Partnership:
    """A partnership of two cities."""
    return tc.Partnership(cities=(one, other), **facts)


KUOPIO = city("kuopio", "Kuopio", "FI", 62.89, 27.68)
BODO = city("bodo", "Bodø", "NO", 67.28, 14.4, subdivision_codes=["NO-18"])
JONKOPING = city("jonkoping", "Jönköping", "SE", 57.78, 14.16, milestones=[tc.Milestone(kind="founded", date="1284")])

CORRECT = {
    "a tie suspended by decision": tc.Dataset(
        cities=[KUOPIO, city("pskov", "Pskov", "RU", 57.82, 28.33)],
        partnerships=[
            tie(
                "kuopio", "pskov", since="1966", status="suspended", status_since="2022-03",
                milestones=[tc.Milestone(kind="decision", date="2022-03-07"), tc.Milestone(kind="suspended", date="2022-03-07")],
            )
        ],
        as_of="2026-11",
    ),
    "a tie broken off and resumed": tc.Dataset(
        cities=[city("aarhus", "Aarhus", "DK", 56.15, 10.2), city("rostock", "Rostock", "DE", 54.09, 12.1)],
        partnerships=[
            tie(
                "aarhus", "rostock", since="1969", status="active",
                milestones=[
                    tc.Milestone(kind=kind, date=date)
                    for kind, date in (("signed", "1969"), ("ended", "1975"), ("resumed", "1990"), ("renewed", "1994-05"))
                ],
            )
        ],
        as_of="2026",
    ),
    "a tie that has ended": tc.Dataset(
        cities=[city("tampere", "Tampere", "FI", 61.5, 23.76), city("nizhny", "Nizhny Novgorod", "RU", 56.33, 44.0)],
        partnerships=[
            tie(
                "nizhny", "tampere", since="1995", until="2022", status="ended", status_since="2022",
                agreements=[tc.Agreement(signed="1995-04-19")],
                milestones=[tc.Milestone(kind="ended", date="2022-06"), tc.Milestone(kind="visit", date="2030", stage="planned")],
            )
        ],
        as_of="2026",
    ),
    "agreements with terms": tc.Dataset(
        cities=[city("espoo", "Espoo", "FI", 60.2, 24.65), city("shanghai", "Shanghai", "CN", 31.23, 121.47)],
        partnerships=[
            tie(
                "espoo", "shanghai", since="1998", until="2029", status="active",
                agreements=[tc.Agreement(signed=f"{start}", period=f"{start}/{start + 10}") for start in (1998, 2009, 2019)],
                activities=[
                    tc.Activity(areas=["business"], stage="ongoing"),
                    tc.Activity(areas=["youth"], stage="past", period="2010/2012"),
                    tc.Activity(areas=["music"], stage="planned", period="2027/.."),
                ],
            )
        ],
        as_of="2026",
    ),
    "dates that are hardly known": tc.Dataset(
        cities=[JONKOPING, city("svendborg", "Svendborg", "DK", 55.06, 10.6)],
        partnerships=[
            tie("jonkoping", "svendborg", since="194X", status="active", status_since="1940~", asserted_by=["jonkoping", "svendborg"])
        ],
        complete_for=["jonkoping"],
        as_of="2026~",
    ),
    "sources that disagree": tc.Dataset(
        cities=[
            tc.City(id="kuopio", name="Kuopio", country_code="FI", sources=["page"]),
            tc.City(id="gera", name="Gera", country_code="DE", field_sources={"name": ["page"]}),
        ],
        partnerships=[
            tie("gera", "kuopio", since="1972", sources=["page"], claims=[tc.Claim(field="since", value="1967", sources=["list"])])
        ],
        sources=[tc.Source(id="page"), tc.Source(id="list")],
    ),
    "a twinning of three": tc.Dataset(
        cities=[BODO, JONKOPING, KUOPIO],
        partnerships=[
            tie(*pair, since="1945", status="active")
            for pair in (("bodo", "jonkoping"), ("bodo", "kuopio"), ("jonkoping", "kuopio"))
        ],
        networks=[
            tc.CooperationNetwork(
                id="nordic", members=["bodo", "jonkoping", "kuopio"], kind="twinning", since="1945", status="active",
                agreements=[tc.Agreement(period="2014/2017"), tc.Agreement(period="2022/2029")],
                activities=[tc.Activity(areas=["youth"], stage="ongoing")],
            )
        ],
        as_of="2026",
    ),
    "a municipality merged into another": tc.Dataset(
        cities=[
            city("nilsia", "Nilsiä", "FI", 63.2, 28.08, succeeded_by=["kuopio"]), KUOPIO,
            city("poltsamaa", "Põltsamaa", "EE", 58.65, 25.97),
        ],
        partnerships=[
            tie("nilsia", "poltsamaa", since="1990", until="2012-12-31", status="ended"),
            tie("kuopio", "poltsamaa", since="2013", continues=("nilsia", "poltsamaa"), status="dormant"),
        ],
        as_of="2026",
    ),
    "a town that took the name of its rural municipality": tc.Dataset(
        cities=[
            city("lohja-rural", "Lohja", "FI", 60.25, 24.07, kind="municipality", succeeded_by=["lohja"]),
            city("lohja", "Lohja", "FI", 60.25, 24.08, kind="town"),
        ]
    ),
    "a city, its district and its county": tc.Dataset(
        cities=[
            city("berlin", "Berlin", "DE", 52.52, 13.4, kind="city"),
            city("mitte", "Berlin-Mitte", "DE", 52.52, 13.38, kind="district", part_of=["berlin"], alt_names=["Berlin"]),
            city("rastatt", "Rastatt", "DE", 48.86, 8.2, kind="town"),
            city("rastatt-county", "Rastatt", "DE", 48.84, 8.2, kind="county"),
            city("tokyo", "Tokyo", "JP", 35.69, 139.69), city("shinjuku", "Shinjuku", "JP", 35.69, 139.7, part_of=["tokyo"]),
        ],
        partnerships=[tie("berlin", "tokyo", since="1994-05-14"), tie("mitte", "shinjuku", since="1994")],
    ),
    "towns of one name": tc.Dataset(
        cities=[
            city("main", "Frankfurt", "DE", 50.11, 8.68, alt_names=["Frankfurt am Main"]),
            city("oder", "Frankfurt", "DE", 52.35, 14.55, alt_names=["Frankfurt (Oder)"]),
            tc.City(id="newcastle", name="Newcastle", country_code="GB", wikidata_id="Q1"),
            tc.City(id="newcastle-lyme", name="Newcastle", country_code="GB", wikidata_id="Q2"),
        ],
        partnerships=[tie("main", "oder", since="1990")],
    ),
    "towns on both sides of a border": tc.Dataset(
        cities=[
            city("valka", "Valka", "LV", 57.77, 26.02), city("valga", "Valga", "EE", 57.78, 26.03, names={"lv": "Valka"}),
            city("gorlitz", "Görlitz", "DE", 51.15, 14.98),
            city("zgorzelec", "Zgorzelec", "PL", 51.15, 15.0, names={"de": "Görlitz"}),
        ],
        partnerships=[tie("valga", "valka", since="1995"), tie("gorlitz", "zgorzelec", since="1980")],
    ),
    "towns far from the rest of their country": tc.Dataset(
        cities=[
            city("mariehamn", "Mariehamn", "FI", 60.1, 19.94, subdivision_codes=["FI-01"]),
            city("longyearbyen", "Longyearbyen", "NO", 78.22, 15.65), city("nuuk", "Nuuk", "DK", 64.18, -51.72),
            city("saint-denis", "Saint-Denis", "FR", -20.88, 55.45), city("cayenne", "Cayenne", "FR", 4.92, -52.33),
            city("las-palmas", "Las Palmas", "ES", 28.12, -15.43), city("ceuta", "Ceuta", "ES", 35.89, -5.32),
            city("funchal", "Funchal", "PT", 32.65, -16.91, subdivision_codes=["PT-30"]),
            city("honolulu", "Honolulu", "US", 21.3, -157.86, subdivision_codes=["US-HI"]),
            city("kaliningrad", "Kaliningrad", "RU", 54.7, 20.5, subdivision_codes=["RU-KGD"]),
            city("hong-kong", "Hong Kong", "HK", 22.3, 114.17), city("taipei", "Taipei", "TW", 25.03, 121.56),
            city("edinburgh", "Edinburgh", "GB", 55.95, -3.19, subdivision_codes=["GB-SCT", "GB-EDH"]),
            city("suva", "Suva", "FJ", -18.14, 178.44), city("puerto-ayora", "Puerto Ayora", "EC", -0.74, -90.31),
        ]
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CORRECT)
def test_correct_data_has_no_findings(what: str) -> None:
    """An ordinary data set without mistakes has no findings at all."""
    assert [str(finding) for finding in CORRECT[what].lint()] == []
