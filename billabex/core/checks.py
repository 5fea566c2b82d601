"""Database constraints that many tables share, each written once.

Names are `<table>_<rule>`; tests find and try each of them on both databases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CheckConstraint, Q

if TYPE_CHECKING:
    from django.db.models import TextChoices

LANGUAGES = ["en", "fr", "de", "es", "it", "nl", "pt"]


def not_blank(table: str, field: str) -> CheckConstraint:
    """The text holds something other than spaces."""
    return CheckConstraint(name=f"{table}_{field}_not_blank", condition=~Q(**{f"{field}__regex": r"^\s*$"}))


def one_of(table: str, field: str, choices: type[TextChoices]) -> CheckConstraint:
    """The value is one of the enumeration's."""
    return CheckConstraint(name=f"{table}_{field}_known", condition=Q(**{f"{field}__in": choices.values}))


def currency_code(table: str, field: str = "currency") -> CheckConstraint:
    """Three capital letters, as ISO 4217 writes them."""
    return CheckConstraint(name=f"{table}_{field}_code", condition=Q(**{f"{field}__regex": r"^[A-Z]{3}$"}))


def country_code(table: str, field: str = "country", *, blank: bool = True) -> CheckConstraint:
    """Two capital letters, as ISO 3166-1 writes them, or nothing where `blank`."""
    rule = Q(**{f"{field}__regex": r"^[A-Z]{2}$"})
    return CheckConstraint(name=f"{table}_{field}_code", condition=rule | Q(**{field: ""}) if blank else rule)


def iso_language_code(table: str, field: str = "language") -> CheckConstraint:
    """Two small letters, as ISO 639-1 writes them."""
    return CheckConstraint(name=f"{table}_{field}_code", condition=Q(**{f"{field}__regex": r"^[a-z]{2}$"}))


def language_code(table: str, field: str = "language", *, blank: bool = False) -> CheckConstraint:
    """One of the seven languages that messages are written in, or nothing where `blank`."""
    return CheckConstraint(
        name=f"{table}_{field}_known",
        condition=Q(**{f"{field}__in": [*LANGUAGES, ""] if blank else LANGUAGES}),
    )
