"""
The world in one command: country by country, cut off and resumed, with notes on what is new.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from wikidata_server import Loopback, reply, results, tie_row, uri

pytest.importorskip("urllib3")

import twincities as tc
from twincities.cli import main
from twincities.model.vocabulary import country_names
from twincities.sources import wikidata
from twincities.sources.wikidata import Progress, fetch

ROOT = Path(__file__).parents[2]
CODES = sorted(country_names())[:200]
IN_COUNTRY = 50  # cities; each states two ties


def literal(value: str, lang: str = "") -> dict[str, str]:
    """A literal."""
    return {"type": "literal", "value": value, **({"xml:lang": lang} if lang else {})}


def cities_of(number: int) -> list[int]:
    """The numbers of the cities of a country, 50 a country."""
    return [1000 + number * IN_COUNTRY + n for n in range(IN_COUNTRY)]


CITIES = {city: number for number in range(len(CODES)) for city in cities_of(number)}


def partners_of(city: int) -> tuple[int, int]:
    """The partners that a city states: one in another country, one farther on."""
    index = city - 1000
    return tuple(1000 + (index + step) % len(CITIES) for step in (IN_COUNTRY, 7 * IN_COUNTRY + 3))  # type: ignore[return-value]


class World:
    """A made-up world of 200 countries, 10,000 cities and 20,000 ties, as an endpoint answers for it."""

    def __init__(self) -> None:
        self.ended: set[tuple[int, int]] = set()
        self.dated: dict[tuple[int, int], str] = {}
        self.opened: set[tuple[int, int]] = set()

    def __call__(self, query: str) -> bytes:
        if "?code" in query:
            rows = [{"item": uri(f"entity/Q{n + 1}"), "code": literal(code)} for n, code in enumerate(CODES)]
            return results(rows, ["item", "code"])
        if country := re.search(r"VALUES \?country \{ wd:Q([0-9]+) \}", query):
            return results([{"item": uri(f"entity/Q{n}")} for n in cities_of(int(country[1]) - 1)], ["item"])
        asked = [int(number) for number in re.findall(r"wd:Q([0-9]+)", query.partition("}")[0])]
        return results([row for city in asked for row in self.rows(city)])

    def rows(self, city: int) -> list[dict[str, Any]]:
        """Everything about a city: its label, its country's code, its ties with their dates."""
        name, country = {"item": uri(f"entity/Q{city}")}, f"Q{CITIES[city] + 1}"
        label = "http://www.w3.org/2000/01/rdf-schema#label"
        rows = [{**name, "property": uri(label), "value": literal(f"City {city}", "en")}]
        stated = {
            "statement": uri(f"entity/statement/Q{city}-P17"),
            "rank": uri("http://wikiba.se/ontology#NormalRank"),
            "property": uri("prop/statement/P17"),
        }
        rows.append({**name, **stated, "value": uri(f"entity/{country}")})
        code = literal(CODES[CITIES[city]])
        rows.append({"item": uri(f"entity/{country}"), "property": uri("prop/direct/P297"), "value": code})
        for partner in (*partners_of(city), *(two for one, two in self.opened if one == city)):
            rows.append(tie_row(f"Q{city}", f"Q{partner}"))
            tie = uri(f"entity/statement/Q{city}-Q{partner}")
            for property, times in (("P580", self.dated), ("P582", dict.fromkeys(self.ended, "2025"))):
                if year := times.get((city, partner)):
                    time = literal(f"{year}-01-01T00:00:00Z")
                    stated = {"statement": tie, "property": uri(f"prop/qualifier/value/{property}"), "value": time}
                    rows.append({**stated, "precision": literal("9")})
        return rows


def test_the_world_is_cut_off_and_resumed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """200 countries, 20,000 ties: what was answered before a fault or an interruption is never requested again."""
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == 150 and progress.waiting.endswith("page 1 of 1"):
            raise KeyboardInterrupt

    options: dict[str, Any] = {"world": True, "page_size": IN_COUNTRY, "cache": tmp_path / "cache", "tries": 1}
    world = World()
    with Loopback(answer=world) as server:
        server.turns += [None] * 100 + [reply(status=500)]  # type: ignore[list-item]
        with pytest.raises(tc.FetchError, match="got status 500") as caught:
            fetch(endpoint=server.url, progress=None, **options)
        assert "the same call goes on from there" in str(caught.value)
        with pytest.raises(KeyboardInterrupt):
            fetch(endpoint=server.url, progress=stop, **options)
        dataset = fetch(endpoint=server.url, progress=seen.append, **options)
    times = Counter(server.queries)
    assert len(times) == 1 + 200 + 200
    assert sorted(times.values())[-2:] == [1, 2]  # the one that failed
    assert len(dataset.partnerships) == 20_000
    assert (dataset.id, dataset.version) == ("world", str(dataset.as_of))
    assert dataset.cities["Q1000"].country_code == CODES[0]
    assert not list(dataset.lint(only="contradiction"))
    listing = seen[0]
    assert (listing.done, listing.pages) == (0, 200)
    assert listing.waiting.endswith(", its places")
    resumed = [progress for progress in seen if progress.kept >= 150]
    assert resumed
    assert "; waiting for " in str(resumed[0])
    assert resumed[-1][:3] == (200, 200, 150)
    assert str(seen[-1]).startswith("Wikidata: 200 of 200 pages (150 kept from before)")
    assert any(progress.left for progress in seen)


