"""Maps of all codes are thinned; every other PDF stays as it is."""

from __future__ import annotations

import zlib

import pytest

from invoices.reading.codemaps import THIN_MAP, with_thin_maps
from invoices.reading.document import Document
from invoices.reading.types import Limits

from .documents import invoice_page

ONE_RANGE = b"begincmap 1 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange endcmap" + b" " * 200
MANY_RANGES = b"begincmap\n" + b"".join(b"<%02x00> <%02xff> <%02x00>\n" % (n, n, n) for n in range(256)) + b"endcmap"
SOME = b"begincmap 1 beginbfrange <0003> <0050> <0020> endbfrange endcmap" + b" " * 200
NOT_PLAIN = b"begincmap 1 beginbfrange <0000> <FFFF> <0041> endbfrange endcmap" + b" " * 200


def _pdf(stream: bytes) -> bytes:
    return (
        b"%%PDF-1.7\n4 0 obj\n<< /Type /Font /ToUnicode 14 0 R >>\nendobj\n"
        b"14 0 obj\n<< /Length %d >>\nstream\n%s\nendstream\nendobj\n%%%%EOF\n" % (len(stream), stream)
    )


@pytest.mark.parametrize("stream", [ONE_RANGE, MANY_RANGES, zlib.compress(MANY_RANGES)], ids=["one", "many", "packed"])
def test_with_thin_maps_replaces_a_map_of_all_codes_in_its_place(stream: bytes) -> None:
    thin = with_thin_maps(_pdf(stream))
    assert len(thin) == len(_pdf(stream))
    start = thin.index(b"stream\n") + len(b"stream\n")
    inside = thin[start : start + len(stream)]
    assert THIN_MAP in (inside.rstrip(b"\n"), zlib.decompressobj().decompress(inside) if inside[0] == 0x78 else b"")
    assert thin[start + len(stream) :] == _pdf(stream)[start + len(stream) :]


@pytest.mark.parametrize("stream", [SOME, NOT_PLAIN, b"", zlib.compress(SOME)])
def test_with_thin_maps_leaves_other_maps_alone(stream: bytes) -> None:
    assert with_thin_maps(_pdf(stream)) == _pdf(stream)


def test_with_thin_maps_of_a_map_that_is_not_there_changes_nothing() -> None:
    without = _pdf(ONE_RANGE).replace(b"14 0 obj", b"15 0 obj")
    assert with_thin_maps(without) == without
    assert (
        with_thin_maps(b"%PDF-1.7 /ToUnicode 9 0 R\n9 0 obj 5 endobj") == b"%PDF-1.7 /ToUnicode 9 0 R\n9 0 obj 5 endobj"
    )


def test_with_thin_maps_of_an_ordinary_invoice_leaves_its_text() -> None:
    content = invoice_page()
    with Document(content, Limits()) as plain, Document(with_thin_maps(content), Limits()) as thin:
        assert [page.text for page in plain.pages] == [page.text for page in thin.pages]
