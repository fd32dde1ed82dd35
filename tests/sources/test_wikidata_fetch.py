"""
Fetching from an endpoint: politely, in pages, resuming after an interruption, with clear errors.
"""

from __future__ import annotations

import gzip
import io
import json
import sys
import threading
import time
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest
from wikidata_server import Loopback, drip, packed, reply, results, ring, silence, tie_row, uri

pytest.importorskip("urllib3")

import twincities as tc
from twincities import _progress
from twincities.sources import wikidata
from twincities.sources.wikidata import Progress, fetch

CITIES = [f"Q{number}" for number in range(1, 6)]


def quietly(server: Loopback, cities: Any = "Q1", **options: Any) -> tc.Dataset:
    """Fetch from a loopback server without showing progress."""
    return fetch(cities, **{"endpoint": server.url, "progress": None, "tries": 2, **options})


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been waited between tries."""
    found: list[float] = []
    monkeypatch.setattr("twincities.sources.wikidata.endpoint.time.sleep", found.append)
    return found


# -- asking ----------------------------------------------------------------------------------------


def test_cities_are_asked_for_in_pages() -> None:
    """Each page is one question about some of the cities, in the order of their numbers, each city once."""
    with Loopback() as server:
        dataset = quietly(server, ["Q5", "Q1", "Q3", "Q1", "Q2", "Q4"], page_size=2)
    assert server.queries == [wikidata.cities_query(page) for page in (["Q1", "Q2"], ["Q3", "Q4"], ["Q5"])]
    assert dataset == wikidata.from_sparql(*(ring(query) for query in server.queries), as_of=dataset.as_of)
    assert str(dataset.as_of)[:2] == "20"


def test_requests_say_who_asks() -> None:
    """The User-Agent names the library with its version, and whom to write to; a contact can't be more than that."""
    with Loopback() as server:
        quietly(server)
        quietly(server, contact="desk@example.org")
    first, second = (headers["User-Agent"] for headers in server.headers)
    assert first.startswith(f"twincities/{tc.__version__} urllib3/")
    assert second.startswith(f"twincities/{tc.__version__} (desk@example.org) urllib3/")
    assert {headers["Accept"] for headers in server.headers} == {"application/sparql-results+json"}
    for wrong in ("a b", "x\r\nCookie: y", "", "é@example.org", 5):
        with pytest.raises(tc.QueryError, match="as contact"):
            quietly(server, contact=wrong)


def test_a_country_is_listed_first() -> None:
    """For a country its places are fetched, then their ties; one without any gives an empty data set."""

    def answer(query: str) -> bytes:
        if "?country" in query.partition("WHERE")[2].partition("p:P190")[0] and "SELECT DISTINCT ?item WHERE" in query:
            found = ["entity/Q10", "entity/Q9", ".well-known/genid/x"] if '"FI"' in query else []
            return results([{"item": uri(id)} for id in found], ["item"])
        return ring(query)

    with Loopback(answer=answer) as server:
        dataset = quietly(server, None, country="FI", page_size=1)
        assert not quietly(server, None, country="AX").cities
    listed = wikidata.country_query("FI")
    assert server.queries[:3] == [listed, wikidata.cities_query("Q9"), wikidata.cities_query("Q10")]
    assert list(dataset.partnerships) == [("Q10", "Q11"), ("Q10", "Q9")]


