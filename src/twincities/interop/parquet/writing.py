"""
Write data sets as folders of Parquet files: one for each table of `to_arrow`, and a manifest.

The manifest has the digest of each file. It is removed first and written last, so that `read_parquet` can refuse a folder
that is incomplete or was changed. Equal data sets give equal files with the same version of pyarrow.
"""

from __future__ import annotations

import io
import json
import os
from hashlib import sha256
from typing import Any

from ..._files import as_path, write_atomically
from ..._optional import require
from ...document.writing import FORMAT
from ...query.whole import Whole
from ..arrow.writing import to_arrow

MANIFEST = "manifest.json"
"""The file with the format of the data set and the SHA-256 of each Parquet file."""


def write_parquet(dataset: Whole, folder: str | os.PathLike[str]) -> None:
    """
    Write a data set to a folder: `cities.parquet` and so on for each table, then the manifest.

    The folder is created if its parent exists; other files in it stay. The metadata of each file has the head and the
    sources of the data set; see `twincities.interop.arrow.to_arrow`.

    Raises:
        MissingDependencyError: pyarrow isn't installed.
        OSError: A file can't be written. The folder may then be incomplete, and `read_parquet` refuses it.
    """
    files = {name: _file(table) for name, table in to_arrow(dataset).items()}
    digests = {name: sha256(data).hexdigest() for name, data in files.items()}
    folder = as_path(folder)
    folder.mkdir(exist_ok=True)
    (folder / MANIFEST).unlink(missing_ok=True)
    for name, data in files.items():
        write_atomically(folder / f"{name}.parquet", [data])
    text = json.dumps({"format": FORMAT, "sha256": digests}, indent=1)
    write_atomically(folder / MANIFEST, [text.encode(), b"\n"])


def _file(table: Any) -> bytes:
    stream = io.BytesIO()
    require("pyarrow.parquet", extra="arrow").write_table(table, stream, compression="zstd")
    return stream.getvalue()
