"""
Charts offline: shown, restyled and saved.
"""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pictures import KINDS, PARTNERS, city, contrast, svg_of

import twincities as tc

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")

from twincities import charts  # noqa: E402

_LAB = "application/vnd.vegalite.v5+json"


@pytest.mark.parametrize("kind", KINDS)
def test_a_chart_is_an_altair_chart_that_shows_itself(kind: str) -> None:
    """A notebook gets Vega-Lite for JupyterLab and an SVG; altair's settings are unchanged."""
    before = alt.renderers.active, alt.data_transformers.active, alt.theme.active
    chart = getattr(PARTNERS.chart, kind)(title="Kuopio")
    assert isinstance(chart, alt.TopLevelMixin)
    bundle = chart._repr_mimebundle_()
    assert set(bundle) == {_LAB, "image/svg+xml", "text/plain"}
    assert bundle[_LAB]["$schema"] == "https://vega.github.io/schema/vega-lite/v5.json"
    assert bundle["image/svg+xml"].startswith("<svg ")
    assert "Kuopio" in bundle["image/svg+xml"]
    assert "http" not in bundle["image/svg+xml"].replace("http://www.w3.org/", "")
    assert (alt.renderers.active, alt.data_transformers.active, alt.theme.active) == before


def test_a_restyled_chart_shows_itself_still() -> None:
    """Charts made by altair's methods and operators work offline too, and keep their style."""
    chart = PARTNERS.chart.timeline()
    other = alt.Chart({"values": [{"x": 1}]}).mark_point().encode(x="x:Q")
    for made in (
        chart.properties(title="X").configure_axis(labelColor="red"),
        chart + other,
        (chart | other).properties(title="X"),
        PARTNERS.chart.map() & chart.copy(),
        charts.offline(other | PARTNERS.chart.areas()),
    ):
        assert set(made._repr_mimebundle_()) == {_LAB, "image/svg+xml", "text/plain"}
        assert made.to_dict()["config"]["font"].startswith("Helvetica")
    config = chart.configure_axis(labelColor="red").to_dict()["config"]["axis"]
    assert (config["labelColor"], config["labelFontSize"]) == ("red", 12)


def test_a_chart_keeps_the_altair_theme_in_use() -> None:
    """A theme overrides the style of the package, and the chart's own configuration overrides the theme."""
    chart = PARTNERS.chart.areas().configure_title(color="red")
    colours = {"config": {"background": "#333333", "title": {"color": "blue", "fontSize": 9}}}
    alt.theme.register("night", enable=False)(lambda: alt.theme.ThemeConfig(**colours))
    with alt.theme.enable("night"):
        config = chart.to_dict()["config"]
    alt.theme.unregister("night")
    assert config["background"] == "#333333"
    assert (config["title"]["color"], config["title"]["fontSize"], config["title"]["anchor"]) == ("red", 9, "start")
    assert PARTNERS.chart.areas().to_dict()["config"]["background"] == "#ffffff"


def test_a_chart_can_be_pickled_and_made_to_vega() -> None:
    """A chart survives pickling; altair's conversion to Vega has the style too."""
    chart = PARTNERS.chart.areas(title="Kuopio")
    again = pickle.loads(pickle.dumps(chart))
    assert again.to_dict() == chart.to_dict()
    assert set(again._repr_mimebundle_()) == {_LAB, "image/svg+xml", "text/plain"}
    assert chart.to_dict(format="vega")["background"] == "#ffffff"
    assert charts.offline(chart) is chart


@pytest.mark.parametrize(
    ("ending", "start"),
    [(".svg", b"<svg "), (".png", b"\x89PNG"), (".pdf", b"%PDF"), (".html", b"<!DOCTYPE html>"), (".JSON", b"{")],
)
def test_a_chart_is_written_by_its_ending(ending: str, start: bytes, tmp_path: Path) -> None:
    """Each ending has its format; the page contains its scripts and loads none."""
    path = tmp_path / f"chart{ending}"
    charts.save(PARTNERS.chart.areas(title="A & B"), path)
    written = path.read_bytes()
    assert written.startswith(start)
    if ending == ".html":
        assert b"<title>A &amp; B</title>" in written
        assert b"<script src" not in written
        assert b"<link" not in written
        assert b"default-src 'none'" in written
    if ending == ".JSON":
        assert json.loads(written) == PARTNERS.chart.areas(title="A & B").to_dict()


def test_a_chart_saves_itself_as_a_page_that_needs_no_network(tmp_path: Path) -> None:
    """altair's own method writes the same page, but altair's page if options are given."""
    chart = PARTNERS.chart.areas()
    chart.save(tmp_path / "a.html")
    charts.save(chart, tmp_path / "b.html")
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    chart.save(str(tmp_path / "c.json"))
    assert json.loads((tmp_path / "c.json").read_text(encoding="utf-8"))["$schema"]
    chart.save(str(tmp_path / "d.html"), embed_options={"actions": False})
    assert "<script" in (tmp_path / "d.html").read_text(encoding="utf-8")


def test_a_page_has_the_title_of_any_altair_chart(tmp_path: Path) -> None:
    """Any altair chart can be saved, with its title as a text, a mapping or missing."""
    chart = alt.Chart({"values": [{"x": "</script>"}]}).mark_point().encode(x="x:N")
    for made, title in (
        (chart, "twincities"),
        (chart.properties(title="X"), "X"),
        (PARTNERS.chart.map(), "Map of partnerships"),
    ):
        charts.save(made, tmp_path / "chart.html")
        text = (tmp_path / "chart.html").read_text(encoding="utf-8")
        assert f"<title>{title}</title>" in text
        assert text.count("</script>") == 2


