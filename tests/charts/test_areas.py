"""
The matrix of areas.
"""

from __future__ import annotations

from typing import Any

import pytest
from pictures import KUOPIO, PARTNERS, column, svg_of, texts_in, values_in

alt: Any = pytest.importorskip("altair")
pytest.importorskip("vl_convert")


def test_the_matrix_has_partners_and_areas() -> None:
    """Each tie has a cell for each of its areas; areas of networks are marked; partners without areas are listed."""
    spec = PARTNERS.chart.areas().to_dict()
    cells = values_in(spec)
    assert {(cell["partner"], cell["area"]) for cell in cells} == {
        (tie.partner.name, area.label()) for tie in PARTNERS for area in tie.areas
    }
    assert "No areas stated: Craiova, Pitkyaranta, Pskov, Winnipeg" in texts_in(svg_of(PARTNERS.chart.areas()))
    sport = {cell["partner"]: cell["how"] for cell in cells if cell["area"] == "sport"}
    assert sport == dict.fromkeys(("Bodø", "Jönköping", "Svendborg"), "by a network")
    order = spec["encoding"]["x"]["scale"]["domain"]
    nordic = sorted(order.index(name) for name in sport)
    assert nordic == list(range(nordic[0], nordic[0] + 3))


def test_the_matrix_of_a_data_set_names_both_cities() -> None:
    """If ties are seen from several cities, a column names both cities."""
    columns = KUOPIO.chart.areas(lang="fi").to_dict()["encoding"]["x"]["scale"]["domain"]
    assert "Györ – Kuopio" in columns
    direct = KUOPIO.ties(direct=True).chart.areas().to_dict()
    assert column(direct, "how") == {"by the two cities"}
