"""
Changes to JSON documents that keep them JSON, so that what lies behind the parser is reached.
"""

from __future__ import annotations

import json
from random import Random
from typing import Any

__all__ = ["changed"]

HOSTILE: list[Any] = [
    *(None, True, False, 0, -1, 1.5, 10**17, 10**400, 1e308, float("nan"), float("inf"), -0.0),
    *(
        "",
        " ",
        "\0",
        "\ud800",
        "\u202e",
        "\ufeff",
        "x" * 300,
        "=1+1",
        "<b>",
        "\x1b[31m",
        '"',
        "٣",
        "ﬁ",
        "İ",
        "$",
        "a.b",
    ),
    *("1940", "194X", "1972?", "2022/2029", "../..", "9999-12-31", "FI", "FI-15", "Q1757", "660561", "fi", "zh-Hant"),
    *("+1940-00-00T00:00:00Z", "-0044-03-15T00:00:00Z", "uri", "literal", "Point(27.7 62.9)"),
    *([], {}, [[]], {"": {}}, [None], ["a", "a"], {"a": 1, "__proto__": 2}),
]


def changed(document: Any, seed: int) -> Any:
    """
    *document* with one to three places taken out, doubled, swapped with another, or filled with something hostile.
    """
    random = Random(seed)  # noqa: S311  # nothing secret
    for _ in range(random.randint(1, 3)):
        places = list(_places(document))
        if not places:
            return random.choice(HOSTILE)
        holder, key = random.choice(places)
        match random.randrange(5):
            case 0:
                del holder[key]
            case 1 if isinstance(holder, list):
                holder.insert(key, json.loads(json.dumps(holder[key])))
            case 1:
                holder[random.choice(["id", "x", "extra", "names", "since"])] = holder[key]
            case 2:
                other, place = random.choice(places)
                holder[key] = json.loads(json.dumps(other[place]))
            case _:
                holder[key] = random.choice(HOSTILE)
    return document


def _places(value: Any) -> Any:
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, entry in list(entries):
        yield value, key
        yield from _places(entry)
