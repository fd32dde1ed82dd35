"""
Arguments that several commands share. A command declares its own in a tuple; each adds itself to a parser.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial
from operator import methodcaller
from typing import Any

from ..dataset.selection import Selection
from ..display.ties import tie_labels
from ..display.values import sort_key
from ..errors import QueryError, shown
from ..model.vocabulary import LANGUAGES
from ..query.ties import Tie, seen_from
from ..sources.bundled import BUNDLED

Argument = Callable[[ArgumentParser], object]

argument = partial(methodcaller, "add_argument")
"""An argument of a command, as `ArgumentParser.add_argument` takes it."""

DATA_FORMS = "a data set's name, a file in any format, or - for standard input"

A_CITY = argument("city", metavar="CITY", help="a name in any spelling, or an id")
ONE_CITY = argument("city", nargs="?", metavar="CITY", help="only those of this city")
DATA = argument(
    "--data", metavar="DATA", help=f"{DATA_FORMS} (default: {BUNDLED}, or the bundled data set that has the city)"
)
TWO_DATA_SETS = (
    argument("first", metavar="A", help=DATA_FORMS),
    argument("second", metavar="B", help="the other data set"),
)
EVERY = argument("--every", type=int, default=5, metavar="N", help="every so many years (default: %(default)s)")
JSON = argument("--json", action="store_true", help="print the answer as JSON, for programs")
LANG = argument(
    "--lang",
    default="en",
    type=str.lower,
    choices=LANGUAGES,
    help="language of names, labels and messages (default: %(default)s)",
)


def out(what: str = "file") -> Argument:
    """
    The file to write.
    """
    return argument("--out", default="-", metavar="FILE", help=f"the {what} to write (default: standard output)")


def to(ending: str) -> Argument:
    """
    The format on standard output, by default that of *ending*.
    """
    return argument("--to", metavar="ENDING", help=f"format on standard output (default: {ending})")


_FILTERS = {
    "country": "an ISO 3166-1 code or a name",
    "area": "a cooperation area, narrower ones included",
    "status": "active, dormant, suspended or ended",
    "kind": "twinning, friendship, contact or project",
    "network": "a network that both cities belong to",
}
_KEYS = "name, since, country, status, kind, area, network, distance_km"

FILTERS = (
    *(argument(f"--{name}", action="append", metavar=name.upper(), help=help) for name, help in _FILTERS.items()),
    argument("--on", metavar="TIME", help="in force at a time, such as 1985 or 2022/2029"),
    argument("--unsure", action="store_true", help="with --on: also those for which this isn't known"),
    argument("--sort", default="name", metavar="KEY", help=f"{_KEYS} (default: %(default)s)"),
    argument("--reverse", action="store_true", help="reverse the order"),
)
"""The filters of ties, and their order."""


def filters_of(given: Namespace) -> dict[str, Any]:
    """
    The given filters as arguments of `Dataset.partners` and `Dataset.ties`.
    """
    return {name: getattr(given, name) for name in (*_FILTERS, "on", "unsure")}


def in_order(ties: Selection[Tie], given: Namespace) -> Selection[Tie]:
    """
    Sort the ties as asked; ties of several cities are sorted by the names of both.
    """
    hub = seen_from(ties)
    if given.sort == "name" and hub is None:
        labels = dict(zip(map(id, ties), tie_labels(ties, given.lang), strict=True))
        return Selection(
            sorted(ties, key=lambda tie: sort_key(labels[id(tie)], given.lang), reverse=given.reverse),
            complete=ties.complete,
        )
    return ties.sort_by(given.sort, reverse=given.reverse, lang=given.lang)


def years_of(text: str | None) -> range | None:
    """
    Parse years such as 2027-2030, if they are given.
    """
    if text is None:
        return None
    first, _, last = text.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal()) or int(first) > int(last or first):
        raise QueryError(f"expected --years as 2027 or 2027-2030, got {shown(text)}")
    return range(int(first), int(last or first) + 1)
