"""Accounts with invoices and contacts in the database, and days that pass."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from email import policy
from email.parser import BytesParser
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.apps import apps

from billabex.core import clock
from billabex.core.actors import SYSTEM
from communications.models import Communication
from invoices.services.money import set_paid_amount
from tests.factories import AccountFactory, ContactFactory, InvoiceFactory

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from accounts.models import Account
    from billabex.organizations.models import Organization
    from invoices.models import Invoice


def at(day: str | date, hour: str = "10:00", zone: str = "Europe/Paris") -> datetime:
    """Return an instant; "03-17" is a day of 2026."""
    civil = day if isinstance(day, date) else date.fromisoformat(day if len(day) > len("03-17") else f"2026-{day}")
    return datetime.combine(civil, time.fromisoformat(hour), tzinfo=ZoneInfo(zone))


LONG_AGO = at("01-05")


def owing(
    account: Account, due: str, amount: str = "120.00", *, arrived: datetime = LONG_AGO, **fields: Any
) -> Invoice:
    """Return an invoice of the account that came long ago, or when told."""
    due_on = at(due).date()
    with clock.stopped_at(arrived):
        return InvoiceFactory.create(
            account=account, issued_on=date(2025, 12, 1), due_on=due_on, total_amount=Decimal(amount), **fields
        )


def customer(
    organization: Organization, *due: str, name: str = "Acme", language: str = "en", contact: bool = True, **fields: Any
) -> Account:
    """Return an account with an invoice for each due date and, unless told otherwise, a primary contact."""
    with clock.stopped_at(LONG_AGO):
        account: Account = AccountFactory.create(organization=organization, name=name, **fields)
        if contact:
            reach(account, name, language=language, is_primary=True)
    for on in due:
        owing(account, on)
    return account


def reach(account: Account, name: str, **fields: Any) -> None:
    """Give the account a contact."""
    address = f"{name.lower().replace(' ', '.')}@customer.example"
    ContactFactory.create(account=account, full_name=f"Person of {name}", email=address, **fields)


def pay(invoice: Invoice, amount: str, on: str) -> None:
    """Record how much of the invoice is paid in all."""
    set_paid_amount(invoice=invoice, amount=Decimal(amount), paid_on=at(on).date(), actor=SYSTEM, now=at(on))


def story(account: Account) -> list[tuple[str, str, int, str]]:
    """Return the account's messages as they came: status, day, step and tone."""
    rows = Communication.objects.filter(account=account).order_by("planned_on", "created_at", "id")
    return [(row.status, f"{row.planned_on:%m-%d}" if row.planned_on else "", row.step, row.tone) for row in rows]


def letters(folder: Path) -> list[EmailMessage]:
    """Return the mail that left, in the order of its names: of its creation."""
    parser: BytesParser[EmailMessage] = BytesParser(policy=policy.default)
    return [parser.parsebytes(path.read_bytes()) for path in sorted(folder.glob("*.eml"))]


def text_of(mail: EmailMessage) -> str:
    """Return the mail's plain text with plain spaces."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\u00a0", " ").replace("\u202f", " ")


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row of every table, with every column."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in models}
