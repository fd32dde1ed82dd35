"""
The service's responses over HTTP.
"""

from __future__ import annotations

import asyncio

import httpx
import pytest
from city_site import make_app

import twincities as tc


def test_the_document_comes_whole(client: httpx.Client) -> None:
    """The served document reads as the data set that the service was given."""
    served = tc.from_json(client.get("/dataset").raise_for_status().content)
    assert served.without(served.cities["gera-2"]) == tc.load()


def test_everything_installed_is_served_unless_told() -> None:
    """Without a data set, the service serves `load_all()`."""
    app = make_app()
    assert app.title == "Twin cities"

    async def served() -> bytes:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://site") as client:
            return (await client.get("/dataset")).raise_for_status().content

    assert tc.from_json(asyncio.run(served())).partnerships == tc.load_all().partnerships


def test_a_city_is_served_as_documents_have_it(client: httpx.Client) -> None:
    """A city is found by a name in any spelling, and comes with the fields of its record, empty ones left out."""
    found = client.get("/cities/Györ").raise_for_status().json()
    (stored,) = (city for city in tc.load().to_dict()["cities"] if city["id"] == "gyor")
    assert found == stored


def test_a_search_gives_the_best_first(client: httpx.Client) -> None:
    """A search lists cities, each with the name that matched and a score."""
    first, *_ = client.get("/cities", params={"search": "jonkop"}).raise_for_status().json()
    assert (first["city"]["id"], first["label"]) == ("jonkoping", "Jönköping")
    assert 0 < first["score"] <= 100


def test_partners_are_filtered(client: httpx.Client) -> None:
    """Filters take several words in any language, and the answer says whether the list is complete."""
    answer = client.get("/cities/Kuopio/partners", params={"country": ["SE", "Norja"], "area": "sport"}).json()
    assert [partner["city"]["id"] for partner in answer["partners"]] == ["bodo", "jonkoping"]
    assert answer["partners"][0]["partnership"]["cities"] == ["bodo", "kuopio"]
    assert answer["partners"][0]["distance_km"] > 500
    assert answer["complete"] is True
    assert client.get("/cities/Opole/partners").json()["complete"] is False


@pytest.mark.parametrize(
    ("path", "whole"),
    [
        ("/dataset.geojson", lambda ds: ds),
        ("/cities/Kuopio/partners.geojson", lambda ds: ds.partners("Kuopio")),
    ],
)
def test_geojson_has_its_media_type(path: str, whole: object, client: httpx.Client) -> None:
    """Features come as `application/geo+json`, named in the language asked for."""
    answer = client.get(path, params={"lang": "fi"})
    assert answer.headers["content-type"] == "application/geo+json"
    features = {feature["id"]: feature for feature in answer.json()["features"]}
    assert features["pskov"]["properties"]["name"] == "Pihkova"
    expected = whole(tc.load()).to_geojson(lang="fi")["features"]  # type: ignore[operator]
    assert [features[feature["id"]] for feature in expected] == expected


def test_a_document_is_checked(client: httpx.Client) -> None:
    """A posted document is answered with a list of what looks wrong in it."""
    document = {"format": "twincities/1", "cities": [{"id": "leeds", "country_code": "UK"}]}
    (doubt,) = client.post("/check", json=document).raise_for_status().json()
    assert (doubt["code"], doubt["severity"], doubt["path"]) == ("country-code", "error", "$.cities[0].country_code")


# -- refusals --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "key", "names"),
    [
        ("/cities/Kupio", 404, "suggestions", ["Kuopio"]),
        ("/cities/Kupio/partners", 404, "suggestions", ["Kuopio"]),
        ("/cities/Kupio/map", 404, "suggestions", ["Kuopio"]),
        ("/cities/Gera", 409, "candidates", ["gera-2", "gera"]),
        ("/cities/Gera/partners.geojson", 409, "candidates", ["gera-2", "gera"]),
        ("/cities/Kuopio/partners?area=sprot", 400, "suggestions", ["sport"]),
        ("/cities?search=%20", 400, None, []),
    ],
)
def test_a_refusal_says_how_to_go_on(
    path: str, status: int, key: str | None, names: list[str], client: httpx.Client
) -> None:
    """An unknown city is 404 with similar names, an ambiguous one 409 with the candidates' ids, an unknown word 400."""
    answer = client.get(path)
    assert answer.status_code == status
    refusal = answer.json()
    assert refusal.pop("detail")
    assert [*refusal] == ([key] if key else [])
    if key:
        assert set(names) <= set(refusal[key])


def test_an_ambiguous_name_is_settled_by_its_country(client: httpx.Client) -> None:
    """With the country, or by a candidate's id, the same question has an answer."""
    assert client.get("/cities/Gera", params={"country": "Germany"}).json()["id"] == "gera"
    assert client.get("/cities/gera-2").json()["country_code"] == "HU"


def test_all_problems_of_a_document_come_together(client: httpx.Client) -> None:
    """A document that can't be read is 422, and each problem is reported with its path."""
    document = {"format": "twincities/1", "cities": [{"id": "a", "kind": "big"}, {"id": "b", "population": 5}]}
    answer = client.post("/check", json=document)
    assert answer.status_code == 422
    (refusal,) = answer.json()["detail"]
    assert "$.cities[0].kind a: expected one of city, town" in refusal["msg"]
    assert "$.cities[1].population b: expected no such key; did you mean 'populations'?" in refusal["msg"]


@pytest.mark.parametrize(
    "body",
    [
        b'{"format": "twincities/1", "cities": [{"id": "a", "coordinates": {"latitude": NaN, "longitude": 0}}]}',
        b'{"format": "twincities/1", "title": "\\ud800"}',
        b'{"format": "twincities/1", "\\udfff": 1e999}',
        b"[NaN]",
        b"{",
        b"",
    ],
)
def test_what_no_answer_could_repeat_is_refused(client: httpx.Client, body: bytes) -> None:
    """NaN, infinities and lone surrogates are 422, too: a refusal doesn't repeat the input."""
    answer = client.post("/check", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["msg"]
