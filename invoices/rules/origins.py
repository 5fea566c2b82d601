"""Pure rule: where each prefilled value of a document came from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from invoices.reading import Source

if TYPE_CHECKING:
    from invoices.reading import Reading
    from invoices.rules.facts import Draft

FIELDS = {
    "kind": "kind",
    "number": "number",
    "issued_on": "issue_date",
    "due_on": "due_date",
    "currency": "currency",
    "total": "total",
    "tax": "tax",
    "paid": "paid",
    "purchase_order": "purchase_order",
    "company": "buyer_name",
    "street": "buyer_street",
    "postal_code": "buyer_postal_code",
    "city": "buyer_city",
    "country": "buyer_country",
    "registration_number": "buyer_registration_number",
    "vat_number": "buyer_vat_number",
}
"""The fields of a document's facts, with what a reading calls them."""


def origins(reading: Reading, draft: Draft) -> dict[str, Source]:
    """Return where the draft's values came from, by field; what was not found has no entry.

    Source: product.md 4, "fields prefilled and each marked with where it came from".
    """
    found = {name: reading.found(read_as) for name, read_as in FIELDS.items()}
    known = {name: one.source for name, one in found.items() if one is not None}
    if draft.due_on is None:
        known.pop("due_on", None)
    elif draft.due_from != "printed":
        known["due_on"] = Source.TERMS if draft.due_from == "terms" else Source.DEFAULT
    return {"currency": Source.DEFAULT} | known
