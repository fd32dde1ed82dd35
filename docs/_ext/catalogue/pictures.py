"""
The maps of the catalogue: still ones for each city, and an interactive one of all.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import twincities as tc
from twincities.charts import save

__all__ = ["hub", "interactive", "size", "still"]

# In its frame the picture is as wide as the page, on a telephone too.
_FITTING = "<style>body{margin:0}body .vega-embed{display:block;padding:0}svg.marks{display:block;height:auto;width:100%}</style>"


def hub(ds: tc.Dataset) -> tc.City:
    """
    The city whose partners the data set lists.
    """
    return ds.cities[ds.complete_for[0]]


def still(ds: tc.Dataset, city: tc.City, lang: str) -> str:
    """
    The ties of a city as SVG.
    """
    import vl_convert

    chart = _map(ds, city, lang)
    return str(vl_convert.vegalite_to_svg(chart.to_dict()))


def size(svg: str) -> str:
    """
    Width and height of a picture, as CSS writes a ratio.
    """
    width, height = svg.partition('viewBox="0 0 ')[2].partition('"')[0].split()
    return f"{width} / {height}"


def interactive(ds: tc.Dataset, lang: str, path: Path) -> None:
    """
    Write a page with the map of all ties, whose boxes tell what is known of a line or a city. It asks no other host.
    """
    chart = _map(ds, hub(ds), lang).properties(usermeta={"embedOptions": {"actions": False}})
    save(chart, path)
    page = path.read_text(encoding="utf-8").replace("<html>", f'<html lang="{lang}">', 1)
    path.write_text(page.replace("<title>", f"{_FITTING}<title>", 1), encoding="utf-8", newline="\n")


def _map(ds: tc.Dataset, city: tc.City, lang: str) -> Any:
    return ds.partners(city).chart.map(centre=city, lang=lang, width=520, height=340)
