"""Where the values of a document came from, as the verify page says it: in words, and as a place on a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.translation import gettext_lazy

from invoices import rules
from invoices.reading import Source
from invoices.rules.origins import FIELDS

if TYPE_CHECKING:
    from django.forms import BoundField
    from django.utils.functional import _StrOrPromise, _StrPromise

    from invoices.forms import FactsForm
    from invoices.reading import Box, Found, Reading
    from invoices.rules import Draft

SCALE = 1000
"""Into how many parts a page is divided, across and down: whole numbers read the same in every language."""
AROUND = 4  # parts, at either side: the boxes of letters leave room above and below them, but none beside

WORDS: dict[str, _StrPromise] = {
    Source.XML: gettext_lazy("Embedded data"),
    Source.TEXT: gettext_lazy("Read from the page"),
    "ocr": gettext_lazy("Read from the scan"),
    Source.TERMS: gettext_lazy("From the payment terms"),
    Source.ARITHMETIC: gettext_lazy("Calculated"),
    Source.DEFAULT: gettext_lazy("Your organization's default"),
}
TYPED = gettext_lazy("Typed")


@dataclass(frozen=True, slots=True)
class Place:
    """The rectangle on a page, in parts of `SCALE`, in which the value of a field stands."""

    field: BoundField
    page: int
    x: int
    y: int
    width: int
    height: int

    @property
    def anchor(self) -> str:
        """What the field's mark links to."""
        return f"place-{self.field.name}"


def places_of(reading: Reading, form: FactsForm) -> list[Place]:
    """Return where the prefilled values stand that a person has not typed anew, the largest first.

    So a place within another one lies above it, where it can be pointed at.
    """
    places = []
    for name in _as_read(form):
        found = _stands_at(reading, name)
        if found is not None and found.page is not None and found.box is not None:
            places.append(Place(form[name], found.page, *_rectangle(found.box)))
    return sorted(places, key=lambda place: -place.width * place.height)


def origins_of(reading: Reading, draft: Draft, form: FactsForm, places: list[Place]) -> dict[str, _StrOrPromise]:
    """Return in words where each value came from, by field, as a link to its place where it has one."""
    anchors = {place.field.name: place.anchor for place in places}
    sources = rules.origins(reading, draft)
    said: dict[str, _StrOrPromise] = {}
    for name in _as_read(form):
        if name in sources:
            words = _words(reading, sources[name])
            said[name] = format_html('<a href="#{}">{}</a>', anchors[name], words) if name in anchors else words
    return said | dict.fromkeys(form.changed_data if form.is_bound else (), TYPED)


def _words(reading: Reading, source: Source) -> _StrPromise:
    """Return what the source is called; the text of a scan was recognised in a picture."""
    return WORDS["ocr" if reading.parser == "ocr" and source == Source.TEXT else source]


def _as_read(form: FactsForm) -> list[str]:
    """Return the fields whose values are still those of the draft."""
    typed = form.changed_data if form.is_bound else []
    return [name for name in FIELDS if form.initial.get(name) not in {None, ""} and name not in typed]


def _stands_at(reading: Reading, name: str) -> Found[object] | None:
    found = reading.found(FIELDS[name])
    return reading.payment_terms_days if name == "due_on" and found is None else found


def _rectangle(box: Box) -> tuple[int, int, int, int]:
    left, top, right, bottom = (round(fraction * SCALE) for fraction in box)
    x = max(left - AROUND, 0)
    return x, top, min(right + AROUND, SCALE) - x, bottom - top
