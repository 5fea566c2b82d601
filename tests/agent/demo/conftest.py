from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from billabex.agent.demo.paper import make_pdf
from billabex.agent.demo.story import Story, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from billabex.agent.demo.documents import PaperDocument

MONDAY = date(2026, 9, 7)


def page_text(pdf: bytes) -> str:
    """Return the text of the pages with plain spaces, as a reader sees it."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()
    return text.replace("\u00a0", " ").replace("\r\n", "\n")


@pytest.fixture(scope="session")
def story() -> Story:
    return tell(MONDAY)


@pytest.fixture(scope="session")
def printed(story: Story) -> Mapping[str, tuple[PaperDocument, bytes]]:
    """Every document of the story with its PDF, by number; printed once."""
    return {a.document.number: (a.document, make_pdf(a.document)) for a in story.arrivals}