def test_nothing_is_asked_without_cities() -> None:
    """Wrong arguments are errors before the first request."""
    with Loopback() as server:
        for cities, options, message in [
            (None, {}, "expected either cities or a country"),
            ("Q1", {"country": "FI"}, "expected either cities or a country"),
            ([], {}, "expected one Wikidata id or more, got none"),
            ("Kuopio", {}, "expected a Wikidata id"),
            (None, {"country": "Finland"}, "expected an ISO 3166-1 alpha-2 code"),
            ("Q1", {"langs": "English"}, "expected a BCP 47 language tag"),
            ("Q1", {"page_size": 0}, "expected page_size= as a whole number of 1 or more, got 0"),
            ("Q1", {"page_size": True}, "expected page_size= as a whole number of 1 or more, got True"),
            ("Q1", {"timeout": 0}, "expected a timeout above 0 and up to 86,400 seconds, got 0"),
            ("Q1", {"timeout": float("inf")}, "expected a timeout above 0 .*, got inf"),
            ("Q1", {"timeout": float("nan")}, "expected a timeout above 0 .*, got nan"),
            ("Q1", {"timeout": True}, "expected a timeout above 0 .*, got True"),
            ("Q1", {"timeout": "3"}, "expected a timeout above 0 .*, got '3'"),
            ("Q1", {"timeout": None}, "expected a timeout above 0 .*, got None"),
            ("Q1", {"tries": 0}, "expected tries= as a whole number of 1 or more, got 0"),
            ("Q1", {"tries": "3"}, "expected tries= as a whole number of 1 or more, got '3'"),
            ("Q1", {"tries": True}, "expected tries= as a whole number of 1 or more, got True"),
            ("Q1", {"tries": 2.5}, "expected tries= as a whole number of 1 or more, got 2.5"),
            (5, {}, "expected Wikidata ids, got 5"),
            (b"Q1", {}, "expected Wikidata ids, got b'Q1'"),
            (["Q1", 5], {}, "expected a Wikidata id .*, got 5"),
            ("Q1", {"langs": 5}, "expected BCP 47 language tags, got 5"),
            ("Q1", {"langs": [5]}, "expected a BCP 47 language tag .*, got 5"),
            ("Q1", {"cache": 5}, "expected a folder as cache, got 5"),
            ("Q1", {"cache": b"x"}, "expected a folder as cache, got b'x'"),
            ("Q1", {"progress": 5}, "expected a function as progress=, got 5"),
            ("Q1", {"report": "x"}, "expected a function as report=, got 'x'"),
            (None, {"country": 5}, "expected an ISO 3166-1 alpha-2 code .*, got 5"),
            (None, {"country": ["FI"]}, "expected an ISO 3166-1 alpha-2 code .*, got list of 1"),
        ]:
            with pytest.raises(tc.QueryError, match=message):
                quietly(server, cities, **options)
        assert server.queries == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://query.example.org/sparql",
        "http://127.0.0.1.example.org/",
        "http://10.0.0.1/sparql",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "https:///sparql",
        "http://localhost:x/",
        "http://[::1/",
        "127.0.0.1",
        5,
        "https://user:secret@example.org/sparql",
        "https://example.org/sparql#x",
    ],
)
def test_endpoints_are_https_or_on_this_machine(endpoint: Any) -> None:
    """Another address is refused; a password isn't shown."""
    with pytest.raises(tc.QueryError, match="expected an endpoint with") as caught:
        fetch("Q1", endpoint=endpoint, progress=None)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "[::1]"])
def test_this_machine_has_several_names(host: str) -> None:
    """HTTP to a loopback address is allowed; without an answer there the error says so."""
    with pytest.raises(tc.FetchError, match="expected an answer: ") as caught:
        fetch("Q1", endpoint=f"http://{host}:9/sparql", progress=None, tries=1)
    assert " at 0x" not in str(caught.value)
    assert caught.value.status is None
    assert caught.value.hint == "with cache= a call goes on where it stopped"


def test_one_request_at_a_time() -> None:
    """Calls from several threads take turns."""
    with Loopback(answer=lambda query: time.sleep(0.02) or ring(query)) as server:
        threads = [threading.Thread(target=quietly, args=(server, CITIES), kwargs={"page_size": 1}) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(server.queries), server.most_at_once) == (15, 1)


