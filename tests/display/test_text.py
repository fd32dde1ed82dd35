"""
Plain text for terminals: columns, dates, tables, networks.
"""

from __future__ import annotations

import pytest

import twincities as tc
from twincities.display.text import date_text, networks_text, printable, table, ties_table, width

KUOPIO = tc.load()


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("上海", 4), ("Ｇ", 2), ("e\u0301", 1), ("", 0), ("ő", 1), ("Псков", 5)]
)
def test_letters_take_columns(text: str, columns: int) -> None:
    """Wide letters take two columns of a terminal, marks none."""
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "en", "fi", "sv"),
    [
        ("1940", "1940", "1940", "1940"),
        ("1982-06-11", "1982-06-11", "1982-06-11", "1982-06-11"),
        ("194X", "1940s", "1940-luku", "1940-talet"),
        ("190X", "1900–1909", "1900–1909", "1900–1909"),
        ("19XX", "1900s", "1900-luku", "1900-talet"),
        ("194X~", "c. 1940s", "n. 1940-luku", "ca 1940-talet"),
        ("1965~", "c. 1965", "n. 1965", "ca 1965"),
        ("1972?", "1972?", "1972?", "1972?"),
        ("1972%", "c. 1972?", "n. 1972?", "ca 1972?"),
        ("1985-04-XX", "1985-04", "1985-04", "1985-04"),
        ("1985-XX-XX", "1985", "1985", "1985"),
        ("2004-XX~", "c. 2004", "n. 2004", "ca 2004"),
    ],
)
def test_dates_for_reading(text: str, en: str, fi: str, sv: str) -> None:
    """Dates are written as people write them, in each language; other languages read English."""
    date = tc.EdtfDate(text)
    assert [date_text(date, lang) for lang in ("en", "fi", "sv", "sv-FI", "de")] == [en, fi, sv, sv, en]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2022/2029", "2022–2029"), ("1967/..", "1967–"), ("/1970", "–1970"), ("194X/1950~", "1940s–c. 1950")],
)
def test_intervals_for_reading(text: str, shown: str) -> None:
    """Intervals have a dash between their ends; an open end is left empty."""
    assert date_text(tc.EdtfInterval(text)) == shown


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
    assert text.startswith("Pohjoismainen ystävyyskaupunkiyhteistyö (alkaen 1940-luku): Bodø, Jönköping")
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
    assert ties_table(ds.partners("a"), "sv").splitlines()[0].split() == [
        "Partner",
        "Land",
        "Status",
        "Sedan",
        "Områden",
    ]
    assert ties_table(ds.partners("a")).splitlines()[2] == "b"
    assert printable("a\u200bb\tc") == "a b c"
