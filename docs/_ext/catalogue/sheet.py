"""
Pages of the catalogue: HTML made of the parts of a city's page, in MyST markdown that Sphinx can list and search.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable

import twincities as tc
from twincities.publish.markup import Labelled, Page, element, text
from twincities.publish.page import held_at, versions_nav

from .words import LANGUAGES, word

__all__ = ["Sheet", "plain"]

_ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in string.punctuation})
_FOLDERS = {tc.City: "cities", tc.CooperationNetwork: "networks", tc.CooperationArea: "areas"}
_BLOCK_END = re.compile(r"</(?:t[dhr]|li|d[dt]|p|h\d)>")


def plain(title: str) -> str:
    """
    A title with its punctuation escaped.
    """
    return " ".join(title.split()).translate(_ESCAPED)


class Sheet(Page):
    """
    A page built section by section, which ends with the sources that it cites.

    Args:
        ds: The data set.
        lang: The language of the page.
        title: Its heading.
        path: Its path below the folder of its language, without an ending.
        keywords: Names that the search finds it by, with or without accents.
        listed: Whether the side bar lists it.
    """

    def __init__(
        self, ds: tc.Dataset, lang: str, title: str, path: str, keywords: Iterable[str] = (), *, listed: bool = True
    ) -> None:
        up = "../" * path.count("/")
        super().__init__(ds, lang, lambda record: f"{up}{_folder(record)}/{record.id}.html")
        folded = ", ".join(dict.fromkeys(tc.fold(part) for name in keywords for part in name.split()))
        meta = f'\nmyst:\n  html_meta:\n    keywords: "{folded}"' if folded else ""
        self._lines = [f"---\nlang: {lang}{'' if listed else chr(10) + 'orphan: true'}{meta}\n---", f"# {plain(title)}"]
        self.add(versions_nav(self, {tag: f"../{up}{tag}/{path}.html" for tag in LANGUAGES}))
        self.add(element("p", held_at(self)))

    def word(self, key: str, *parts: object) -> str:
        """
        A word of the catalogue or else of the library's pages, escaped.
        """
        return text(word(key, self.lang).format(*parts) if parts else word(key, self.lang))

    def add(self, html: str) -> None:
        """
        Add HTML, unless it is empty.
        """
        if html:
            # Sphinx's search drops the tags: without a space it would join the words on both sides.
            spaced = _BLOCK_END.sub(r"\g<0>" + "\n", html)
            self._lines.append(f'``````{{raw}} html\n<div class="twin-cities">{spaced}</div>\n``````')

    def section(self, key: str, html: str) -> None:
        """
        Add a heading and HTML below it, unless it is empty.
        """
        if html:
            self._lines.append(f"## {self.word(key)}")
            self.add(html)

    def markdown(self, *pages: str) -> str:
        """
        The whole page, with the *pages* below it for the side bar.
        """
        self.section("sources", f"<ol>{''.join(self.sources())}</ol>" if self.sources() else "")
        tree = ["\n".join(["```{toctree}", ":hidden:", ":maxdepth: 1", "", *pages, "```"])] if pages else []
        return "\n\n".join([*self._lines, *tree]) + "\n"


def _folder(record: Labelled) -> str:
    return _FOLDERS[type(record)]
