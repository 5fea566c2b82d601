"""Amounts, dates and statuses, in the active language."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.template import Context, Engine, Library
from django.utils.html import format_html
from django.utils.translation import get_language

from billabex.core.templatetags.ui import formats, statuses
from billabex.core.templatetags.ui.markup import attributes

if TYPE_CHECKING:
    from decimal import Decimal

    from django.utils.safestring import SafeString

register = Library()


def _language() -> str:
    return get_language() or "en"


@register.filter
def money(amount: Decimal | int | None, currency: str = "") -> str | SafeString:
    """Show an amount with its currency; a negative one is credit and green. `{{ amount|money:currency }}`."""
    if amount is None or amount == "":
        return formats.MISSING
    tone = " money-credit" if amount < 0 else ""
    return format_html('<span class="money{}">{}</span>', tone, formats.money_text(amount, currency, _language()))


@register.filter
def money_text(amount: Decimal | int | None, currency: str = "") -> str:
    """Return the same as plain text, for sentences, titles and attributes."""
    return formats.MISSING if amount is None or amount == "" else formats.money_text(amount, currency, _language())


@register.filter
def number(value: Decimal | int | None) -> str:
    """Group a number's digits as the language does."""
    return formats.MISSING if value is None or value == "" else formats.number_text(value, _language())


@register.filter
def day(value: date | None) -> str | SafeString:
    """Show a civil date, or the day of an instant with the exact instant on hover."""
    if not value:
        return formats.MISSING
    return _time(value, formats.day_text(value, _language()))


@register.filter
def moment(value: datetime | None) -> str | SafeString:
    """Show an instant to the minute, with the exact instant on hover."""
    return _time(value, formats.moment_text(value, _language())) if value else formats.MISSING


def _time(value: date, text: str) -> SafeString:
    title = formats.instant_text(value, _language()) if isinstance(value, datetime) else None
    return format_html("<time{}>{}</time>", attributes({"datetime": value.isoformat(), "title": title}), text)


@register.filter
def days_late(due_on: date | None, today: date) -> str | SafeString:
    """Say how late something due is. `{{ invoice.due_on|days_late:today }}`, today being the organization's."""
    if not due_on:
        return formats.MISSING
    tone = "late-over" if due_on < today else "late-soon"
    return format_html('<span class="late {}">{}</span>', tone, formats.days_late_text(due_on, today))


@register.filter
def status_badge(status: str | None, word: str = "") -> str | SafeString:
    """Show a status of any kind as a badge: its word, tone and icon. `{{ invoice.status|status_badge }}`.

    Give its own `word` where the same status agrees with another noun (in French, a task is not "annulé" as a
    message is): `{{ task.status|status_badge:task.get_status_display }}`.
    """
    if not status:
        return formats.MISSING
    look = statuses.look_of(status)
    badge = Engine.get_default().get_template("components/badge.html")
    return badge.render(Context({"label": word or look.label, "tone": look.tone, "icon": look.icon, "pill": True}))


@register.filter
def country(code: str) -> str:
    """Return what a country (ISO 3166-1) is called; an unknown code as it is."""
    return str(formats.locale_of(_language()).territories.get(code, code))


@register.filter
def status_label(status: str | None) -> str:
    """Return a status as a word."""
    return str(statuses.look_of(status).label) if status else formats.MISSING


@register.filter
def initials(name: str | None) -> str:
    """Return up to two letters for an avatar: first and last word, or the start of an address."""
    words = [word for word in str(name or "").replace(".", " ").split("@")[0].split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"
