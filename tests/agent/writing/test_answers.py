"""Short answers to what a customer has written."""

from __future__ import annotations

import pytest

from billabex.agent.writing import languages, write_acknowledgement
from billabex.core.errors import InvariantBroken
from tests.agent.writing.briefs import NO_PAYMENT, REASONS, answer


def test_answer_reads_as_a_short_letter() -> None:
    written = write_acknowledgement(answer("en", "payment_announced"))

    assert written.subject == "Your message to Atelier Lumen"
    assert written.text == (
        "Dear Jane Doe,\n\n"
        "Thank you for letting us know: we have noted that the payment of invoices LUM-7001 and LUM-7014 will be made "
        "by 1 June 2026.\n\n"
        "You will not receive a reminder about them before then. Should your plans change, a short reply is all it "
        "takes.\n\n"
        "Kind regards,\nBillie\non behalf of Atelier Lumen\nStudio Lumen\nMarseille\n\n"
        "This message was written by an AI agent on behalf of Atelier Lumen. "
        "Someone on their team follows the correspondence and takes over when needed.\n"
    )
    assert written.images == ()


@pytest.mark.parametrize("code", sorted(languages()))
@pytest.mark.parametrize("reason", REASONS)
def test_answer_is_of_two_paragraphs_at_most(code: str, reason: str) -> None:
    greeting, *paragraphs, signature, notice = write_acknowledgement(answer(code, reason)).text.split("\n\n")

    assert len(paragraphs) == 2 + (reason == "bank_details")
    assert greeting.endswith((",", ":", "Jane Doe"))
    assert "Billie" in signature
    assert "Atelier Lumen" in notice


@pytest.mark.parametrize(
    ("answered", "subject"),
    [
        ("Your invoice LUM-7001", "Re: Your invoice LUM-7001"),
        ("Re: Your invoice", "Re: Your invoice"),
        ("RE: AW: Antw: Rif: Your invoice", "Re: Your invoice"),
        ("Re : Votre facture", "Re: Votre facture"),
        ("Reminder: paid", "Re: Reminder: paid"),
        ("Re:", "Your message to Atelier Lumen"),
        ("a\r\nBcc: thief@evil.example", "Re: a Bcc: thief@evil.example"),
    ],
)
def test_answer_keeps_the_customers_subject(answered: str, subject: str) -> None:
    assert write_acknowledgement(answer("en", "dispute", answered_subject=answered)).subject == subject


def test_answer_with_proof_asks_for_none() -> None:
    assert "proof of payment to hand" in write_acknowledgement(answer("en", "payment_reported")).text
    text = write_acknowledgement(answer("en", "payment_reported", has_proof=True)).text
    assert "thank you" in text.lower()
    assert "and for the proof of payment." in text
    assert "to hand" not in text


def test_answer_to_a_named_colleague_names_them() -> None:
    assert (
        "Max Roe is the right person"
        in write_acknowledgement(answer("en", "wrong_person", contact_name="Max Roe")).text
    )


def test_answer_with_bank_details_gives_them() -> None:
    text = write_acknowledgement(answer("en", "bank_details")).text

    assert "IBAN: FR76 3000 6000 0112 3456 7890 189" in text
    assert "Pay online: https://pay.example/k?a=1&b=2" in text


def test_answer_with_unknown_bank_details_is_a_bug_of_the_caller() -> None:
    with pytest.raises(InvariantBroken, match="no bank details"):
        write_acknowledgement(answer("en", "bank_details", payment=NO_PAYMENT))


def test_answer_to_a_payment_announced_for_no_day_is_a_bug_of_the_caller() -> None:
    with pytest.raises(InvariantBroken, match="no day"):
        write_acknowledgement(answer("en", "payment_announced", on=None))
