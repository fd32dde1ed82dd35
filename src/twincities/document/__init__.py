"""
Read and write the format `twincities/1`.
"""

from __future__ import annotations

from .converting import configure_converter
from .reading import from_dict, from_json, from_jsonl, read
from .writing import FORMAT, to_dict, to_json, to_jsonl, write

__all__ = [
    "FORMAT",
    "configure_converter",
    "from_dict",
    "from_json",
    "from_jsonl",
    "read",
    "to_dict",
    "to_json",
    "to_jsonl",
    "write",
]
