"""What the tests of communications share: a mail server, and a message about to leave."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from communications.models import Communication, NamedInvoice
from communications.ports import Words
from communications.services import claim
from tests.communications.smtp_sink import listening
from tests.factories import (
    AccountFactory,
    CommunicationFactory,
    ContactFactory,
    InvoiceFactory,
    RecipientFactory,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings

    from billabex.organizations.models import Organization
    from tests.communications.smtp_sink import SmtpSink

NOW = datetime(2026, 2, 18, 9, 30, tzinfo=UTC)
WORDS = Words("Your invoice F-2026-0001", "Hello,\n\nplease pay.", "<p>Hello,</p><p>please pay.</p>")


@pytest.fixture
def smtp(settings: Settings) -> Iterator[SmtpSink]:
    """Return a real mail server that mail goes to during the test."""
    with listening() as sink:
        settings.MAILERS = sink.mailers
        yield sink


@pytest.fixture
def outbox(settings: Settings, tmp_path: Path) -> Path:
    """Return the folder that mail goes to during the test, as it does with no mail server configured."""
    folder = tmp_path / "outbox"
    options = {"file_path": str(folder)}
    settings.MAILERS = {"default": {"BACKEND": "communications.gateways.outbox.EmailBackend", "OPTIONS": options}}
    return folder


@pytest.fixture
def scheduled(organization: Organization) -> Communication:
    """Return a message that stands as Scheduled, to Jane with a copy to John, about one invoice."""
    account = AccountFactory.create(organization=organization, name="Acme")
    message = CommunicationFactory.create(account=account, subject="", body_text="")
    jane = ContactFactory.create(account=account, full_name="Jane Doé", email="jane@acme.example")
    john = ContactFactory.create(account=account, full_name="John Roe", email="john@acme.example")
    RecipientFactory.create(communication=message, contact=jane)
    RecipientFactory.create(communication=message, contact=john, field="cc")
    InvoiceFactory.create(account=account, number="F-2026-0001")
    return message


def claim_now(message: Communication, now: datetime = NOW) -> bool:
    """Claim the message, naming all invoices of its account."""
    named = [
        NamedInvoice(
            communication=message,
            invoice=invoice,
            number=invoice.number,
            due_on=invoice.due_on,
            currency=invoice.currency,
            total_amount=invoice.total_amount,
            remaining_amount=Decimal("80.00"),
        )
        for invoice in message.account.invoices.all()
    ]
    return claim(communication=message, words=WORDS, named_invoices=named, today=now.date(), now=now)


@pytest.fixture
def claimed(scheduled: Communication) -> Communication:
    """Return the message, claimed and ready to be handed over."""
    assert claim_now(scheduled)
    scheduled.refresh_from_db()
    return scheduled
