"""
How long a world takes to read, check, ask first and write, and how much memory it holds. Each in a fresh process.

    python benchmarks/reading.py world.json
"""

from __future__ import annotations

import argparse
import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from measure import by_turns, machine, reported, table


def first_city(document: dict[str, Any]) -> str:
    """
    The city that is asked about.
    """
    return str(document["partnerships"][0]["cities"][0])


def json_and_index(data: bytes) -> object:
    """
    What one would write by hand: dicts, an index of partners, the first answer.
    """
    document = json.loads(data)
    cities = {city["id"]: city for city in document["cities"]}
    partners: dict[str, list[Any]] = {}
    for partnership in document["partnerships"]:
        first, second = partnership["cities"]
        partners.setdefault(first, []).append((cities[second], partnership))
        partners.setdefault(second, []).append((cities[first], partnership))
    return document, partners[first_city(document)]


def ours(data: bytes, *, speed: bool = True, ask: bool = False) -> object:
    """
    A checked `Dataset`, with or without msgspec; and the first answer.
    """
    if not speed:
        sys.modules["msgspec"] = None  # type: ignore[assignment]
    import twincities as tc

    dataset = tc.from_json(data)
    return dataset, list(dataset.partners(next(iter(dataset.partnerships))[0])) if ask else None


def orjson_dicts(data: bytes) -> object:
    """
    Dicts by orjson.
    """
    import orjson

    return orjson.loads(data)


def msgspec_dicts(data: bytes) -> object:
    """
    Dicts by msgspec.
    """
    import msgspec

    return msgspec.json.decode(data)


def json_unpaused(data: bytes) -> object:
    """
    Dicts by `json`, the collector off.
    """
    gc.disable()
    try:
        return json.loads(data)
    finally:
        gc.enable()


def msgspec_structs(data: bytes) -> object:
    """
    Plain Structs by msgspec: types alone, no rule, no reference checked.
    """
    import msgspec

    def struct(name: str, /, **fields: Any) -> Any:
        given = [
            (field, kind) if default is ... else (field, kind, default) for field, (kind, default) in fields.items()
        ]
        return msgspec.defstruct(name, given, kw_only=True, frozen=True, gc=False, forbid_unknown_fields=True)

    return msgspec.json.decode(data, type=document_class(struct))


def pydantic_models(data: bytes) -> object:
    """
    Models by pydantic: types alone, no rule, no reference checked.
    """
    import pydantic

    frozen = pydantic.ConfigDict(frozen=True, extra="forbid")

    def model(name: str, /, **fields: Any) -> Any:
        return pydantic.create_model(name, __config__=frozen, **fields)

    return document_class(model).model_validate_json(data)


def document_class(make: Callable[..., Any]) -> Any:
    """
    The class of a world's document; *make* takes a name, and by field its type and its default, `...` if it has none.
    """
    texts, labels = (tuple[str, ...], ()), (dict[str, str], {})
    text = (str | None, None)
    coordinates = make("Coordinates", latitude=(float, ...), longitude=(float, ...))
    population = make("Population", value=(int, ...), as_of=text)
    city = make(
        "City",
        id=(str, ...),
        name=text,
        names=labels,
        kind=text,
        country_code=text,
        coordinates=(coordinates | None, None),
        populations=(tuple[population, ...], ()),
        wikidata_id=text,
        sources=texts,
    )
    activity = make("Activity", areas=texts, summary=labels, stage=text, period=text)
    partnership = make(
        "Partnership",
        cities=(tuple[str, str], ...),
        kind=text,
        status=text,
        since=text,
        activities=(tuple[activity, ...], ()),
        sources=texts,
    )
    return make(
        "Document",
        **dict.fromkeys(("format", "id", "title", "version", "as_of"), text),
        **dict.fromkeys(("sources", "areas"), (tuple[dict[str, Any], ...], ())),
        cities=(tuple[city, ...], ()),
        partnerships=(tuple[partnership, ...], ()),
    )


READERS: dict[str, Callable[[bytes], object]] = {
    "json.loads": json.loads,
    "json.loads, collector off": json_unpaused,
    "orjson.loads": orjson_dicts,
    "msgspec, untyped": msgspec_dicts,
    "msgspec, plain Structs": msgspec_structs,
    "pydantic": pydantic_models,
    "twincities[speed]": ours,
    "twincities": lambda data: ours(data, speed=False),
    "json.loads and a dict index, first partners": json_and_index,
    "twincities[speed], first partners": lambda data: ours(data, ask=True),
}


def imported() -> None:
    """
    Import what the readers need, so that it isn't measured: the bundled set is read in the same ways.
    """
    import msgspec  # noqa: F401
    import orjson  # noqa: F401
    import pydantic  # noqa: F401

    import twincities as tc

    tc.from_json(tc.load().to_json())


def resident() -> float:
    """
    The megabytes that the process holds.
    """
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6


def one(what: str, name: str, path: str) -> float:
    """
    One measurement, in a process of its own.
    """
    data = Path(path).read_bytes()
    imported()
    if what == "memory":
        gc.collect()
        before = resident()
        kept = READERS[name](data)
        gc.collect()
        return resident() - before if kept else 0.0
    if what == "write":
        return write_one(name, data)
    start = time.process_time()
    kept = READERS[name](data)
    taken = time.process_time() - start
    return taken if kept else 0.0


def write_one(name: str, data: bytes) -> float:
    """
    How long writing takes, of what was read before.
    """
    import msgspec
    import orjson

    import twincities as tc

    if name.startswith("twincities"):
        dataset = tc.from_json(data)
        if name == "twincities":
            sys.modules["msgspec"] = None  # type: ignore[assignment]
        write: Callable[[], object] = dataset.to_json
    else:
        document = json.loads(data)
        writers = {"json.dumps": json.dumps, "orjson.dumps": orjson.dumps, "msgspec, dicts": msgspec.json.encode}
        write = lambda: writers[name](document)  # noqa: E731
    start = time.process_time()
    write()
    return time.process_time() - start


def main() -> None:
    """
    Print the tables.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("file")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--one", nargs=2, metavar=("WHAT", "NAME"), help="one measurement, printed as a number")
    given = parser.parse_args()
    if given.one:
        print(one(*given.one, given.file))
        return

    def measured(what: str, names: list[str]) -> dict[str, list[float]]:
        contenders = {name: reported(__file__, given.file, "--one", what, name) for name in names}
        return by_turns(contenders, given.rounds)

    machine("attrs", "cattrs", "msgspec", "orjson", "pydantic")
    table(
        f"Bytes of {Path(given.file).name} to objects, against `json.loads`",
        measured("read", list(READERS)),
        "json.loads",
        goals={"twincities[speed]": 0.55, "twincities": 2.3, "twincities[speed], first partners": 0.6},
    )
    table(
        "Memory held, against the dicts of `json.loads`",
        measured("memory", ["json.loads", "pydantic", "twincities[speed]", "twincities"]),
        "json.loads",
        unit="MB",
        scale=1,
        goals={"twincities[speed]": 0.75},
    )
    table(
        "Writing, against `json.dumps` of the dicts",
        measured("write", ["json.dumps", "orjson.dumps", "msgspec, dicts", "twincities[speed]", "twincities"]),
        "json.dumps",
        goals={"twincities[speed]": 0.5, "twincities": 1.5},
    )


if __name__ == "__main__":
    main()
