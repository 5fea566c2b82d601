"""What is said of people, and what may be. Of contacts, two switches more may be set."""

from __future__ import annotations

from typing import Any

from billabex.api import fields
from billabex.api.examples import CONTACT, INSTANT
from billabex.api.serializers import Body, ListQuery, Output
from contacts.enums import EmailStatus, PartyType

_JANE: dict[str, Any] = {
    "fullName": "Jane Doe",
    "language": "en",
    "email": "jane@acme.com",
    "role": "Accounts Payable Manager",
    "notes": "Best reached in the morning",
    "isPrimary": True,
}
_SHOWN = {
    "id": CONTACT,
    **_JANE,
    "email": {"address": "jane@acme.com", "status": "Valid"},
    "doNotContact": False,
    "copyOnly": False,
    "createdAt": INSTANT,
    "updatedAt": INSTANT,
}
_OF_CONTACTS = "Of contacts; false for internal representatives, whom the agent never writes to."
_LONGEST_NOTES = 10_000


# --- In -----------------------------------------------------------------------------------------------------------


class PersonIn(Body):
    """A person."""

    full_name = fields.Text(max_length=200)
    language = fields.LanguageCode(help_text="ISO 639-1. The agent writes in en, fr, de, es, it, nl and pt.")
    email = fields.Email(help_text="The address alone. Null takes it away; another one counts as valid again.")
    role = fields.OptionalText(max_length=120, help_text="Their job.")
    notes = fields.OptionalText(max_length=_LONGEST_NOTES)
    is_primary = fields.Flag(
        required=False, default=False, help_text="Each account has one of a kind: true takes the flag from the other."
    )

    class Meta:
        example = _JANE


class PersonChanges(PersonIn, partial=True):
    """What changes of a person; what is left out stays."""

    class Meta:
        example = {"role": "Finance Director", "isPrimary": True}


class ContactIn(PersonIn):
    """A contact."""

    do_not_contact = fields.Flag(required=False, help_text="The agent never writes to them.")
    copy_only = fields.Flag(required=False, help_text="The agent only ever writes to them in copy.")


class ContactChanges(ContactIn, partial=True):
    """What changes of a contact; what is left out stays."""

    class Meta:
        example = {"role": "Finance Director", "isPrimary": True}


class PeopleQuery(ListQuery):
    """Which people."""

    email_status = fields.Code(
        EmailStatus, required=False, help_text="Only those who have an email address, and it has this status."
    )
    sort = fields.Sort("createdAt", "updatedAt", "fullName")


# --- Out ----------------------------------------------------------------------------------------------------------


class EmailOut(Output):
    """An address, and whether it can be written to."""

    address = fields.Text(source="email")
    status = fields.Code(EmailStatus, source="email_status", help_text="Set by what becomes of messages; read-only.")

    def to_representation(self, instance: Any) -> Any:
        """Return null for somebody without an address."""
        return super().to_representation(instance) if instance.email else None


class PersonOut(Output):
    """A person."""

    id = fields.Id()
    full_name = fields.Text()
    email = EmailOut(source="*", allow_null=True)
    language = fields.LanguageCode(help_text="ISO 639-1.")
    role = fields.OptionalText()
    notes = fields.OptionalText()
    is_primary = fields.Flag()
    do_not_contact = fields.Flag(default=False, help_text=_OF_CONTACTS)
    copy_only = fields.Flag(default=False, help_text=_OF_CONTACTS)
    created_at = fields.Instant()
    updated_at = fields.Instant()

    class Meta:
        example = _SHOWN


class PartyOut(PersonOut):
    """Somebody, and what they were taken for."""

    type = fields.Code(PartyType)

    class Meta:
        example = {"type": "Contact"} | _SHOWN
