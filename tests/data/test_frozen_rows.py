"""What was written is never changed, column by column, whatever path the change takes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, models, transaction

from billabex.core.ids import new_id
from communications.enums import LEFT_US, Author, FailureCode, Kind, Status
from contacts.models import Contact
from invoices.models import Invoice
from tests.factories import (
    AllocationFactory,
    AuditEntryFactory,
    CommunicationFactory,
    CreditNoteFactory,
    DecisionFactory,
    DisputeFactory,
    DocumentFactory,
    InlineImageFactory,
    InteractionFactory,
    InvoiceFactory,
    NamedInvoiceFactory,
    PaymentDeclarationFactory,
    PaymentFactory,
    RecipientFactory,
)

if TYPE_CHECKING:
    from factory.django import DjangoModelFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 18, 9, tzinfo=UTC)

RESOLVED = {"resolved_at", "resolved_by", "resolution_note", "updated_at"}

# Each table, the fields that make a row of it frozen, and the columns that may change all the same.
FROZEN: list[tuple[type[DjangoModelFactory[Any]], dict[str, Any], set[str]]] = [
    (AuditEntryFactory, {}, set()),
    (DecisionFactory, {}, set()),
    (InteractionFactory, {}, set()),
    (PaymentFactory, {}, set()),
    (AllocationFactory, {}, set()),
    (NamedInvoiceFactory, {}, {"invoice_id"}),
    (InlineImageFactory, {}, set()),
    (DocumentFactory, {}, {"reading", "updated_at"}),
    (InvoiceFactory, {}, {"paid_amount", "credited_amount", "settled_on", "updated_at"}),
    (CreditNoteFactory, {}, {"allocated_amount", "updated_at"}),
    (DisputeFactory, {}, {"in_favour_of", *RESOLVED}),
    (DisputeFactory, {"resolved": True}, {"updated_at"}),
    (PaymentDeclarationFactory, {}, {"resolution", "is_automatic", *RESOLVED}),
    (PaymentDeclarationFactory, {"decided": True}, {"updated_at"}),
    (
        CommunicationFactory,
        {"sent": True},
        {"status", "claimed_at", "attempts", "failure_code", "failure_detail", "updated_at"},
    ),
    (RecipientFactory, {"communication__sent": True}, {"contact_id", "updated_at"}),
]

ANOTHER: dict[type[models.Field[Any, Any]], Any] = {
    models.UUIDField: new_id(),
    models.ForeignKey: new_id(),
    models.CharField: "x",
    models.TextField: "another text",
    models.FileField: "another.pdf",
    models.DateTimeField: datetime(2020, 2, 29, tzinfo=UTC),
    models.DateField: date(2020, 2, 29),
    models.DecimalField: Decimal("7.77"),
    models.IntegerField: 77,
    models.BinaryField: b"another picture",
    models.JSONField: {"another": 1},
}


def _another(field: models.Field[Any, Any], value: Any) -> Any:
    """Return a value of the field's type that is not the row's."""
    if isinstance(field, models.BooleanField):
        return not value
    return next(other for kind, other in ANOTHER.items() if isinstance(field, kind))


def _columns() -> list[Any]:
    return [
        pytest.param(factory, given, field, id=f"{factory._meta.model._meta.db_table}.{field.column}")
        for factory, given, changeable in FROZEN
        for field in factory._meta.model._meta.local_concrete_fields
        if field.column not in changeable and not field.generated
    ]


@pytest.mark.parametrize(("factory", "given", "field"), _columns())
def test_a_frozen_column_refuses_another_value_and_keeps_its_own(
    factory: type[DjangoModelFactory[Any]], given: dict[str, Any], field: models.Field[Any, Any]
) -> None:
    row = factory.create(**given)
    rows = factory._meta.model.objects.filter(pk=row.pk)
    before = rows.values().get()
    with pytest.raises(IntegrityError, match=r"never changed|stays sent"), transaction.atomic():
        rows.update(**{field.attname: _another(field, before[field.attname])})
    assert rows.values().get() == before


@pytest.mark.parametrize(("factory", "given", "changeable"), FROZEN, ids=lambda value: getattr(value, "__name__", ""))
def test_saving_a_frozen_row_as_it_is_passes(
    factory: type[DjangoModelFactory[Any]], given: dict[str, Any], changeable: set[str]
) -> None:
    row = factory.create(**given)
    row.refresh_from_db()
    row.save()
    assert factory._meta.model.objects.values(*changeable).count() == 1


@pytest.mark.parametrize(
    ("paid", "settled_on"), [("50.00", None), ("120.00", date(2026, 2, 1)), ("130.00", date(2026, 2, 1))]
)
def test_an_invoice_takes_another_paid_amount_with_the_day_it_settles_it(paid: str, settled_on: date | None) -> None:
    invoice = InvoiceFactory.create()
    Invoice.objects.filter(pk=invoice.pk).update(paid_amount=Decimal(paid), settled_on=settled_on)
    invoice.refresh_from_db()
    assert (invoice.paid_amount, invoice.settled_on) == (Decimal(paid), settled_on)
    assert invoice.remaining_amount == Decimal(120) - Decimal(paid)


def test_a_document_takes_another_reading() -> None:
    document = DocumentFactory.create()
    document.reading = {"parser": "text"}
    document.save()
    document.refresh_from_db()
    assert document.reading == {"parser": "text"}


def test_a_named_invoice_outlives_its_invoice_with_its_amounts() -> None:
    named = NamedInvoiceFactory.create(communication__sent=True)
    Invoice.objects.get().delete()
    number = named.number
    named.refresh_from_db()
    assert (named.invoice, named.number) == (None, number)


def test_a_recipient_outlives_its_contact_with_its_address() -> None:
    recipient = RecipientFactory.create(communication__sent=True)
    address = recipient.address
    Contact.objects.get().delete()
    recipient.refresh_from_db()
    assert (recipient.contact, recipient.address) == (None, address)


@pytest.mark.parametrize("status", [Status.SCHEDULED, Status.CANCELLED])
def test_a_message_that_never_left_takes_other_words_and_recipients(status: Status) -> None:
    recipient = RecipientFactory.create(communication__status=status)
    message = recipient.communication
    message.subject, message.scheduled_for = "Other words", NOW + timedelta(days=1)
    message.save()
    recipient.address = "other@customer.example"
    recipient.save()
    message.refresh_from_db()
    recipient.refresh_from_db()
    assert (message.subject, recipient.address) == ("Other words", "other@customer.example")


OTHER_STATES: dict[Status, dict[str, Any]] = {
    Status.SENDING: {"claimed_at": NOW},
    Status.FAILED: {"failed": True},
    Status.RECEIVED: {"received": True},
}


@pytest.mark.parametrize("status", [*LEFT_US, Status.RECEIVED])
def test_a_message_that_left_or_came_keeps_its_words(status: Status) -> None:
    message = CommunicationFactory.create(**OTHER_STATES.get(status, {"sent": True}), status=status)
    message.body_text = "Other words"
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        message.save()
    message.refresh_from_db()
    assert message.body_text != "Other words"


@pytest.mark.parametrize("before", [Status.SENT, Status.DELIVERED, Status.BOUNCED, Status.COMPLAINED])
@pytest.mark.parametrize("after", [Status.SCHEDULED, Status.SENDING, Status.FAILED, Status.CANCELLED])
def test_a_sent_message_never_becomes_a_plan_again(before: Status, after: Status) -> None:
    message = CommunicationFactory.create(sent=True, status=before)
    message.status, message.sent_at = after, None
    message.failure_code = FailureCode.REFUSED if after == Status.FAILED else ""
    with pytest.raises(IntegrityError, match="stays sent"), transaction.atomic():
        message.save()
    message.refresh_from_db()
    assert message.status == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Status.SENT, Status.DELIVERED),
        (Status.SENT, Status.BOUNCED),
        (Status.DELIVERED, Status.COMPLAINED),
        (Status.SENDING, Status.SENT),
        (Status.SENDING, Status.SCHEDULED),
    ],
)
def test_a_message_on_its_way_moves_on(before: Status, after: Status) -> None:
    sent_at = None if before == Status.SENDING else NOW
    message = CommunicationFactory.create(status=before, claimed_at=NOW, sent_at=sent_at)
    message.status, message.sent_at = after, None if after == Status.SCHEDULED else NOW
    message.save()
    message.refresh_from_db()
    assert message.status == after


def test_a_received_message_stays_received() -> None:
    message = CommunicationFactory.create(received=True)
    assert (message.author, message.kind) == (Author.CUSTOMER, Kind.MESSAGE)
    message.status = Status.CANCELLED
    with pytest.raises(IntegrityError, match="stays sent"), transaction.atomic():
        message.save()
