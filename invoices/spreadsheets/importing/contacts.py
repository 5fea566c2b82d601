"""Importing contacts of accounts that are there: matched by email, else by name. Blank cells take nothing away."""

from __future__ import annotations

from collections import defaultdict
from itertools import batched
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from contacts.enums import EmailStatus
from contacts.models import Contact
from contacts.rules import name_from_email
from invoices.spreadsheets.directory import BATCH, Reference
from invoices.spreadsheets.enums import Effect
from invoices.spreadsheets.importing.base import Importer
from invoices.spreadsheets.matching import plain_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from uuid import UUID

    from accounts.models import Account
    from invoices.spreadsheets.importing.base import Setting
    from invoices.spreadsheets.understanding import Line, Sheet

DETAILS = ("full_name", "email", "language", "role", "notes", "is_primary", "do_not_contact", "copy_only")


class ContactImporter(Importer):
    """Creates and updates contacts."""

    cause = "contact"

    def __init__(self, sheet: Sheet, setting: Setting) -> None:
        super().__init__(sheet, setting)
        self._new: list[Contact] = []
        self._changes: list[tuple[Contact, dict[str, Any]]] = []
        self._claimed: dict[UUID, int] = {}
        self._primaries: dict[UUID, int] = {}
        self._undecided: set[UUID] = set()
        self._known: dict[UUID, list[Contact]] = {}

    def plan(self) -> None:
        """Find each line's account, then its contact there."""
        placed = list(self._placed())
        self._known = _contacts_of({account.pk for _line, account in placed})
        unmatched = [pair for pair in placed if not self._update_by_email(*pair)]
        for line, account in unmatched:
            if not self._update_by_name(line, account):
                self._add(line, account)
        self._choose_first_primaries()

    def _placed(self) -> Iterable[tuple[Line, Account]]:
        """Yield the lines with their accounts; refuse those without one, and those that name nobody."""
        directory = self.directory()
        rows: dict[tuple[UUID, str], int] = {}
        for line in self.sheet.good_lines:
            reference = Reference.of(line.values)
            if not reference:
                self.sheet.refuse(line, "company", _("This row does not say which account it is about."))
                continue
            account = directory.find(reference)
            email, name = line.values.get("email", ""), line.values.get("full_name", "")
            if account is None:
                sentence = _("There is no account “%(account)s”. Add it, or import it first.")
                self.sheet.refuse(line, "company", sentence % {"account": reference})
            elif not (email or name):
                self.sheet.refuse(line, "full_name", _("Enter a name or an email address."))
            elif (
                row := rows.setdefault((account.pk, email.casefold() or plain_title(name) or name), line.number)
            ) != line.number:
                sentence = _("Row %(row)d is about the same contact. Keep one of them.")
                self.sheet.refuse(line, "email" if email else "full_name", sentence % {"row": row})
            elif line.values.get("is_primary") and self._primaries.setdefault(account.pk, line.number) != line.number:
                sentence = _("Row %(row)d names another primary contact of this account. It has only one.")
                self.sheet.refuse(line, "is_primary", sentence % {"row": self._primaries[account.pk]})
            else:
                yield line, account

    def _update_by_email(self, line: Line, account: Account) -> bool:
        email = line.values.get("email", "").casefold()
        contact = next(
            (one for one in self._known.get(account.pk, ()) if email and one.email.casefold() == email), None
        )
        return contact is not None and self._update(line, contact)

    def _update_by_name(self, line: Line, account: Account) -> bool:
        name = plain_title(line.values.get("full_name", ""))
        free = (one for one in self._known.get(account.pk, ()) if one.pk not in self._claimed)
        contact = next((one for one in free if name and plain_title(one.full_name) == name), None)
        return contact is not None and self._update(line, contact)

    def _update(self, line: Line, contact: Contact) -> bool:
        """Note what the line changes about a contact; a second line about them is refused."""
        row = self._claimed.setdefault(contact.pk, line.number)
        if row != line.number:
            sentence = _("Row %(row)d is about the same contact. Keep one of them.")
            self.sheet.refuse(line, "full_name", sentence % {"row": row})
            return True
        wanted = {name: line.values[name] for name in DETAILS if name in line.values}
        if contact.email.casefold() == wanted.get("email", "").casefold():
            wanted.pop("email", None)  # only its case may differ
        changes = {name: value for name, value in wanted.items() if getattr(contact, name) != value}
        self.note(line, Effect.CHANGED if changes else Effect.UNCHANGED, contact.account_id)
        if changes:
            self._changes.append((contact, changes))
        return True

    def _add(self, line: Line, account: Account) -> None:
        values = {name: line.values[name] for name in DETAILS if name in line.values}
        values.setdefault("full_name", name_from_email(values.get("email", "")))
        values.setdefault("language", account.language or self.setting.organization.default_language)
        contact = Contact(account=account, **values)
        self._new.append(contact)
        if "is_primary" not in values:
            self._undecided.add(contact.pk)
        self.note(line, Effect.NEW, account.pk)

    def _choose_first_primaries(self) -> None:
        """Make the first contact of an account its primary one, as the form does, where the file leaves it open."""
        seen = {account_id for account_id, people in self._known.items() if people} | self._primaries.keys()
        for contact in self._new:
            if contact.account_id not in seen and contact.pk in self._undecided:
                seen.add(contact.account_id)
                contact.is_primary = True

    def write(self) -> Iterator[int]:
        """Store new contacts and changes; a new primary contact takes the flag from whoever had it."""
        rising = [contact.account_id for contact in self._new if contact.is_primary]
        rising += [contact.account_id for contact, changes in self._changes if changes.get("is_primary")]
        for batch in batched(rising, BATCH, strict=False):
            Contact.objects.filter(account__in=batch, is_primary=True).update(is_primary=False)
        changed_fields: set[str] = {"updated_at"}
        for contact, changes in self._changes:
            moved = {name: {"from": getattr(contact, name), "to": value} for name, value in changes.items()}
            if "email" in changes:
                changes["email_status"] = EmailStatus.VALID
            for name, value in changes.items():
                setattr(contact, name, value)
            contact.updated_at = self.setting.now
            changed_fields |= changes.keys()
            self.trace("contact.updated", contact, contact.account_id, moved)
        Contact.objects.bulk_update([one for one, _changes in self._changes], sorted(changed_fields), batch_size=BATCH)
        yield len(self._changes)
        Contact.objects.bulk_create(self._new, batch_size=BATCH)
        for contact in self._new:
            known = {name: value for name in DETAILS if (value := getattr(contact, name))}
            self.trace("contact.added", contact, contact.account_id, known)


def _contacts_of(account_ids: Iterable[UUID]) -> dict[UUID, list[Contact]]:
    """Return the accounts' contacts, the oldest first."""
    known: dict[UUID, list[Contact]] = defaultdict(list)
    for batch in batched(account_ids, BATCH, strict=False):
        for contact in Contact.objects.filter(account__in=batch).order_by("created_at", "id"):
            known[contact.account_id].append(contact)
    return known
