"""
Arguments that several commands share.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from ..dataset.selection import Selection
from ..display.ties import tie_labels
from ..display.values import sort_key
from ..errors import QueryError, shown
from ..model.vocabulary import LANGUAGES
from ..query.ties import Tie, seen_from
from ..sources.bundled import BUNDLED

__all__ = [
    "DATA",
    "add_city",
    "add_data",
    "add_filters",
    "add_json",
    "add_lang",
    "add_out",
    "add_to",
    "filters_of",
    "in_order",
    "years_of",
]

DATA = "a data set's name, a file in any format, or - for standard input"
"""The forms in which a data set may be given."""


def add_city(parser: ArgumentParser, *, optional: bool = False) -> None:
    """
    Add the city that a question is about.
    """
    parser.add_argument(
        "city", nargs="?" if optional else None, metavar="CITY", help="a name in any spelling, or an id"
    )


def add_data(parser: ArgumentParser) -> None:
    """
    Add the data set to ask.
    """
    parser.add_argument(
        "--data", metavar="DATA", help=f"{DATA} (default: {BUNDLED}, or the bundled data set that has the city)"
    )


def add_lang(parser: ArgumentParser) -> None:
    """
    Add the language of everything that is printed.
    """
    parser.add_argument(
        "--lang",
        default="en",
        type=str.lower,
        choices=LANGUAGES,
        help="language of names, labels and messages (default: %(default)s)",
    )


def add_json(parser: ArgumentParser) -> None:
    """
    Add the answer for programs.
    """
    parser.add_argument("--json", action="store_true", help="print the answer as JSON, for programs")


def add_out(parser: ArgumentParser, ending: str) -> None:
    """
    Add the file to write; *ending* is the default format on standard output.
    """
    parser.add_argument("--out", default="-", metavar="FILE", help="the file to write (default: standard output)")
    add_to(parser, ending)


def add_to(parser: ArgumentParser, ending: str) -> None:
    """
    Add the format on standard output.
    """
    parser.add_argument("--to", metavar="ENDING", help=f"format on standard output (default: {ending})")


_FILTERS = {
    "country": "an ISO 3166-1 code or a name",
    "area": "a cooperation area, narrower ones included",
    "status": "active, dormant, suspended or ended",
    "kind": "twinning, friendship, contact or project",
    "network": "a network that both cities belong to",
}


def add_filters(parser: ArgumentParser) -> None:
    """
    Add the filters of ties, and their order.
    """
    for name, meaning in _FILTERS.items():
        parser.add_argument(f"--{name}", action="append", metavar=name.upper(), help=meaning)
    parser.add_argument("--on", metavar="TIME", help="in force at a time, such as 1985 or 2022/2029")
    parser.add_argument("--unsure", action="store_true", help="with --on: also those for which this isn't known")
    keys = "name, since, country, status, kind, area, network, distance_km"
    parser.add_argument("--sort", default="name", metavar="KEY", help=f"{keys} (default: %(default)s)")
    parser.add_argument("--reverse", action="store_true", help="reverse the order")


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


def years_of(text: str) -> range:
    """
    Parse years such as 2027-2030.
    """
    first, _, last = text.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal()) or int(first) > int(last or first):
        raise QueryError(f"expected --years as 2027 or 2027-2030, got {shown(text)}")
    return range(int(first), int(last or first) + 1)
