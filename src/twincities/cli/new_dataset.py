"""
Create a package for your city's data set: pyproject.toml with the entry point, a document, tests and a README.

The document holds an example to replace, or the data of --data.
"""

from __future__ import annotations

import json
import re
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from shutil import rmtree
from string import Template

from .._files import write_atomically
from .._version import __version__
from ..dataset.dataset import Dataset
from ..errors import QueryError, shown
from ..model.city import City
from ..model.partnership import Partnership
from ..model.parts import Source
from ..sources.bundled import datasets
from .arguments import DATA_FORMS, argument
from .data import data_in
from .output import localized, print_text
from .template import FILES

ARGUMENTS = (
    argument("name", metavar="NAME", help="name of the data set: lower-case letters, digits and hyphens"),
    argument("--city", metavar="CITY", help="name of the city (default: that of the data set, capitalised)"),
    argument("--data", metavar="DATA", help=f"data to begin with: {DATA_FORMS}"),
    argument("--folder", default=".", metavar="DIR", help="folder to put the package in (default: %(default)s)"),
)
EXAMPLES = ("twincities new-dataset tampere",)

_NAME = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")


def run(given: Namespace) -> None:
    name = _free(given.name)
    dataset = _example(name, given.city or name.title()) if given.data is None else _begun(name, given)
    title = dataset.title or name
    words = {
        "name": name,
        "package": f"twincities_{name.replace('-', '_')}",
        "title_as_toml": json.dumps(title, ensure_ascii=False),
        "version": __version__,
    }
    root = Path(given.folder) / f"twincities-{name}"
    root.mkdir()
    try:
        for path, text in FILES.items():
            file = root / Template(path).substitute(words)
            file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(file, [text.substitute(words).encode()])
        dataset.write(root / "src" / words["package"] / f"{name}.json")
    except BaseException:
        rmtree(root)  # no half a package
        raise
    print_text(localized(f"{root} is written; see its README.md for the next steps."))


def _free(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise QueryError(
            f"expected a name of lower-case letters, digits and hyphens, such as lake-town, got {shown(name)}"
        )
    if name in (info.name for info in datasets()):
        raise QueryError(f"expected a new name, got {shown(name)}: a data set of this name is installed")
    return name


def _example(name: str, city: str) -> Dataset:
    sources = ["own-records"]
    summary = {"en": "An example: replace it with your own partner."}
    return Dataset(
        id=name,
        title=f"Twin cities of {city}",
        version="0.1.0",
        as_of=f"{datetime.now(UTC):%Y-%m}",
        cities=[
            City(id=name, name=city, sources=sources),
            City(id="example-partner", name="Example Partner", sources=sources),
        ],
        partnerships=[
            Partnership(cities=(name, "example-partner"), status="active", summary=summary, sources=sources),
        ],
        sources=[Source(id="own-records", title=f"Records of {city}")],
    )


def _begun(name: str, given: Namespace) -> Dataset:
    if given.city is not None:
        raise QueryError("expected either --city for an example or --data, got both")
    dataset = data_in(given.data)
    return dataset.with_records(id=name, version=dataset.version or "0.1.0")