# -- servers that misbehave ------------------------------------------------------------------------


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_busy_servers_are_asked_again(status: int, waits: list[float]) -> None:
    """A request to a busy server is repeated after the time that it says."""
    with Loopback(reply(status=status), reply(status=status, Retry_After="7")) as server:
        dataset = quietly(server, tries=3)
    assert len(server.queries) == 3
    assert list(dataset.partnerships) == [("Q1", "Q2")]
    assert waits == [7]


def test_a_date_to_come_back_at_is_kept(waits: list[float]) -> None:
    """`Retry-After` may be a date; of a wait without measure ten minutes are waited."""
    with Loopback(reply(status=429, Retry_After=formatdate(time.time() + 90, usegmt=True))) as server:
        quietly(server)
    with Loopback(reply(status=429, Retry_After="99999999")) as server:
        quietly(server)
    assert 60 < waits[0] <= 90
    assert waits[1] == 600


@pytest.mark.parametrize(
    ("turn", "message", "status"),
    [
        (reply(status=429), r"expected an answer, got status 429: ''", 429),
        (reply(b"java.util.concurrent.TimeoutException", 500), "got status 500: 'java.util.concurrent.TimeoutExc", 500),
        (reply(b"short", 500, length=100), "got status 500: 'short'", 500),
        (reply(b"not packed", 500, Content_Encoding="gzip"), "got status 500: .*failed to decode it", 500),
        (reply(b"\x1b[31m<b>no</b>", 403), r"got status 403: '\\x1b\[31m<b>no</b>'", 403),
        (reply(status=302, Location="file:///etc/passwd"), "expected no redirect, got one to 'file:///etc/passwd'", 302),
        (reply(status=307, Location="ftp://127.0.0.1/"), "expected no redirect, got one to 'ftp://127.0.0.1/'", 307),
        (reply(status=301, Location="https://example.org/"), "got one to 'https://example.org/': give that as end", 301),
        (reply(ring("wd:Q1")[:-9]), "expected SPARQL results in JSON: .*expected JSON", 200),
        (reply(ring("wd:Q1"), length=10_000), "expected SPARQL results in JSON: .*9[0-9]+ more expected", 200),
        (reply(b"<html>down for maintenance</html>"), "expected JSON: Expecting value at line 1, column 1", 200),
        (reply(b"[]"), "expected an object", 200),
        (reply(results([], ["x"])), "expected the variables item, statement", 200),
        (reply(results([{"item": uri("entity/Q1")}])), "expected a property of the published query", 200),
        (reply(b"\xff"), "expected UTF-8", 200),
        (reply(b"not packed", Content_Encoding="gzip"), "failed to decode it", 200),
        (reply(gzip.compress(ring("wd:Q1"))[:-20], Content_Encoding="gzip"), "expected JSON", 200),
        (packed(b" ", (1 << 27) + 1), "expected at most 134,217,728 bytes, got more", 200),
        (silence(1), r"expected an answer: it wasn't whole after 0\.3 seconds", None),
        (silence(0), "expected an answer: ", None),
    ],
    ids=[
        "429", "500", "500 cut", "500 not gzip", "403", "to a file", "to ftp", "to https", "json cut", "body cut", "html", "list",
        "other variables", "other rows", "not utf-8", "not gzip", "gzip cut", "bomb", "silence", "hang up",
    ],
)  # fmt: skip
def test_what_went_wrong_is_reported(
    turn: Any, message: str, status: int | None, tmp_path: Path, waits: list[float]
) -> None:
    """Each fault is an error that names it, once it has come twice; pages that were answered before it are kept."""
    good = reply(ring("wd:Q1"))
    with Loopback(good, turn, turn) as server:
        with pytest.raises(tc.FetchError, match=message) as caught:
            quietly(
                server,
                ["Q1", "Q2"],
                page_size=1,
                cache=tmp_path,
                timeout=30 if status else 0.3,
            )
        asked = len(server.queries)
        server.turns.clear()
        assert (caught.value.url, caught.value.status) == (server.url, status)
        assert str(caught.value).endswith(
            f"({server.url}); what was answered is kept in {tmp_path}: the same call goes on from there"
        )
        dataset = quietly(server, ["Q1", "Q2"], page_size=1, cache=tmp_path)
    assert list(dataset.partnerships) == [("Q1", "Q2"), ("Q2", "Q3")]
    assert server.queries[asked:] == [wikidata.cities_query("Q2")]
    assert asked in {2, 3}


