"""Text that spreadsheet programs would run as a formula. Pure.

A cell that begins with one of these characters is a formula, or becomes one when the file is edited. An apostrophe in
front keeps it text; reading takes that away again, so that what goes out comes back as it was.
"""

from __future__ import annotations

import re

_LIVE = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def escaped(text: str) -> str:
    """Return the text such that no spreadsheet program takes it for a formula."""
    return f"'{text}" if _LIVE.match(text) else text


def unescaped(text: str) -> str:
    """Return the text as it was before `escaped`."""
    return text[1:] if text.startswith("'") and _LIVE.match(text) else text
