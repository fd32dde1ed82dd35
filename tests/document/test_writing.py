"""Writing documents: what the functions take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import twincities as tc
from twincities import document

KUOPIO = tc.load("kuopio")


@pytest.mark.parametrize(
    "given", [None, 3, "kuopio", {}, KUOPIO.cities, KUOPIO.city("Kuopio")], ids=lambda given: type(given).__name__
)
@pytest.mark.parametrize("write", [document.to_dict, document.to_json, document.to_jsonl])
def test_only_a_data_set_is_written(write: Callable[[Any], object], given: object) -> None:
    """Anything else is refused, by `to_jsonl` before the first line."""
    with pytest.raises(tc.QueryError, match="expected a Dataset, got"):
        write(given)


@pytest.mark.parametrize("ending", ["json", "jsonl", "json.gz"])
def test_no_file_is_written_of_anything_else(tmp_path: Path, ending: str) -> None:
    """The file that is there stays as it was."""
    path = tmp_path / f"k.{ending}"
    document.write(KUOPIO, path)
    before = path.read_bytes()
    with pytest.raises(tc.QueryError, match="expected a Dataset, got"):
        document.write(KUOPIO.city("Kuopio"), path)  # type: ignore[arg-type]
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
