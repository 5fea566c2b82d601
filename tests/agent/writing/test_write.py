from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

import pytest
from django.core.mail import EmailMessage
from django.utils import translation

from billabex.agent.writing import CurrencyTotal, PaymentInstructions, languages, write
from billabex.agent.writing.language import language
from billabex.core.errors import InvariantBroken
from tests.agent.writing.briefs import BANK, NO_PAYMENT, VOICES, Case, brief, invoice
from tests.agent.writing.reading import Page

if TYPE_CHECKING:
    from pytest_django import Settings

LANGUAGES = sorted(languages())
NBSP = "\N{NO-BREAK SPACE}"


class Tone(StrEnum):
    FIRM = "firm"


def test_write_simple_follow_up_reads_as_a_letter() -> None:
    written = write(brief(Case(payment=PaymentInstructions(iban=BANK.iban))))

    assert written.subject == "Invoice LUM-7001: payment due since 14 May 2026"
    assert written.text == (
        "Dear Jane Doe,\n\n"
        "Invoice LUM-7001 from Atelier Lumen was due on 14 May 2026 and, as far as we can see, "
        "we have yet to receive €1,217.35. This is probably just an oversight.\n\n"
        "Could you arrange the payment, or let us know when we can expect it?\n\n"
        "Open invoices for Brandt Logistik\n\n"
        "Overdue\n"
        "- LUM-7001   remaining €1,217.35   amount €1,217.35\n"
        "    issued on 14 April 2026, due on 14 May 2026, 1 day late\n\n"
        "Total to pay: €1,217.35\n\n"
        "How to pay\n"
        "IBAN: FR76 3000 6000 0112 3456 7890 189\n"
        "Please quote the invoice number with your payment.\n\n"
        "If the payment is already on its way, please accept our thanks and disregard this message. "
        "If something is holding it up, tell us what it is: we will gladly help.\n\n"
        "Any questions? Reply to this message or write to reply@lumen.example.\n\n"
        "Kind regards,\nBillie\non behalf of Atelier Lumen\nStudio Lumen\nMarseille\n\n"
        "This message was written by an AI agent on behalf of Atelier Lumen. "
        "Someone on their team follows the correspondence and takes over when needed.\n"
    )


def test_write_reminders_about_different_invoices_vary() -> None:
    assert len({write(brief(Case("en", "pre_due_reminder", step))).text.split("\n\n")[2] for step in range(9)}) == 3


def test_write_same_brief_twice_is_the_same() -> None:
    facts = brief(Case(invoices=3, credit=True))

    assert write(facts) == write(facts)


@pytest.mark.parametrize("ambient", ["de", "fr", "en"])
def test_write_ambient_language_changes_nothing(ambient: str, settings: Settings) -> None:
    expected = {code: write(brief(Case(code, invoices=12))) for code in LANGUAGES}
    settings.USE_THOUSAND_SEPARATOR = True
    with translation.override(ambient):
        for code in LANGUAGES:
            assert write(brief(Case(code, invoices=12))) == expected[code]
        assert translation.get_language() == ambient


def test_write_pre_due_with_overdue_invoices_lists_them_too() -> None:
    reminder = replace(brief(Case(tone="pre_due_reminder")), overdue=(invoice(4, 2),))

    text = write(reminder).text

    assert "past its due date" in text or "already overdue" in text or "passed its due date" in text
    assert "2 days late" in text


def test_write_oldest_invoice_leads_the_sentence() -> None:
    written = write(brief(Case(tone="professional", invoices=3)))

    assert "the oldest by 35 days." in written.text


def test_write_professional_first_message_claims_no_earlier_one() -> None:
    assert "already written" not in write(brief(Case(tone="professional", step=1))).text
    assert "already written" in write(brief(Case(tone="professional", step=4))).text


def test_write_tone_given_as_enum_member_is_understood() -> None:
    assert write(brief(Case(), tone=Tone.FIRM)) == write(brief(Case(), tone="firm"))


@pytest.mark.parametrize(
    ("case", "greeting", "farewell"),
    [
        (Case("en", "courteous", recipient=""), "Hello,", "Kind regards,"),
        (Case("en", "firm", recipient=""), "Dear Sir or Madam,", "Yours faithfully,"),
        (Case("en", "firm"), "Dear Jane Doe,", "Yours sincerely,"),
        (Case("fr", "courteous"), "Bonjour Jane Doe,", "Bien cordialement,"),
        (Case("fr", "firm", recipient=""), "Madame, Monsieur,", "Salutations distinguées,"),
    ],
)
def test_write_greeting_and_farewell_belong_together(case: Case, greeting: str, farewell: str) -> None:
    text = write(brief(case)).text

    assert text.startswith(f"{greeting}\n")
    assert f"\n{farewell}\nBillie\n" in text


