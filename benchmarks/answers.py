"""
How long answers take on a world in memory, each beside the plain structure that holds the answer already, or a peer.

    python benchmarks/answers.py world.json [larger.json ...]
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
from measure import by_turns, machine, reported, seconds, table

import twincities as tc


def some(population: Any, count: int) -> list[Any]:
    """
    A seeded sample, the same each time.
    """
    return random.Random(190).sample(list(population), count)  # noqa: S311  # no secret


def each(answer: Callable[..., object], questions: list[Any]) -> Callable[[], float]:
    """
    A contender: seconds an answer, over all *questions*.
    """

    def measured() -> float:
        start = time.perf_counter()
        for question in questions:
            answer(*question) if isinstance(question, tuple) else answer(question)
        return (time.perf_counter() - start) / len(questions)

    return measured


class World:
    """
    A world in our form and in those of the peers.
    """

    def __init__(self, ds: tc.Dataset, *, peers: bool = True) -> None:
        self.ds = ds
        self.cities = dict(ds.cities)
        if not peers:
            return
        self.stored: dict[str, list[tuple[tc.City, tc.Partnership]]] = {}
        for (first, second), partnership in self.ds.partnerships.items():
            self.stored.setdefault(first, []).append((self.cities[second], partnership))
            self.stored.setdefault(second, []).append((self.cities[first], partnership))
        self.graph = nx.Graph(list(self.ds.partnerships))
        rows = [
            (p.cities[0], p.cities[1], self.cities[p.cities[1]].country_code, str(p.status), area)
            for p in self.ds.partnerships.values()
            for area in {area for activity in p.activities for area in activity.areas}
        ]
        columns = ["first", "second", "country", "status", "area"]
        self.frame = pd.DataFrame(rows, columns=columns).astype("category")
        self.base = sqlite3.connect(":memory:")
        self.base.execute("create table ties (first, second, country, status, area)")
        self.base.executemany("insert into ties values (?, ?, ?, ?, ?)", rows)
        self.base.execute("create index by_all on ties (country, area, status)")
        self.base.execute("create index by_first on ties (first)")
        self.base.execute("create index by_second on ties (second)")

    def read_partners(self, city: str) -> None:
        """
        The partners of a city, made and read through.
        """
        for tie in self.ds.partners(city):
            tie.partner  # noqa: B018

    def sqlite_partners(self, city: str) -> list[Any]:
        """
        The same from SQLite.
        """
        query = "select distinct second from ties where first = ? union select first from ties where second = ?"
        return self.base.execute(query, (city, city)).fetchall()

    def sqlite_filter(self, country: str, area: str, status: str) -> list[Any]:
        """
        Country, area and status from a covering index of SQLite.
        """
        query = "select first, second from ties where country = ? and area = ? and status = ?"
        return self.base.execute(query, (country, area, status)).fetchall()

    def pandas_filter(self, country: str, area: str, status: str) -> Any:
        """
        Country, area and status from a frame of categories.
        """
        frame = self.frame
        return frame[(frame.country == country) & (frame.area == area) & (frame.status == status)]

    def networkx_cousins(self, city: str) -> Any:
        """
        Partners of partners, with those they share, most shared first.
        """
        graph = self.graph
        found = {cousin for partner in graph[city] for cousin in graph[partner]} - {city}
        shared = [(cousin, sorted(nx.common_neighbors(graph, city, cousin))) for cousin in found]
        return sorted(shared, key=lambda item: (-len(item[1]), item[0]))

    def cousins_by_hand(self, city: str) -> Any:
        """
        The same ids in one walk over the graph.
        """
        shared: dict[str, list[str]] = {}
        for partner in self.graph[city]:
            for cousin in self.graph[partner]:
                if cousin != city:
                    shared.setdefault(cousin, []).append(partner)
        return sorted(shared.items(), key=lambda item: (-len(item[1]), item[0]))


def mistyped(name: str) -> str:
    """
    A name with one letter wrong.
    """
    middle = len(name) // 2
    return name[:middle] + ("x" if name[middle] != "x" else "y") + name[middle + 1 :]


def report(world: World, rounds: int) -> None:
    """
    The tables of one world.
    """
    ds, cities = world.ds, world.cities
    us = {"unit": "µs", "scale": 1e6}
    ids = some(cities, 2000)
    table(
        "A city by its id",
        by_turns({"dict": each(cities.__getitem__, ids), "ds.cities[id]": each(ds.cities.__getitem__, ids)}, rounds),
        "dict",
        goals={"ds.cities[id]": 3},
        **us,
    )
    counted = Counter(name for city in cities.values() for name in {tc.fold(n) for n in city.names.values()})
    folded = [city.name.upper() for city in cities.values() if counted[tc.fold(city.name)] == 1]
    known = {tc.fold(name): name for name in folded}
    names = some(folded, 500)
    table(
        "A city by its name in other letters (goal: 5 µs)",
        by_turns(
            {"dict of folded names": each(known.get, [*map(tc.fold, names)]), "ds.city": each(ds.city, names)}, rounds
        ),
        "dict of folded names",
        **us,
    )
    tied = [id for id in ids if id in world.stored][:500]
    partners = sum(len(world.stored[id]) for id in tied) / len(tied)
    asked = by_turns(
        {
            "dict of lists": each(world.stored.__getitem__, tied),
            "ds.partners(id), read through": each(world.read_partners, tied),
            "networkx": each(lambda city: list(world.graph[city]), tied),
            "SQLite": each(world.sqlite_partners, tied[:100]),
        },
        rounds,
    )
    goal = 3 + 0.7 * partners
    table(f"The partners of a city, {partners:.1f} on average (goal: {goal:.1f} µs)", asked, "dict of lists", **us)
    hub = max(world.stored, key=lambda city: len(world.stored[city]))
    selection, most = ds.partners(hub), len(world.stored[hub])
    again = by_turns({"read again": seconds(lambda: [tie.partner for tie in selection], 20)}, rounds)
    found = {"read again, a partner": [value / most for value in again["read again"]]}
    table(f"The {most} partners of the largest hub (goal: 0.2 µs a partner)", found, "read again, a partner", **us)

    triples = Counter(
        (country, area, str(p.status))
        for p in ds.partnerships.values()
        if p.status
        for country in {cities[id].country_code for id in p.cities}
        for area in {area for activity in p.activities for area in activity.areas}
    )
    (rare, hits), (common, many) = min(triples.items(), key=lambda i: i[1]), triples.most_common(1)[0]
    ask: Callable[..., Any] = lambda c, a, s: len(ds.ties(country=c, area=a, status=s))  # noqa: E731
    narrow = (*rare[:2], rare[2])
    for triple, count in ((narrow, hits), (common, many)):
        table(
            f"All ties by country, area and status: {count} of {len(ds.partnerships):,}",
            by_turns(
                {
                    "ds.ties": each(ask, [triple] * 20),
                    "pandas": each(world.pandas_filter, [triple] * 3),
                    "SQLite": each(world.sqlite_filter, [triple] * 10),
                },
                rounds,
            ),
            "ds.ties",
            **us,
        )
    one = next(p for p in ds.partnerships.values() if p.status and p.activities and p.kind)
    lone = ds.with_records(
        tc.City(id="lone", name="Lone", country_code="AQ"),
        tc.Partnership(cities=("lone", one.cities[0]), status="ended", activities=[tc.Activity(areas=["w-sport"])]),
    )
    len(lone.ties(country="AQ", area="w-sport", status="ended"))
    single = by_turns(
        {"ds.ties": each(lambda: list(lone.ties(country="AQ", area="w-sport", status="ended")), [()] * 100)}, rounds
    )
    table(f"One hit of {len(lone.partnerships):,} (goal: 20 µs)", single, "ds.ties", **us)

    few = tied[:100]
    cousins = by_turns(
        {
            "networkx": each(world.networkx_cousins, few),
            "ids by hand": each(world.cousins_by_hand, few),
            "ds.cousins, read through": each(lambda city: list(ds.cousins(city)), few),
        },
        rounds,
    )
    goals = {"ds.cousins, read through": 0.2}
    table("Partners of partners with those they share (goal: at most 0.2)", cousins, "networkx", goals=goals, **us)
    largest = max(nx.connected_components(world.graph), key=len)
    reachable = [id for id in tied if id in largest]
    pairs = list(zip(reachable[:200], reachable[200:400], strict=True))
    paths = by_turns(
        {"networkx": each(lambda a, b: nx.shortest_path(world.graph, a, b), pairs), "ds.path": each(ds.path, pairs)},
        rounds,
    )
    table("A shortest path (goal: at most 0.77)", paths, "networkx", goals={"ds.path": 0.77}, **us)

    ds.search("made at the first question", limit=1)
    searched = [mistyped(name) for name in some([city.name for city in cities.values()], 20)]
    found_names = by_turns({"ds.search": each(lambda text: ds.search(text, limit=5), searched)}, max(rounds // 3, 1))
    labels = len({name for city in cities.values() for name in city.names.values()})
    table(f"A mistyped name among {labels:,} (goal: 50 ms)", found_names, "ds.search")


def by_hand(ds: tc.Dataset) -> dict[str, list[tuple[str, str]]]:
    """
    The plainest index of partners there is.
    """
    found: dict[str, list[tuple[str, str]]] = {id: [] for id in ds.cities}
    for pair in ds.partnerships:
        for id in pair:
            found[id].append(pair)
    return found


def growth(paths: list[str], rounds: int) -> None:
    """
    How reading, indexes and look-ups grow with the world; `json.loads`, an index and a dict look-up by hand tell what
    memory does.
    """
    columns = {
        "json.loads": "json.loads, s",
        "read": "read, s",
        "names": "name index, s",
        "by hand": "an index by hand, s",
        "ties": "partner index, s",
        "dict": "dict, µs",
        "id": "by id, µs",
        "name": "by folded name, µs",
        "partners": "partners, µs",
    }
    reading = str(Path(__file__).with_name("reading.py"))
    print("\n### Growth\n")
    print(f"| cities | {' | '.join(columns.values())} |")
    print(f"| ---: |{' ---: |' * len(columns)}")
    for path in paths:
        found: dict[str, list[float]] = {name: [] for name in columns}
        for _ in range(max(rounds // 2, 1)):
            # Each in a fresh process: what was read before would leave its memory to what comes after.
            found["json.loads"].append(reported(reading, path, "--one", "read", "json.loads")())
            found["read"].append(reported(reading, path, "--one", "read", "twincities[speed]")())
            ds = tc.from_json(Path(path).read_bytes())
            world = World(ds, peers=False)
            ids = some(world.cities, 500)
            name = next(city.name for city in world.cities.values() if not city.name.isascii())

            def ask(ds: tc.Dataset = ds, name: str = name) -> None:
                with suppress(tc.AmbiguousCityError):
                    ds.city(name.upper())

            found["names"].append(seconds(ask)())
            found["by hand"].append(seconds(lambda ds=ds: by_hand(ds))())
            ds.partners(ids[0])  # the first question is answered without the index
            found["ties"].append(seconds(lambda ds=ds, city=ids[0]: ds.partners(city))())
            found["dict"].append(each(world.cities.__getitem__, ids)() * 1e6)
            found["id"].append(each(ds.cities.__getitem__, ids)() * 1e6)
            found["name"].append(seconds(ask, 200)() * 1e6)
            found["partners"].append(each(world.read_partners, ids)() * 1e6)
        middle = [statistics.median(values) for values in found.values()]
        print(f"| {len(world.cities):,} | " + " | ".join(f"{value:.3g}" for value in middle) + " |", flush=True)


def main() -> None:
    """
    Print the tables.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+", help="the last is asked, all are compared in growth")
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    machine("attrs", "msgspec", "networkx", "pandas", "rapidfuzz")
    report(World(tc.from_json(Path(given.files[-1]).read_bytes())), given.rounds)
    growth(given.files, given.rounds)


if __name__ == "__main__":
    main()
