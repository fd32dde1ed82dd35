"""
The service: routes over one data set.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Body, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel

import twincities as tc
from twincities import charts
from twincities.lint import Finding
from twincities.publish import page_html

from .records import Record, describe_records

__all__ = ["make_app"]

Words = Annotated[list[str] | None, Query()]
Lang = Annotated[str, Query(description="The language of names and words: a BCP 47 tag.")]

# A page of about 1 MB takes a while to make, and the data set never changes.
cache_pages = lru_cache(maxsize=64)


class GeoJSONResponse(JSONResponse):
    """
    GeoJSON under its own media type (RFC 7946, 12).
    """

    media_type = "application/geo+json"


# -- responses that aren't records -----------------------------------------------------------------


class Refusal(BaseModel):
    """
    The reason for a refusal.
    """

    detail: str
    suggestions: list[str] = []
    """Names similar to the unknown one."""
    candidates: list[str] = []
    """Ids of the cities that have the name."""


class Found(BaseModel):
    """
    A city that a search found.
    """

    city: Record[tc.City]
    label: str
    """The name that matched."""
    score: float


class Partner(BaseModel):
    """
    A partnership, and the city on the other side.
    """

    city: Record[tc.City]
    partnership: Record[tc.Partnership]
    distance_km: float | None


class Partners(BaseModel):
    """
    The partners of a city.
    """

    complete: bool
    """True if the data set claims to list all partners of the city. If not, a missing city may be a partner, too."""
    partners: list[Partner]


class Doubt(BaseModel):
    """
    Something in a document that looks wrong.
    """

    code: str
    severity: str
    path: str
    message: str

    @classmethod
    def of(cls, finding: Finding) -> Doubt:
        """
        A finding of `Dataset.lint` as it is answered.
        """
        return cls(code=finding.code, severity=str(finding.severity), path=finding.path, message=finding.message)


REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Refusal, "description": "A word of the question is unknown"},
    404: {"model": Refusal, "description": "No such city"},
    409: {"model": Refusal, "description": "Several cities have this name"},
}


def _refused(_: Request, error: Exception) -> JSONResponse:
    refusal = Refusal(
        detail=str(error),
        suggestions=list(getattr(error, "suggestions", ())),
        candidates=list(getattr(error, "candidates", ())),
    )
    status = {tc.UnknownCityError: 404, tc.AmbiguousCityError: 409}.get(type(error), 400)
    return JSONResponse(refusal.model_dump(exclude_defaults=True), status)


def _unreadable(_: Request, error: Exception) -> Response:
    # FastAPI would repeat the input, but NaN and lone surrogates can't be written in a response.
    assert isinstance(error, RequestValidationError)
    detail = [{name: problem[name] for name in ("type", "loc", "msg")} for problem in error.errors()]
    return Response(json.dumps({"detail": detail}), 422, media_type="application/json")


# -- the routes ------------------------------------------------------------------------------------


def make_app(dataset: tc.Dataset | None = None) -> FastAPI:
    """
    The service over *dataset*; over everything that is installed, unless given.
    """
    ds = tc.load_all().with_records(title="Twin cities") if dataset is None else dataset
    app = FastAPI(title=ds.title or "Twin cities", version=ds.version or "0")
    for question in (tc.UnknownNameError, tc.AmbiguousCityError, tc.QueryError):
        app.add_exception_handler(question, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)
    app.include_router(_of_the_whole(ds))
    app.include_router(_of_cities(ds))
    describe_records(app)
    return app


def _of_the_whole(ds: tc.Dataset) -> APIRouter:
    routes = APIRouter()

    @routes.get("/dataset")
    def dataset() -> Record[tc.Dataset]:
        """
        Everything, as a document of twincities.
        """
        return ds

    @routes.get("/dataset.geojson", response_class=GeoJSONResponse)
    def dataset_geojson(lang: Lang = "en") -> dict[str, Any]:
        """
        Everything, as points and lines.
        """
        return ds.to_geojson(lang=lang)

    @routes.get("/", response_class=HTMLResponse)
    @cache_pages
    def dataset_map(lang: Lang = "en") -> str:
        """
        A map of everything, as a page that asks no other host.
        """
        return _page(ds.chart.map(lang=lang, title=ds.title))

    @routes.post("/check")
    def check(document: Annotated[Record[tc.Dataset], Body()]) -> list[Doubt]:
        """
        What looks wrong in a document of twincities; one that can't be read is refused with all its problems.
        """
        return [Doubt.of(finding) for finding in document.lint()]

    return routes


def _of_cities(ds: tc.Dataset) -> APIRouter:
    routes = APIRouter(prefix="/cities", responses=REFUSALS)

    @routes.get("")
    def cities(search: str, limit: Annotated[int, Query(ge=1, le=100)] = 10) -> list[Found]:
        """
        Cities with a name like this one, best first.
        """
        return [
            Found(city=match.city, label=match.label, score=match.score) for match in ds.search(search, limit=limit)
        ]

    @routes.get("/{name}")
    def city(name: str, country: str | None = None) -> Record[tc.City]:
        """
        A city by its id, its Wikidata or GeoNames id, or its name in any language and spelling.
        """
        return ds.city(name, country)

    @routes.get("/{name}/partners")
    def partners(name: str, country: Words = None, area: Words = None, status: Words = None) -> Partners:
        """
        Its partners; of several words of one kind any will do.
        """
        ties = ds.partners(name, country=country, area=area, status=status)
        found = [Partner(city=t.partner, partnership=t.partnership, distance_km=t.distance_km) for t in ties]
        return Partners(complete=ties.complete, partners=found)

    @routes.get("/{name}/partners.geojson", response_class=GeoJSONResponse)
    def partners_geojson(name: str, lang: Lang = "en") -> dict[str, Any]:
        """
        Its partners, as points and lines.
        """
        return ds.partners(name).to_geojson(lang=lang)

    @routes.get("/{name}/map", response_class=HTMLResponse)
    @cache_pages
    def city_map(name: str, lang: Lang = "en") -> str:
        """
        A map of its partners, as a page that asks no other host.
        """
        here = ds.city(name)
        return _page(ds.partners(here).chart.map(lang=lang, title=here.label(lang)))

    @routes.get("/{name}/page", response_class=HTMLResponse)
    @cache_pages
    def city_page(name: str, lang: Lang = "en") -> str:
        """
        A page on its partners in English, Finnish or Swedish, as the city would publish it.
        """
        return page_html(ds, ds.city(name), lang=lang)

    return routes


def _page(chart: Any) -> str:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "map.html"
        charts.save(chart, path)
        return path.read_text(encoding="utf-8")
