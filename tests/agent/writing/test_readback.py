"""Nothing invented, nothing forgotten: every message is read back against its brief."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from billabex.agent.writing import languages, write
from tests.agent.writing.briefs import BANK, NO_PAYMENT, TONES, Case, brief
from tests.agent.writing.reading import Page, figures, paragraphs, unexplained, without_colons, words

LANGUAGES = sorted(languages())
# Words that are frequent in one language and do not exist in the other.
TELLTALES = {
    "en": words("the and of to is for your our we you with from this that been has have not or invoice due"),
    "fr": words("le la les des et vous nous votre notre est une du pour avec au ce qui ne pas facture sur"),
}


def cases(language: str, tone: str) -> list[Case]:
    payments = (BANK, NO_PAYMENT, replace(BANK, link=""), replace(NO_PAYMENT, link=BANK.link))
    choices = product((1, 2, 3), (1, 3, 12), (("EUR",), ("EUR", "USD")), (False, True), ("Jane Doe", ""), payments)
    return [
        Case(language, tone, step, invoices, currencies, credit, recipient, payment, due_soon=step - 1)
        for step, invoices, currencies, credit, recipient, payment in choices
    ]


@pytest.mark.parametrize("tone", ["pre_due_reminder", *TONES])
@pytest.mark.parametrize("language", LANGUAGES)
def test_message_read_back_names_the_brief_and_nothing_else(language: str, tone: str) -> None:
    for case in cases(language, tone):
        facts = brief(case)
        written = write(facts)
        page = Page(written.html)
        for part in (written.text, page.text):
            assert {figure for figure in figures(facts) if figure not in part} == set(), case
            assert unexplained(part, facts) == [], case
            assert all(name in part for name in (facts.organization_name, facts.account_name, facts.agent_name))
            assert facts.recipient_name in part
            assert facts.reply_to in part
        assert unexplained(written.subject, facts) == [], case
        assert page.links == [link for link in (facts.payment.link,) if link]


@pytest.mark.parametrize("tone", ["pre_due_reminder", *TONES])
@pytest.mark.parametrize("language", LANGUAGES)
def test_message_parts_are_clean_and_say_the_same(language: str, tone: str) -> None:
    foreign = set().union(*(telltales for code, telltales in TELLTALES.items() if code != language))
    for case in cases(language, tone):
        written = write(brief(case))
        page = Page(written.html)
        assert page.faults == []
        shown = without_colons(page.text)
        assert [each for each in paragraphs(written.text) if without_colons(each) not in shown] == []
        for part in (written.subject, written.text, page.text):
            assert words(part) & foreign == set(), case
            assert not any(trace in part for trace in ("None", "{{", "{%", "}}", "{#", "'", " ,", " .", "()"))
        assert "  " not in written.subject + page.text


@pytest.mark.parametrize("tone", ["pre_due_reminder", *TONES])
def test_french_punctuation_keeps_its_space_unbroken(tone: str) -> None:
    for case in cases("fr", tone):
        written = write(brief(case))
        assert not any(f" {mark}" in written.subject + written.text for mark in ":;?!»")
