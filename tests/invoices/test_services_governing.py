"""What another system governs is refused everywhere with its reason, and nothing is stored."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from billabex.core.actors import SYSTEM, Actor, ActorKind
from billabex.core.models import AuditEntry
from invoices.enums import DisputeReason
from invoices.errors import ReadOnlyDocument
from invoices.models import Allocation, CreditNote, Invoice
from invoices.services import (
    allocate,
    allocate_credit,
    delete_credit_note,
    delete_invoice,
    open_dispute,
    remove_allocation,
    set_paid_amount,
)
from tests.factories import AccountFactory, AllocationFactory, CreditNoteFactory, InvoiceFactory

if TYPE_CHECKING:
    from collections.abc import Callable

    from accounts.models import Account
    from billabex.organizations.models import Organization

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
TODAY = date(2026, 2, 10)
MEMBER, CLIENT = Actor(ActorKind.MEMBER, "Maud Petit"), Actor(ActorKind.API_CLIENT, "Shop")

type Change = Callable[[Invoice, CreditNote, Actor], Any]

CHANGES: dict[str, Change] = {
    "pay": lambda invoice, _, actor: set_paid_amount(
        invoice=invoice, amount=Decimal(10), paid_on=TODAY, actor=actor, now=NOW
    ),
    "delete invoice": lambda invoice, _, actor: delete_invoice(invoice=invoice, actor=actor, now=NOW),
    "delete note": lambda _, note, actor: delete_credit_note(credit_note=note, actor=actor, now=NOW),
    "allocate": lambda invoice, note, actor: allocate(
        credit_note=note, invoice=invoice, amount=Decimal(5), actor=actor, now=NOW
    ),
    "remove": lambda invoice, note, actor: remove_allocation(credit_note=note, invoice=invoice, actor=actor, now=NOW),
}
TOUCHED = [
    *(("invoice", change) for change in ("pay", "delete invoice", "allocate", "remove")),
    *(("note", change) for change in ("delete note", "allocate", "remove")),
]


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization)


def pair(account: Account, of_invoice: str | None = None, of_note: str | None = None) -> tuple[Invoice, CreditNote]:
    """Make an invoice with a credit note applied to it, each of a system."""
    invoice = InvoiceFactory.create(account=account, source_id=of_invoice and "F-1", source_system=of_invoice)
    note = CreditNoteFactory.create(account=account, source_id=of_note and "A-1", source_system=of_note)
    AllocationFactory.create(invoice=invoice, credit_note=note, amount=Decimal(10))
    return invoice, note


@pytest.mark.parametrize("actor", [MEMBER, CLIENT], ids=["member", "client"])
@pytest.mark.parametrize(("governed", "change"), TOUCHED)
def test_a_connections_document_is_changed_by_nobody_else(
    account: Account, governed: str, change: str, actor: Actor
) -> None:
    systems = ("Elsewhere", None) if governed == "invoice" else (None, "Elsewhere")
    invoice, note = pair(account, *systems)
    with pytest.raises(ReadOnlyDocument, match="comes from Elsewhere"):
        CHANGES[change](invoice, note, actor)
    assert Invoice.objects.get().paid_amount == 0
    assert Allocation.objects.get().amount == 10
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("actor", [CLIENT, SYSTEM], ids=["client", "system"])
def test_an_api_clients_documents_are_changed_by_api(account: Account, change: str, actor: Actor) -> None:
    invoice, note = pair(account, "Custom", "Custom")
    CHANGES[change](invoice, note, actor)
    assert AuditEntry.objects.get().actor_label == actor.label


@pytest.mark.parametrize("change", CHANGES)
def test_an_api_clients_documents_are_read_only_to_members(account: Account, change: str) -> None:
    invoice, note = pair(account, "Custom", "Custom")
    with pytest.raises(ReadOnlyDocument, match="connected through the API"):
        CHANGES[change](invoice, note, MEMBER)


@pytest.mark.parametrize("change", CHANGES)
def test_a_connection_changes_its_own_documents(account: Account, change: str) -> None:
    invoice, note = pair(account, "Elsewhere", "Elsewhere")
    CHANGES[change](invoice, note, SYSTEM)
    assert AuditEntry.objects.get().actor_kind == ActorKind.SYSTEM


def test_governed_credit_still_finds_its_invoices_by_itself(account: Account) -> None:
    InvoiceFactory.create(account=account, source_id="F-1", source_system="Elsewhere")
    CreditNoteFactory.create(account=account, source_id="A-1", source_system="Elsewhere")
    assert allocate_credit([account.pk], on=TODAY) == 1


def test_a_governed_invoice_can_still_be_disputed(account: Account) -> None:
    invoice, _ = pair(account, "Elsewhere")
    assert open_dispute(invoice=invoice, reason=DisputeReason.OTHER, actor=MEMBER, now=NOW).is_open