@pytest.mark.parametrize(
    ("chart", "name", "scale", "text"),
    [
        ("map", "map.gif", 2, r"expected a file name that ends in \.html, \.svg, \.png, \.pdf, \.json, got 'map\.gif'"),
        ("map", "map.png", 0, "expected scale= as a number above 0 and up to 20, got 0"),
        ("map", "map.png", True, "expected scale= as a number"),
        (None, "map.png", 2, "expected an altair chart, got None"),
    ],
)
def test_a_wrong_argument_of_save_is_refused(
    chart: str | None, name: str, scale: float, text: str, tmp_path: Path
) -> None:
    """Another ending, a wrong scale or another object is an error, and no file is written."""
    with pytest.raises(tc.QueryError, match=text):
        charts.save(chart and PARTNERS.chart.areas(), tmp_path / name, scale=scale)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(tc.QueryError, match="expected an altair chart, got 1"):
        charts.offline(1)


def test_no_character_ends_the_interpreter(tmp_path: Path) -> None:
    """Names with characters of every Unicode category, and those that XML can't hold, are drawn without a crash."""
    code = (
        "import sys, unicodedata, altair as alt, twincities as tc\n"
        "from twincities import charts\n"
        "found = {}\n"
        "for number in range(sys.maxunicode + 1):\n"
        "    found.setdefault(unicodedata.category(chr(number)), []).append(chr(number))\n"
        "texts = ['a' + ''.join(letters[:2] + letters[-2:]) for letters in found.values()]\n"
        "texts += [chr(number) for number in (0, 0x1b, 0xfdd0, 0xfffe, 0xffff, 0xd800)]\n"
        "rows = {'values': [{'t': text} for text in texts]}\n"
        "chart = charts.offline(alt.Chart(rows).mark_text().encode(text='t:N'))\n"
        "for ending in ('svg', 'png', 'pdf', 'html', 'json'):\n"
        "    charts.save(chart, f'{sys.argv[1]}/a.{ending}', scale=0.5)\n"
        "    chart.save(f'{sys.argv[1]}/b.{ending}')\n"
        "place = tc.Coordinates(latitude=60, longitude=20)\n"
        "for text in texts:\n"
        "    try: city = tc.City(id='a', name=text, coordinates=place)\n"
        "    except tc.TwinCitiesError: continue\n"
        "    tc.Dataset(cities=[city]).chart.map(title=text)._repr_mimebundle_()\n"
        "print('drawn', len(found))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "drawn 30\n"), done.stderr[-500:]


@pytest.mark.parametrize("ending", ["svg", "png", "pdf", "json", "html"])
def test_a_file_is_replaced_whole(ending: str, tmp_path: Path) -> None:
    """A chart's own save replaces a file whole, whatever the ending: readers of the old one keep it."""
    path, open_still = tmp_path / f"chart.{ending}", tmp_path / "open"
    path.write_text("old", encoding="utf-8")
    open_still.hardlink_to(path)
    PARTNERS.chart.areas().save(path)
    assert open_still.read_text(encoding="utf-8") == "old"
    assert path.stat().st_size > 1_000
    assert sorted(tmp_path.iterdir()) == sorted([path, open_still])


@pytest.mark.parametrize(
    ("lang", "title", "heading"),
    [("fi", "Kuopion kumppanit", "Kuopion kumppanit"), ("sv", None, "Karta över partnerskap")],
)
def test_a_page_is_fit_for_phones_and_screen_readers(
    lang: str, title: str | None, heading: str, tmp_path: Path
) -> None:
    """A page has its language, a title, one heading, a main part and a width for phones."""
    charts.save(PARTNERS.chart.map(lang=lang, title=title), tmp_path / "map.html")
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    for part in (
        f'<html lang="{lang}">',
        f"<title>{heading}</title>",
        f"<h1>{heading}</h1>",
        "<main>",
        'name="viewport"',
    ):
        assert page.count(part) == 1


def test_themes_of_vega_are_used(tmp_path: Path) -> None:
    """A theme of Vega, such as dark, changes the page, axes, titles and notes; the drawing stays on light paper."""
    chart = PARTNERS.chart.timeline(title="Kuopio")
    with alt.theme.enable("dark"):
        config = chart.to_dict()["config"]
    assert config["background"] == "#333"
    assert config["style"]["guide-label"]["fill"] == "#fff"
    assert config["title"]["color"] == config["style"]["group-subtitle"]["fill"] == "#fff"
    assert config["view"]["fill"] == "#ffffff"


def test_a_legend_can_be_read_on_any_page() -> None:
    """On a dark page too, the words of a legend have a contrast of 4.5 or more, lines and squares of 3 (WCAG 2.2, 1.4.3, 1.4.11)."""
    places = [city(id, 60, number) for number, id in enumerate("abcde")]
    words = zip("bcde", ("active", "dormant", "suspended", "ended"), strict=True)
    ties = tc.Dataset(
        cities=places, partnerships=[tc.Partnership(cities=("a", id), status=word) for id, word in words]
    ).ties()
    for theme in ("dark", "default"):
        with alt.theme.enable(theme):
            pictures = [
                svg_of(chart) for chart in (ties.chart.map(), PARTNERS.chart.timeline(), PARTNERS.chart.areas())
            ]
        for picture in pictures:
            (legend,) = re.findall(r'role-legend" role=.*?(?=<g class="mark-group role-title"|</svg>)', picture)
            paper, *inks = re.findall(r'(?:fill|stroke)="(#\w+)"', legend)
            assert min(contrast(ink, paper) for ink in re.findall(r'<text[^>]* fill="(#\w+)"', legend)) >= 4.5
            assert min(contrast(ink, paper) for ink in inks) >= 3
            assert len(set(inks)) > 2
