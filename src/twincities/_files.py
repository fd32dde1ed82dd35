"""
Files, read whole within bounds and replaced whole: a file is the old one or the new one, never half of it.
"""

from __future__ import annotations

import errno
import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from ._progress import reached
from .errors import DatasetError, FormatVersionError, QueryError, one_problem, shown

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 1 << 30
"""How many bytes a file may hold, unpacked: a small `.gz` can unpack to more than a machine has."""
_CHUNK = 1 << 20


def as_path(path: str | os.PathLike[str]) -> Path:
    """
    *path* as a `Path`.

    Raises:
        QueryError: It is neither text nor a path, or no file can have this name.
    """
    from pathlib import Path  # reading what is shipped needs none

    if not isinstance(path, (str, os.PathLike)) or path == "":  # which would be the folder at hand
        raise QueryError(f"expected a path, got {shown(path)}")
    try:
        usable = b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        usable = False
    if not usable:
        raise QueryError(f"expected a name that a file can have, got {shown(os.fspath(path))}")
    return Path(path)


def with_ending(path: str | os.PathLike[str], *endings: str) -> Path:
    """
    *path* as a `Path` whose name has one of the *endings*.

    Raises:
        QueryError: It has another, or `as_path` refuses it.
    """
    found = as_path(path)
    if not found.name.lower().endswith(endings):
        *others, last = endings
        listed = f"{', '.join(others)} or {last}" if others else last
        raise QueryError(f"expected a file name that ends in {listed}, got {shown(found.name)}")
    return found


def read_bytes(path: str | os.PathLike[str], max_bytes: int = MAX_BYTES, *, only_regular: bool = False) -> bytes:
    """
    The bytes of a file, unpacked if its name ends in `.gz`.

    Args:
        path: The file.
        max_bytes: The most that it may hold, unpacked.
        only_regular: Refuse links, pipes and devices, which a folder of our own never has.

    Raises:
        DatasetError: It isn't a whole gzip file, or holds more than *max_bytes*; or isn't a regular file.
        OSError: It can't be read.
    """
    check_size(0, max_bytes, path)
    read = io.BytesIO()
    with _opened(path, only_regular=only_regular) as stream:
        while chunk := stream.read(_CHUNK):
            read.write(chunk)
            check_size(read.tell(), max_bytes, path)
    return read.getvalue()


def read_lines(path: str | os.PathLike[str], max_bytes: int = MAX_BYTES) -> Iterator[bytes]:
    """
    The lines of a file one after the other, as `read_bytes` would read it; without a byte order mark.
    """
    size, due = 0, _CHUNK
    check_size(size, max_bytes, path)
    with _opened(path) as stream:
        raw = getattr(stream, "fileobj", stream)  # of a packed file
        length = os.fstat(raw.fileno()).st_size if raw.seekable() else 0  # a pipe has no place to ask for
        # A line is read no further than may be: it could be all that a small packed file unpacks to.
        while line := stream.readline(max_bytes + 1 - size):
            first, size = size == 0, size + len(line)
            check_size(size, max_bytes, path)
            yield line.removeprefix(b"\xef\xbb\xbf") if first else line
            if length and size > due:
                due = size + _CHUNK
                reached(raw.tell(), length)


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
def _opened(path: str | os.PathLike[str], *, only_regular: bool = False) -> Iterator[IO[bytes]]:
    path = as_path(path)
    if only_regular and not stat.S_ISREG(path.lstat().st_mode):
        raise one_problem("$", "expected a regular file", str(path))
    # Between the two somebody may put another there: a link isn't followed, and opening a pipe doesn't wait.
    flags = (getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)) if only_regular else 0
    with open(path, "rb", opener=lambda name, mode: os.open(name, mode | flags)) as raw:
        try:
            yield cast(IO[bytes], gzip.GzipFile(fileobj=raw)) if path.suffix.lower() == ".gz" else raw
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise one_problem("$", f"expected a whole gzip file: {error}", str(path)) from error


def check_size(size: int, most: int, path: str | os.PathLike[str]) -> None:
    """
    Refuse a file of more bytes than *most*, the argument `max_bytes` of a reader.

    Raises:
        DatasetError: It has more.
        QueryError: *most* isn't a whole number.
    """
    if not hasattr(most, "__index__"):
        raise QueryError(f"expected max_bytes= as a whole number, got {shown(most)}")
    if size > most:
        raise one_problem("$", f"expected at most {most:,} bytes, got more", os.fspath(path))


def write_atomically(path: str | os.PathLike[str], chunks: Iterable[bytes], *, follow: bool = True) -> None:
    """
    Write a file next to *path*, packed if its name ends in `.gz`, then put it in its place.

    Equal chunks give equal files. On any error the old file stays and nothing is left next to it. The new file has the
    owner and the permissions of the old one, and the unfinished file never more than these.

    Args:
        path: The file; a link stays a link to the file that is replaced.
        chunks: Its content.
        follow: False where a link, pipe or device is to be replaced itself, in a folder of our own.

    Raises:
        PermissionError: The old file may not be written, or would get another owner.
        OSError: The system refuses anything else.
    """
    from pathlib import Path

    is_packed = as_path(path).suffix.lower() == ".gz"
    given = os.fspath(path)
    if follow and os.path.exists(given) and not os.path.isfile(given):  # noqa: PTH110, PTH113  # also of /dev/stdout
        with Path(given).open("wb") as special:  # a pipe or a device can't be replaced
            _write(special, chunks, packed=is_packed)
        return
    path = Path(os.path.realpath(given) if follow else given)
    old = _replaced(path, given)
    from secrets import token_hex  # which takes longer to import than a question to answer

    unfinished = path.with_name(f".{path.name[:50]}.{token_hex(8)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        try:
            handle = os.open(unfinished, flags, 0o666 if old is None else 0o600 & old.st_mode)  # less the umask
        except OSError as error:  # names the file that was given
            raise OSError(error.errno, error.strerror, given) from error
        with os.fdopen(handle, "wb") as raw:
            _write(raw, chunks, packed=is_packed)
            os.fsync(raw.fileno())
            if old is not None:
                _give(raw.fileno(), unfinished, old, given)
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)  # an interrupt may come before there is one, or after it is in place
        raise


def _write(file: IO[bytes], chunks: Iterable[bytes], *, packed: bool) -> None:
    if packed:
        with gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packing:
            packing.writelines(chunks)
    else:
        file.writelines(chunks)
    file.flush()


def _replaced(path: Path, given: str) -> os.stat_result | None:
    """
    The state of the file that is about to be replaced, if there is one.

    Raises:
        PermissionError: It may not be written: not by this user, or by nobody (which asks those too who may do anything).
    """
    try:
        old = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(old.st_mode):
        return None
    if not old.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, "may not be written", given)
    return old


def _give(handle: int, unfinished: Path, old: os.stat_result, given: str) -> None:
    """
    Give a new file the owner, the group and the permissions of an old one.
    """
    mode = old.st_mode & 0o777
    new = os.fstat(handle)
    if hasattr(os, "fchown"):
        if new.st_gid != old.st_gid:
            try:
                os.fchown(handle, -1, old.st_gid)
            except PermissionError:
                mode &= ~0o070  # what the old group might do isn't the new one's
        if new.st_uid != old.st_uid:
            try:
                os.fchown(handle, old.st_uid, -1)
            except PermissionError as error:
                raise PermissionError(errno.EPERM, "belongs to another user, and would be yours", given) from error
    os.chmod(handle if os.chmod in os.supports_fd else unfinished, mode)  # noqa: PTH101  # a handle has no path
