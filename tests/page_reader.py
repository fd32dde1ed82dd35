"""
A page for tests: its elements in order, with attributes, texts and languages.
"""

from __future__ import annotations

from html.parser import HTMLParser

_VOID = {"meta", "link", "br", "img", "hr", "input"}


class Element:
    """An element of a page."""

    def __init__(self, name: str, attributes: dict[str, str], parents: tuple[Element, ...]) -> None:
        self.name = name
        self.attributes = attributes
        self.parents = parents
        self.text = ""

    def within(self, name: str) -> bool:
        """Say whether it is inside an element of this name."""
        return any(parent.name == name for parent in self.parents)


class PageReader(HTMLParser):
    """The elements of a page; an element closed in the wrong order is an error."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert self._open == [], [element.name for element in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), (tag, names)
        found = Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open))
        self.elements.append(found)
        if tag not in _VOID:
            self._open.append(found)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element of SVG that has nothing in it."""
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last."""
        assert self._open.pop().name == tag, tag

    def handle_data(self, data: str) -> None:
        """Add text to every element around it."""
        for element in self._open:
            element.text += data

    def all(self, *names: str) -> list[Element]:
        """The elements of these names, in order."""
        return [element for element in self.elements if element.name in names]

    def one(self, name: str) -> Element:
        """The only element of a name."""
        (found,) = self.all(name)
        return found

    def by_id(self, id: str) -> Element:
        """The element with an id."""
        (found,) = (element for element in self.elements if element.attributes.get("id") == id)
        return found

    def section(self, id: str) -> list[Element]:
        """The elements of the section whose heading has an id."""
        heading = self.by_id(id)
        return [element for element in self.elements if heading.parents[-1] in element.parents]
