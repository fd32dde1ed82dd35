"""
The data set: found by its name, listed without being read, and free of contradictions.
"""

from __future__ import annotations

import twincities as tc

NAME = "jyvaskyla"


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
    """Lint finds no error; what else it finds is worth a look: `twincities lint jyvaskyla`."""
    errors = [finding for finding in tc.load(NAME).lint() if finding.severity == "error"]
    assert errors == [], "\n".join(map(str, errors))


def test_it_comes_back_as_it_was() -> None:
    """Written and read again it is the same."""
    ds = tc.load(NAME)
    assert tc.from_json(ds.to_json()) == ds
