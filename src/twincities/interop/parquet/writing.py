"""
A folder of Parquet files, with the extra `arrow` (pyarrow): one for each of the tables of `to_arrow`, and a manifest.

The manifest is taken away first and written last, and names the content of each file: a folder that was half written, or
changed since, is refused by `read_parquet`. Equal data sets give equal files with the same version of pyarrow.
"""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..._files import write_atomically
from ..._optional import require
from ...document.writing import FORMAT
from ...query.whole import Whole
from ..arrow.writing import to_arrow

__all__ = ["MANIFEST", "write_parquet"]

MANIFEST = "manifest.json"
"""The file that names the others: format, and for each table its rows and the SHA-256 of its file."""


def write_parquet(dataset: Whole, folder: str | os.PathLike[str]) -> None:
    """
    Write the data set into *folder*: `cities.parquet` and so on for each table, then the manifest.

    The folder is made if it isn't there; the folder that it is in has to be. Other files in it stay. The metadata of each file
    holds what the data set says of itself and its sources; see `twincities.interop.arrow.to_arrow`.

    Raises:
        MissingDependencyError: pyarrow isn't installed.
        OSError: A file can't be written. The folder may then be of no use: `read_parquet` refuses it.
    """
    files = {name: _packed(table) for name, table in to_arrow(dataset).items()}
    digests = {name: sha256(data).hexdigest() for name, data in files.items()}
    folder = Path(folder)
    folder.mkdir(exist_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    for name, data in files.items():
        write_atomically(folder / f"{name}.parquet", [data])
    text = json.dumps({"format": FORMAT, "sha256": digests}, indent=1)
    write_atomically(folder / MANIFEST, [text.encode(), b"\n"])


def _packed(table: Any) -> bytes:
    """
    A table as a Parquet file.
    """
    stream = require("pyarrow", extra="arrow").BufferOutputStream()
    require("pyarrow.parquet", extra="arrow").write_table(table, stream, compression="zstd")
    data: bytes = stream.getvalue().to_pybytes()
    return data