@pytest.mark.parametrize(
    ("name", "behalf"),
    [
        ("Atelier Lumen", "pour le compte d’Atelier Lumen"),
        ("Éclat", "pour le compte d’Éclat"),
        ("Lumen", "pour le compte de Lumen"),
    ],
)
def test_write_french_elides_before_a_vowel(name: str, behalf: str) -> None:
    assert f"\n{behalf}\n" in write(brief(Case("fr"), organization_name=name)).text


def test_write_french_first_of_the_month_is_premier() -> None:
    late = replace(invoice(0, 3), due_on=date(2026, 5, 1))

    assert "échue le 1er mai 2026" in write(brief(Case("fr"), overdue=(late,))).text


def test_write_amounts_have_the_decimals_of_their_currency() -> None:
    written = write(brief(Case(currencies=("JPY",)))).text

    assert "JP¥9,871" in written
    assert "JP¥9,871." not in written.replace("JP¥9,871. ", "")
    assert f"CHF{NBSP}1,217.35" in write(brief(Case(), overdue=(invoice(0, 3, "CHF"),))).text


def test_write_credit_above_what_is_owed_is_a_balance_in_favour() -> None:
    owed = Decimal("1217.35")
    total = CurrencyTotal("EUR", owed, Decimal(0), Decimal(2000), owed - 2000)

    text = write(brief(Case(), totals=(total,), credits=(("EUR", Decimal(2000)),))).text

    assert re.search(r"Balance in your favour: +€782\.65", text)
    assert "Total to pay" not in text


def test_write_totals_of_two_currencies_each_name_theirs() -> None:
    text = write(brief(Case(invoices=3, currencies=("EUR", "USD"), credit=True))).text

    assert re.findall(r"Total to pay in (\w+): +(\S+)", text) == [("EUR", "€4,385.45"), ("USD", "US$2,130.35")]


def test_write_without_details_offers_to_send_them() -> None:
    text = write(brief(Case(payment=NO_PAYMENT))).text

    assert "if you need our bank details" in text
    assert "quote the invoice number" not in text


def test_write_bic_without_iban_is_not_a_way_to_pay() -> None:
    assert write(brief(Case(payment=replace(NO_PAYMENT, bic="AGRIFRPP")))) == write(brief(Case(payment=NO_PAYMENT)))


def test_write_without_reply_to_asks_to_reply() -> None:
    assert "Simply reply to this message." in write(brief(Case(), reply_to="")).text


def test_write_without_agent_name_signs_for_the_organization() -> None:
    assert "Kind regards,\non behalf of Atelier Lumen\n" in write(brief(Case(), agent_name="")).text


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("voice", VOICES)
def test_write_name_with_a_full_stop_ends_a_sentence_once(code: str, voice: str) -> None:
    stopped = {"organization_name": "Lumen S.A.", "account_name": "Brandt Inc.", "reply_to": "", "signature": ""}

    for step in (1, 2, 3):
        written = write(brief(Case(code, voice, step), **stopped))

        assert ".." not in written.subject + written.text + Page(written.html).text
        assert "Lumen S.A." in written.text


def test_write_name_with_an_ellipsis_keeps_it() -> None:
    assert "on behalf of Lumen...\n" in write(brief(Case(), organization_name="Lumen...")).text


def test_write_broken_promise_is_named_before_the_request() -> None:
    kept = write(brief(Case())).text.split("\n\n")
    broken = write(brief(Case(is_promise_broken=True))).text.split("\n\n")

    said = "You had told us to expect a payment by 7 May 2026. So far it has not reached us, or not in full."
    assert broken == [*kept[:2], said, *kept[2:]]


def test_write_late_costs_are_worked_out_beside_the_total() -> None:
    plain = write(brief(Case(tone="firm"))).text
    text = write(brief(Case(tone="firm", has_interest=True, has_fixed_sum=True))).text

    annex = (
        "Costs of late payment, for information\n\n"
        "LUM-7001, on €1,217.35\n"
        "- 2nd half of 2025   10.15%   18 days        €6.09\n"
        "- 1st half of 2026   10.40%   135 days   €1,346.83\n\n"
        "Late-payment interest:        €1,352.92\n"
        "Fixed sum for recovery costs:    €40.00\n\n"
        "The law provides for these costs (Directive 2011/7/EU). They are not included in the total to pay. "
        "The interest is simple: the European Central Bank’s reference rate for the half-year plus 8 percentage "
        "points a year, for each day late, on what remains of the invoice today.\n\n"
    )
    assert annex in text
    assert text.replace(annex, "") == plain


