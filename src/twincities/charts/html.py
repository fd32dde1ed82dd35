"""
Charts as pages: one file that loads nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from typing import Any

from .style import FONT, INK, PAPER

# The page may only run what is in it. Vega compiles its expressions to functions.
_POLICY = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:"
# On a narrow screen a wide picture is scaled until its names could no longer be read, then scrolled.
_CSS = f"""
body {{ margin: 1rem; font-family: {FONT}; color: {INK}; background: {PAPER} }}
h1 {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }}
#chart {{ display: block; overflow: auto; max-width: 100%; padding-right: 0 }}
#chart svg.marks {{ height: auto; max-width: max(100%, 560px) }}
"""
# Vega shows tooltips when a pointer moves; a tap doesn't move it.
_TAP = """
document.getElementById("chart").addEventListener("click", event => event.target.dispatchEvent(new PointerEvent("pointermove",
  {bubbles: true, clientX: event.clientX, clientY: event.clientY})));
"""
_PAGE = """<!DOCTYPE html>
<html{lang}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{css}</style>
<script>{scripts}</script>
</head>
<body>
<main>
<h1>{title}</h1>
<div id="chart" role="region" tabindex="0" aria-label="{title}"></div>
</main>
<script>
vegaEmbed("#chart", {spec}, {{renderer: "svg", actions: {{export: true, source: false, compiled: false, editor: false}}}});
{tap}</script>
</body>
</html>
"""


def html_page(spec: Mapping[str, Any], scripts: str) -> str:
    """
    An interactive chart in a page that has all its scripts inside.
    """
    # In vl-convert's own page a name such as "</script>" would end the script.
    text = json.dumps(spec).replace("<", "\\u003c")
    about = spec.get("usermeta", {}).get("twincities", {})
    lang = f' lang="{escape(about["lang"])}"' if "lang" in about else ""
    return _PAGE.format(
        lang=lang, policy=_POLICY, title=escape(_title(spec)), css=_CSS, scripts=scripts, spec=text, tap=_TAP
    )


def _title(spec: Mapping[str, Any]) -> str:
    """
    The title of a page: that of the chart unless it is only a note, else its kind.
    """
    about = spec.get("usermeta", {}).get("twincities", {})
    title = spec.get("title") or {}
    title = title if isinstance(title, dict) else {"text": title}
    text = title.get("text", "") if title.get("style") != "group-subtitle" else ""
    if text and text == about.get("heading"):
        return str(about["title"])  # before it was cut into lines
    return " ".join(text if isinstance(text, list) else [str(text)]).strip() or str(about.get("kind", "twincities"))
