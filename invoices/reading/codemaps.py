"""Make the fonts of TCPDF, mPDF, FPDF and their like cheap to read.

These programs give every font a map that says of all 65,536 codes that each is the character of that number. PDFium
unfolds it entry by entry, for every font, which takes several times longer than all the rest of reading a page. A map
of the characters that are in use says the same.
"""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MAPS = 50
MAX_STREAM_BYTES = 8_000  # of such a map
MAX_MAP_BYTES = 20_000
USED = re.compile(rb"/ToUnicode\s+(\d+) 0 R")
STREAM = re.compile(rb"(?<!\d)\d+ 0 obj[^>]*>>\s*stream\r?\n")
END = b"endstream"
RANGE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>")
ALL_CODES = 0x8000  # this many or more
THIN_MAP = (
    b"begincmap 1 begincodespacerange<0000><FFFF>endcodespacerange "
    # Latin, Greek, Cyrillic, punctuation, currencies and arrows, and the ligatures
    b"2 beginbfrange<0000><21FF><0000><FB00><FB06><FB00>endbfrange endcmap"
)
THIN_MAPS = (THIN_MAP, zlib.compress(THIN_MAP))


def with_thin_maps(content: bytes) -> bytes:
    """Return the PDF with maps of all codes replaced by maps of those in use; no other byte moves."""
    replacements = list(_replacements(content))
    if not replacements:
        return content
    thinner = bytearray(content)
    for start, end, thin in replacements:
        thinner[start:end] = thin.ljust(end - start, b"\n")
    return bytes(thinner)


def _replacements(content: bytes) -> Iterator[tuple[int, int, bytes]]:
    for number in list(dict.fromkeys(USED.findall(content)))[:MAX_MAPS]:
        place = content.rfind(b"\n%s 0 obj" % number) + 1
        stream = STREAM.match(content, place) if place else None
        if stream is None:
            continue
        start = stream.end()
        end = content.find(END, start, start + MAX_STREAM_BYTES)
        is_packed, unpacked = _unpacked(content[start:end])
        thin = THIN_MAPS[is_packed]
        if end - start >= len(thin) and _maps_all_codes(unpacked):
            yield start, end, thin


def _unpacked(stream: bytes) -> tuple[bool, bytes]:
    try:
        return True, zlib.decompressobj().decompress(stream, MAX_MAP_BYTES)
    except zlib.error:
        return False, stream


def _maps_all_codes(content: bytes) -> bool:
    """Return whether a map says of most codes that they are themselves, and nothing else of any."""
    ranges = [tuple(int(code, 16) for code in one) for one in RANGE.findall(content)]
    is_plain = b"beginbfchar" not in content and all(first == meant for first, _, meant in ranges)
    return is_plain and sum(last - first + 1 for first, last, _ in ranges) >= ALL_CODES
