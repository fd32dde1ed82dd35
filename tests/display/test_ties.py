"""
Rows of ties and other answers: the same in text, notebooks, commands, tables and charts.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import twincities as tc
from twincities.cli import main
from twincities.display import card

FLORENCE = tc.City(
    id="firenze", name="Firenze", names={"en": "Florence", "fi": "Firenze", "sv": "Florens"}, country_code="IT"
)
DS = tc.Dataset(
    id="tuscany",
    as_of="2026",
    cities=[FLORENCE, tc.City(id="kuopio", name="Kuopio"), tc.City(id="dresden", name="Dresden", country_code="DE")],
    partnerships=[
        tc.Partnership(
            cities=("firenze", "kuopio"), since="2000-03-01", agreements=[tc.Agreement(names={"en": "Culture"}, period="2020/2028")]
        ),
        tc.Partnership(cities=("firenze", "dresden"), since="1978"),
    ],
    networks=[tc.CooperationNetwork(id="arts", members=("firenze", "kuopio"))],
)  # fmt: skip
NAMES = {"en": "Florence", "fi": "Firenze", "sv": "Florens", "de": "Firenze"}


@pytest.fixture
def document(tmp_path: Path) -> str:
    """A file of the data set."""
    path = tmp_path / "tuscany.json"
    DS.write(path)
    return str(path)


@pytest.mark.parametrize(
    "command",
    [
        "Kuopio", "Florence", "show Kuopio --json", "partners Kuopio", "partners Kuopio --json", "cousins Kuopio",
        "cousins Dresden", "path Kuopio Dresden", "path Kuopio Dresden --json", "anniversaries 2030",
        "expiring 2029", "search Florence",
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "fi", "sv"])
def test_every_command_calls_a_city_the_same(
    command: str, lang: str, document: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each command names a city in the language asked for, in tables as in JSON."""
    assert main([*command.split(), "--data", document, "--lang", lang]) == 0
    out = capsys.readouterr().out
    found = {name for name in NAMES.values() if name in out}
    if command == "show Kuopio --json":  # the networks and the city are records, with all of their names
        assert [row["partner"] for row in json.loads(out)["partners"]] == [NAMES[lang]]
    else:  # a search says which of its names was found
        assert found - ({"Florence"} if command.startswith("search") else set()) <= {NAMES[lang]}
        assert NAMES[lang] in found


@pytest.mark.parametrize("lang", sorted(NAMES))
@pytest.mark.parametrize(
    "shown",
    [
        lambda lang: card(DS.partners("kuopio"), lang=lang),
        lambda lang: card(DS.partners("kuopio")[0], lang=lang),
        lambda lang: card(DS.cousins("kuopio"), lang=lang),
        lambda lang: card(DS.anniversaries(2030), lang=lang),
        lambda lang: card(DS.expiring(2029), lang=lang),
        lambda lang: str(DS.partners("kuopio").to_dicts(lang=lang)[0]["partner"]),
        lambda lang: str(DS.to_dicts(lang=lang)[0]),
        lambda lang: DS.partners("kuopio").to_csv(lang=lang),
        lambda lang: str(DS.to_geojson(lang=lang)["features"][0]["properties"]["name"]),
    ],
)
def test_every_output_calls_a_city_the_same(shown: Callable[[str], str], lang: str) -> None:
    """Notebooks, rows, tables and maps name a city in the language asked for, else by its name."""
    text = shown(lang)
    assert {name for name in NAMES.values() if name in text} == {NAMES[lang]}


@pytest.mark.parametrize(
    "shown",
    [
        str(DS.partners("kuopio")),
        str(DS.cousins("kuopio")),
        repr(DS.partners("kuopio")),
        repr(DS.partners("kuopio")[0]),
        repr(DS.cousins("kuopio")),
        str(DS.anniversaries(2030)[0]),
        str(DS.expiring(2029)[0]),
        DS.partners("kuopio")._repr_html_(),
    ],
)
def test_what_is_printed_is_in_english(shown: str) -> None:
    """Without a language asked for, what prints is in English."""
    assert "Florence" in shown
    assert "Firenze" not in shown


def test_charts_call_a_city_the_same() -> None:
    """The rows behind a chart name a city in the language asked for."""
    pytest.importorskip("altair")
    for lang, name in NAMES.items():
        text = json.dumps(DS.partners("kuopio").chart.timeline(lang=lang).to_dict(), ensure_ascii=False)
        assert {other for other in NAMES.values() if other in text} == {name}


def test_every_output_writes_a_day_the_same(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Text, notebook and each command write a date in the same words."""
    ties = DS.partners("kuopio")
    for lang, day in {"en": "1 March 2000", "fi": "1. maaliskuuta 2000", "sv": "1 mars 2000"}.items():
        assert day in card(ties, lang=lang)
        assert day in card(ties[0], lang=lang)
        for command in ("partners Kuopio", "path Kuopio Dresden", "anniversaries 2030"):
            assert main([*command.split(), "--data", document, "--lang", lang]) == 0
            assert day in capsys.readouterr().out
    assert "1 March 2000" in str(ties)
