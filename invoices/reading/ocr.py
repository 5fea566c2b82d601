"""Reading pictures of text with tesseract, where the machine has it."""

from __future__ import annotations

import csv
import shutil
import subprocess
import time
from functools import cache
from io import StringIO
from typing import TYPE_CHECKING

from .layout import Page, Word, lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .document import Document

PLACES = "/usr/bin:/usr/local/bin:/opt/homebrew/bin"  # this process has no PATH of its own
LANGUAGES = ("eng", "fra", "deu", "spa", "ita", "nld", "por")
PICTURE_WIDTH = 1654  # 200 dots an inch on A4
SPARSE = "11"  # find text wherever it stands: columns are told apart by place, not by tesseract
SHARE_OF_TIME = 0.8  # of the time a document has; the rest is for reading what was found
LISTING_SECONDS = 5.0
WORD_LEVEL, LINE_LEVEL = "5", "4"
MIN_SURE = 30.0  # percent; less is a stain or a picture
AROUND = 0.12  # of a line's height: tesseract's boxes are tight, those of fonts are not
ENVIRONMENT = {"OMP_THREAD_LIMIT": "1"}


@cache
def program() -> str | None:
    """Return where tesseract is, or None."""
    return shutil.which("tesseract", path=PLACES)


def read_pictures(document: Document) -> tuple[Page, ...]:
    """Return the pages as tesseract reads them: the first and the last ones as long as there is time."""
    deadline = time.monotonic() + document.limits.seconds * SHARE_OF_TIME
    numbers = list(dict.fromkeys([1, document.page_count, *range(2, document.page_count)]))
    pages = []
    for number in numbers:
        table = _recognised(document.render(number, PICTURE_WIDTH), deadline)
        if table is None:
            break
        pages.append(_laid_out(number, table, document.page_size(number)))
    return tuple(sorted(pages, key=lambda page: page.number))


def _recognised(picture: bytes, deadline: float) -> str | None:
    """Return tesseract's table of words, or None when it fails or there is no time."""
    return _run(["stdin", "stdout", "--psm", SPARSE, "-l", _languages(), "tsv"], picture, deadline - time.monotonic())


@cache
def _languages() -> str:
    listed = (_run(["--list-langs"], b"", LISTING_SECONDS) or "").split()
    return "+".join(code for code in LANGUAGES if code in listed) or LANGUAGES[0]


def _run(arguments: list[str], given: bytes, seconds: float) -> str | None:
    where = program()
    if where is None or seconds <= 0:
        return None
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, fixed arguments, no shell
            [where, *arguments], input=given, capture_output=True, env=ENVIRONMENT, timeout=seconds, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.decode("utf-8", "replace")


def _laid_out(number: int, table: str, size: tuple[float, float]) -> Page:
    width, height = size
    return lay_out(number, width, height, _words(table, width / PICTURE_WIDTH))


def _words(table: str, scale: float) -> Iterator[Word]:
    """Yield the words, each as tall as its line, so that a comma stands beside a capital."""
    top = bottom = 0.0
    for row in csv.DictReader(StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["level"] == LINE_LEVEL:
            around = AROUND * int(row["height"])
            top, bottom = int(row["top"]) - around, int(row["top"]) + int(row["height"]) + around
        text = (row["text"] or "").strip()
        if row["level"] == WORD_LEVEL and text and float(row["conf"]) >= MIN_SURE:
            left = int(row["left"])
            yield Word(text, left * scale, top * scale, (left + int(row["width"])) * scale, bottom * scale)
