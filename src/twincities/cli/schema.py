"""
Print the JSON Schema (2020-12) of documents, for editors and other programs.
"""

from __future__ import annotations

from argparse import Namespace

from .._data import read_data
from .output import write_bytes

ARGUMENTS = ()
EXAMPLES = ("twincities schema",)


def run(_given: Namespace) -> None:
    write_bytes(read_data("dataset.schema.json"))
