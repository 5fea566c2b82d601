"""Damaged PDFs: whatever is done to a file, it is read or refused, quickly, and nothing else happens.

`READING_MUTATIONS=500` tries as many as the project promises; a run by default tries fewer.
"""

from __future__ import annotations

import os
import random
import time

from invoices.reading import Limits, PdfReader, UnreadablePdf
from invoices.reading.sandbox import START_SECONDS

from .documents import cii, invoice_page, with_xml
from .samples import samples

ROUNDS = int(os.environ.get("READING_MUTATIONS", "60"))
SECONDS = 3.0


def _mutated(pick: random.Random, content: bytes) -> bytes:
    data = bytearray(content)
    kind = pick.randrange(5)
    if kind == 0:  # flipped bytes
        for _ in range(pick.randint(1, 200)):
            data[pick.randrange(len(data))] = pick.randrange(256)
    elif kind == 1:  # cut off, with an end put back
        del data[pick.randrange(len(data)) :]
        data += b"\nstartxref\n0\n%%EOF"
    elif kind == 2:  # a piece missing
        start = pick.randrange(len(data))
        del data[start : start + pick.randint(1, 2000)]
    elif kind == 3:  # a piece twice
        start = pick.randrange(len(data))
        data[start:start] = data[start : start + pick.randint(1, 2000)]
    else:  # figures of the structure made absurd
        for word in (b"/Length", b"/Count", b"/Size", b"/W", b"/Index"):
            data = data.replace(word + b" ", word + b" 9", pick.randint(1, 3))
    return bytes(data)


def test_read_pdf_of_mutated_files_reads_or_refuses_in_bounded_time() -> None:
    pick = random.Random(20261122)  # noqa: S311 - repeatable, not secret
    originals = [invoice_page(), with_xml(invoice_page(), cii()), samples(has_xml=True)[3].content]
    outcomes: set[str] = set()
    with PdfReader(limits=Limits(seconds=SECONDS)) as reader:
        for _ in range(ROUNDS):
            start = time.monotonic()
            try:
                reader.read(_mutated(pick, pick.choice(originals)))
                outcomes.add("read")
            except UnreadablePdf as error:
                outcomes.add(error.code)
            assert time.monotonic() - start < SECONDS + START_SECONDS  # a killed child is replaced within that
    assert {"read", "invoices.pdf.broken"} <= outcomes
    # A fault of ours would be one of these.
    assert outcomes.isdisjoint({"invoices.pdf.unreadable", "invoices.pdf.too-demanding"})
