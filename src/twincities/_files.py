"""
Files, read whole within bounds and replaced whole: a file is the old one or the new one, never half of it.
"""

from __future__ import annotations

import gzip
import io
import os
import secrets
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from .errors import DatasetError, FormatVersionError, Problem

__all__ = ["MAX_BYTES", "naming", "read_bytes", "read_data", "read_lines", "read_start", "write_atomically"]

MAX_BYTES = 1 << 30
"""How many bytes a file may hold, unpacked: a small `.gz` can unpack to more than a machine has."""
_CHUNK = 1 << 20


def read_bytes(path: str | os.PathLike[str], max_bytes: int = MAX_BYTES) -> bytes:
    """
    The bytes of a file, unpacked if its name ends in `.gz`.

    Raises:
        DatasetError: It isn't a whole gzip file, or holds more than *max_bytes*.
        OSError: It can't be read.
    """
    read = io.BytesIO()
    with _opened(path) as stream:
        while chunk := stream.read(_CHUNK):
            read.write(chunk)
            _check_size(read.tell(), max_bytes, path)
    return read.getvalue()


def read_lines(path: str | os.PathLike[str], max_bytes: int = MAX_BYTES) -> Iterator[bytes]:
    """
    The lines of a file one after the other, as `read_bytes` would read it; without a byte order mark.
    """
    size = 0
    with _opened(path) as stream:
        # A line is read no further than may be: it could be all that a small packed file unpacks to.
        while line := stream.readline(max_bytes + 1 - size):
            first, size = size == 0, size + len(line)
            _check_size(size, max_bytes, path)
            yield line.removeprefix(b"\xef\xbb\xbf") if first else line


def read_start(path: str | os.PathLike[str], size: int) -> str:
    """
    The text in the first *size* bytes of a file, unpacked: a letter that is cut or isn't UTF-8 becomes U+FFFD.
    """
    with _opened(path) as stream:
        return stream.read(size).decode("utf-8-sig", errors="replace")


@contextmanager
def naming(source: str | os.PathLike[str]) -> Iterator[None]:
    """
    Let a `DatasetError` that comes up inside name the file that it is about.
    """
    try:
        yield
    except FormatVersionError as error:
        raise FormatVersionError(error.found, error.known, os.fspath(source), error.problems[0].path) from error
    except DatasetError as error:
        raise DatasetError(error.problems, os.fspath(source)) from error


@contextmanager
def _opened(path: str | os.PathLike[str]) -> Iterator[IO[bytes]]:
    path = Path(path)
    with path.open("rb") as raw:
        try:
            yield cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if path.suffix.lower() == ".gz" else raw
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise DatasetError([Problem("$", f"expected a whole gzip file: {error}")], str(path)) from error


def _check_size(size: int, most: int, path: str | os.PathLike[str]) -> None:
    if size > most:
        raise DatasetError([Problem("$", f"expected at most {most:,} bytes, got more")], os.fspath(path))


def write_atomically(path: str | os.PathLike[str], chunks: Iterable[bytes]) -> None:
    """
    Write a file beside *path*, packed if its name ends in `.gz`, then put it in its place.

    Equal chunks give equal files. On any error the old file stays and nothing is left beside it.
    """
    given = os.fspath(path)
    path = Path(os.path.realpath(path))  # a link stays a link to the file that is replaced
    if path.exists() and not path.is_file():
        with path.open("wb") as special:  # a pipe or a device can't be replaced
            special.writelines(chunks)
        return
    beside = path.with_name(f".{path.name[:50]}.{secrets.token_hex(8)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(beside, flags, 0o666)  # less the umask, as for any new file
    except OSError as error:  # names the file that was asked for
        raise OSError(error.errno, error.strerror, given) from error
    try:
        with os.fdopen(handle, "wb") as raw:
            if path.suffix.lower() == ".gz":
                with gzip.GzipFile(filename="", fileobj=raw, mode="wb", mtime=0) as packed:
                    packed.writelines(chunks)
            else:
                raw.writelines(chunks)
            raw.flush()
            os.fsync(raw.fileno())
        if path.exists():
            beside.chmod(path.stat().st_mode & 0o777)
        beside.replace(path)
    except BaseException:
        beside.unlink()
        raise


def read_data(name: str) -> bytes:
    """
    The bytes of a file in `twincities/data/`, from a folder or from a zip.
    """
    package = sys.modules["twincities"]
    get_data = getattr(package.__spec__.loader, "get_data", None) if package.__spec__ else None
    if get_data is not None and package.__file__ is not None:
        # Loaders of folders and zips can do this themselves (PEP 302), without the 20 ms of the general way.
        data: bytes = get_data(os.path.join(os.path.dirname(package.__file__), "data", name))  # noqa: PTH118, PTH120
        return data
    from importlib_resources import files

    return files("twincities").joinpath("data", name).read_bytes()
