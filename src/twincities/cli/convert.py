"""
Convert a data set to the format of the file's ending: .json, .jsonl, .csv, .tsv, .xlsx, .geojson, .ttl, .nt, .jsonld,
.graphml, .gexf, .sqlite or .parquet (a folder). What the format can't hold is reported on standard error.

Tables are read as import reads them; if something isn't clear, nothing is written.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from .arguments import DATA, add_to
from .data import data_in
from .streams import write_file
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
    parser.add_argument(
        "--from", dest="origin", metavar="ENDING", help="format on standard input (default: json or jsonl)"
    )
    add_to(parser, "json")
    add_table_options(parser)


def run(given: Namespace) -> int:
    """
    Read and write.
    """
    dataset = data_in(given.data, ending=given.origin, table=table_options(given))
    write_file(dataset, given.out, ending=given.to, lang=given.lang or "en")
    return 0
