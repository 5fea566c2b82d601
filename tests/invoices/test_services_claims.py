"""What customers say of their invoices is kept, holds what it should, and is decided once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from billabex.core.actors import SYSTEM, Actor, ActorKind
from billabex.core.events import account_changed
from billabex.core.models import AuditEntry
from invoices.enums import DeclarationResolution, DisputeReason, DisputeSide
from invoices.errors import (
    AlreadyDisputed,
    DeclarationResolved,
    DisputeResolved,
    DocumentNotFound,
    InvalidAmount,
    InvalidDate,
    NothingOpen,
)
from invoices.models import Dispute, Invoice, PaymentDeclaration
from invoices.services import (
    declare_payment,
    open_dispute,
    resolve_declaration,
    resolve_dispute,
    set_paid_amount,
    settle_declarations,
)
from tests.factories import AccountFactory, DisputeFactory, InvoiceFactory, PaymentDeclarationFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import Account
    from billabex.organizations.models import Organization

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 12, 12, tzinfo=UTC)
TODAY = date(2026, 2, 12)
PROMISED = date(2026, 2, 20)
MAUD = Actor(ActorKind.MEMBER, "Maud Petit")
SETTLED = {"paid_amount": Decimal(120)}


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization)


@pytest.fixture
def told() -> Iterator[list[str]]:
    """Collect the causes that the house is told."""
    causes: list[str] = []

    def listen(cause: str, **_: Any) -> None:
        causes.append(cause)

    account_changed.connect(listen)
    yield causes
    account_changed.disconnect(listen)


def dispute(invoice: Invoice, **fields: Any) -> Dispute:
    return open_dispute(invoice=invoice, reason=DisputeReason.NOT_ORDERED, actor=MAUD, now=NOW, **fields)


def find_for(side: DisputeSide, one: Dispute) -> Dispute:
    return resolve_dispute(dispute=one, in_favour_of=side, actor=MAUD, now=NOW, note="Seen with sales")


def declare(account: Account, **fields: Any) -> PaymentDeclaration:
    return declare_payment(account=account, actor=MAUD, now=NOW, **fields)


def decide(one: PaymentDeclaration, resolution: str, note: str = "") -> PaymentDeclaration:
    return resolve_declaration(
        declaration=one, resolution=DeclarationResolution(resolution), actor=MAUD, now=NOW, note=note
    )


def settle(*accounts: Account) -> int:
    with transaction.atomic():
        return settle_declarations([account.pk for account in accounts], now=NOW)


def covered(one: PaymentDeclaration) -> list[str]:
    return sorted(one.invoices.values_list("number", flat=True))


def test_dispute_holds_its_invoice_and_leaves_a_trace(
    account: Account, told: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    invoice = InvoiceFactory.create(account=account)
    with django_capture_on_commit_callbacks(execute=True):
        one = dispute(invoice, note="We never ordered this")
    assert (one.is_open, one.opened_at, one.opened_by, one.note) == (True, NOW, "Maud Petit", "We never ordered this")
    assert list(Dispute.objects.holding()) == [one]
    entry = AuditEntry.objects.get(action="invoice.disputed")
    assert (entry.account_id, entry.object_id, entry.changes["reason"]) == (account.pk, invoice.pk, "NotOrdered")
    assert told == ["dispute"]


def test_dispute_of_a_disputed_invoice_is_refused_with_the_open_one(account: Account) -> None:
    invoice = InvoiceFactory.create(account=account)
    one = dispute(invoice)
    with pytest.raises(AlreadyDisputed) as refused:
        dispute(invoice)
    assert refused.value.extra["dispute"] == one
    assert Dispute.objects.count() == 1


def test_dispute_of_an_invoice_that_is_gone_is_not_found(account: Account) -> None:
    invoice = InvoiceFactory.create(account=account)
    Invoice.objects.filter(pk=invoice.pk).delete()
    with pytest.raises(DocumentNotFound):
        dispute(invoice)


@pytest.mark.parametrize(("side", "holds"), [(DisputeSide.CUSTOMER, True), (DisputeSide.ORGANIZATION, False)])
def test_dispute_resolved_holds_on_only_for_the_customer(account: Account, side: DisputeSide, holds: bool) -> None:
    one = find_for(side, dispute(InvoiceFactory.create(account=account)))
    assert (one.is_open, one.in_favour_of, one.resolved_by, one.resolution_note) == (
        False,
        side,
        "Maud Petit",
        "Seen with sales",
    )
    assert Dispute.objects.holding().exists() is holds
    assert not Dispute.objects.open().exists()
    assert AuditEntry.objects.get(action="invoice.dispute-resolved").changes["in_favour_of"] == side


def test_dispute_of_an_invoice_is_judged_by_the_latest(account: Account) -> None:
    invoice = InvoiceFactory.create(account=account)
    find_for(DisputeSide.CUSTOMER, dispute(invoice))
    again = dispute(invoice)
    assert list(Dispute.objects.holding()) == [again]
    find_for(DisputeSide.ORGANIZATION, again)
    assert not Dispute.objects.holding().exists()


def test_dispute_resolved_twice_tells_how_it_was(account: Account) -> None:
    one = dispute(InvoiceFactory.create(account=account))
    find_for(DisputeSide.CUSTOMER, Dispute.objects.get(pk=one.pk))
    with pytest.raises(DisputeResolved) as refused:
        find_for(DisputeSide.ORGANIZATION, one)
    assert refused.value.extra["dispute"].in_favour_of == DisputeSide.CUSTOMER


def test_dispute_that_went_with_its_invoice_is_not_found(account: Account) -> None:
    one = DisputeFactory.create(invoice__account=account)
    Invoice.objects.all().delete()
    with pytest.raises(DocumentNotFound):
        find_for(DisputeSide.CUSTOMER, one)


def test_declaration_covers_the_invoices_named(account: Account) -> None:
    first, _ = InvoiceFactory.create(account=account, number="F-1"), InvoiceFactory.create(account=account)
    one = declare(account, invoices=[first], promised_on=PROMISED, statement="We pay on the 20th", has_proof=True)
    assert covered(one) == ["F-1"]
    assert (one.announced_on, one.promised_on, one.has_proof, one.is_open) == (TODAY, PROMISED, True, True)
    entry = AuditEntry.objects.get(action="payment-declaration.made")
    assert (entry.account_id, entry.changes["invoices"]) == (account.pk, ["F-1"])


def test_declaration_that_names_none_covers_all_that_is_open_now(account: Account) -> None:
    InvoiceFactory.create(account=account, number="F-1")
    InvoiceFactory.create(account=account, number="F-2")
    InvoiceFactory.create(account=account, number="F-3", **SETTLED)
    InvoiceFactory.create(account__organization=account.organization)
    one = declare(account, promised_on=PROMISED)
    InvoiceFactory.create(account=account, number="F-4")
    assert covered(one) == ["F-1", "F-2"]


def test_declaration_about_all_that_is_open_where_nothing_is_is_refused(account: Account) -> None:
    InvoiceFactory.create(account=account, **SETTLED)
    with pytest.raises(NothingOpen, match="No invoice of this account is open"):
        declare(account, promised_on=PROMISED)
    assert not PaymentDeclaration.objects.exists()


@pytest.mark.parametrize(("language", "written"), [("en", "Feb 20, 2026"), ("fr", "20 févr. 2026")])
def test_declaration_is_called_by_its_day_in_the_readers_language(language: str, written: str) -> None:
    with translation.override(language):
        assert str(PaymentDeclarationFactory.build(promised_on=PROMISED)) == written
        assert str(PaymentDeclarationFactory.build(announced_on=PROMISED, promised_on=None)) == written


def test_declaration_keeps_what_was_announced_when(account: Account) -> None:
    InvoiceFactory.create(account=account)
    earlier = TODAY - timedelta(days=3)
    one = declare(account, announced_on=earlier, amount=Decimal("50.10"))
    assert (one.announced_on, one.promised_on, one.amount, one.currency) == (
        earlier,
        None,
        Decimal("50.10"),
        account.currency,
    )


def test_declaration_about_another_accounts_invoice_is_not_found(account: Account) -> None:
    other = InvoiceFactory.create(account__organization=account.organization)
    with pytest.raises(DocumentNotFound):
        declare(account, invoices=[other])
    assert not PaymentDeclaration.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"announced_on": TODAY + timedelta(days=1)}, "announced_on"),
        ({"announced_on": date(1969, 12, 31)}, "announced_on"),
        ({"promised_on": TODAY - timedelta(days=1)}, "promised_on"),
        ({"promised_on": date(9999, 1, 1)}, "promised_on"),
        ({"amount": Decimal(0)}, "amount"),
        ({"amount": Decimal(-5)}, "amount"),
        ({"amount": Decimal("5.001")}, "amount"),
        ({"amount": Decimal("NaN")}, "amount"),
        ({"amount": Decimal(10**12)}, "amount"),
        ({"amount": Decimal(5), "currency": "EURO"}, "currency"),
    ],
)
def test_declaration_that_cannot_be_is_refused_beside_its_field(
    account: Account, fields: dict[str, Any], field: str
) -> None:
    InvoiceFactory.create(account=account)
    with pytest.raises((InvalidDate, InvalidAmount)) as refused:
        declare(account, **fields)
    assert set(refused.value.fields) == {field}
    assert str(refused.value.fields[field])
    assert not PaymentDeclaration.objects.exists()


def test_declaration_about_what_is_settled_already_is_resolved_at_once(account: Account) -> None:
    invoice = InvoiceFactory.create(account=account, **SETTLED)
    one = declare(account, invoices=[invoice])
    assert (one.resolution, one.is_automatic, one.resolved_by) == ("InvoicesSettled", True, SYSTEM.label)


def test_declaration_is_settled_once_all_its_invoices_are(account: Account) -> None:
    first, second = InvoiceFactory.create_batch(2, account=account)
    one = PaymentDeclarationFactory.create(account=account, invoices=[first, second])
    pay = Invoice.objects.filter
    pay(pk=first.pk).update(settled_on=TODAY, **SETTLED)
    assert settle(account) == 0
    pay(pk=second.pk).update(settled_on=TODAY, **SETTLED)
    assert settle(account) == 1
    one.refresh_from_db()
    assert (one.resolution, one.is_automatic, one.resolved_at) == ("InvoicesSettled", True, NOW)
    assert AuditEntry.objects.get(action="payment-declaration.resolved").object_id == one.pk
    assert settle(account) == 0


def test_declaration_stands_again_when_its_payment_is_taken_back(account: Account) -> None:
    """A typing error in the paid amount must not open the customer to follow-ups before the day it promised."""
    invoice = InvoiceFactory.create(account=account)
    one = PaymentDeclarationFactory.create(account=account, invoices=[invoice])
    for amount in (invoice.total_amount, Decimal(0)):
        set_paid_amount(invoice=invoice, amount=amount, paid_on=TODAY, actor=SYSTEM, now=NOW)
    one.refresh_from_db()
    assert (one.is_open, one.resolution, one.resolved_by, one.is_automatic) == (True, "", "", False)
    assert AuditEntry.objects.filter(action="payment-declaration.reopened", object_id=one.pk).count() == 1


def test_declaration_that_a_person_decided_stays_so_when_its_payment_is_taken_back(account: Account) -> None:
    invoice = InvoiceFactory.create(account=account)
    one = decide(PaymentDeclarationFactory.create(account=account, invoices=[invoice]), "PaymentReceived")
    assert settle(account) == 0
    one.refresh_from_db()
    assert one.resolution == "PaymentReceived"


@pytest.mark.parametrize("resolution", DeclarationResolution.values)
def test_declaration_is_decided_by_a_person_for_good(
    account: Account, resolution: str, told: list[str], django_capture_on_commit_callbacks: Any
) -> None:
    one = PaymentDeclarationFactory.create(account=account)
    with django_capture_on_commit_callbacks(execute=True):
        decided = decide(one, resolution, "On the bank statement")
    assert (decided.resolution, decided.is_decided, decided.is_open) == (resolution, True, False)
    with pytest.raises(DeclarationResolved) as refused:
        decide(one, "ResumeAuthorized")
    assert refused.value.code == "dunning.payment-declaration.already-resolved"
    assert refused.value.extra["declaration"].resolution_note == "On the bank statement"
    assert told == ["declaration"]
    assert settle(account) == 0


def test_declaration_settled_automatically_can_still_be_decided(account: Account) -> None:
    one = PaymentDeclarationFactory.create(account=account)
    assert settle(account) == 1
    decided = decide(one, "PaymentReceived")
    assert (decided.resolution, decided.is_automatic, decided.resolved_by) == ("PaymentReceived", False, "Maud Petit")


def test_declaration_that_went_with_its_account_is_not_found(account: Account) -> None:
    one = PaymentDeclarationFactory.build(account=account)
    with pytest.raises(DocumentNotFound):
        decide(one, "PaymentReceived")


def test_settling_asks_once_for_many_accounts(organization: Organization) -> None:
    accounts = AccountFactory.create_batch(3, organization=organization)
    for account in accounts:
        invoice = InvoiceFactory.create(account=account)
        PaymentDeclarationFactory.create(account=account, invoices=[invoice])
    with CaptureQueriesContext(connection) as queries:
        assert settle(*accounts) == 0
    assert len([query for query in queries if query["sql"].startswith("SELECT")]) == 2
