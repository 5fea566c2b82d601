"""What was sent, said or decided goes only with its whole account; the audit log survives even that."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Account
from billabex.core.models import AuditEntry
from communications.enums import LEFT_US, Status
from communications.models import Communication
from tests.data.test_frozen_rows import OTHER_STATES
from tests.factories import (
    AccountFactory,
    AgendaFactory,
    AllocationFactory,
    AuditEntryFactory,
    CommunicationFactory,
    ContactFactory,
    DecisionFactory,
    DisputeFactory,
    InlineImageFactory,
    InteractionFactory,
    InternalRepresentativeFactory,
    InvoiceFactory,
    NamedInvoiceFactory,
    NoteFactory,
    PauseFactory,
    PaymentDeclarationFactory,
    PaymentFactory,
    RecipientFactory,
    SourceFactory,
)

if TYPE_CHECKING:
    from factory.django import DjangoModelFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 10, tzinfo=UTC)

KEPT: list[tuple[type[DjangoModelFactory[Any]], str, dict[str, Any]]] = [
    (DecisionFactory, "account", {}),
    (PaymentDeclarationFactory, "account", {}),
    (InteractionFactory, "task__account", {}),
    (CommunicationFactory, "account", {"sent": True}),
    (RecipientFactory, "communication__account", {"communication__sent": True}),
    (NamedInvoiceFactory, "communication__account", {"communication__sent": True}),
    (InlineImageFactory, "communication__account", {"communication__sent": True}),
]


def _names(value: object) -> str:
    return getattr(value, "__name__", "")


@pytest.mark.parametrize(("factory", "account", "given"), KEPT, ids=_names)
def test_a_kept_row_refuses_to_be_deleted_alone(
    factory: type[DjangoModelFactory[Any]], account: str, given: dict[str, Any]
) -> None:
    row = factory.create(**given)
    rows = factory._meta.model.objects.filter(**{f"{account}__deletion_started_at": None})
    with pytest.raises(IntegrityError, match="rows are kept"), transaction.atomic():
        row.delete()
    assert rows.count() == 1


@pytest.mark.parametrize(("factory", "account", "given"), KEPT, ids=_names)
def test_a_kept_row_goes_once_its_account_is_going(
    factory: type[DjangoModelFactory[Any]], account: str, given: dict[str, Any]
) -> None:
    row = factory.create(**{f"{account}__deletion_started_at": NOW}, **given)
    row.delete()
    assert not factory._meta.model.objects.exists()


@pytest.mark.parametrize("status", [*LEFT_US, Status.RECEIVED])
def test_a_message_that_left_or_came_is_kept(status: Status) -> None:
    CommunicationFactory.create(**OTHER_STATES.get(status, {"sent": True}), status=status)
    with pytest.raises(IntegrityError, match="rows are kept"), transaction.atomic():
        Communication.objects.all().delete()
    assert Communication.objects.count() == 1


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.CANCELLED])
def test_a_message_that_never_left_goes_with_what_it_names(status: Status) -> None:
    message = CommunicationFactory.create(status=status)
    RecipientFactory.create(communication=message)
    NamedInvoiceFactory.create(communication=message)
    InlineImageFactory.create(communication=message)
    message.delete()
    assert not Communication.objects.exists()


def _full_account(**fields: Any) -> Account:
    """Make an account with a row in every table below it."""
    account = AccountFactory.create(**fields)
    for factory in (SourceFactory, PauseFactory, NoteFactory, ContactFactory, InternalRepresentativeFactory):
        factory.create(account=account)
    invoice = InvoiceFactory.create(account=account)
    AllocationFactory.create(invoice=invoice)
    PaymentFactory.create(invoice__account=account)
    DisputeFactory.create(invoice=invoice)
    PaymentDeclarationFactory.create(account=account, invoices=[invoice])
    message = CommunicationFactory.create(account=account, sent=True)
    RecipientFactory.create(communication=message, contact=None)
    NamedInvoiceFactory.create(communication=message, invoice=invoice)
    InlineImageFactory.create(communication=message)
    InteractionFactory.create(task__account=account)
    AgendaFactory.create(decision__account=account)
    return account


def test_a_whole_account_goes_with_everything_below_it_but_the_audit_log() -> None:
    account = _full_account(deletion_started_at=NOW)
    AuditEntryFactory.create(account_id=account.pk)
    _, deleted = account.delete()
    assert len(deleted) >= len(Account._meta.related_objects)
    assert not Account.objects.exists()
    assert AuditEntry.objects.count() == 1


def test_an_account_whose_deletion_has_not_started_stays_whole() -> None:
    account = _full_account()
    with pytest.raises(IntegrityError, match="rows are kept"), transaction.atomic():
        account.delete()
    assert account.contacts.count() == 1
    assert account.invoices.count() == 2


def test_an_audit_entry_is_never_deleted() -> None:
    AuditEntryFactory.create()
    with pytest.raises(IntegrityError, match="rows are kept"), transaction.atomic():
        AuditEntry.objects.all().delete()
    assert AuditEntry.objects.count() == 1
