"""Nothing invented, nothing forgotten: every message is read back against its brief."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest

from billabex.agent.writing import languages, write, write_acknowledgement
from tests.agent.writing.briefs import BANK, NO_PAYMENT, REASONS, VOICES, Case, answer, brief
from tests.agent.writing.languages import READINGS
from tests.agent.writing.reading import (
    Page,
    figures,
    paragraphs,
    unexplained,
    unexplained_answer,
    without_colons,
    words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from billabex.agent.writing import AcknowledgementBrief, Brief, Written

LANGUAGES = sorted(languages())
PAYMENTS = (BANK, NO_PAYMENT, replace(BANK, link=""), replace(NO_PAYMENT, link=BANK.link))
LATE_COSTS = ((False, False), (True, True), (True, False), (False, True))


def cases(language: str, voice: str) -> Iterator[Case]:
    """Yield every combination of what changes sentences, each with one of what only adds to them."""
    choices = product((1, 2, 3), (1, 3, 12), (("EUR",), ("EUR", "USD")), (False, True), ("Jane Doe", ""))
    for number, (step, invoices, currencies, credit, recipient) in enumerate(choices):
        interest, fixed_sum = LATE_COSTS[number // 3 % 4]
        yield Case(
            language,
            voice,
            step,
            invoices,
            currencies,
            credit,
            recipient,
            payment=PAYMENTS[number % 4],
            due_soon=step - 1,
            is_promise_broken=number % 5 == 0,
            has_interest=interest,
            has_fixed_sum=fixed_sum,
        )


@cache
def messages(language: str, voice: str) -> list[tuple[Brief, Written]]:
    return [(facts, write(facts)) for facts in map(brief, cases(language, voice))]


def answers(language: str, reason: str) -> Iterator[tuple[AcknowledgementBrief, Written]]:
    choices = product(((), ("LUM-7001",), ("LUM-7001", "LUM-7014")), (True, False), ("Max Roe", ""), ("Jane Doe", ""))
    for numbers, is_more, contact, recipient in choices:
        day = {} if is_more or reason == "payment_announced" else {"on": None}
        subject = "AW: Re: Lumen" if is_more else ""
        facts = answer(language, reason, invoice_numbers=numbers, has_proof=is_more, answered_subject=subject, **day)
        facts = replace(facts, contact_name=contact, recipient_name=recipient)
        yield facts, write_acknowledgement(facts)


def foreign(language: str) -> set[str]:
    """Return the words that give another language away."""
    return set().union(*(words(reading.telltales) for code, reading in READINGS.items() if code != language))


def faults(language: str, written: Written) -> list[object]:
    """Return what no message may have: a hole, a trace of its template, a word of another language."""
    page = Page(written.html)
    shown = without_colons(page.text)
    parts = (written.subject, written.text, page.text)
    return [
        *page.faults,
        *(each for each in paragraphs(written.text) if without_colons(each) not in shown),
        *(word for part in parts for word in words(part) & foreign(language)),
        *(
            mark
            for part in parts
            for mark in ("None", "{{", "{%", "}}", "{#", "'", " ,", " .", "..", "()")
            if mark in part
        ),
        *(["two spaces"] if "  " in written.subject + page.text else []),
    ]


@pytest.mark.parametrize(("one", "other"), list(combinations(READINGS, 2)))
def test_telltales_of_two_languages_are_not_shared(one: str, other: str) -> None:
    assert words(READINGS[one].telltales) & words(READINGS[other].telltales) == set()


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_message_read_back_names_the_brief_and_nothing_else(language: str, voice: str) -> None:
    for facts, written in messages(language, voice):
        page = Page(written.html)
        for part in (written.text, page.text):
            assert {figure for figure in figures(facts) if figure not in part} == set(), facts
            assert unexplained(part, facts) == [], facts
            assert all(name in part for name in (facts.organization_name, facts.account_name, facts.agent_name))
            assert facts.recipient_name in part or voice == "formal_notice"
            assert facts.reply_to in part
        assert unexplained(written.subject, facts) == [], facts
        assert page.links == [link for link in (facts.payment.link,) if link]
        assert page.pictures == [f"cid:{image.cid}" for image in written.images]


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_message_parts_are_clean_and_say_the_same(language: str, voice: str) -> None:
    for facts, written in messages(language, voice):
        assert faults(language, written) == [], facts


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_answer_read_back_names_the_brief_and_nothing_else(language: str, reason: str) -> None:
    for facts, written in answers(language, reason):
        page = Page(written.html)
        for part in (written.text, page.text):
            assert unexplained_answer(part, facts) == [], facts
            assert all(name in part for name in (facts.organization_name, facts.agent_name, facts.recipient_name))
        assert written.subject == "Re: Lumen" if facts.answered_subject else "Re:" not in written.subject
        assert faults(language, written) == [], facts
        assert page.links == ([facts.payment.link] if reason == "bank_details" else [])


@pytest.mark.parametrize("voice", VOICES)
def test_french_punctuation_keeps_its_space_unbroken(voice: str) -> None:
    for _, written in messages("fr", voice):
        assert not any(f" {mark}" in written.subject + written.text for mark in ":;?!»")
