"""
The data set can be loaded and listed by name, and has no contradictions.
"""

from __future__ import annotations

import twincities as tc

NAME = "jyvaskyla"


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
    """Lint finds no errors; look at its warnings and notes with `twincities lint jyvaskyla`."""
    errors = [finding for finding in tc.load(NAME).lint() if finding.severity == "error"]
    assert errors == [], "\n".join(map(str, errors))


def test_it_comes_back_as_it_was() -> None:
    """Written and read again, the data set is the same."""
    ds = tc.load(NAME)
    assert tc.from_json(ds.to_json()) == ds
