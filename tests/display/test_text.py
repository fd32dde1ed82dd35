"""
Plain text for terminals: columns, tables, networks.
"""

from __future__ import annotations

import pytest

import twincities as tc
from twincities.display.text import answers_text, networks_text, table, width

KUOPIO = tc.load()


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("上海", 4), ("Ｇ", 2), ("e\u0301", 1), ("", 0), ("ő", 1), ("Псков", 5)]
)
def test_letters_take_columns(text: str, columns: int) -> None:
    """Wide letters take two columns of a terminal, marks none."""
    assert width(text) == columns


def test_a_table_keeps_to_its_columns() -> None:
    """Columns line up by the width of their letters; the last is wrapped; a table of no rows has its headings."""
    text = table(("A", "B"), [("上海", "x " * 40), ("é", ""), ("a\nb", "y")], 40)
    lines = text.splitlines()
    assert lines[0] == "A     B"
    assert lines[2].startswith("上海  x x")
    assert all(width(line) <= 40 for line in lines)
    assert lines[3].startswith("      x")
    assert [line.rstrip() for line in lines[-2:]] == ["é", "a b   y"]
    assert table(("A", "B"), []).splitlines()[0] == "A  B"
    narrow = table(("A", "B"), [("a" * 30, "word " * 20)], 10)
    assert max(len(line) for line in narrow.splitlines()) <= 32 + 24


def test_a_table_of_wide_letters_keeps_to_its_columns() -> None:
    """Wide letters in the last column are wrapped by the columns that they take."""
    text = table(("A", "B"), [("a", "文化 体育 教育 青年 音乐 戏剧 " * 3)], 40)
    assert all(width(line) <= 40 for line in text.splitlines())


def test_text_of_networks() -> None:
    """A network is a paragraph with its members, terms and areas; what isn't known is left out."""
    networks = list(KUOPIO.networks.values())
    text = networks_text(KUOPIO, networks, "fi", 80)
    assert text.startswith("Pohjoismainen ystävyyskaupunkiyhteistyö (1940-luvulta): Bodø, Jönköping")
    assert max(map(len, text.splitlines())) <= 80
    ds = tc.Dataset(
        cities=[tc.City(id="a"), tc.City(id="b")],
        networks=[tc.CooperationNetwork(id="n", members=("a", "b"), agreements=[tc.Agreement()])],
    )
    assert networks_text(ds, ds.networks.values()) == "n: a, b"
    assert networks_text(ds, []) == ""


def test_text_of_ties() -> None:
    """What isn't known is an empty cell."""
    ds = tc.Dataset(cities=[tc.City(id="a"), tc.City(id="b")], partnerships=[tc.Partnership(cities=("a", "b"))])
    lines = answers_text(ds.partners("a"), "sv").splitlines()
    assert lines[0].split() == ["Partner", "Land", "Status", "Sedan", "Områden"]
    assert lines[2] == "b"
