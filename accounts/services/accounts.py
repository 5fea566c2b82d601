"""Creating, changing and deleting accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction

from accounts.enums import FollowUpOwner
from accounts.errors import CurrencyFixed, WrongConfirmation
from accounts.models import Account
from accounts.ports import remove_belongings
from accounts.rules import compact_number, match_key
from accounts.services.base import audit_account, lock_account
from billabex.core import audit, events

if TYPE_CHECKING:
    from datetime import datetime

    from billabex.core.actors import Actor
    from billabex.organizations.models import Organization

_NUMBERS = ("registration_number", "vat_number")


@transaction.atomic
def create_account(
    *, organization: Organization, name: str, actor: Actor, currency: str = "", **details: str
) -> Account:
    """Create an account, entrusted to the agent or handled in-house as the organization's setting says.

    Args:
        organization: The tenant.
        name: The company's name, used in follow-ups.
        actor: Who creates it.
        currency: ISO 4217; the organization's default when empty.
        **details: Address, numbers, phone and language, by field name of `Account`.
    """
    for field in _NUMBERS:
        details[field] = compact_number(details.get(field, ""))
    account = Account.objects.create(
        organization=organization,
        name=name.strip(),
        match_key=match_key(name),
        currency=currency or organization.default_currency,
        follow_up_owner=FollowUpOwner.AGENT if organization.entrusts_new_accounts else FollowUpOwner.IN_HOUSE,
        **details,
    )
    audit.record(
        actor,
        "account.created",
        account,
        organization_id=organization.pk,
        account_id=account.pk,
        changes={"name": account.name, "currency": account.currency},
    )
    events.announce(account.pk, "account")
    return account


@transaction.atomic
def update_account(*, account: Account, actor: Actor, **details: Any) -> Account:
    """Change an account's information; what stays the same writes nothing.

    Raises:
        CurrencyFixed: The currency would change although the account has documents.
    """
    account = lock_account(account.pk)
    for field in _NUMBERS:
        if field in details:
            details[field] = compact_number(details[field])
    if "name" in details:
        details["name"] = details["name"].strip()
        details["match_key"] = match_key(details["name"])
    changes = {field: value for field, value in details.items() if getattr(account, field) != value}
    if not changes:
        return account
    if "currency" in changes and has_documents(account):
        raise CurrencyFixed
    before = {field: getattr(account, field) for field in changes}
    for field, value in changes.items():
        setattr(account, field, value)
    account.save(update_fields=[*changes, "updated_at"])
    audit_account(
        account,
        actor,
        "account.updated",
        {f: {"from": before[f], "to": changes[f]} for f in changes if f != "match_key"},
    )
    events.announce(account.pk, "account")
    return account


def has_documents(account: Account) -> bool:
    """Tell whether the account has an invoice or a credit note."""
    related = Account.objects.filter(pk=account.pk)
    return related.filter(invoices__isnull=False).exists() or related.filter(credit_notes__isnull=False).exists()


@transaction.atomic
def delete_account(*, account: Account, actor: Actor, now: datetime, typed_name: str | None = None) -> None:
    """Delete the account for good, with all that belongs to it; only the audit log remains.

    Args:
        account: What goes.
        actor: Who deletes it.
        now: The instant.
        typed_name: The account's name as a person typed it to confirm; None where a program deletes it.

    Raises:
        WrongConfirmation: The typed name is not the account's.
    """
    account = lock_account(account.pk)
    if typed_name is not None and typed_name.strip() != account.name:
        raise WrongConfirmation(fields={"typed_name": WrongConfirmation.message})
    audit_account(account, actor, "account.deleted", {"name": account.name})
    Account.objects.filter(pk=account.pk).update(deletion_started_at=now)
    remove_belongings(account)
    account.delete()
