"""Reading PDF invoices and credit notes.

`read_pdf` gives everything a PDF says, each value with its source, confidence and place; `count_pages` only
makes sure that it opens; `render_page` gives a page as a picture; `PdfReader` does any of it for many files.
All work in a child process with limits and raise `errors.UnreadablePdf` with a sentence for people.

The names are loaded when they are first used: the child process imports this package too, and does without
Django.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .errors import UnreadablePdf
    from .sandbox import PdfReader, count_pages, read_pdf, render_page
    from .types import Box, Found, Kind, Limits, Notice, OwnIdentity, Reading, Source

__all__ = [
    "Box",
    "Found",
    "Kind",
    "Limits",
    "Notice",
    "OwnIdentity",
    "PdfReader",
    "Reading",
    "Source",
    "UnreadablePdf",
    "count_pages",
    "read_pdf",
    "render_page",
]

_HOME = {"UnreadablePdf": "errors", **dict.fromkeys(("PdfReader", "count_pages", "read_pdf", "render_page"), "sandbox")}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(importlib.import_module(f".{_HOME.get(name, 'types')}", __name__), name)