def test_write_fixed_sum_alone_speaks_of_no_interest() -> None:
    text = write(brief(Case(tone="firm", invoices=3, has_fixed_sum=True))).text

    assert "Fixed sum for recovery costs (3 × €40.00): €120.00\n" in text
    assert "interest" not in text.lower()


def test_write_formal_notice_names_its_deadline_twice() -> None:
    for step in range(6):
        notice = brief(Case(tone="formal_notice"), overdue=(replace(invoice(step, 95)),))

        text = write(notice).text

        assert text.count("1 June 2026") == 2
        assert "courts" in text or "legal action" in text


def test_write_hostile_names_are_escaped_and_read_right() -> None:
    hostile = 'A & B <script>alert("1")</script> {{ organization }} {% now %}'
    names = ("account_name", "recipient_name", "organization_name", "agent_name", "signature")
    facts = brief(Case(), **dict.fromkeys(names, hostile))

    written = write(facts)
    page = Page(written.html)

    assert page.faults == []
    assert "script" not in page.tags
    assert all(source.startswith("cid:") for source in page.pictures)
    assert page.text.count(hostile) >= 5
    assert written.text.count(hostile) >= 5
    assert "&amp;" not in written.text + written.subject


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", '"><img src=x onerror=alert(1)>'])
def test_write_link_that_is_not_of_the_web_is_printed_only(link: str) -> None:
    written = write(brief(Case(payment=replace(NO_PAYMENT, link=link))))
    page = Page(written.html)

    assert page.links == []
    assert "img" not in page.tags
    assert link in page.text


@pytest.mark.parametrize("breaking", ["\r\nBcc: thief@evil.example", "\n\n", "\u2028", "\x00", "\u202e", "\ud800"])
def test_write_control_characters_break_no_line(breaking: str) -> None:
    names = dict.fromkeys(("organization_name", "account_name", "recipient_name", "agent_name"), f"Lu{breaking}men")
    number = replace(invoice(0, 1), number=f"L{breaking}1")
    facts = brief(Case(), overdue=(number,), **names)

    written = write(facts)
    clean = write(brief(Case()))

    assert "\n" not in written.subject
    assert written.text.count("\n") == clean.text.count("\n")
    assert written.html.encode()
    assert EmailMessage(written.subject, written.text).message()["Subject"]


def test_write_reminder_about_an_unencodable_number_is_written() -> None:
    reminder = brief(Case(tone="pre_due_reminder"), due_soon=(replace(invoice(0, -3), number="L\ud800-1"),))

    assert "L -1" in write(reminder).subject


def test_write_html_loads_nothing_and_stays_within_600_pixels() -> None:
    html = write(brief(Case(invoices=12, due_soon=2, credit=True))).html

    assert "max-width:600px" in html
    assert not re.search(r"url\(|@import|<link|<style|<script|src=(?!\"cid:)", html)


def test_write_html_uses_the_colours_of_the_interface() -> None:
    neutral = {"#fcfaf8", "#ffffff", "#e3dbd2", "#f5f0eb", "#1c1917", "#534840", "#756a60"}
    status = {"#b42318", "#067647", "#1e4a8a"}

    html = write(brief(Case(invoices=3, due_soon=2, credit=True))).html

    assert set(re.findall(r"#[0-9a-f]{6}", html)) == neutral | status


def test_write_unknown_language_is_a_bug_of_the_caller() -> None:
    with pytest.raises(InvariantBroken, match="'xx'"):
        write(brief(Case(), language="xx"))


def test_write_formal_notice_without_a_deadline_is_a_bug_of_the_caller() -> None:
    with pytest.raises(InvariantBroken, match="no deadline"):
        write(brief(Case(tone="formal_notice"), deadline_on=None))


def test_write_unknown_tone_is_a_bug_of_the_caller() -> None:
    with pytest.raises(InvariantBroken, match="en/furious"):
        write(brief(Case(), tone="furious"))


@pytest.mark.parametrize("kind", ["follow_up", "pre_due_reminder", "formal_notice"])
def test_write_about_no_invoice_is_a_bug_of_the_caller(kind: str) -> None:
    with pytest.raises(InvariantBroken, match="no invoice"):
        write(brief(Case(), kind=kind, overdue=(), due_soon=()))


def test_text_that_names_what_no_brief_has_is_refused() -> None:
    with pytest.raises(InvariantBroken, match="account"):
        language("en").sentence("statement", {"organization": "Atelier Lumen"})
