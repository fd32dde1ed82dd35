"""
Lines between the rows of a list, countries beside names, and kinds in headings: read where there is one way to.
"""

from __future__ import annotations

import io

import pytest

from twincities.sources.table import TableReading, read_table


def read(text: str) -> TableReading:
    """The reading of a list of Kuopio's partners."""
    return read_table(io.StringIO(text), city="Kuopio")


def said(reading: TableReading) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Country, status and kind by partner."""
    return {
        tie.partner.name: (tie.partner.country_code, tie.status and tie.status.value, tie.kind and tie.kind.value)
        for tie in reading.dataset.partners("Kuopio")
    }


@pytest.mark.parametrize(
    ("line", "status", "kind"),
    [
        ("Keskeytetty:", "suspended", None),
        ("Suspended", "suspended", None),
        ("Ehemalige Partnerstädte (1)", "ended", "twinning"),
        ("Vilande vänorter:", "dormant", "twinning"),
        ("Kummikunnat", None, "other"),
        ("Friendship agreement", None, "friendship"),
    ],
)
def test_a_line_is_about_the_rows_below(line: str, status: str | None, kind: str | None) -> None:
    """A status, a kind or both between rows hold for the rows below, which is said."""
    reading = read(f"Partner;Since\nOpole;1980\n\n{line}\nPskov;1966\nGera;1972\n\n")
    assert reading.grouped() == []
    assert said(reading) == {"Opole": (None, None, None), "Pskov": (None, status, kind), "Gera": (None, status, kind)}
    assert reading.remarks == (f"line 4 is about the rows below it: {line!r}",)


@pytest.mark.parametrize(
    "text",
    [
        "Partner;Since\nOpole;1980\nSuspended\nPskov;1966\n\nGera;1972\n",  # is Gera suspended?
        "Partner;Since\nOpole;1980\nSuspended\nPskov;1966\nTotal: 2;\nGera;1972\n",
        "Partner;Since;Note\nOpole;1980;\n;;Suspended\nPskov;1966;\n",  # a note on Opole
        "Partner;Since\nOpole;1980\nPartners:\nPskov;1966\n",
        "Partner;Since\nOpole;1980\nContact:\nPskov;1966\n",
        "Partner;Since\nOpole;1980\n(suspended)\nPskov;1966\n",  # a note on Opole
        "Partner;Since\nOpole;1980\nja\nPskov;1966\n",
        "Partner;Since\nOpole;1980\nAvbruten:\nPskov;1966\n",  # suspended or ended
        "Partner;Since\nOpole;1980\nSaksa\nPskov;1966\n",
    ],
)
def test_a_line_that_may_be_about_others_is_reported(text: str) -> None:
    """A line that nothing bounds, or whose meaning isn't clear, is reported and says nothing of other rows."""
    reading = read(text)
    assert {(country, status, kind) for country, status, kind in said(reading).values()} == {(None, None, None)}
    assert 4 - text.count("Suspended\n") >= reading.unresolved[0].line >= 3
    assert "expected" in reading.unresolved[0].message


def test_a_line_does_not_overrule_a_cell() -> None:
    """What a row says itself counts, and the contradiction is reported."""
    reading = read("Partner;Status\nSuspended:\nPskov;\nOpole;active\nGera;suspended\n")
    assert {name: facts[1] for name, facts in said(reading).items()} == {
        "Pskov": "suspended",
        "Opole": "active",
        "Gera": "suspended",
    }
    (problem,) = reading.problems
    assert (problem.line, problem.message) == (4, "expected suspended, as line 2 says of the rows below it")


def test_countries_between_rows() -> None:
    """Countries as lines of their own are those of the rows below, if every row is below one."""
    reading = read("Kumppani\nSaksa\nGera\nEssen\nPuola:\nOpole\n")
    assert reading.grouped() == []
    assert {name: facts[0] for name, facts in said(reading).items()} == {"Gera": "DE", "Essen": "DE", "Opole": "PL"}
    for text in ("Kumppani\nOslo\nSaksa\nGera\nPuola\nOpole\n", "Kumppani\nSaksa\nGera\n"):
        assert "got a country" in read(text).unresolved[0].message


@pytest.mark.parametrize(
    ("cell", "name", "code"),
    [
        ("Akron, USA", "Akron", "US"),
        ("Gera (Saksa)", "Gera", "DE"),
        ("Boston - Etats-Unis", "Boston", "US"),
        ("Annecy / Frankreich", "Annecy", "FR"),
        ("Bath, UK", "Bath", "GB"),
        ("Opole [Puola]", None, None),
        ("Syracuse, NY", None, None),
        ("Los Angeles, CA", None, None),  # not Canada
        ("Rome, Georgia", None, None),
        ("Akron, Ohio, USA", None, None),
        ("Bath, England", None, None),
        ("Pudong (Shanghai)", None, None),
        ("Saksa, Puola", None, None),
        ("Oslo ja Bergen, Norja", None, None),
        ("Georgia", None, None),
        ("Luxembourg", None, None),
    ],
)
def test_a_country_beside_the_name(cell: str, name: str | None, code: str | None) -> None:
    """A name with its country in one cell is read; codes, states, and names of which both may be one aren't."""
    reading = read_table([{"Partner": cell}], city="Kuopio")
    assert said(reading) == ({name: (code, None, None)} if name else {})
    assert len(reading.unresolved) == (name is None)


def test_a_country_beside_the_name_and_in_its_column() -> None:
    """The same country twice is fine; another one leaves the cell open, and a choice for the cell counts."""
    rows = [{"Partner": "Gera (Saksa)", "Maa": "Saksa"}, {"Partner": "Opole (Puola)", "Maa": "Saksa"}]
    reading = read_table(rows, city="Kuopio")
    assert said(reading) == {"Gera": ("DE", None, None)}
    assert [problem.text for problem in reading.unresolved] == ["Opole (Puola)"]
    kept = read_table(rows[:1], city="Kuopio", choices={"Gera (Saksa)": None}).checked()
    assert {city.name for city in kept.cities.values()} == {"Kuopio", "Gera (Saksa)"}
    luxembourg = read_table([{"Partner": "Luxembourg", "Country": "Luxembourg"}], city="Kuopio").checked()
    assert "luxembourg" in luxembourg.cities


@pytest.mark.parametrize(
    ("heading", "kind"), [("Ystävyyskaupunki", "twinning"), ("Kummikunta", "other"), ("Partner city", None)]
)
def test_the_heading_of_partners_says_their_kind(heading: str, kind: str | None) -> None:
    """A heading that is a kind of tie is that of each row, unless a column or a line says another."""
    assert said(read_table([{heading: "Opole"}], city="Kuopio"))["Opole"] == (None, None, kind)
    rows = [{heading: "Opole", "kind": "friendship"}, {heading: "Gera", "kind": ""}]
    assert {facts[2] for facts in said(read_table(rows, city="Kuopio")).values()} == {"friendship", None}
