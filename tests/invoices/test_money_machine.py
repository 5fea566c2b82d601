"""Documents, payments, credit and deletions in any order, by one or by eight at once: the money always adds up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from accounts.rules import Company
from billabex.core.actors import SYSTEM
from billabex.core.errors import BillabexError
from invoices.enums import DeclarationResolution, DocumentKind
from invoices.errors import (
    AllocationNotFound,
    DeclarationResolved,
    InvalidAmount,
    NothingOpen,
    OtherAccount,
    OtherCurrency,
)
from invoices.models import Allocation, CreditNote, Invoice, PaymentDeclaration
from invoices.rules import Facts
from invoices.services import (
    Effect,
    allocate,
    declare_payment,
    delete_credit_note,
    delete_invoice,
    remove_allocation,
    resolve_declaration,
    set_paid_amount,
    validate_document,
)
from tests.factories import AccountFactory, DocumentFactory, OrganizationFactory
from tests.invoices.recount import check_money, decided_pairs

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import Account
    from tests.invoices.recount import Pair

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)
TODAY = date(2026, 2, 10)
CURRENCIES = ("EUR", "EUR", "EUR", "TND")  # mostly one, so that things meet
NUMBERS = count(1)

amounts = st.sampled_from([Decimal(text) for text in ("0.01", "10", "33.33", "50", "60.10", "100")])
picks = st.integers(min_value=0, max_value=50)
currencies = st.sampled_from(CURRENCIES)
whose = st.sampled_from([0, 0, 0, 1])


def arrive(
    account: Account, kind: DocumentKind, currency: str, total: Decimal, *, due_in: int = 0, paid: Decimal = Decimal(0)
) -> Any:
    """Let a verified document in, as the page does after it was read."""
    issued_on = date(2025, 12, 1)
    facts = Facts(
        kind=kind,
        number=f"N-{next(NUMBERS)}",
        issued_on=issued_on,
        due_on=TODAY + timedelta(days=due_in) if kind == DocumentKind.INVOICE else None,
        currency=currency,
        total=total,
        paid=paid,
        company=Company(account.name),
    )
    document = DocumentFactory.create(organization=account.organization)
    return validate_document(document=document, facts=facts, actor=SYSTEM, now=NOW, account=account)


class MoneyMachine(RuleBasedStateMachine):
    """What two accounts owe, beside a model that knows only what was asked for.

    Attributes:
        checks: How often all invariants held, over all runs.
    """

    checks = 0

    def __init__(self) -> None:
        super().__init__()
        self._world = transaction.atomic()
        self._world.__enter__()
        organization = OrganizationFactory.create()
        self.accounts = AccountFactory.create_batch(2, organization=organization)
        self.invoices: list[Invoice] = []
        self.notes: list[CreditNote] = []
        self.paid: dict[UUID, Decimal] = {}
        self.by_hand: dict[Pair, Decimal] = {}
        self.apart: set[Pair] = set()
        self.credited: dict[UUID, Decimal] = {}
        self.decided: dict[UUID, str] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self._world.__exit__(None, None, None)

    @initialize(totals=st.tuples(amounts, amounts, amounts))
    def something_is_owed(self, totals: tuple[Decimal, Decimal, Decimal]) -> None:
        first, second, note = totals
        self.invoice_arrives(0, "EUR", first, -10, Decimal(0))
        self.invoice_arrives(0, "EUR", second, 10, Decimal(0))
        self.credit_note_arrives(0, "EUR", note)

    @rule(whose=whose, currency=currencies, total=amounts, due_in=st.integers(-60, 60), paid=st.sampled_from([0, 5]))
    def invoice_arrives(self, whose: int, currency: str, total: Decimal, due_in: int, paid: int | Decimal) -> None:
        account = self.accounts[whose]
        invoice = arrive(account, DocumentKind.INVOICE, currency, total, due_in=due_in, paid=Decimal(paid))
        self.invoices.append(invoice)
        self.paid[invoice.pk] = Decimal(paid)

    @rule(whose=whose, currency=currencies, total=amounts)
    def credit_note_arrives(self, whose: int, currency: str, total: Decimal) -> None:
        self.notes.append(arrive(self.accounts[whose], DocumentKind.CREDIT_NOTE, currency, total))

    @precondition(lambda self: self.invoices)
    @rule(pick=picks, amount=st.one_of(st.just(Decimal(0)), amounts))
    def payment_changes(self, pick: int, amount: Decimal) -> None:
        invoice = self.invoices[pick % len(self.invoices)]
        set_paid_amount(invoice=invoice, amount=amount, paid_on=TODAY, actor=SYSTEM, now=NOW)
        self.paid[invoice.pk] = amount

    @precondition(lambda self: self.invoices and self.notes)
    @rule(pick=picks, other=picks, amount=amounts)
    def person_allocates(self, pick: int, other: int, amount: Decimal) -> None:
        note, invoice = self.notes[pick % len(self.notes)], self.invoices[other % len(self.invoices)]
        refusal = self._refusal(note, invoice, amount)
        if refusal:
            with pytest.raises(refusal):
                allocate(credit_note=note, invoice=invoice, amount=amount, actor=SYSTEM, now=NOW)
            return
        pair = (note.pk, invoice.pk)
        _, effect = allocate(credit_note=note, invoice=invoice, amount=amount, actor=SYSTEM, now=NOW)
        before = self.by_hand.get(pair)
        assert effect == (Effect.MADE if before is None else Effect.NONE if before == amount else Effect.REPLACED)
        self.by_hand[pair] = amount
        self.apart.discard(pair)

    def _refusal(self, note: CreditNote, invoice: Invoice, amount: Decimal) -> type[BillabexError] | None:
        """Return how the model says this must be refused: what automatic allocations hold is no reason."""
        if note.account_id != invoice.account_id:
            return OtherAccount
        if note.currency != invoice.currency:
            return OtherCurrency
        pair = (note.pk, invoice.pk)
        if self.by_hand.get(pair) == amount:
            return None
        others = {key: held for key, held in self.by_hand.items() if key != pair}
        of_note = sum(held for (note_id, _), held in others.items() if note_id == note.pk)
        to_invoice = sum(held for (_, invoice_id), held in others.items() if invoice_id == invoice.pk)
        is_beyond = amount > note.total_amount - of_note
        is_beyond |= amount > invoice.total_amount - self.paid[invoice.pk] - to_invoice
        return InvalidAmount if is_beyond else None

    @precondition(lambda self: self._applied())
    @rule(pick=picks)
    def person_removes(self, pick: int) -> None:
        pairs = self._applied()
        note_id, invoice_id = pairs[pick % len(pairs)]
        note, invoice = self._note(note_id), self._invoice(invoice_id)
        remove_allocation(credit_note=note, invoice=invoice, actor=SYSTEM, now=NOW)
        self.by_hand.pop((note_id, invoice_id), None)
        self.apart.add((note_id, invoice_id))
        with pytest.raises(AllocationNotFound):
            remove_allocation(credit_note=note, invoice=invoice, actor=SYSTEM, now=NOW)

    def _applied(self) -> list[Pair]:
        applied = Allocation.objects.filter(invoice__in=[invoice.pk for invoice in self.invoices])
        return sorted(applied.values_list("credit_note_id", "invoice_id"))

    def _note(self, pk: UUID) -> CreditNote:
        return next(note for note in self.notes if note.pk == pk)

    def _invoice(self, pk: UUID) -> Invoice:
        return next(invoice for invoice in self.invoices if invoice.pk == pk)

    @precondition(lambda self: self.invoices)
    @rule(whose=whose, pick=picks, names=st.booleans())
    def customer_announces(self, whose: int, pick: int, names: bool) -> None:
        account = self.accounts[whose]
        own = [invoice for invoice in self.invoices if invoice.account_id == account.pk]
        named = [own[pick % len(own)]] if own and names else []
        if named or Invoice.objects.filter(account=account).open().exists():
            declare_payment(account=account, actor=SYSTEM, now=NOW, invoices=named)
            return
        with pytest.raises(NothingOpen):
            declare_payment(account=account, actor=SYSTEM, now=NOW)

    @precondition(lambda self: self._promises())
    @rule(pick=picks, resolution=st.sampled_from(DeclarationResolution))
    def person_decides(self, pick: int, resolution: DeclarationResolution) -> None:
        promises = self._promises()
        promise = promises[pick % len(promises)]
        if promise.pk in self.decided:
            with pytest.raises(DeclarationResolved):
                resolve_declaration(declaration=promise, resolution=resolution, actor=SYSTEM, now=NOW)
            return
        resolve_declaration(declaration=promise, resolution=resolution, actor=SYSTEM, now=NOW)
        self.decided[promise.pk] = resolution

    def _promises(self) -> list[PaymentDeclaration]:
        return list(PaymentDeclaration.objects.filter(account__in=self.accounts).order_by("pk"))

    @precondition(lambda self: len(self.invoices) > 2)
    @rule(pick=picks)
    def invoice_is_deleted(self, pick: int) -> None:
        invoice = self.invoices.pop(pick % len(self.invoices))
        self._forget(invoice.pk)
        delete_invoice(invoice=invoice, actor=SYSTEM, now=NOW)

    @precondition(lambda self: len(self.notes) > 1)
    @rule(pick=picks)
    def credit_note_is_deleted(self, pick: int) -> None:
        note = self.notes.pop(pick % len(self.notes))
        self._forget(note.pk)
        delete_credit_note(credit_note=note, actor=SYSTEM, now=NOW)

    def _forget(self, paper_id: UUID) -> None:
        self.by_hand = {pair: amount for pair, amount in self.by_hand.items() if paper_id not in pair}
        self.apart = {pair for pair in self.apart if paper_id not in pair}

    @invariant()
    def money_adds_up(self) -> None:
        check_money(self.accounts, today=TODAY)

    @invariant()
    def what_was_asked_for_stands(self) -> None:
        assert decided_pairs(self.accounts) == (self.by_hand, self.apart)
        papers = Invoice.objects.filter(account__in=self.accounts)
        assert {one.pk: one.paid_amount for one in papers} == {one.pk: self.paid[one.pk] for one in self.invoices}

    @invariant()
    def credit_never_overpays(self) -> None:
        now = {one.pk: one for one in Invoice.objects.filter(account__in=self.accounts)}
        for pk, invoice in now.items():
            assert invoice.remaining_amount >= 0 or invoice.credited_amount <= self.credited.get(pk, 0)
        self.credited = {pk: invoice.credited_amount for pk, invoice in now.items()}

    @invariant()
    def promises_come_true_with_their_invoices(self) -> None:
        for promise in self._promises():
            if promise.pk in self.decided:
                assert (promise.resolution, promise.is_automatic) == (self.decided[promise.pk], False)
            else:
                assert promise.is_open <= promise.invoices.open().exists()
        MoneyMachine.checks += 1


@pytest.mark.django_db
def test_money_adds_up_whatever_happens_in_whatever_order() -> None:
    profile = settings(
        settings(),
        max_examples=max(settings().max_examples // 4, 1),
        stateful_step_count=15,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    MoneyMachine.checks = 0
    run_state_machine_as_test(MoneyMachine, settings=profile)
    assert MoneyMachine.checks > profile.max_examples


WRITERS, STEPS = 8, 25


def act(random: Random, account: Account) -> None:
    """Do one thing to the account, whichever; the others may have been faster."""
    invoices, notes = list(account.invoices.all()), list(account.credit_notes.all())
    total, currency = Decimal(random.choice(["10", "33.33", "60.10", "100"])), random.choice(CURRENCIES)
    deed = random.choice(["invoice", "note", "pay", "pay", "allocate", "allocate", "remove", "drop", "drop note"])
    if deed == "invoice" or not invoices:
        arrive(account, DocumentKind.INVOICE, currency, total, due_in=random.randint(-60, 60))
    elif deed == "note" or not notes:
        arrive(account, DocumentKind.CREDIT_NOTE, currency, total)
    elif deed == "pay":
        set_paid_amount(invoice=random.choice(invoices), amount=total, paid_on=TODAY, actor=SYSTEM, now=NOW)
    elif deed == "allocate":
        note, invoice = random.choice(notes), random.choice(invoices)
        allocate(credit_note=note, invoice=invoice, amount=total, actor=SYSTEM, now=NOW)
    elif deed == "remove":
        remove_allocation(credit_note=random.choice(notes), invoice=random.choice(invoices), actor=SYSTEM, now=NOW)
    elif deed == "drop":
        delete_invoice(invoice=random.choice(invoices), actor=SYSTEM, now=NOW)
    else:
        delete_credit_note(credit_note=random.choice(notes), actor=SYSTEM, now=NOW)


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time; nothing races")
@pytest.mark.django_db(transaction=True)
def test_money_adds_up_under_eight_writers_at_once() -> None:
    accounts = AccountFactory.create_batch(2, organization=OrganizationFactory.create())

    def write(seed: int) -> int:
        random, done = Random(seed), 0  # noqa: S311 - chance, not a secret
        try:
            for _ in range(STEPS):
                try:
                    act(random, random.choice(accounts))
                except BillabexError:  # refused in a sentence, as it should be; what the database refuses is not
                    continue
                done += 1
        finally:
            connection.close()
        return done

    with ThreadPoolExecutor(WRITERS) as pool:
        done = list(pool.map(write, range(WRITERS)))
    assert min(done) > 0
    check_money(accounts, today=TODAY)
