"""
The command `compare`: what one side lacks can be written for it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import twincities as tc
from twincities.cli import main


def test_what_wikidata_lacks_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--quickstatements` writes commands to a file and prints what is withheld."""
    ours = tc.Dataset(
        cities=[tc.City(id=id, wikidata_id=item) for id, item in (("a", "Q1"), ("b", "Q2"), ("c", None))],
        partnerships=[
            tc.Partnership(cities=("a", "b"), since="1980", sources=["s"]),
            tc.Partnership(cities=("a", "c"), sources=["s"]),
        ],
        sources=[tc.Source(id="s", url="https://example.org/")],
    )
    theirs = tc.Dataset(cities=[tc.City(id="Q1", wikidata_id="Q1")])
    ours.write(tmp_path / "ours.json")
    theirs.write(tmp_path / "wikidata.json")
    out = tmp_path / "out.qs"
    assert (
        main(["compare", *(str(tmp_path / f"{n}.json") for n in ("ours", "wikidata")), "--quickstatements", str(out)])
        == 0
    )
    assert out.read_text().splitlines() == [
        f'{pair}\tP580\t+1980-00-00T00:00:00Z/9\tS854\t"https://example.org/"'
        for pair in ("Q1\tP190\tQ2", "Q2\tP190\tQ1")
    ]
    assert "withheld: a (Q1) – c (no item): a city has no Wikidata id" in capsys.readouterr().out
