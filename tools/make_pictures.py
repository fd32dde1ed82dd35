"""
Draw the picture of the README, `docs/_static/kuopio.svg`.

    python tools/make_pictures.py
"""

from __future__ import annotations

from pathlib import Path

import twincities as tc
from twincities.charts import save

TARGET = Path(__file__).parents[1] / "docs" / "_static" / "kuopio.svg"


def main() -> None:
    """
    Write the map of Kuopio and its partners.
    """
    save(tc.load().partners("Kuopio").chart.map(), TARGET)


if __name__ == "__main__":
    main()
