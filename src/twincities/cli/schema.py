"""
Print the JSON Schema (2020-12) of documents, for editors and other programs.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from .._data import read_data
from .output import write_bytes

__all__ = ["EXAMPLES", "add_arguments", "run"]

EXAMPLES = ("twincities schema",)


def add_arguments(_parser: ArgumentParser) -> None:
    """
    The command takes no arguments.
    """


def run(_given: Namespace) -> int:
    """
    Print the schema.
    """
    write_bytes(read_data("dataset.schema.json"))
    return 0
