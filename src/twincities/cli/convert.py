"""
Write a data set in another format, each by its ending: .json, .jsonl, .csv, .tsv, .xlsx, .geojson, .ttl, .nt, .jsonld,
.graphml, .gexf, .sqlite, and .parquet, which is a folder. What the format can't hold is reported on standard error.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from .arguments import DATA, add_lang, add_to
from .data import data_in
from .streams import read_file, write_file

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = (
    "twincities convert kuopio kuopio.geojson --lang fi",
    "twincities convert kuopio - --to csv",
)


def add_arguments(parser: ArgumentParser) -> None:
    """
    Declare the arguments of the command.
    """
    parser.add_argument("data", metavar="DATA", help=DATA)
    parser.add_argument("out", metavar="FILE", help="the file to write, or - for standard output")
    parser.add_argument("--from", dest="origin", metavar="ENDING", help="the format on standard input (json or jsonl)")
    add_to(parser, "json")
    parser.add_argument("--city", metavar="NAME", help="the city whose partners a table lists, where no column says it")
    add_lang(parser)


def run(given: Namespace) -> int:
    """
    Read and write.
    """
    chosen = given.origin is not None or given.city is not None
    dataset = read_file(given.data, ending=given.origin, city=given.city) if chosen else data_in(given.data)
    write_file(dataset, given.out, ending=given.to, lang=given.lang)
    return 0
