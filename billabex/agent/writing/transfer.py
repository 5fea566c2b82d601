"""The QR code of a transfer in euros: banking apps read payee, account, amount and reference from it.

Source: European Payments Council, "Quick Response Code: Guidelines to Enable Data Capture for the Initiation of an
SEPA Credit Transfer" (EPC069-12).
"""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from zlib import crc32

import segno
from schwifty import IBAN

from billabex.agent.interest import EURO
from billabex.agent.writing.letter import Code, InlineImage, clean
from billabex.agent.writing.payment import plain_iban

if TYPE_CHECKING:
    from collections.abc import Iterable

    from billabex.agent.writing.brief import Brief
    from billabex.agent.writing.language import Language

_LONGEST_NAME, _LONGEST_REFERENCE, _LARGEST_PAYLOAD = 70, 140, 331
_LARGEST_AMOUNT = Decimal("999999999.99")
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_VERSION, _UTF_8, _CREDIT_TRANSFER = "002", "1", "SCT"
# Every mask can be read. Naming one spares the library trying all eight, most of the time it would take.
_MASK = 3
_PIXELS_A_MODULE = 4


def transfer_code(brief: Brief, language: Language) -> Code | None:
    """Return the code that pays what is owed in euros, or None where there is no such transfer."""
    payload = transfer_payload(brief)
    if payload is None:
        return None
    amount = language.money(_owed(brief), EURO)
    cid = f"transfer-{crc32(payload):08x}"
    return Code(
        image=InlineImage(cid, _png(payload)),
        caption=language.label("pay_code", amount=amount),
        alt=language.label("pay_code_alt", amount=amount),
    )


def transfer_payload(brief: Brief) -> bytes | None:
    """Return what the code says, or None without a valid IBAN of the SEPA area or anything to pay in euros.

    The reference names as many of the invoices as it has room for.
    """
    instructions = brief.payment
    iban = IBAN(plain_iban(instructions), allow_invalid=True)
    amount = _owed(brief)
    name = clean(instructions.account_holder or brief.organization_name)[:_LONGEST_NAME].strip()
    if not (name and iban.is_valid and iban.in_sepa_zone and 0 < amount <= _LARGEST_AMOUNT):
        return None
    bic = clean(instructions.bic)
    invoices = brief.overdue + brief.due_soon
    reference = _reference(clean(invoice.number) for invoice in invoices if invoice.currency == EURO)
    fields = [
        *("BCD", _VERSION, _UTF_8, _CREDIT_TRANSFER),
        bic if _BIC.fullmatch(bic) else "",
        name,
        iban.compact,
        f"{EURO}{amount:.2f}",
        *("", "", reference),  # neither a purpose nor a structured reference
    ]
    payload = "\n".join(fields).encode()
    return payload if len(payload) <= _LARGEST_PAYLOAD else None


def _owed(brief: Brief) -> Decimal:
    return sum((total.to_pay for total in brief.totals if total.currency == EURO), Decimal(0))


def _reference(numbers: Iterable[str]) -> str:
    reference = ""
    for number in numbers:
        longer = f"{reference}, {number}" if reference else number
        if len(longer) > _LONGEST_REFERENCE:
            break
        reference = longer
    return reference


def _png(payload: bytes) -> bytes:
    """Draw the code: error correction M, as the guidelines ask."""
    file = BytesIO()
    segno.make_qr(payload, error="m", mask=_MASK, boost_error=False).save(file, kind="png", scale=_PIXELS_A_MODULE)
    return file.getvalue()
