"""The filters that every template may use: amounts, dates, statuses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.db.models import TextChoices
from django.utils import timezone

from billabex.core.templatetags.ui.formats import days_late_text
from billabex.core.templatetags.ui.statuses import LOOKS, look_of
from tests.core.rendering import rendered

TODAY = date(2026, 11, 20)
INSTANT = datetime(2026, 11, 20, 23, 30, 5, tzinfo=UTC)


class Shade(TextChoices):
    PARTIALLY_PAID = "PartiallyPaid", "Half way"


# --- Amounts ------------------------------------------------------------------------------------------------


def test_money_in_each_language_is_written_as_there(language: str) -> None:
    expected = {"en": "€12,400.50", "fr": "12\u00a0400,50\u00a0€"}[language]
    assert rendered("{{ a|money:'EUR' }}", a=Decimal("12400.50")) == f'<span class="money">{expected}</span>'


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [("118000", "JPY", "¥118,000"), ("1250.75", "TND", "TND\u00a01,250.750"), ("3300", "GBP", "£3,300.00")],
)
def test_money_has_the_decimals_of_its_currency(amount: str, currency: str, text: str) -> None:
    assert rendered("{{ a|money_text:c }}", a=Decimal(amount), c=currency) == text


def test_money_negative_is_marked_as_credit() -> None:
    assert rendered("{{ a|money:'EUR' }}", a=Decimal(-5)) == '<span class="money money-credit">-€5.00</span>'


@pytest.mark.parametrize("name", ["money", "money_text", "number", "day", "moment", "status_badge", "status_label"])
def test_filter_of_nothing_is_a_dash(name: str) -> None:
    assert rendered(f"{{{{ nothing|{name} }}}}", nothing=None) == "–"


def test_money_of_zero_is_an_amount() -> None:
    assert "€0.00" in rendered("{{ a|money:'EUR' }}", a=Decimal(0))


def test_number_is_grouped(language: str) -> None:
    expected = {"en": "1,234,567", "fr": "1\u00a0234\u00a0567"}[language]
    assert rendered("{{ n|number }}", n=1234567) == expected


# --- Dates --------------------------------------------------------------------------------------------------


def test_day_is_written_with_a_short_month(language: str) -> None:
    expected = {"en": "Nov 20, 2026", "fr": "20 nov. 2026"}[language]
    assert rendered("{{ d|day }}", d=TODAY) == f'<time datetime="2026-11-20">{expected}</time>'


def test_moment_shows_local_time_and_the_exact_instant_on_hover() -> None:
    with timezone.override(ZoneInfo("Europe/Paris")):
        shown = rendered("{{ i|moment }}", i=INSTANT)
    assert ">Nov 21, 2026, 00:30</time>" in shown
    assert 'title="November 21, 2026 00:30:05 GMT+01:00"' in shown


def test_day_of_an_instant_is_the_local_one() -> None:
    with timezone.override(ZoneInfo("Asia/Tokyo")):
        assert ">Nov 21, 2026</time>" in rendered("{{ i|day }}", i=INSTANT)


@pytest.mark.parametrize(
    ("due_on", "text"),
    [
        (date(2026, 11, 19), "1 day late"),
        (date(2026, 10, 2), "49 days late"),
        (TODAY, "Due today"),
        (date(2026, 11, 21), "Due in 1 day"),
        (date(2026, 12, 2), "Due in 12 days"),
    ],
)
def test_days_late_counts_from_the_due_date(due_on: date, text: str) -> None:
    assert days_late_text(due_on, TODAY) == text


@pytest.mark.parametrize(("due_on", "tone"), [(date(2026, 11, 19), "late-over"), (TODAY, "late-soon")])
def test_days_late_is_an_alarm_only_after_the_due_date(due_on: date, tone: str) -> None:
    assert tone in rendered("{{ d|days_late:today }}", d=due_on, today=TODAY)


# --- Statuses -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spelling", ["PartiallyPaid", "partially-paid", "partially_paid", "Partially paid"])
def test_status_is_recognised_in_any_spelling(spelling: str) -> None:
    assert look_of(spelling) == LOOKS["partiallypaid"]


def test_status_of_a_choice_keeps_the_choices_word() -> None:
    look = look_of(Shade.PARTIALLY_PAID)
    assert (look.label, look.tone) == ("Half way", "warning")


def test_status_unknown_reads_as_it_is_and_escaped() -> None:
    badge = rendered("{{ s|status_badge }}", s="<Odd>")
    assert "badge-neutral" in badge
    assert "&lt;Odd&gt;" in badge


def test_status_badge_says_the_word_it_is_given() -> None:
    badge = rendered("{{ s|status_badge:word }}", s="cancelled", word="Called off")
    assert "Called off" in badge
    assert "Cancelled" not in badge
    assert "badge-neutral" in badge


@pytest.mark.parametrize("status", LOOKS)
def test_status_badge_says_its_word_beside_an_icon_that_exists(status: str, icon_names: set[str]) -> None:
    badge = rendered("{{ s|status_badge }}", s=status)
    assert str(LOOKS[status].label) in badge
    assert LOOKS[status].icon in icon_names
    assert f"#{LOOKS[status].icon}" in badge


@pytest.mark.parametrize(("code", "name"), [("DE", {"en": "Germany", "fr": "Allemagne"}), ("QQ", {}), ("", {})])
def test_country_is_named_in_each_language(language: str, code: str, name: dict[str, str]) -> None:
    assert rendered("{{ c|country }}", c=code) == name.get(language, code)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Jane Doe", "JD"),
        ("Jane van der Doe", "JD"),
        ("ap@acme.example", "A"),
        ("jane.doe@acme.example", "JD"),
        ("", "?"),
    ],
)
def test_initials_are_two_letters_at_most(name: str, letters: str) -> None:
    assert rendered("{{ n|initials }}", n=name) == letters
