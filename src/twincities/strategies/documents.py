"""
Strategies for documents as text: valid ones, and ones with mistakes.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from hypothesis.strategies import SearchStrategy

from ..dataset.dataset import Dataset
from ..document.reading import from_json
from ..errors import DatasetError, shown
from .fields import as_strategy
from .whole import datasets as any_datasets

_DATASETS = any_datasets()


@st.composite
def documents(draw: st.DrawFn, *, datasets: SearchStrategy[Dataset] = _DATASETS) -> str:
    """
    Documents `twincities/1` as JSON texts, compact and indented, that `from_json` reads.

    Args:
        datasets: The data sets in the documents.
    """
    document = _document(draw(as_strategy(datasets, "datasets")))
    ensure_ascii, indent, sort_keys = draw(st.booleans()), draw(st.sampled_from([None, 1, 2])), draw(st.booleans())
    return json.dumps(document, ensure_ascii=ensure_ascii, indent=indent, sort_keys=sort_keys)


@st.composite
def damaged_documents(draw: st.DrawFn, *, datasets: SearchStrategy[Dataset] = _DATASETS) -> str:
    """
    Texts that `from_json` refuses with a `DatasetError`: documents with up to three mistakes, some cut short.

    A mistake is a value that is replaced, removed, inserted or doubled.

    Args:
        datasets: The data sets in the documents before they are damaged.
    """
    return draw(_damaged_texts(as_strategy(datasets, "datasets")))


def _document(dataset: object) -> dict[str, Any]:
    if not isinstance(dataset, Dataset):
        raise InvalidArgument(f"expected a strategy for Dataset, got {shown(dataset)} from one")
    return dataset.to_dict()


@lru_cache
def _damaged_texts(datasets: SearchStrategy[Dataset]) -> SearchStrategy[str]:
    whole = altered(datasets, least=1).map(json.dumps)
    cut_short = st.builds(lambda text, end: text[:-end], whole, st.integers(1, 20))
    return (whole | cut_short).filter(_is_refused)


def _is_refused(text: str) -> bool:
    try:
        from_json(text)
    except DatasetError:
        return True
    return False


# -- mistakes --------------------------------------------------------------------------------------

# Values of each JSON type, and texts of every form in the format. They are parsed anew each time, since lists and objects
# may be altered after they are inserted.
_WRONG = (
    *("null", "true", "0", "1", "-1", "91", "1.5", "1" + "0" * 400, "NaN", "Infinity"),
    *('""', '" "', '"x"', '"kuopio"', '"1940"', '"194X?"', '"2022/2029"', '"active"', '"past"'),
    *('"FI"', '"Q1"', '"con"', '"a b"', r'"\ud800"', '"http://x"'),
    *("[]", '["x"]', '["x", "x"]', "{}", '{"fi": "x"}', '{"EN": "x"}'),
    *('{"id": "x"}', '{"fi": ""}', "[[]]", "[{}]", '{"x": null}'),
)
_wrong_values = st.sampled_from(_WRONG).map(json.loads)
_wrong_keys = st.sampled_from(["x", "id", "extra", "since", "sources", ""])
_mistakes = st.sampled_from(["replace", "replace", "delete", "insert", "double"])


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """
    Every list and object in a JSON value, with each of its indexes or keys.
    """
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(entries):
        yield value, key
        yield from _places(inner)


@st.composite
def altered(draw: st.DrawFn, datasets: SearchStrategy[Dataset] = _DATASETS, *, least: int = 0) -> Any:
    """
    Documents as JSON values with *least* to three mistakes, which may leave them valid.
    """
    document = _document(draw(datasets))
    for _ in range(draw(st.integers(least, 3))):
        places = list(_places(document))
        where, key = places[draw(st.integers(0, len(places) - 1))]
        what = draw(_mistakes)
        if what == "replace":
            where[key] = draw(_wrong_values)
        elif what == "delete" and len(places) > 1:
            del where[key]
        elif isinstance(where, dict):
            where[draw(_wrong_keys)] = draw(_wrong_values)
        else:
            where.insert(key, copy.deepcopy(where[key]) if what == "double" else draw(_wrong_values))
    return document
