"""
Convert a data set to the format of the file's ending: .json, .jsonl, .csv, .tsv, .xlsx, .geojson, .ttl, .nt, .jsonld,
.graphml, .gexf, .sqlite or .parquet (a folder). What the format can't hold is reported on standard error.

Tables are read as import reads them; if something isn't clear, nothing is written.
"""

from __future__ import annotations

from argparse import Namespace

from .arguments import DATA_FORMS, argument, to
from .data import data_in
from .streams import write_file
from .tables import add_table_options, table_options

ARGUMENTS = (
    argument("data", metavar="DATA", help=DATA_FORMS),
    argument("out", metavar="FILE", help="the file to write, or - for standard output"),
    argument("--from", dest="origin", metavar="ENDING", help="format on standard input (default: json or jsonl)"),
    to("json"),
    add_table_options,
)
EXAMPLES = (
    "twincities convert kuopio kuopio.geojson --lang fi",
    "twincities convert kuopio - --to csv",
)


def run(given: Namespace) -> None:
    dataset = data_in(given.data, ending=given.origin, table=table_options(given))
    write_file(dataset, given.out, ending=given.to, lang=given.lang or "en")
