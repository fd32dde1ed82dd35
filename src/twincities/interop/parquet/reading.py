"""
Read data sets from folders of Parquet files.
"""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..._files import MAX_BYTES, as_path, naming, read_bytes
from ..._optional import require
from ...dataset.dataset import Dataset
from ...document.text import parsed
from ...document.writing import FORMAT
from ...errors import FormatVersionError, one_problem
from .._foreign import parsing
from ..arrow.columns import RECORD_TABLES
from ..arrow.reading import from_arrow
from .writing import MANIFEST


def read_parquet(folder: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Dataset:
    """
    Read the data set in a folder written by `write_parquet`.

    Args:
        folder: The folder.
        max_bytes: The most bytes that a table may have, unpacked; 1 GiB by default.

    Raises:
        DatasetError: The folder is incomplete, was changed, or doesn't hold a data set. Read tables that you changed on
            purpose with `twincities.interop.arrow.from_arrow`.
        MissingDependencyError: pyarrow isn't installed.
        OSError: The folder doesn't exist, or a file can't be read.
    """
    require("pyarrow", extra="arrow")
    folder = as_path(folder)
    with naming(folder):
        digests = _digests(folder)
        tables = {name: _table(folder / f"{name}.parquet", digests[name], max_bytes) for name in RECORD_TABLES}
        return from_arrow(tables)


def _digests(folder: Path) -> dict[str, str]:
    """
    The SHA-256 of each file, from the manifest.
    """
    path = folder / MANIFEST
    if not path.exists() and folder.is_dir():
        message = "expected this file, which is written last: the folder is incomplete, or isn't ours"
        raise one_problem(MANIFEST, message)
    manifest = parsed(read_bytes(path), MANIFEST)
    found = manifest.get("format") if isinstance(manifest, dict) else None
    if isinstance(found, str) and found != FORMAT:
        raise FormatVersionError(found, FORMAT, path=MANIFEST)
    digests = manifest.get("sha256") if found == FORMAT else None
    if not isinstance(digests, dict) or digests.keys() != set(RECORD_TABLES):
        raise one_problem(MANIFEST, f"expected the format {FORMAT} and the SHA-256 of {', '.join(RECORD_TABLES)}")
    return digests


def _table(path: Path, digest: str, max_bytes: int) -> Any:
    """
    The table in a Parquet file with this SHA-256.
    """
    pa, parquet = require("pyarrow", extra="arrow"), require("pyarrow.parquet", extra="arrow")
    try:
        data = read_bytes(path, max_bytes)
    except FileNotFoundError:
        raise one_problem(path.name, f"expected this file, which {MANIFEST} names") from None
    if sha256(data).hexdigest() != digest:
        raise one_problem(path.name, f"expected the file that {MANIFEST} names: it was changed or damaged since")
    with parsing("a Parquet file", path.name):
        file = parquet.ParquetFile(pa.BufferReader(data))
        batches, size = [], 0
        for batch in file.iter_batches():
            batches.append(batch)
            size += batch.nbytes
            if size > max_bytes:
                raise one_problem(path.name, f"expected at most {max_bytes:,} bytes when unpacked, got more")
        return pa.Table.from_batches(batches, file.schema_arrow)
