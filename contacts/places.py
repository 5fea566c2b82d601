"""What contacts put on the account's page: its people, and what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from accounts.timeline import Panel
from billabex.core.places import fills
from contacts.selectors import contacts_of, representatives_of

if TYPE_CHECKING:
    from datetime import date

    from django.utils.functional import _StrPromise

    from accounts.models import Account

TITLES = {
    "contact.added": ("user-plus", _("Contact added")),
    "contact.updated": ("contact", _("Contact changed")),
    "contact.deleted": ("user", _("Contact deleted")),
    "representative.added": ("user-plus", _("Internal representative added")),
    "representative.updated": ("contact", _("Internal representative changed")),
    "representative.deleted": ("user", _("Internal representative deleted")),
}


@fills("account.aside", order=200)
def aside(account: Account, *, today: date) -> Panel:
    """Show who is written to, beside every tab."""
    return Panel("contacts/aside.html", {"account": account, "contacts": contacts_of(account)})


@fills("account.details")
def details(account: Account, *, today: date) -> Panel:
    """Show contacts and internal representatives in full, under Details."""
    people = {"contacts": contacts_of(account), "representatives": representatives_of(account)}
    return Panel("contacts/people.html", {"account": account, **people})


@fills("account.history")
def history() -> dict[str, tuple[str, _StrPromise]]:
    """Say how the account's history tells who came, changed and went: icon and title by action."""
    return TITLES
