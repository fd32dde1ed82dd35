"""
The files of a package with a data set, with placeholders such as `$name` and `$package`.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

_PYPROJECT = """\
[build-system]
requires = ["hatchling>=1.26"]
build-backend = "hatchling.build"

[project]
name = "twincities-$name"
version = "0.1.0"
description = $title_as_toml
readme = "README.md"
requires-python = ">=3.11"
dependencies = ["twincities>=$version"]

# Registers the data set with twincities: its name, and the package that contains the document.
[project.entry-points."twincities.datasets"]
$name = "$package"

[dependency-groups]
tests = ["pytest>=8.3"]

[tool.hatch.build.targets.wheel]
packages = ["src/$package"]

[tool.pytest.ini_options]
testpaths = ["tests"]
"""

_README = """\
# twincities-$name

A data set for `twincities`, to be loaded by name once this package is installed.

```sh
pip install -e .
twincities show --data $name
```

```python
import twincities as tc

ds = tc.load("$name")
```

The data is one file to edit by hand, `src/$package/$name.json`. Check it after each change:

```sh
twincities validate src/$package/$name.json
twincities lint $name
pip install pytest
pytest
```

## Before you publish

- Replace the example with your own cities and partners, and cite in `sources` where each fact comes from.
- List in `complete_for` the cities for which you list all partners: only then does an empty answer mean no.
- Set `as_of` to the date at which the statuses hold, and raise `version` here and in `pyproject.toml`.
- Choose a licence: `licence` in the document and `license` in `pyproject.toml`, as an SPDX expression such as `CC-BY-4.0`.
- Leave out names and telephone numbers of people: a release can't be withdrawn.
"""

_INIT = '''\
"""
The data set `$name` for twincities, in $name.json.
"""
'''

_TESTS = '''\
"""
The data set can be loaded and listed by name, and has no contradictions.
"""

from __future__ import annotations

import twincities as tc

NAME = "$name"


def test_the_entry_point_leads_to_it() -> None:
    """The installed package provides the data set under the name that is the id of its document."""
    assert tc.load(NAME).id == NAME


def test_it_is_listed() -> None:
    """The list of data sets has the title and version of the document."""
    (info,) = (info for info in tc.datasets() if info.name == NAME)
    ds = tc.load(NAME)
    assert info.problem is None
    assert (info.title, info.version) == (ds.title, ds.version)


def test_nothing_in_it_contradicts() -> None:
    """Lint finds no errors; look at its warnings and notes with `twincities lint $name`."""
    errors = [finding for finding in tc.load(NAME).lint() if finding.severity == "error"]
    assert errors == [], "\\n".join(map(str, errors))


def test_it_comes_back_as_it_was() -> None:
    """Written and read again, the data set is the same."""
    ds = tc.load(NAME)
    assert tc.from_json(ds.to_json()) == ds
'''

FILES: Mapping[str, Template] = {
    "pyproject.toml": Template(_PYPROJECT),
    "README.md": Template(_README),
    "src/$package/__init__.py": Template(_INIT),
    "tests/test_data.py": Template(_TESTS),
}
"""The text of each file by its path; the document is next to `__init__.py`."""
