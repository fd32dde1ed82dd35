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

from ..dataset import Dataset
from ..errors import DatasetError, FormatVersionError, Problem
from ..files import MAX_BYTES, naming, read_bytes, write_atomically
from ..optional import require
from ..reader import FORMAT, parsed
from .arrow import RECORD_TABLES, from_arrow, to_arrow

__all__ = ["MANIFEST", "read_parquet", "write_parquet"]

MANIFEST = "manifest.json"
"""The file that names the others: format, and for each table its rows and the SHA-256 of its file."""


def write_parquet(dataset: Dataset, folder: str | os.PathLike[str]) -> None:
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


def read_parquet(folder: str | os.PathLike[str], *, max_bytes: int = MAX_BYTES) -> Dataset:
    """
    The data set in a folder that `write_parquet` wrote, as it was.

    Args:
        folder: The folder.
        max_bytes: How many bytes a table may hold, unpacked; 1 GiB unless told.

    Raises:
        DatasetError: The folder was half written, or changed since, or doesn't hold a data set. Tables that were changed
            on purpose are read with `twincities.interop.arrow.from_arrow`.
        MissingDependencyError: pyarrow isn't installed.
        OSError: The folder isn't there, or a file can't be read.
    """
    require("pyarrow", extra="arrow")
    folder = Path(folder)
    with naming(folder):
        digests = _digests(folder)
        tables = {name: _unpacked(folder / f"{name}.parquet", digests[name], max_bytes) for name in RECORD_TABLES}
        return from_arrow(tables)


def _refused(name: str, message: str) -> DatasetError:
    return DatasetError([Problem(name, message)])


def _digests(folder: Path) -> dict[str, str]:
    """
    The SHA-256 of each file, as the manifest has it.
    """
    path = folder / MANIFEST
    if not path.exists() and folder.is_dir():
        raise _refused(MANIFEST, "expected this file, which is written last: the folder is half written, or another's")
    manifest = parsed(read_bytes(path), MANIFEST)
    found = manifest.get("format") if isinstance(manifest, dict) else None
    if isinstance(found, str) and found != FORMAT:
        raise FormatVersionError(found, FORMAT, path=MANIFEST)
    digests = manifest.get("sha256") if found == FORMAT else None
    if not isinstance(digests, dict) or digests.keys() != set(RECORD_TABLES):
        raise _refused(MANIFEST, f"expected the format {FORMAT} and the SHA-256 of {', '.join(RECORD_TABLES)}")
    return digests


def _unpacked(path: Path, digest: str, max_bytes: int) -> Any:
    """
    The table in a Parquet file whose bytes have this SHA-256.
    """
    pa, parquet = require("pyarrow", extra="arrow"), require("pyarrow.parquet", extra="arrow")
    try:
        data = read_bytes(path, max_bytes)
    except FileNotFoundError:
        raise _refused(path.name, f"expected this file, which {MANIFEST} names") from None
    if sha256(data).hexdigest() != digest:
        raise _refused(path.name, f"expected the file that {MANIFEST} names: it was changed, or damaged, since")
    try:
        file = parquet.ParquetFile(pa.BufferReader(data))
        batches, size = [], 0
        for batch in file.iter_batches():
            batches.append(batch)
            size += batch.nbytes
            if size > max_bytes:
                raise _refused(path.name, f"expected at most {max_bytes:,} bytes when unpacked, got more")
        return pa.Table.from_batches(batches, file.schema_arrow)
    except (pa.ArrowException, OSError) as error:
        raise _refused(path.name, f"expected a Parquet file: {error}") from error
