"""Payment declarations: what a customer says it paid, or will pay, holds the follow-ups until it proves true or not.

A statement is never taken as money received.
"""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from accounts.services import lock_account, note_change
from billabex.core import audit
from billabex.core.actors import SYSTEM
from billabex.core.calendars import FIRST_DAY, LAST_DAY
from billabex.organizations.rules import local_date
from invoices import rules
from invoices.enums import DeclarationResolution
from invoices.errors import DeclarationResolved, DocumentNotFound, InvalidAmount, InvalidDate, NothingOpen
from invoices.models import Invoice, PaymentDeclaration

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from django.db.models import QuerySet

    from accounts.models import Account
    from billabex.core.actors import Actor

_BATCH = 2_000


@transaction.atomic
def declare_payment(
    *,
    account: Account,
    actor: Actor,
    now: datetime,
    invoices: Collection[Invoice] = (),
    announced_on: date | None = None,
    promised_on: date | None = None,
    has_proof: bool = False,
    amount: Decimal | None = None,
    currency: str = "",
    statement: str = "",
) -> PaymentDeclaration:
    """Record that a customer says it has paid, or will by a day.

    Args:
        account: Whose customer says so; locked.
        actor: Who says so, or who notes it down.
        now: The instant.
        invoices: What it is about; none named means all that are open now.
        announced_on: The civil date of the statement; today when None.
        promised_on: The civil date by which the customer will pay; None where it says it has paid.
        has_proof: A proof of payment came with it.
        amount: What is announced, where that was said.
        currency: ISO 4217, of the amount; the account's when empty.
        statement: The customer's words.

    Raises:
        InvalidDate, InvalidAmount: A day or the amount cannot be; `fields` says which and why.
        DocumentNotFound: An invoice is gone, or of another account.
        NothingOpen: No invoice is named, and none is open.
    """
    account = lock_account(account.pk)
    today = local_date(account.organization, now)
    announced_on = announced_on or today
    _refuse_dates(announced_on, promised_on, today)
    currency = "" if amount is None else currency or account.currency
    if amount is not None:
        _refuse_amount(amount, currency)
    covered = _covered(account, invoices)
    declaration = PaymentDeclaration.objects.create(
        organization_id=account.organization_id,
        account=account,
        announced_on=announced_on,
        promised_on=promised_on,
        has_proof=has_proof,
        amount=amount,
        currency=currency,
        statement=statement,
        declared_by=actor.label,
    )
    declaration.invoices.set(covered)
    facts = {"promised_on": promised_on, "has_proof": has_proof, "invoices": [one.number for one in covered]}
    _audit(actor, "payment-declaration.made", declaration, facts)
    settle_declarations([account.pk], now=now)
    note_change(account.pk, "declaration")
    declaration.refresh_from_db()
    return declaration


def _refuse_amount(amount: Decimal, currency: str) -> None:
    for name, sentence in (
        ("currency", rules.currency_error(currency)),
        ("amount", rules.amount_error(amount, currency)),
    ):
        if sentence:
            raise InvalidAmount(sentence, fields={name: sentence})


def _refuse_dates(announced_on: date, promised_on: date | None, today: date) -> None:
    if announced_on > today:
        raise InvalidDate(fields={"announced_on": _("This day is yet to come.")})
    if announced_on < FIRST_DAY:
        raise InvalidDate(fields={"announced_on": InvalidDate.message})
    if promised_on is not None and promised_on < announced_on:
        raise InvalidDate(fields={"promised_on": _("This day is past. Leave it empty if the customer has paid.")})
    if promised_on is not None and promised_on > LAST_DAY:
        raise InvalidDate(fields={"promised_on": InvalidDate.message})


def _covered(account: Account, named: Collection[Invoice]) -> list[Invoice]:
    """Return the invoices that are meant, of this account.

    Raises:
        DocumentNotFound: One of them is gone, or of another account.
        NothingOpen: None is named, and none is open: it would be settled as soon as it is said.
    """
    if not named:
        if not (still_open := list(Invoice.objects.filter(account=account).open())):
            raise NothingOpen
        return still_open
    keys = {invoice.pk for invoice in named}
    found = list(Invoice.objects.filter(account=account, pk__in=keys))
    if len(found) < len(keys):
        raise DocumentNotFound
    return found


@transaction.atomic
def resolve_declaration(
    *,
    declaration: PaymentDeclaration,
    resolution: DeclarationResolution,
    actor: Actor,
    now: datetime,
    note: str = "",
) -> PaymentDeclaration:
    """Decide what became of an announced payment, for good. What was resolved automatically may still be decided.

    It changes no paid amount: that is for whoever records the money.

    Raises:
        DeclarationResolved: A person decided before; `extra["declaration"]` says how.
        DocumentNotFound: It is gone with its account's data.
    """
    lock_account(declaration.account_id)
    fresh = PaymentDeclaration.objects.filter(pk=declaration.pk).first()
    if fresh is None:
        raise DocumentNotFound
    if fresh.is_decided:
        raise DeclarationResolved(declaration=fresh)
    fresh.resolution, fresh.resolution_note, fresh.is_automatic = resolution, note, False
    fresh.resolved_at, fresh.resolved_by = now, actor.label
    fresh.save(
        update_fields=["resolution", "resolution_note", "is_automatic", "resolved_at", "resolved_by", "updated_at"]
    )
    _audit(actor, "payment-declaration.resolved", fresh, {"resolution": resolution, "note": note})
    note_change(fresh.account_id, "declaration")
    return fresh


def settle_declarations(account_ids: Iterable[UUID], *, now: datetime) -> int:
    """Resolve the open declarations of the accounts whose invoices are all settled; return how many.

    What was settled and no longer is (a payment was entered by mistake) stands again. Runs in the caller's
    transaction, which holds the accounts' locks. Two queries for two thousand accounts when there is nothing to do. It
    announces nothing: what is settled is not followed up, whatever was said of it.
    """
    unsettled = Invoice.objects.filter(payment_declarations=OuterRef("pk"), settled_on__isnull=True)
    count = 0
    for batch in batched(account_ids, _BATCH, strict=False):
        _reopen(batch, unsettled, now)
        done = list(PaymentDeclaration.objects.open().filter(account__in=batch).exclude(Exists(unsettled)))
        if not done:
            continue
        count += PaymentDeclaration.objects.filter(pk__in=[one.pk for one in done]).update(
            resolution=DeclarationResolution.INVOICES_SETTLED,
            is_automatic=True,
            resolved_at=now,
            resolved_by=SYSTEM.label,
            updated_at=now,
        )
        for one in done:
            _audit(SYSTEM, "payment-declaration.resolved", one, {"resolution": DeclarationResolution.INVOICES_SETTLED})
    return count


def _reopen(account_ids: Collection[UUID], unsettled: QuerySet[Invoice], now: datetime) -> None:
    """Let statements stand again whose invoices are no longer settled: a payment was taken back, or credit moved.

    Only what was resolved automatically: a person's decision stays.
    """
    again = PaymentDeclaration.objects.filter(account__among=account_ids, is_automatic=True).filter(Exists(unsettled))
    for one in again:
        PaymentDeclaration.objects.filter(pk=one.pk).update(
            resolution="", is_automatic=False, resolved_at=None, resolved_by="", updated_at=now
        )
        _audit(SYSTEM, "payment-declaration.reopened", one, {})


def _audit(actor: Actor, action: str, declaration: PaymentDeclaration, changes: dict[str, Any]) -> None:
    audit.record(
        actor,
        action,
        declaration,
        organization_id=declaration.organization_id,
        account_id=declaration.account_id,
        changes=changes,
    )
