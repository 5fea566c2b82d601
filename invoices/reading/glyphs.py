"""The characters of a page and their places, as PDFium finds them.

A long invoice has ten thousand characters, each of which costs calls into PDFium: what is done here per character is
what reading a PDF takes.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

from pypdfium2 import raw

from .layout import Glyph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pypdfium2 as pdfium

type Place = tuple[float, float, float, float]
"""Left, top, right and bottom."""

MAX_CHARACTERS = 60_000  # an invoice has a few thousand; beyond, only the first and last pages matter
SAMPLE = 64  # characters that are asked whether their font knows them
HYPHEN_AT_LINE_END = "\x02"  # what PDFium reports for a hyphen that breaks a word
SURROGATES = range(0xD800, 0xE000)
INVISIBLE = frozenset({*map(chr, SURROGATES), *"\x7f\xad\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff"})
FINE = 1_000_000  # PDFium answers in whole pixels of a device this wide
UNIT = 1000


def glyphs_of(page: pdfium.PdfPage) -> Iterator[Glyph | None]:
    """Yield the characters of a page in the order of its content, None for white space; none if nobody knows them."""
    text = page.get_textpage()
    if not _is_legible(text):
        return
    seen, handle = _seen_from(page), text.raw
    rect, loose_box = raw.FS_RECTF(), raw.FPDFText_GetLooseCharBox
    by_reference = ctypes.byref(rect)
    for index, character in enumerate(_characters(text)):
        if character == HYPHEN_AT_LINE_END:
            shown = "-"
        elif character <= " " or character.isspace():
            yield None
            continue
        else:
            shown = character
        if shown not in INVISIBLE and loose_box(handle, index, by_reference):
            yield Glyph(shown, *seen(rect.left, rect.top, rect.right, rect.bottom))


def _is_legible(text: pdfium.PdfTextPage) -> bool:
    """Return whether the fonts tell most characters: without their maps, `Total` is `7RWDO`, and a page a scan."""
    count = text.count_chars()
    sample = range(0, count, max(count // SAMPLE, 1))
    unknown: int = sum(raw.FPDFText_HasUnicodeMapError(text, index) == 1 for index in sample)
    return unknown <= len(sample) / 2


def _characters(text: pdfium.PdfTextPage) -> Sequence[str]:
    """Return the characters by their index, in one call where PDFium's text has one unit for each."""
    count = min(text.count_chars(), MAX_CHARACTERS)
    units = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text, 0, count, units)
    if written == count + 1:
        whole = bytes(units)[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(whole) == count:
            return whole
    return [chr(raw.FPDFText_GetUnicode(text, index)) for index in range(count)]


def _seen_from(page: pdfium.PdfPage) -> Callable[[float, float, float, float], Place]:
    """Return the way from the page's own coordinates to those of the page as it is shown."""
    width, height = page.get_size()

    def shown(x: float, y: float) -> tuple[float, float]:
        across, down = ctypes.c_int(), ctypes.c_int()
        raw.FPDF_PageToDevice(page, 0, 0, FINE, FINE, 0, x, y, across, down)
        return across.value * width / FINE, down.value * height / FINE

    (x, y), (right_x, right_y), (up_x, up_y) = shown(0, 0), shown(UNIT, 0), shown(0, UNIT)
    a, b, c, d = (right_x - x) / UNIT, (right_y - y) / UNIT, (up_x - x) / UNIT, (up_y - y) / UNIT

    def upright(x0: float, top: float, x1: float, bottom: float) -> Place:
        return x + a * x0, y + d * top, x + a * x1, y + d * bottom

    def turned(x0: float, y0: float, x1: float, y1: float) -> Place:
        xs = sorted((x + a * x0 + c * y0, x + a * x1 + c * y1))
        ys = sorted((y + b * x0 + d * y0, y + b * x1 + d * y1))
        return xs[0], ys[0], xs[1], ys[1]

    return upright if b == c == 0 and a > 0 > d else turned
