from __future__ import annotations

from billabex.agent.writing import PaymentInstructions, languages, write
from tests.agent.writing.briefs import BANK, Case, brief

LANGUAGES = sorted(languages())


def test_languages_with_their_folders_are_offered() -> None:
    assert languages() >= {"en", "fr"}


def test_write_simple_follow_up_reads_as_a_letter() -> None:
    text = write(brief(Case(payment=PaymentInstructions(iban=BANK.iban)))).text

    assert text == (
        "Dear Jane Doe,\n\n"
        "Invoice LUM-7001 from Atelier Lumen was due on 14 May 2026 and, as far as we can see, we have yet to receive "
        "€1,217.35. This is probably just an oversight.\n\n"
        "Could you arrange the payment, or let us know when we can expect it?\n\n"
        "Open invoices of Brandt Logistik\n\n"
        "Overdue\n"
        "- LUM-7001   remaining €1,217.35   amount €1,217.35\n"
        "    issued on 14 April 2026, due on 14 May 2026, 1 day late\n\n"
        "Total to pay: €1,217.35\n\n"
        "How to pay\n"
        "IBAN: FR76 3000 6000 0112 3456 7890 189\n"
        "Please quote the invoice number with your payment.\n\n"
        "If the payment is already on its way, please accept our thanks and disregard this message. "
        "If something is holding it up, tell us what it is: we will gladly help.\n\n"
        "Any question? Reply to this message or write to reply@lumen.example.\n\n"
        "Kind regards,\nBillie\non behalf of Atelier Lumen\nStudio Lumen\nMarseille\n\n"
        "This message was written by an AI agent on behalf of Atelier Lumen. "
        "A person there reads along and takes over when needed.\n"
    )
