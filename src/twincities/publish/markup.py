"""
HTML of a page: escaped text, safe links, and facts that cite their sources.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any
from urllib.parse import urlsplit

from ..display.values import date_in
from ..display.words import word
from ..errors import QueryError, printable, shown
from ..model.arguments import as_text
from ..model.city import City
from ..model.cooperation import CooperationArea, CooperationNetwork
from ..model.edtf import EdtfDate
from ..model.languages import label_in, language
from ..query.whole import Whole
from .style import FRAME, STYLE

Labelled = City | CooperationNetwork | CooperationArea

_SCHEMES = {"http", "https", "mailto", "tel"}


def text(value: object) -> str:
    """
    A value as escaped text, without control and direction characters.
    """
    return escape(printable(str(value)), quote=False)


def attribute(value: object) -> str:
    """
    A value as the text of an attribute.
    """
    return escape(printable(str(value)))


def element(name: str, inside: str, **attributes: str | None) -> str:
    """
    An element around HTML. Attribute names may end in an underscore, to differ from Python's keywords.
    """
    given = "".join(
        f' {key.rstrip("_")}="{attribute(value)}"' for key, value in attributes.items() if value is not None
    )
    return f"<{name}{given}>{inside}</{name}>"


def safe_url(url: str | None, *, own: bool = False) -> str | None:
    """
    An address on the web, of mail or of a telephone, or with *own* one of the site itself; `None` for any other, such as a
    script.
    """
    try:
        scheme = None if url is None else urlsplit(url.strip()).scheme.lower()
    except ValueError:
        return None
    return url if scheme in _SCHEMES or (own and scheme == "") else None


def as_address(given: str, name: str) -> str:
    """
    Return the address of a link on a page; *name* is that of the argument or option.

    Raises:
        QueryError: It isn't text, or it is an address of another kind, such as a script.
    """
    if safe_url(as_text(given, name), own=True) is None:
        raise QueryError(f"expected {name} as a web address or a path, got {shown(given)}")
    return given


class Page:
    """
    The language of a page, the addresses of the records that it links to, and the sources cited so far.
    """

    def __init__(self, whole: Whole, lang: str, address: Callable[[Labelled], str | None]) -> None:
        self.whole = whole
        self.lang: str = language(lang)
        self._address = address
        self._cited: dict[str, int] = {}

    def word(self, key: str, *parts: object) -> str:
        """
        A word or sentence of the page with *parts* filled in, escaped.
        """
        return text(word(key, self.lang).format(*parts) if parts else word(key, self.lang))

    def in_language(self, texts: Mapping[str, str]) -> str:
        """
        The text in the page's language, or another one marked with its `lang`; empty if there is none.
        """
        own = label_in(texts, self.lang)
        if own is not None or not texts:
            return text(own or "")
        tag = "en" if "en" in texts else next(iter(texts))
        return element("span", text(texts[tag]), lang=tag)

    def date(self, moment: EdtfDate) -> str:
        """
        A date in words; a certain one is readable by machines too.
        """
        words = text(date_in(moment, self.lang))
        plain = moment.is_certain and "X" not in str(moment)
        return element("time", words, datetime=str(moment)) if plain else words

    def label(self, record: Labelled) -> str:
        """
        The label of a record, linked to its address if it has one.
        """
        label = text(record.label(self.lang))
        address = self._address(record)
        return label if address is None else element("a", label, href=address)

    def labels(self, records: Iterable[Labelled]) -> str:
        """
        The labels of several records.
        """
        return ", ".join(map(self.label, records))

    def link(self, inside: str, url: str | None, *, lang: str | None = None, own: bool = False) -> str:
        """
        HTML linked to an address, and marked if that is of another site; without a link if the address isn't safe.
        """
        url = safe_url(url, own=own)
        if url is None:
            return element("span", inside, lang=lang) if lang else inside
        out = f'<span aria-hidden="true"> ↗</span><span class="hidden"> ({self.word("external")})</span>'
        outside = url.lower().startswith("http") and not own
        return element("a", inside, href=url, lang=lang, hreflang=lang) + (out if outside else "")

    def cite(self, record: Any, field: str = "") -> str:
        """
        Links to the sources of a record's field, or of the record itself.
        """
        stated = getattr(record, "field_sources", {})
        return self.cite_sources(stated.get(field) or stated.get(field.partition(".")[0]) or record.sources)

    def cite_sources(self, ids: Iterable[str]) -> str:
        """
        Links to sources, each once.
        """
        numbers = [self._cited.setdefault(id, len(self._cited) + 1) for id in dict.fromkeys(ids)]
        return "".join(
            f'<sup><a href="#source-{number}" aria-label="{attribute(word("source", self.lang).format(number))}">'
            f"[{number}]</a></sup>"
            for number in numbers
        )

    def sources(self) -> list[str]:
        """
        An item for each source cited, in the order of citing.
        """
        items = []
        for id, number in self._cited.items():
            source = self.whole.sources[id]
            title = self.link(text(source.title or source.publisher or source.id), source.url, lang=source.language)
            more = [source.publisher if source.title else None, source.published, source.licence]
            details = [self.date(part) if isinstance(part, EdtfDate) else text(part) for part in more if part]
            items.append(f'<li id="source-{number}">{", ".join([title, *details])}</li>')
        return items


def items(texts: Iterable[str]) -> str:
    """
    A list of HTML; empty without items.
    """
    inside = "".join(f"<li>{item}</li>" for item in texts)
    return f"<ul>{inside}</ul>" if inside else ""


def grid(title: str, headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """
    A table of HTML cells, named *title*, that scrolls sideways on a narrow screen; the first cell of a row heads it.
    """
    head = "".join(f'<th scope="col">{heading}</th>' for heading in headings)
    body = "".join(
        f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>' for first, *rest in rows
    )
    return (
        f'<div class="scroll" role="region" aria-label="{attribute(title)}" tabindex="0"><table>'
        f'<caption class="hidden">{text(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def whole_page(lang: str, title: str, body: str, *, style: str = "", **parts: str) -> str:
    """
    A page in one file. Other *parts* than the body are `linked`, `versions`, `lead`, `nav` and `footer`.
    """
    empty = dict.fromkeys(("linked", "versions", "lead", "nav", "footer"), "")
    return FRAME.format(
        lang=attribute(lang),
        title=text(title),
        style=f"{STYLE}\n{style}".rstrip(),
        skip=text(word("skip to content", lang)),
        body=body,
        **(empty | parts),
    )
