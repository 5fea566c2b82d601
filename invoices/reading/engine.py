"""Read a document in this process. Everybody but the child process goes through `sandbox`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .document import Document
from .parsers import all_parsers
from .refusal import Reason, Refused

if TYPE_CHECKING:
    from .types import Limits, OwnIdentity, Reading


def read_document(content: bytes, own: OwnIdentity, limits: Limits) -> Reading:
    """Return what the best parser for this PDF reads.

    Raises:
        Refused: It cannot be read.
    """
    with Document(content, limits) as document:
        return _read(document, own)


def render_document(content: bytes, page: int, width: int, limits: Limits) -> bytes:
    """Return a page (1-based) as a PNG picture `width` pixels wide.

    Raises:
        Refused: It cannot be opened or has no such page.
    """
    with Document(content, limits) as document:
        return document.render(page, width)


def _read(document: Document, own: OwnIdentity) -> Reading:
    scored = [(parser.score(document), parser) for parser in all_parsers()]
    fitting = [one for one in scored if one[0] > 0]
    refusal = Refused(Reason.XML_UNREADABLE if document.has_unreadable_xml else Reason.NO_TEXT)
    for _, parser in sorted(fitting, key=lambda one: -one[0]):
        try:
            return parser.read(document, own)
        except Refused as refused:
            refusal = refused
    raise refusal
