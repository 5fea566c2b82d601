"""Parse XML from strangers: no document types, hence no entities of theirs and nothing fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from .refusal import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 60


class _Guard:
    """Feeds a tree builder and stops at the first sign of a document type or absurd nesting."""

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = 0

    def parse(self, content: bytes) -> Element:
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._builder.data
        parser.Parse(content, True)  # noqa: FBT003 - the C function takes no keywords
        root: Element = self._builder.close()
        return root

    def _refuse(self, *_: object) -> None:
        raise Refused(Reason.XML_UNREADABLE)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise Refused(Reason.XML_UNREADABLE)
        self._builder.start(_qualified(name), {_qualified(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(_qualified(name))


def _qualified(name: str) -> str:
    return "{" + name if "}" in name else name


def parse_xml(content: bytes) -> Element:
    """Return the root of an XML document.

    Raises:
        Refused: It is not well-formed, declares a document type or nests absurdly.
    """
    try:
        return _Guard().parse(content.strip())
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Refused(Reason.XML_UNREADABLE) from error


def local_name(element: Element) -> str:
    """Return the tag without its namespace."""
    return str(element.tag).rpartition("}")[2]


def each(element: Element, path: str) -> Iterator[Element]:
    """Yield the descendants at a path of local names (`A/B/C`), whatever their namespaces."""
    yield from element.findall("/".join(f"{{*}}{step}" for step in path.split("/")))


def first(element: Element, *paths: str) -> Element | None:
    """Return the first descendant at the first path that has one."""
    return next((found for path in paths for found in each(element, path)), None)


def text_of(element: Element | None) -> str | None:
    """Return an element's own text without surrounding space, or None when there is none."""
    if element is None or element.text is None:
        return None
    return " ".join(element.text.split()) or None
