"""
Write a data set in another format, each by its ending: .json, .jsonl, .csv, .tsv, .xlsx, .geojson, .ttl, .nt, .jsonld,
.graphml, .gexf, .sqlite, and .parquet, which is a folder. What the format can't hold is reported on standard error.

A table is read as import reads it; what can't be read ends the command.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from ..errors import QueryError, shown
from ..model.vocabulary import LANGUAGES
from .arguments import DATA, add_to
from .data import data_in
from .streams import is_table, read_file, write_file
from .tables import add_table_options, table_options

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
    parser.add_argument(
        "--lang", metavar="TAG", help="the language of names and labels (en); of a table, that of its names"
    )
    add_table_options(parser)


def run(given: Namespace) -> int:
    """
    Read and write.
    """
    table = table_options(given)
    ending = given.origin or "json"
    if not is_table(f"x.{ending}" if given.data == "-" else given.data):
        lang = table.pop("lang", "en")
        if lang not in LANGUAGES:
            raise QueryError(f"expected --lang as one of {', '.join(LANGUAGES)}, got {shown(lang)}")
    chosen = given.origin is not None or table
    dataset = read_file(given.data, ending=given.origin, table=table) if chosen else data_in(given.data)
    write_file(dataset, given.out, ending=given.to, lang=given.lang if given.lang in LANGUAGES else "en")
    return 0
