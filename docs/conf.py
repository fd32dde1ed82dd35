"""
How Sphinx builds these pages: `nox -s docs`, or `sphinx-build -W -n -b html docs docs/_build/html`.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import metadata
from pathlib import Path
from typing import Any

import attrs
import rdflib
from docutils import nodes
from sphinx import addnodes

import twincities
from twincities import charts, lint, reconcile
from twincities.dataset import dataset, questions, selection
from twincities.query import answers
from twincities.sources import bundled, plugins

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "twincities"
author = "The twincities authors"
copyright = "2026, The twincities authors"
version = release = metadata("twincities")["Version"]
# `Source` under [project.urls] in pyproject.toml; without it no page links to the repository.
REPOSITORY = dict(url.split(", ", 1) for url in metadata("twincities").get_all("Project-URL") or []).get("Source")

extensions = [
    "catalogue",
    "drawings",
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
]
exclude_patterns = ["_build"]
templates_path = ["_templates"]
nitpicky = True

# Single backticks in docstrings are code, as they are in these pages.
default_role = "code"
myst_enable_extensions = ["attrs_block", "attrs_inline"]
myst_heading_anchors = 3
# Names and labels stay letter for letter as the data has them.
smartquotes = False
myst_footnote_transition = False

# Notebooks keep no outputs: they are run at each build, and an error in one ends it.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
nb_merge_streams = True
# What a notebook draws itself; here its picture is shown.
suppress_warnings = ["mystnb.unknown_mime_type"]

html_theme = "furo"
html_title = f"twincities {version}"
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = [("copy.js", {"defer": "defer"})]
if REPOSITORY:
    html_theme_options = {"source_repository": REPOSITORY, "source_branch": "main", "source_directory": "docs/"}
html_show_sourcelink = False
html_domain_indices = False
html_copy_source = False
# With contrast AA on the backgrounds that furo gives them.
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
# Signatures have these by name; the page of the data set says what each stands for.
autodoc_type_aliases = {
    name: name for name in ("AnyRecord", "Codes", "Key", "Layout", "Moment", "Names", "Prefer", "Report", "Words")
}
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88
napoleon_google_docstring = True
napoleon_numpy_docstring = False

nitpick_ignore_regex = [
    # A type variable has no page: it stands for whatever a selection holds.
    (r"py:.*", r"twincities\.dataset\.[a-z]+\.(K|T(_co)?)"),
    # What selections are made with inside the library; users never name them.
    (
        r"py:class",
        r"(twincities\.(query\.[a-z_]+|dataset\.[a-z_]+)\.)?(Whole|Filter|SelectionExports|DatasetExports|Questions)",
    ),
    (r"py:class", r"twincities\.interop\._flat\.Table"),
    (r"py:class", r"(twincities\.model\.converters\.)?(Id|Members|Names|Pair)"),
    # The standard library's pages are on another host, which a build never asks.
    (r"py:.*", r"(collections\.abc|datetime|enum|os|typing)\..*"),
    # So are those of other packages. What Hypothesis composes keeps the names of its own module.
    (r"py:.*", r"(cattrs\..*|hypothesis\..*|rdflib\..*|InvalidArgument|SearchStrategy|p\..*)"),
    (r"py:.*", r"(Exception|ImportError|KeyError|LookupError|OSError|ValueError)"),
    (r"py:.*", r"(Any|None|bool|bytes|date|dict|float|int|object|str|tuple)"),
]


# What these import for type checkers alone, so that their annotations can be read too.
for module in (bundled, dataset, questions, selection):
    vars(module).update(
        Anniversary=answers.Anniversary,
        Charts=charts.Charts,
        Cousin=answers.Cousin,
        DatasetInfo=plugins.DatasetInfo,
        Event=answers.Event,
        Expiry=answers.Expiry,
        Finding=lint.Finding,
        Match=answers.Match,
        Prefer=reconcile.Prefer,
        rdflib=rdflib,
    )


def _signature(
    _app: Any, what: str, name: str, documented: Any, _options: Any, signature: str | None, returns: str | None
) -> tuple[str | None, str | None]:
    # A record is made with its fields as keywords; they stand below it, each with its type and meaning.
    # A tie isn't made by hand.
    record = what == "class" and attrs.has(documented) and name != "twincities.Dataset"
    if record or name == "twincities.Tie":
        return "", None
    # Aliases and functions by their names.
    return re.sub(r"TypeAliasForwardRef\('(\w+)'\)|<function (\w+)>", r"\1\2", signature or "") or None, returns


def _docstring(_app: Any, what: str, _name: str, _documented: Any, _options: Any, lines: list[str]) -> None:
    # Docstrings say `City`s, which reStructuredText wants parted.
    lines[:] = [re.sub(r"(`[^`]+`)(?=\w)", r"\1\\ ", line) for line in lines]
    # Napoleon takes what stands before a colon in an attribute's first line for its type: give it an empty comment.
    if what in {"attribute", "data", "property"}:
        lines[:0] = ["..", ""]


def _trim(_app: Any, doctree: nodes.document) -> None:
    # Examples end with a blank line for the tests' sake, and shouldn't look so. A dash follows a parameter's name.
    for block in doctree.findall(nodes.literal_block):
        if block.rawsource == block.astext():
            block.rawsource = block.rawsource.rstrip()
            block.children = [nodes.Text(block.rawsource)]
    for text in list(doctree.findall(nodes.Text)):
        if text.astext() == " -- ":
            text.parent.replace(text, nodes.Text(" – "))


def _find_source(_app: Any, doctree: nodes.document) -> None:
    # Methods of a data set or a selection are written in the classes that it inherits from.
    for signature in doctree.findall(addnodes.desc_signature):
        owner, _, name = signature.get("fullname", "").partition(".")
        if (
            name
            and signature.get("module") == "twincities"
            and callable(found := getattr(getattr(twincities, owner), name))
        ):
            signature["module"], signature["fullname"] = found.__module__, found.__qualname__


def _download(app: Any, pagename: str) -> str | None:
    # The notebook that a page was made of, as a file to run anywhere: its links to these pages become plain text.
    source = Path(app.srcdir) / f"{pagename}.ipynb"
    if not source.is_file():
        return None
    notebook = json.loads(source.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = [re.sub(r"\[([^]]*)\]\((?!http)[^)]*\)", r"\1", line) for line in cell["source"]]
    target = Path(app.outdir) / "_downloads" / source.name
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return f"_downloads/{source.name}"


def _page(app: Any, pagename: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None) -> None:
    if "furo_navigation_tree" in context:
        tree = context["furo_navigation_tree"]
        context["furo_navigation_tree"] = tree.replace('role="heading"', 'role="heading" aria-level="2"')
    # Sphinx lays out long signatures as definitions without terms, which screen readers stumble on.
    context["body"] = re.sub(
        r"<dl>\n((?:<dd>.*?</dd>\n)+)</dl>",
        lambda found: (
            '<span class="parameters">' + found[1].replace("<dd>", "<span>").replace("</dd>\n", "</span>\n") + "</span>"
        ),
        context.get("body", ""),
    )
    # From a page of source the way back is the browser's: Sphinx takes the modules of all names in a file for one.
    context["body"] = re.sub(r'<a class="viewcode-back".*?</a>', "", context["body"])
    if notebook := _download(app, pagename):
        link = f'<a download href="{context["pathto"](notebook, 1)}">Download this notebook</a>'
        needs = "<code>pip install jupyterlab 'twincities[charts,graph]'</code>"
        context["body"] = context["body"].replace("</h1>", f"</h1>\n<p>{link}; it runs with {needs}.</p>", 1)


def setup(app: Any) -> None:
    """
    Tell Sphinx about the hooks above.
    """
    app.connect("autodoc-process-signature", _signature)
    app.connect("autodoc-process-docstring", _docstring, priority=400)  # before napoleon, which has 500
    app.connect("doctree-read", _trim)
    app.connect("doctree-read", _find_source, priority=400)  # before viewcode, which has 500
    app.connect("html-page-context", _page, priority=900)  # after furo, which has 500
