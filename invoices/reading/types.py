"""What a reader finds in a document: plain frozen values, no database, no clock, no framework."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

type Json = dict[str, Any]
type Fields = dict[str, Any]
"""Some of the fields of a reading, by name: what its constructor takes."""

MEBIBYTE = 1024 * 1024


class Kind(StrEnum):
    """What the document is."""

    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"


class Source(StrEnum):
    """Where a value comes from, the most trustworthy first."""

    XML = "xml"
    TEXT = "text"
    OCR = "ocr"
    TERMS = "terms"
    ARITHMETIC = "arithmetic"
    DEFAULT = "default"


class Box(NamedTuple):
    """A place on a page, as fractions of its width and height, from the top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Found[T]:
    """One value and how we know it.

    Attributes:
        value: What was read.
        source: Where it comes from.
        confidence: From 0 (a guess) to 1 (stated by machine-readable data).
        page: 1-based, or None when the value has no place on a page.
        box: The place on that page.
    """

    value: T
    source: Source
    confidence: float
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should look at before accepting the reading.

    Attributes:
        code: Stable, for example `figures-inconsistent`.
        params: Facts that a sentence about it needs, as strings.
    """

    code: str
    params: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OwnIdentity:
    """How documents name the organization itself: tells its own block from the customer's."""

    names: tuple[str, ...] = ()
    vat_numbers: tuple[str, ...] = ()
    registration_numbers: tuple[str, ...] = ()
    ibans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may cost."""

    max_bytes: int = 20 * MEBIBYTE
    max_pages: int = 60
    seconds: float = 10.0
    memory_bytes: int = 512 * MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything read from one document; a field that was not found is None.

    Amounts carry the sign the document prints: a document of type 380 with negative totals is a credit note
    whose total stays negative, one of type 381 usually has positive totals.
    """

    kind: Found[Kind] | None = None
    number: Found[str] | None = None
    issue_date: Found[date] | None = None
    due_date: Found[date] | None = None
    currency: Found[str] | None = None
    total: Found[Decimal] | None = None
    net: Found[Decimal] | None = None
    tax: Found[Decimal] | None = None
    paid: Found[Decimal] | None = None
    seller_name: Found[str] | None = None
    seller_vat_number: Found[str] | None = None
    seller_registration_number: Found[str] | None = None
    buyer_name: Found[str] | None = None
    buyer_vat_number: Found[str] | None = None
    buyer_registration_number: Found[str] | None = None
    buyer_street: Found[str] | None = None
    buyer_postal_code: Found[str] | None = None
    buyer_city: Found[str] | None = None
    buyer_country: Found[str] | None = None
    buyer_email: Found[str] | None = None
    purchase_order: Found[str] | None = None
    iban: Found[str] | None = None
    payment_terms_days: Found[int] | None = None
    language: Found[str] | None = None
    page_count: int
    parser: str
    warnings: tuple[Notice, ...] = ()

    def found(self, name: str) -> Found[Any] | None:
        """Return the field called `name`."""
        if name not in FIELD_NAMES:
            raise KeyError(name)
        value: Found[Any] | None = getattr(self, name)
        return value

    def to_json(self) -> Json:
        """Return plain JSON that `from_json` turns back into an equal reading; amounts become strings."""
        fields = {name: _found_to_json(self.found(name)) for name in FIELD_NAMES}
        warnings = [{"code": w.code, "params": dict(w.params)} for w in self.warnings]
        return {**fields, "page_count": self.page_count, "parser": self.parser, "warnings": warnings}

    @classmethod
    def from_json(cls, data: Json) -> Reading:
        """Rebuild a reading from what `to_json` returned."""
        fields = {name: _found_from_json(name, data.get(name)) for name in FIELD_NAMES}
        warnings = tuple(Notice(w["code"], tuple(w["params"].items())) for w in data["warnings"])
        return cls(**fields, page_count=data["page_count"], parser=data["parser"], warnings=warnings)


FIELD_NAMES: tuple[str, ...] = tuple(
    field.name for field in dataclasses.fields(Reading) if field.name not in {"page_count", "parser", "warnings"}
)
_FROM_JSON: dict[str, Callable[[Any], Any]] = {
    "kind": Kind,
    "issue_date": date.fromisoformat,
    "due_date": date.fromisoformat,
    "total": Decimal,
    "net": Decimal,
    "tax": Decimal,
    "paid": Decimal,
    "payment_terms_days": int,
}


def _found_to_json(found: Found[Any] | None) -> Json | None:
    if found is None:
        return None
    value = found.value if isinstance(found.value, int) else str(found.value)
    box = None if found.box is None else list(found.box)
    return {
        "value": value,
        "source": str(found.source),
        "confidence": found.confidence,
        "page": found.page,
        "box": box,
    }


def _found_from_json(name: str, data: Json | None) -> Found[Any] | None:
    if data is None:
        return None
    box = None if data["box"] is None else Box(*data["box"])
    value = _FROM_JSON.get(name, str)(data["value"])
    return Found(value, Source(data["source"]), data["confidence"], data["page"], box)
