"""
Points, lines and their tooltips.
"""

from __future__ import annotations

import pytest

import twincities as tc

pytest.importorskip("altair", reason="charts need the extra charts")

from twincities.charts.marks import tie_facts


def test_tooltips_have_every_value_that_is_stated() -> None:
    """If another source states another year, the tooltip of a tie has both."""
    (gera,) = (tie for tie in tc.load().partners("Kuopio") if tie.partner.id == "gera")
    assert [tie_facts(gera, lang)["since"] for lang in ("en", "fi")] == ["1972 or 1967", "1972 tai 1967"]