def test_slow_bytes_are_given_up() -> None:
    """A server that sends a byte now and then is given up after the time that an answer may take."""
    with Loopback(drip(0.05, 40)) as server:
        with pytest.raises(tc.FetchError, match=r"it wasn't whole after 0\.3 seconds"):
            quietly(server, timeout=0.3, tries=1)
        assert len(quietly(server).partnerships) == 1


@pytest.mark.parametrize(
    "turn",
    [
        reply(b"{"),
        reply(ring("wd:Q1"), length=10_000),
        reply(b"x", Content_Encoding="gzip"),
        drip(0.05, 40),
        silence(0),
    ],
    ids=["json", "cut", "gzip", "drip", "hang up"],
)
def test_faults_that_pass_are_asked_again(turn: Any) -> None:
    """A broken answer is requested again, and nothing of it stays."""
    with Loopback(turn) as server:
        assert list(quietly(server, timeout=0.5).partnerships) == [("Q1", "Q2")]
    assert len(server.queries) == 2


def test_packed_answers_are_read() -> None:
    """Answers may come packed."""
    with Loopback(packed(ring("wd:Q1"))) as server:
        assert len(quietly(server).partnerships) == 1
    assert server.headers[0]["Accept-Encoding"] == "gzip"


# -- the cache -------------------------------------------------------------------------------------

PAGES = 2000


def test_a_world_is_cut_off_and_resumed(tmp_path: Path) -> None:
    """2,000 pages, interrupted by an error, then by the user: the same call goes on, and no page is requested twice."""
    cities = [f"Q{number}" for number in range(1, PAGES + 1)]
    seen: list[Progress] = []

    def stop(progress: Progress) -> None:
        seen.append(progress)
        if progress.done == 1500:
            raise KeyboardInterrupt

    options = {"page_size": 1, "cache": tmp_path / "new" / "cache"}
    good = [reply(ring(f"wd:{id}")) for id in cities[:1200]]
    with Loopback(*good, reply(status=500)) as server:
        with pytest.raises(tc.FetchError, match="got status 500"):
            quietly(server, cities, **options)
        assert len(server.queries) == 1201
        with pytest.raises(KeyboardInterrupt):
            quietly(server, cities, **options, progress=stop)
        assert len(server.queries) == 1501
        dataset = quietly(server, cities, **options, progress=seen.append)
        assert len(server.queries) == PAGES + 1
    assert [one[:3] for one in (seen[0], seen[1499], seen[-1])] == [
        (1, PAGES, 1),
        (1500, PAGES, 1200),
        (PAGES, PAGES, 1500),
    ]
    assert str(seen[-1]) == "Wikidata: 2,000 of 2,000 pages (1,500 kept from before)"
    assert len(dataset.partnerships) == PAGES
    assert len(list((tmp_path / "new" / "cache").iterdir())) == PAGES


def test_pages_belong_to_one_query(tmp_path: Path) -> None:
    """Other cities, other languages and another endpoint never read the pages of a query."""
    with Loopback() as first, Loopback() as second:
        quietly(first, cache=tmp_path)
        quietly(first, cache=tmp_path)
        assert len(first.queries) == 1
        quietly(first, "Q2", cache=tmp_path)
        quietly(first, cache=tmp_path, langs=["fi"])
        quietly(second, cache=tmp_path)
    assert (len(first.queries), len(second.queries)) == (3, 1)


