"""Pure rules about messages: a person's words as HTML, and HTML as a browser shows it alone."""

from __future__ import annotations

import re
from base64 import b64encode
from typing import TYPE_CHECKING

from django.utils.html import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from communications.ports import Picture

_DOCUMENT = (
    '<!doctype html><html lang="{language}"><head><meta charset="utf-8"></head>'
    '<body style="margin:0;padding:24px;font-family:Helvetica,Arial,sans-serif;font-size:15px;line-height:1.5">'
    '<div style="max-width:600px">{paragraphs}</div></body></html>'
)
_PARAGRAPH = '<p style="margin:0 0 16px;white-space:pre-wrap">{text}</p>'


def one_line(text: str) -> str:
    """Return a text as a subject holds it: its words on one line."""
    return " ".join(text.split())


def plain_text(text: str) -> str:
    """Return a text as a body keeps it: lines end as lines do here, and nothing trails."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def as_html(text: str, language: str) -> str:
    """Return a plain text as an HTML document that looks the same: nothing in it is markup, and nothing loads.

    Args:
        text: What a person wrote; its paragraphs are parted by empty lines, and its columns by spaces.
        language: ISO 639-1.
    """
    paragraphs = re.split(r"\n{2,}", plain_text(text))
    body = "".join(_PARAGRAPH.format(text=escape(paragraph)) for paragraph in paragraphs)
    return _DOCUMENT.format(language=escape(language), paragraphs=body)


def as_data(picture: Picture) -> str:
    """Return a picture as an address that holds it."""
    return f"data:image/png;base64,{b64encode(picture.png).decode()}"


def with_pictures(html: str, pictures: Iterable[Picture]) -> str:
    """Return the HTML of a message with its pictures in it: what `cid:` names, only a mail program finds."""
    for one in pictures:
        html = html.replace(f'"cid:{one.cid}"', f'"{as_data(one)}"')
    return html
