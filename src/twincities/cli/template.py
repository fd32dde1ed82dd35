"""
The texts of a package with a data set; `$name`, `$package` and the like are filled in.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Template

__all__ = ["FILES"]

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

# What makes the data set known to twincities: its name, and the package that has the document beside its code.
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

A data set for `twincities`, which finds it by its name once this package is installed.

```sh
pip install -e .
twincities show --data $name
```

```python
import twincities as tc

ds = tc.load("$name")
```

The data is one file, `src/$package/$name.json`. It is made to be edited by hand; check it after each change:

```sh
twincities validate src/$package/$name.json
twincities lint $name
pip install pytest
pytest
```

## Before you publish

- Put your own cities and partners in the place of the example, and say in `sources` where each fact comes from.
- List in `complete_for` the cities whose partners you list all: only then is an empty answer a no.
- Set `as_of` to the time that the statuses hold for, and raise `version` here and in `pyproject.toml`.
- Choose a licence: `licence` in the document and `license` in `pyproject.toml`, as an SPDX expression such as `CC-BY-4.0`.
- Names and telephone numbers of people don't belong here: a release can't be withdrawn.
"""

_INIT = '''\
"""
The data set `$name` for twincities: $name.json, beside this file.
"""
'''

_TESTS = '''\
"""
The data set: found by its name, listed without being read, and free of contradictions.
"""

from __future__ import annotations

import twincities as tc

NAME = "$name"


def test_the_entry_point_leads_to_it() -> None:
    """Once the package is installed, the data set is found by the name that its document has as id."""
    assert tc.load(NAME).id == NAME


def test_it_is_listed() -> None:
    """The list of data sets has its title and version, as the document has them."""
    (info,) = (info for info in tc.datasets() if info.name == NAME)
    ds = tc.load(NAME)
    assert info.problem is None
    assert (info.title, info.version) == (ds.title, ds.version)


def test_nothing_in_it_contradicts() -> None:
    """Lint finds no error; what else it finds is worth a look: `twincities lint $name`."""
    errors = [finding for finding in tc.load(NAME).lint() if finding.severity == "error"]
    assert errors == [], "\\n".join(map(str, errors))


def test_it_comes_back_as_it_was() -> None:
    """Written and read again it is the same."""
    ds = tc.load(NAME)
    assert tc.from_json(ds.to_json()) == ds
'''

FILES: Mapping[str, Template] = {
    "pyproject.toml": Template(_PYPROJECT),
    "README.md": Template(_README),
    "src/$package/__init__.py": Template(_INIT),
    "tests/test_data.py": Template(_TESTS),
}
"""Each file's text by its path; the document comes beside `__init__.py`."""
