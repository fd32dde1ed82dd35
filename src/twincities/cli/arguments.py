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

DATA = "a data set's name, a file of any format, or - for standard input"
"""What names a data set."""


def add_city(parser: ArgumentParser) -> None:
    """
    The city that a question is about.
    """
    parser.add_argument("city", metavar="CITY", help="a name in any spelling, or an id")


def add_data(parser: ArgumentParser) -> None:
    """
    The data set that is asked.
    """
    parser.add_argument("--data", metavar="DATA", help=f"{DATA} ({BUNDLED}, or the bundled one that has the city)")


def add_lang(parser: ArgumentParser, when: str = "") -> None:
    """
    The language of labels.
    """
    parser.add_argument(
        "--lang",
        default="en",
        type=str.lower,
        choices=LANGUAGES,
        help=f"{when}the language of names and labels (%(default)s)",
    )


def add_json(parser: ArgumentParser) -> None:
    """
    The answer for programs.
    """
    parser.add_argument("--json", action="store_true", help="print the answer as JSON")


def add_out(parser: ArgumentParser, ending: str) -> None:
    """
    The file that is written; *ending* is the format on standard output unless given.
    """
    parser.add_argument(
        "--out", default="-", metavar="FILE", help="the file to write; - is standard output (%(default)s)"
    )
    add_to(parser, ending)


def add_to(parser: ArgumentParser, ending: str) -> None:
    """
    The format on standard output.
    """
    parser.add_argument("--to", metavar="ENDING", help=f"the format on standard output ({ending})")


_FILTERS = {
    "country": "an ISO 3166-1 code or a name",
    "area": "a cooperation area; narrower ones count",
    "status": "active, dormant, suspended or ended",
    "kind": "twinning, friendship, contact or project",
    "network": "a network that both cities belong to",
}


def add_filters(parser: ArgumentParser) -> None:
    """
    The filters of ties, and the order of what they find.
    """
    for name, meaning in _FILTERS.items():
        parser.add_argument(f"--{name}", action="append", metavar=name.upper(), help=meaning)
    parser.add_argument("--on", metavar="TIME", help="in force at a time: 1985, 2022/2029")
    parser.add_argument("--unsure", action="store_true", help="with --on: also those of which that can't be known")
    keys = "name, since, country, status, kind, area, network, distance_km"
    parser.add_argument("--sort", default="name", metavar="KEY", help=f"{keys} (%(default)s)")
    parser.add_argument("--reverse", action="store_true", help="the greatest first")


def filters_of(given: Namespace) -> dict[str, Any]:
    """
    The filters given, as `Dataset.partners` and `Dataset.ties` take them.
    """
    return {name: getattr(given, name) for name in (*_FILTERS, "on", "unsure")}


def in_order(ties: Selection[Tie], given: Namespace) -> Selection[Tie]:
    """
    The ties in the order asked for; by name, those of several cities go by both names.
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
    The years of an option such as 2027-2030.
    """
    first, _, last = text.partition("-")
    if not (first.isdecimal() and (last or first).isdecimal()):
        raise QueryError(f"expected --years as 2027 or 2027-2030, got {shown(text)}")
    return range(int(first), int(last or first) + 1)