def test_the_data_set_is_as_of_its_oldest_page(tmp_path: Path) -> None:
    """`as_of` is the day of the first answer, also when it comes from the cache."""
    with Loopback() as server:
        quietly(server, cache=tmp_path)
        (file,) = tmp_path.iterdir()
        page = json.loads(gzip.decompress(file.read_bytes()))
        file.write_bytes(gzip.compress(json.dumps({**page, "asked": "2020-02-03"}).encode()))
        dataset = quietly(server, ["Q1", "Q2"], page_size=1, cache=tmp_path)
    assert str(dataset.as_of) == "2020-02-03"
    assert len(server.queries) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda page: b"",
        lambda page: gzip.compress(page)[:-9],
        lambda page: page,
        lambda page: gzip.compress(page[:-5]),
        lambda page: gzip.compress(b"[]"),
        lambda page: gzip.compress(json.dumps({**json.loads(page), "query": "another"}).encode()),
        lambda page: gzip.compress(json.dumps({**json.loads(page), "asked": "long ago"}).encode()),
        lambda page: gzip.compress(json.dumps({**json.loads(page), "answer": {"head": {}}}).encode()),
        lambda page: gzip.compress(json.dumps({"endpoint": json.loads(page)["endpoint"]}).encode()),
    ],
    ids=["empty", "cut", "not packed", "json cut", "list", "other query", "no date", "other answer", "no query"],
)
def test_damaged_pages_are_asked_anew(damage: Any, tmp_path: Path) -> None:
    """A page that can't be used is requested again and replaced."""
    with Loopback() as server:
        whole = quietly(server, cache=tmp_path)
        (file,) = tmp_path.iterdir()
        file.write_bytes(damage(gzip.decompress(file.read_bytes())))
        assert quietly(server, cache=tmp_path).partnerships == whole.partnerships
        quietly(server, cache=tmp_path)
    assert len(server.queries) == 2
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_a_cache_that_cant_be_used_is_an_error(tmp_path: Path) -> None:
    """A file in the place of the folder raises the system's own error."""
    (tmp_path / "file").write_text("x")
    with Loopback() as server, pytest.raises(OSError, match="file"):
        quietly(server, cache=tmp_path / "file")


# -- progress --------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """A stream that is a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_the_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal, of a script too, shows the pages in a line that is renewed and cleared; `progress=None` shows none."""
    monkeypatch.setattr(_progress._Work, "start", _progress._Work.show)
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)

    def answer(query: str) -> bytes:
        if (work := _progress._now.work) is not None:
            work.show()  # as its thread does
        return ring(query)

    with Loopback(answer=answer) as server:
        quietly(server, ["Q1", "Q2"], page_size=1)
        assert stream.getvalue() == ""
        fetch(["Q1", "Q2"], endpoint=server.url, page_size=1)
    lines = [line.strip() for line in stream.getvalue().split("\r")]
    assert list(filter(None, lines)) == [
        "fetching from Wikidata … 0 s",
        "fetching from Wikidata … 0 s",
        "Wikidata: 1 of 2 pages",
    ]
    assert lines[-1] == ""


def test_a_log_gets_the_only_the_last_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Where lines can't be renewed only the last is written."""
    with Loopback() as server:
        fetch(["Q1", "Q2"], endpoint=server.url, page_size=1)
    assert capsys.readouterr() == ("", "Wikidata: 2 of 2 pages\n")


def test_remarks_come_with_a_fetch() -> None:
    """What was left out is reported once, for all pages together."""
    deprecated = {**tie_row("Q1", "Q3"), "rank": uri("http://wikiba.se/ontology#DeprecatedRank")}
    found: list[wikidata.Remarks] = []
    with Loopback(answer=lambda query: results([deprecated])) as server:
        quietly(server, ["Q1", "Q2"], page_size=1, report=found.append)
    assert found == [wikidata.Remarks(deprecated=1)]