@pytest.mark.parametrize(
    ("seconds", "text"), [(10, "a minute"), (90, "2 min"), (3600, "60 min"), (7200, "2 h"), (100_000, "28 h")]
)
def test_the_time_that_is_left_is_shown_roughly(seconds: float, text: str) -> None:
    """Minutes, then hours."""
    assert f", about {text} left; waiting for X" in str(Progress(1, 2, 0, "X", seconds))


def test_a_log_has_a_line_for_each_country(capsys: pytest.CaptureFixture[str]) -> None:
    """Where lines can't be renewed, a new country is written, and the end."""
    wikidata.show_progress(Progress(3, 9, 0, "Finland, page 1 of 2"))
    wikidata.show_progress(Progress(4, 9, 0, "Finland, page 2 of 2"))
    wikidata.show_progress(Progress(9, 9, 0))
    assert capsys.readouterr().err == (
        "Wikidata: 3 of 9 pages; waiting for Finland, page 1 of 2\nWikidata: 9 of 9 pages\n"
    )


@pytest.mark.parametrize(
    ("cities", "options", "message"),
    [
        ("Q1", {"world": True}, "expected either cities or a country, or only the world"),
        (None, {"world": True, "country": "FI"}, "expected either cities or a country, or only the world"),
        (None, {"world": 1}, "expected True or False as world=, got 1"),
    ],
)
def test_the_world_is_fetched_without_cities(cities: Any, options: dict[str, Any], message: str) -> None:
    """Not together with cities or a country."""
    with pytest.raises(tc.QueryError, match=message):
        fetch(cities, endpoint="http://127.0.0.1:9/", **options)


def test_a_world_that_isnt_installed_says_how_to_get_it() -> None:
    """`load("world")` names the package, and the command that asks for it."""
    with pytest.raises(tc.UnknownDatasetError) as caught:
        tc.load("world")
    assert "pip install twincities-world" in str(caught.value)
    assert "twincities fetch --world --out world.jsonl.gz --cache" in str(caught.value)


def test_a_month_becomes_a_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The tool of the monthly workflow: fetched, looked at, compared with the month before, and made a package of."""
    world = World()
    tool = [sys.executable, "tools/make_world.py"]
    with Loopback(answer=world) as server:
        for month, more in (("one", []), ("two", ["--old", str(tmp_path / "one" / "world.jsonl.gz")])):
            words = [
                str(tmp_path / month),
                "--cache",
                str(tmp_path / f"{month}-cache"),
                "--endpoint",
                server.url,
                *more,
            ]
            subprocess.run([*tool, *words], check=True, cwd=ROOT, capture_output=True)
            world.ended.add((1000, partners_of(1000)[0]))
            world.dated[(1001, partners_of(1001)[0])] = "1972"
            world.opened.add((1002, 1003))
    notes = (tmp_path / "two" / "notes.md").read_text("utf-8")
    assert notes.splitlines()[0] == "# Twin cities of the world (Wikidata, P190)"
    assert "10,000 cities, 20,001 partnerships; 1 opened, 1 ended, 1 got a date." in notes
    a, b = country_names_of(1002), country_names_of(1003)
    assert f"## Opened\n\n- {a} – {b}\n" in notes
    assert f"## Ended\n\n- {country_names_of(1000)} – {country_names_of(partners_of(1000)[0])} (until 2025)\n" in notes
    assert "## Got a date\n\n" in notes
    assert ": since 1972\n" in notes
    package = tmp_path / "two" / "twincities-world"
    data = tc.read(package / "src" / "twincities_world" / "world.jsonl.gz")
    assert len(data.partnerships) == 20_001
    assert f'version = "{str(data.version).replace("-", ".")}"' in (package / "pyproject.toml").read_text("utf-8")
    assert 'world = "twincities_world"' in (package / "pyproject.toml").read_text("utf-8")
    assert "contradiction" not in (tmp_path / "two" / "lint.txt").read_text("utf-8")
    words = [str(tmp_path / name / "world.jsonl.gz") for name in ("one", "two")]
    assert main(["compare", *words, "--markdown"]) == 1
    assert capsys.readouterr().out == notes


def country_names_of(city: int) -> str:
    """A city as notes have it."""
    return f"City {city} ({CODES[CITIES[city]]})"
