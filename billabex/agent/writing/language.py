"""A language is a folder under `templates/emails/`: its words, and one file of texts per voice (docs/languages.md).

Texts are written natively in each language, never translated string by string, so gettext has no part here. Nor
has the ambient language of the request or thread: everything is formatted in the locale that the folder names.
"""

from __future__ import annotations

import re
from copy import copy
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_percent
from django.template import Context, Engine, TemplateDoesNotExist

from billabex.core.errors import InvariantBroken
from billabex.core.money import written

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from django.template.base import Template

type Facts = dict[str, object]

EMAILS = Path(__file__).resolve().parents[3] / "templates" / "emails"

# Only what a source file is wrapped with: no-break spaces are part of the wording.
_WRAPPING = re.compile(r"[ \t\r\n]+")
_CODE_BEFORE_FIGURE = re.compile(r"(?<=[A-Z]{3})(?=\d)")
_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


class _Missing(str):
    """Django's `string_if_invalid`, made to raise: a text with a hole in it must never reach a customer."""

    __slots__ = ()

    def __mod__(self, variable: object) -> NoReturn:
        raise InvariantBroken(f"A text names an unknown {variable}.", code="agent.writing.unknown-variable")


ENGINE = Engine(dirs=[str(EMAILS)], string_if_invalid=_Missing("%s"))


@cache
def languages() -> frozenset[str]:
    """Return the languages that messages can be written in, as ISO 639-1 codes."""
    return frozenset(words.parent.name for words in EMAILS.glob("*/words.txt"))


class Language:
    """The words, texts and formats of one language."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.locale = Locale.parse(self.label("locale"))

    def label(self, name: str, **values: str | bool) -> str:
        """Return a label or phrase that depends on nothing but a value or two (from `words.txt`)."""
        return _label(self, name, **values)

    def sentence(self, name: str, facts: Facts) -> str:
        """Return a sentence that all tones share (from `words.txt`): one line of plain text."""
        return self.say("words", name, facts)

    def text(self, tone: str, part: str, variant: int, facts: Facts) -> str:
        """Return one part of a variant (counted from 0) of a tone: one line of plain text."""
        return self.say(tone, f"{part}_{variant + 1}", facts)

    def regards(self, tone: str, facts: Facts) -> str:
        """Return how the tone says goodbye."""
        return self.say(tone, "regards", facts)

    def variants(self, tone: str) -> int:
        """Return how many ways the tone has of saying it."""
        return _variants(self.code, tone)

    def money(self, amount: Decimal, currency: str) -> str:
        """Return the amount with its currency as this language writes them."""
        text = written(amount, currency, self.locale)
        return _CODE_BEFORE_FIGURE.sub(_NO_BREAK_SPACE, text)

    def percent(self, value: Decimal) -> str:
        """Return a rate in percent with two decimals: 10.15 is written "10.15%"."""
        pattern = copy(self.locale.percent_formats[None])
        pattern.frac_prec = (2, 2)
        return format_percent(value / 100, format=pattern, locale=self.locale)

    def days(self, count: int) -> str:
        """Return a number of days: "1 day", "3 days"."""
        return self.label("days", count=str(count), one=count == 1)

    def day(self, day: date) -> str:
        """Return the date in full: the month by its name, so that 03/04 is never misread."""
        return format_date(day, self.label("date", first=day.day == 1), locale=self.locale)

    def enumerate(self, items: Iterable[str]) -> str:
        """Return the items as a sentence lists them: "a, b and c"."""
        return format_list(list(items), locale=self.locale)

    def say(self, file: str, part: str, facts: Facts) -> str:
        """Return a part of one of the language's files: one line of plain text.

        Raises:
            InvariantBroken: The part names something that is not among the facts.
        """
        # Plain text, so nothing is escaped; ambient number formats are kept out.
        context = Context(facts, autoescape=False, use_l10n=False, use_tz=False)
        text = _WRAPPING.sub(" ", _part(self.code, file, part).render(context)).strip(" ")
        for name in {fact for fact in facts.values() if isinstance(fact, str) and fact.endswith(".")}:
            text = text.replace(f"{name}.", name)  # "Acme Inc." ends the sentence with its own full stop
        return text


@cache
def language(code: str) -> Language:
    """Return a language.

    Raises:
        InvariantBroken: There are no texts in it; whoever made the brief chose outside `languages()`.
    """
    if code not in languages():
        raise InvariantBroken(f"There are no texts in {code!r}.", code="agent.writing.unknown-language")
    return Language(code)


@lru_cache(maxsize=8192)
def _label(language: Language, name: str, **values: str | bool) -> str:
    # A list of twelve invoices has some sixty phrases, most of them seen before: dates and delays recur.
    return language.say("words", name, dict(values))


@cache
def _part(code: str, file: str, part: str) -> Template:
    return ENGINE.get_template(f"{code}/{file}.txt#{part}")


@cache
def _variants(code: str, tone: str) -> int:
    try:
        template = ENGINE.get_template(f"{code}/{tone}.txt")
    except TemplateDoesNotExist as error:
        raise InvariantBroken(f"No texts: {code}/{tone}.", code="agent.writing.unknown-tone") from error
    return sum(name.startswith("opening_") for name in template.extra_data["partials"])
