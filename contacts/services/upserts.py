"""Writes from other systems, which do not know whom we know. Source: api.md 4; seed 004."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.services import lock_account
from contacts.errors import PersonIncomplete
from contacts.kinds import CONTACTS, REPRESENTATIVES, Kind
from contacts.models import Contact, InternalRepresentative
from contacts.rules import is_of_domains, same_person
from contacts.services.people import add_person, update_person

if TYPE_CHECKING:
    from accounts.models import Account
    from billabex.core.actors import Actor


@transaction.atomic
def upsert_person[Row: (Contact, InternalRepresentative)](
    kind: Kind[Row], *, account: Account, actor: Actor, **details: Any
) -> tuple[Row, bool]:
    """Update whom an address and a name mean, else add somebody new: `contacts.rules.same_person` tells.

    Two at once about one person make one: the second waits for the account, and then finds whom the first has added.

    Args:
        kind: `CONTACTS` or `REPRESENTATIVES`; only they are looked through.
        account: Where they work, or which they look after.
        actor: Who writes.
        **details: What is given, as of `add_person`. Nothing else of a person who is known changes.

    Returns:
        The person, and whether they are new.

    Raises:
        AccountNotFound: The account is gone.
        PersonIncomplete: They are new, and their name or language is not given; by field.
    """
    lock_account(account.pk)
    people = list(kind.model.objects.filter(account=account).select_related("account").order_by("created_at", "id"))
    person = same_person(people, email=details.get("email", ""), name=details.get("full_name", ""))
    if person is not None:
        return update_person(person, actor=actor, **details), False
    sentences = {"full_name": _("Somebody new needs a name."), "language": _("Somebody new needs a language.")}
    if missing := {field: sentence for field, sentence in sentences.items() if not details.get(field)}:
        raise PersonIncomplete(fields=missing)
    return add_person(kind, account=account, actor=actor, **details), True


def upsert_contact(*, account: Account, actor: Actor, **details: Any) -> tuple[Contact, bool]:
    """Update a contact, or add a new one; see `upsert_person`."""
    return upsert_person(CONTACTS, account=account, actor=actor, **details)


def upsert_representative(*, account: Account, actor: Actor, **details: Any) -> tuple[InternalRepresentative, bool]:
    """Update an internal representative, or add a new one; see `upsert_person`."""
    return upsert_person(REPRESENTATIVES, account=account, actor=actor, **details)


def upsert_party(*, account: Account, actor: Actor, **details: Any) -> tuple[Contact | InternalRepresentative, bool]:
    """Update or add whoever it is: one of the organization's own people by the domain of their address, else a contact.

    Without an address it is a contact. See `upsert_person`.
    """
    domains = account.organization.domains.values_list("name", flat=True)
    if is_of_domains(details.get("email", ""), domains):
        return upsert_representative(account=account, actor=actor, **details)
    return upsert_contact(account=account, actor=actor, **details)
