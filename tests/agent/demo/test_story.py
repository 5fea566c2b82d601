from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billabex.agent.demo.catalogue import CATALOGUE
from billabex.agent.demo.companies import MARSH, MENARD, VAL
from billabex.agent.demo.documents import Kind, PaperDocument
from billabex.agent.demo.story import DAYS, Story, tell

STARTS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def _ages_at_the_end(story: Story) -> dict[str, int]:
    end = story.days[-1]
    return {a.document.number: (end - a.document.due_on).days for a in story.arrivals if a.document.due_on}


def _of(story: Story, customer_name: str) -> list[PaperDocument]:
    return [a.document for a in story.arrivals if a.document.buyer.name == customer_name]


@given(STARTS)
def test_story_told_twice_is_the_same(start: date) -> None:
    assert tell(start) == tell(start)


@given(STARTS)
def test_story_numbers_are_unique_and_follow_the_dates_of_issue(start: date) -> None:
    for kind in Kind:
        documents = [a.document for a in tell(start).arrivals if a.document.kind is kind]
        numbers = [document.number for document in documents]
        assert len(set(numbers)) == len(numbers)
        by_sequence = sorted(documents, key=lambda document: document.number.rsplit("-", 1)[1])
        dates = [document.issued_on for document in by_sequence]
        assert dates == sorted(dates)


@given(STARTS)
def test_story_dates_are_in_order(start: date) -> None:
    story = tell(start)
    for arrival in story.arrivals:
        document = arrival.document
        assert document.issued_on <= arrival.imported_on <= story.days[-1]
        assert {document.issued_on.weekday(), arrival.imported_on.weekday()} <= {0, 1, 2, 3, 4}
        if document.due_on:
            assert document.due_on - document.issued_on == timedelta(days=document.terms_days)


@given(STARTS)
def test_story_credit_note_comes_after_the_invoice_it_corrects(start: date) -> None:
    story = tell(start)
    invoices = {a.document.number: a for a in story.arrivals if a.document.kind is Kind.INVOICE}
    notes = [a for a in story.arrivals if a.document.kind is Kind.CREDIT_NOTE]
    assert len(notes) == 2
    for note in notes:
        assert note.document.corrects
        number, issued_on = note.document.corrects
        invoice = invoices[number]
        assert invoice.document.issued_on == issued_on
        assert invoice.imported_on < note.imported_on
        assert invoice.document.buyer == note.document.buyer
        assert note.document.total < invoice.document.payable


@given(STARTS)
def test_story_ages_pass_thirty_and_sixty_days_and_some_invoices_are_not_due(start: date) -> None:
    ages = Counter(
        "firm" if age > 60 else "professional" if age > 30 else "courteous" if age > 0 else "not due"
        for age in _ages_at_the_end(tell(start)).values()
    )
    assert ages["firm"] >= 4
    assert ages["professional"] >= 4
    assert ages["courteous"] >= 4
    assert ages["not due"] >= 3


@given(STARTS)
def test_story_payment_settles_an_invoice_that_is_overdue_then(start: date) -> None:
    story = tell(start)
    payment = story.payment
    assert payment.amount == payment.document.payable
    assert payment.document.due_on
    assert story.start < payment.document.due_on < payment.received_on < story.days[-1]


@given(STARTS)
def test_story_asks_for_the_contact_of_the_one_customer_without(start: date) -> None:
    story = tell(start)
    assert [customer for customer in story.customers if not customer.contacts] == [MENARD]
    assert story.answer.customer == MENARD
    first = min(a.imported_on for a in story.arrivals if a.document.buyer == MENARD.company)
    assert first < story.answer.answered_on < story.days[-1]


def test_story_every_customer_with_contacts_has_one_primary(story: Story) -> None:
    for customer in story.customers:
        if customer.contacts:
            assert [contact.is_primary for contact in customer.contacts].count(True) == 1


def test_story_emails_are_unique_and_reach_nobody(story: Story) -> None:
    emails = [contact.email for customer in story.customers for contact in customer.contacts]
    assert len(set(emails)) == len(emails)
    assert all(email.endswith(".example") for email in emails)
    assert "@menard-filles.example" in story.answer.text


def test_story_shows_two_currencies_on_one_account_and_two_invoices_with_a_credit_note_on_another(
    story: Story,
) -> None:
    assert {document.currency for document in _of(story, MARSH.company.name)} == {"EUR", "USD"}
    kinds = Counter(document.kind for document in _of(story, VAL.company.name))
    assert kinds == {Kind.INVOICE: 2, Kind.CREDIT_NOTE: 1}


def test_story_has_both_kinds_of_pdf_in_every_language(story: Story) -> None:
    shown = {(a.document.language, a.document.is_facturx) for a in story.arrivals}
    assert shown == {(language, form) for language in ("en", "fr", "de") for form in (True, False)}
    assert len({a.document.buyer.country for a in story.arrivals}) >= 5


@given(STARTS)
def test_story_imported_by_hands_out_each_document_once(start: date) -> None:
    story = tell(start)
    handed = list(story.imported_by(story.start))
    for yesterday, today in zip(story.days, story.days[1:], strict=False):
        handed += story.imported_by(today, after=yesterday)
    assert handed == [arrival.document for arrival in story.arrivals]
    assert len(story.imported_by(story.start)) >= 10


def test_story_lasts_seventy_five_days_after_the_first(story: Story) -> None:
    assert story.days[0] == story.start
    assert story.days[-1] - story.start == timedelta(days=DAYS)
    assert len(story.days) == 76


@pytest.mark.parametrize("entry", CATALOGUE, ids=lambda entry: entry.key)
def test_catalogue_key_is_used_once(entry: object) -> None:
    keys = Counter(each.key for each in CATALOGUE)
    assert keys[entry.key] == 1  # type: ignore[attr-defined]
