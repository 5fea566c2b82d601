"""The facts in a message's prose: what is taken out before a language model sees it, and looked for afterwards.

What the brief explains is known by its text, as the message's language writes it; beside it, whatever has the look of a
number, an amount, an address or a link is a fact, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from billabex.agent.writing.language import language
from billabex.agent.writing.letter import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from re import Match, Pattern

    from billabex.agent.writing import Brief
    from billabex.agent.writing.language import Language

_ADDRESS = r"\S*(?:@|://|www\.)\S*|\b[\w-]+(?:\.[\w-]{2,})+\b"
_FIGURE = r"\S*[\d€$£¥%]\S*"
_TOKEN = re.compile(r"\{[a-z]+_\d+\}")
_AROUND = ".,;:!?()«»\"' "
_BLANK = "\N{BLACK SQUARE}"
"""Stands where a fact was: no letter, and no end of a sentence."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the prose of one message may name.

    Attributes:
        kinds: The kind of each known fact by its text: "invoice", "date", "amount", "delay", "count", "name", "link".
        shown: Known facts that a language model may see.
    """

    kinds: Mapping[str, str]
    shown: frozenset[str]
    pattern: Pattern[str]

    def within(self, text: str) -> frozenset[str]:
        """Return the facts in a text."""
        return frozenset(match[0].strip(_AROUND) for match in self.pattern.finditer(text))

    def without(self, text: str) -> str:
        """Return the text with each fact blanked."""
        return self.pattern.sub(_BLANK, text)

    def hide(self, paragraphs: Iterable[str]) -> tuple[tuple[str, ...], dict[str, str]]:
        """Return the paragraphs with tokens such as `{amount_1}` in the place of facts, and the facts by token."""
        tokens: dict[str, str] = {}

        def token(match: Match[str]) -> str:
            fact = match[0]
            if fact in self.shown:
                return fact
            kind = self.kinds.get(fact, "figure")
            return tokens.setdefault(fact, f"{{{kind}_{1 + sum(f'{{{kind}_' in one for one in tokens.values())}}}")

        hidden = tuple(self.pattern.sub(token, paragraph) for paragraph in paragraphs)
        return hidden, {name: fact for fact, name in tokens.items()}


def restore(paragraphs: Iterable[str], tokens: Mapping[str, str]) -> tuple[str, ...]:
    """Return the paragraphs with the facts in the place of their tokens; an unknown token stays."""
    return tuple(_TOKEN.sub(lambda match: tokens.get(match[0], match[0]), text) for text in paragraphs)


def facts_of(brief: Brief) -> Facts:
    """Return what the brief explains, as its language writes it."""
    kinds = {text: kind for text, kind in _known(brief, language(brief.language)) if text}
    longest_first = sorted(kinds, key=len, reverse=True)
    known = "|".join(map(re.escape, longest_first))
    pattern = re.compile(rf"(?<!\w)(?:{known})(?!\w)|{_ADDRESS}|{_FIGURE}")
    return Facts(kinds, frozenset({clean(brief.organization_name)}), pattern)


def _known(brief: Brief, language: Language) -> Iterator[tuple[str, str]]:
    for name in (brief.organization_name, brief.account_name, brief.recipient_name, brief.agent_name):
        yield clean(name), "name"
    for instruction in (brief.payment.link, brief.payment.iban, brief.payment.bic, brief.reply_to):
        yield clean(instruction), "link"
    for on in (brief.deadline_on, brief.broken_promise_on):
        yield language.day(on) if on else "", "date"
    for total in brief.totals:
        for amount in (total.overdue, total.due_soon, total.credit, total.to_pay):
            yield language.money(amount, total.currency), "amount"
    for invoice in brief.overdue + brief.due_soon:
        yield clean(invoice.number), "invoice"
        yield language.day(invoice.issued_on), "date"
        yield language.day(invoice.due_on), "date"
        yield language.money(invoice.total, invoice.currency), "amount"
        yield language.money(invoice.remaining, invoice.currency), "amount"
        yield language.days(invoice.days_late), "delay"
    for count in (len(brief.overdue), len(brief.due_soon)):
        yield str(count), "count"
