"""
Report errors of other libraries' parsers, and problems of a document built from another source, by file and place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ..document.reading import from_dict
from ..errors import DatasetError, FormatVersionError, Problem, TwinCitiesError, one_problem, printable

if TYPE_CHECKING:
    from ..dataset.dataset import Dataset


_RECORD = re.compile(r"\$\.[a-z]+\[[0-9]+\]")


@contextmanager
def parsing(kind: str, path: str = "$") -> Iterator[None]:
    """
    Turn anything that a parser raises into a `DatasetError` such as "expected GEXF: mismatched tag: line 37, column 8".
    """
    try:
        yield
    except TwinCitiesError:
        raise
    except Exception as error:  # parsers raise whatever goes wrong inside them
        reason = " ".join(printable(str(error)).split())
        if not reason or isinstance(error, (LookupError, AttributeError, NameError, TypeError)):  # a bug in the package
            reason = f"the parser failed with {type(error).__name__} {reason}".rstrip()
        raise one_problem(path, f"expected {kind}: {reason[:200]}") from error


def read_document(document: dict[str, Any], places: Mapping[str, str]) -> Dataset:
    """
    Read a document built from another source; *places* has the place in the source of each record such as `$.cities[3]`.
    """

    def located(text: str) -> str:
        return _RECORD.sub(lambda found: places.get(found[0], found[0]), text)

    try:
        return from_dict(document)
    except FormatVersionError:
        raise
    except DatasetError as error:
        problems = [Problem(located(path).rstrip(), located(message)) for path, message in error.problems]
        raise DatasetError(problems) from error
