"""
Show the partners and networks of a city, by default of the first that the data set is complete for.

'twincities NAME' is short for it; if a city has the name of a command, write 'twincities show NAME'.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from ..dataset.dataset import Dataset
from ..display.text import networks_text
from ..display.values import date_in
from ..display.words import counted, word
from ..errors import printable
from ..model.city import City
from ..model.cooperation import CooperationNetwork
from .arguments import DATA, JSON, argument
from .data import data_about
from .output import print_answers, print_json, print_text

ARGUMENTS = (
    argument("city", nargs="?", metavar="CITY", help="a name in any spelling, or an id"),
    DATA,
    JSON,
)
EXAMPLES = ("twincities show Kuopio --lang fi",)


def run(given: Namespace) -> None:
    dataset, lang = data_about(given.data, given.city), given.lang
    name = next(iter(dataset.complete_for or dataset.cities), None) if given.city is None else given.city
    if name is None:
        print_json(None) if given.json else print_text(word("no cities", lang))
        return
    city = dataset.city(name)
    networks = [network for network in dataset.networks.values() if city.id in network.members]
    if given.json:
        print_json(_facts(dataset, city, networks, lang))
        return
    ties = dataset.partners(city, direct=True).sort_by("name", lang=lang)  # networks are printed below
    as_of = f", {word('as of', lang)} {date_in(dataset.as_of, lang)}" if dataset.as_of else ""
    counts = f"{counted(len(ties), 'partners', lang)}, {counted(len(networks), 'networks', lang)}"
    print_text(f"{printable(city.label(lang))}: {counts}{as_of}", "bold")
    if ties:
        print_text("")
        print_answers(ties, lang)
    if networks:
        print_text("")
        print_text(networks_text(dataset, networks, lang))


def _facts(dataset: Dataset, city: City, networks: Iterable[CooperationNetwork], lang: str) -> dict[str, object]:
    from ..document.plain import unstructure

    return {
        "city": unstructure(city),
        "as_of": None if dataset.as_of is None else str(dataset.as_of),
        "complete": city.id in dataset.complete_for,
        "partners": dataset.partners(city).sort_by("name", lang=lang).to_dicts(lang=lang),
        "networks": [*map(unstructure, networks)],
    }
