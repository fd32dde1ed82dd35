"""
Configure cattrs converters for our records.
"""

from __future__ import annotations

from typing import Any

import cattrs

from ..model.arguments import as_record
from ..model.edtf import EdtfDate, EdtfInterval
from ..model.record import Record
from ..model.vocabulary import CLOSED_LISTS
from ..query.whole import Whole
from .plain import unstructure
from .reading import from_dict
from .structure import structure
from .writing import to_dict


def configure_converter(converter: cattrs.BaseConverter) -> None:
    """
    Let a cattrs converter, plain or from `cattrs.preconf`, structure and unstructure our records, dates, words and data
    sets as in documents, also inside classes of your own. Your own types are converted as before.

    >>> converter = cattrs.Converter()
    >>> configure_converter(converter)
    >>> converter.unstructure(EdtfDate("1972~"))
    '1972~'

    Structuring raises `InvalidRecordError` for records, `InvalidDateError` for dates and `DatasetError` for data sets;
    with detailed validation cattrs puts them into its own groups.

    Raises:
        QueryError: *converter* isn't a converter of cattrs.
    """
    as_record(converter, cattrs.BaseConverter, "converter")
    for kind in (EdtfDate, EdtfInterval, *CLOSED_LISTS):
        converter.register_structure_hook(kind, structure)
        converter.register_unstructure_hook(kind, unstructure)
    converter.register_structure_hook_func(_is_record, structure)
    converter.register_unstructure_hook_func(_is_record, unstructure)
    converter.register_structure_hook_func(_is_dataset, lambda value, _: from_dict(value))
    converter.register_unstructure_hook_func(_is_dataset, to_dict)


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Record)


def _is_dataset(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Whole)
