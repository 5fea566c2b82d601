"""How to pay: bank details, a code that banking apps read, a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billabex.agent.writing.letter import Line, Payment, clean

if TYPE_CHECKING:
    from billabex.agent.writing.brief import PaymentInstructions
    from billabex.agent.writing.language import Language
    from billabex.agent.writing.letter import Code

_IBAN_GROUP = 4


def payment(instructions: PaymentInstructions, language: Language, *, one: bool, code: Code | None = None) -> Payment:
    """Say how to pay. Bank details go together: a holder or BIC alone would help no one.

    Args:
        instructions: How the organization wants to be paid.
        language: To say it in.
        one: The payment is for one invoice, whose number is to be quoted.
        code: A QR code to show beside the details.
    """
    bank = _bank_lines(instructions, language.label("pay_holder"))
    link = clean(instructions.link)
    return Payment(
        heading=language.label("pay"),
        lines=bank,
        link=Line(language.label("pay_online"), link) if link else None,
        note=language.label("pay_reference" if bank or link else "pay_ask", one=one),
        code=code,
    )


def plain_iban(instructions: PaymentInstructions) -> str:
    """Return the IBAN without its spaces."""
    return "".join(clean(instructions.iban).split())


def _bank_lines(instructions: PaymentInstructions, holder_label: str) -> tuple[Line, ...]:
    iban = plain_iban(instructions)
    if not iban:
        return ()
    groups = (iban[start : start + _IBAN_GROUP] for start in range(0, len(iban), _IBAN_GROUP))
    lines = (
        Line(holder_label, clean(instructions.account_holder)),
        Line("IBAN", " ".join(groups)),
        Line("BIC", clean(instructions.bic)),
    )
    return tuple(line for line in lines if line.value)
