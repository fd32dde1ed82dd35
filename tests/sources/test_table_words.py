"""
The page of words that tables may have.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_page_is_that_of_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/sources/words.md says what is read."""
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import make_words_page

    assert make_words_page.TARGET.read_text(encoding="utf-8") == make_words_page.page()
    sys.modules.pop("make_words_page")
