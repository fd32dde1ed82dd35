"""
The command line: `python -m twincities` shows a data set as plain text.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Sequence

from . import __version__
from .bundled import BUNDLED, load
from .dataset import Dataset
from .display import date_text, networks_text, printable, ties_table
from .errors import TwinCitiesError
from .serial import read
from .vocabulary import LANGUAGES

__all__ = ["main"]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="twincities",
        description="Show a city's partners and networks.",
        epilog="example: twincities Kuopio --lang fi",
    )
    parser.add_argument("city", nargs="?", help="a name or id; the city that the data set is about unless given")
    parser.add_argument("--data", default=BUNDLED, metavar="NAME", help="a data set's name or file (%(default)s)")
    parser.add_argument("--lang", default="en", choices=LANGUAGES, help="the language of labels (%(default)s)")
    parser.add_argument("--version", action="version", version=f"twincities {__version__}")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run the command and return its exit code: 0 fine, 2 wrong use.
    """
    given = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that can't show a letter gets a question mark, not a traceback.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        # A name of a data set has neither an ending nor a folder: a stray file of that name isn't meant.
        dataset = read(given.data) if "." in given.data or os.sep in given.data else load(given.data)
        text = shown_city(dataset, given.city, given.lang, shutil.get_terminal_size((100, 24)).columns)
    except (TwinCitiesError, OSError) as error:
        print(f"twincities: {error}", file=sys.stderr)
        return 2
    try:
        print(text, flush=True)
    except BrokenPipeError:
        # Whoever reads the pipe has seen enough; nothing more may be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


_HEADING = {
    "en": ("partners", "networks", "as of"),
    "fi": ("kumppania", "verkostoa", "tilanne"),
    "sv": ("partner", "nätverk", "läget"),
}


def shown_city(dataset: Dataset, name: str | None, lang: str, columns: int) -> str:
    """
    A city's partners and networks as text; without a *name*, those of the first city that the set is complete for.
    """
    if name is None:
        name = next(iter(dataset.complete_for or dataset.cities), None)
        if name is None:
            return "The data set has no cities."
    city = dataset.city(name)
    ties = dataset.partners(city, direct=True).sort_by("name", lang=lang)  # what networks do stands below
    networks = [network for network in dataset.networks.values() if city.id in network.members]
    partners_word, networks_word, as_of_word = _HEADING[lang]
    as_of = f", {as_of_word} {date_text(dataset.as_of, lang)}" if dataset.as_of else ""
    parts = [f"{printable(city.label(lang))}: {len(ties)} {partners_word}, {len(networks)} {networks_word}{as_of}"]
    if ties:
        parts += ["", ties_table(ties, lang, columns)]
    if networks:
        parts += ["", networks_text(dataset, networks, lang, columns)]
    return "\n".join(parts)
