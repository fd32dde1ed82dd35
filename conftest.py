"""
Every example in README.md, the docs and the docstrings runs as a test.
"""

from __future__ import annotations

import os
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE
from importlib.util import find_spec

from hypothesis import Phase, settings
from sybil import Sybil
from sybil.parsers.myst import DocTestDirectiveParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

os.environ["COLUMNS"] = "80"  # what prints fits the terminal, also where there is none

settings.register_profile("default", deadline=None)
settings.register_profile("thorough", deadline=None, max_examples=2000)
# For mutants, where any failing example will do, and needn't be made smaller.
settings.register_profile(
    "small",
    deadline=None,
    max_examples=25,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_make_parametrize_id(val: object) -> str | None:
    """
    The id of a parameter that isn't plain text: without backslashes, so that each test can be asked for by its id.
    """
    if isinstance(val, (str, bytes)) and "\\" in (text := ascii(val)):
        return text.strip("b'\"").replace("\\", "%")
    return None


def _module_names(namespace: dict[str, object]) -> None:
    # Docstrings speak of public names without importing them.
    import twincities

    namespace.update({name: getattr(twincities, name) for name in twincities.__all__})
    namespace["tc"] = twincities


_markdown = Sybil(
    parsers=[
        DocTestDirectiveParser(optionflags=ELLIPSIS | NORMALIZE_WHITESPACE),
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE),
        SkipParser(),
    ],
    patterns=["*.md"],
    fixtures=["tmp_path", "monkeypatch"],
)
_docstrings = Sybil(
    parsers=[DocTestParser(optionflags=ELLIPSIS | NORMALIZE_WHITESPACE)],
    patterns=["*.py"],
    excludes=[] if find_spec("networkx") else ["*graph/reading.py"],  # its example begins with a graph
    path="src",
    setup=_module_names,
)
pytest_collect_file = (_markdown + _docstrings).pytest()
