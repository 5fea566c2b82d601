"""No text says of all invoices what holds of the oldest, nor asks for more than is owed.

A follow-up never sounds softer than the last one, so that any tone may speak of an invoice a single day late.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

import pytest

from billabex.agent.writing import languages, write
from billabex.agent.writing.composition import compose
from billabex.agent.writing.language import language
from tests.agent.writing.briefs import TONES, VOICES, Case, brief, invoice, totals
from tests.agent.writing.languages import READINGS
from tests.agent.writing.reading import days, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from billabex.agent.writing import Brief, BriefInvoice
    from billabex.agent.writing.letter import Letter

LANGUAGES = sorted(languages())
CHASING = (*TONES, "formal_notice")
OLDEST = 84


def late(*ages: int) -> tuple[BriefInvoice, ...]:
    return tuple(invoice(index, age) for index, age in enumerate(ages))


def variants(code: str, voice: str, overdue: tuple[BriefInvoice, ...]) -> Iterator[Brief]:
    """Yield the brief in every variant of the voice, as a first message and as a later one."""
    for number, is_promise_broken in product(range(6), (False, True)):
        facts = brief(Case(code, voice, number + 1, is_promise_broken=is_promise_broken))
        # What a formal notice is about chooses its words.
        about = tuple(replace(one, number=f"{one.number}-{number}") for one in overdue)
        yield replace(facts, overdue=about, totals=totals(about, (), ()))


def letter(facts: Brief) -> Letter:
    return compose(facts, language(facts.language))


@pytest.mark.parametrize("ages", [(1,), (1, 40, OLDEST)], ids=["one", "mixed"])
@pytest.mark.parametrize("voice", CHASING)
@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_calls_a_delay_long(code: str, voice: str, ages: tuple[int, ...]) -> None:
    for facts in variants(code, voice, late(*ages)):
        written = write(facts)
        said = re.findall(READINGS[code].long_ago, written.subject + written.text, re.IGNORECASE)
        assert said == [], written.text


@pytest.mark.parametrize("voice", CHASING)
@pytest.mark.parametrize("code", LANGUAGES)
def test_sum_of_several_invoices_is_not_dated_by_the_oldest(code: str, voice: str) -> None:
    dated = rf"{days(code, OLDEST)} (?:{READINGS[code].later})"

    for facts in variants(code, voice, late(1, 40, OLDEST)):
        assert not re.search(dated, " ".join(letter(facts).opening)), facts


@pytest.mark.parametrize("voice", CHASING)
@pytest.mark.parametrize("code", LANGUAGES)
def test_request_leaves_out_the_credit(code: str, voice: str) -> None:
    for facts in variants(code, voice, late(1, 40, OLDEST)):
        plain = letter(facts).opening[-1]
        credited = letter(replace(facts, credits=(("EUR", Decimal("0.10")),))).opening[-1]
        assert words(plain) < words(credited), plain


@pytest.mark.parametrize("code", LANGUAGES)
def test_reminder_that_lists_overdue_invoices_does_not_say_that_nothing_is_to_be_done(code: str) -> None:
    reminders = [brief(Case(code, "pre_due_reminder", step)) for step in range(1, 9)]
    plain = {letter(facts).opening[-1] for facts in reminders}
    with_overdue = {letter(replace(facts, overdue=late(1))).opening[-1] for facts in reminders}

    # What thanks for paying on time holds beside something overdue, too; what says that all is done does not.
    assert len(plain) == len(with_overdue) == 3
    assert len(plain & with_overdue) == 1


@pytest.mark.parametrize("voice", VOICES)
def test_english_sums_of_two_currencies_are_plural(voice: str) -> None:
    for step in range(1, 7):
        text = write(brief(Case("en", voice, step, 3, ("EUR", "USD")))).text
        assert not re.search(r"and US\$[\d,.]+ (?:is|was|has|remains)\b", text), text
