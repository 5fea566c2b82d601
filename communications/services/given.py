"""What people give for a message, taken only if it can be: a day, whom it goes to, and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from billabex.organizations.rules import local_date, opening
from communications.enums import Author, RecipientField
from communications.errors import DayInPast, WordsMissing, WrongRecipients
from communications.models import Recipient
from communications.rules import as_html, one_line, plain_text
from contacts.languages import written_language
from contacts.models import Contact

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime
    from typing import Any
    from uuid import UUID

    from communications.models import Communication


def put_on(message: Communication, day: date, now: datetime) -> None:
    """Put the message on a civil date of the organization, from the beginning of its sending hours.

    Raises:
        DayInPast: By the field's name.
    """
    if day < local_date(message.organization, now):
        raise DayInPast(fields={"planned_on": DayInPast.message})
    message.planned_on, message.scheduled_for = day, opening(message.organization, day)
    message.released_at, message.released_by = None, ""


def release(message: Communication, by: str, now: datetime) -> None:
    """Have the message leave with the next job, whatever the hour."""
    message.planned_on, message.scheduled_for = local_date(message.organization, now), now
    message.released_at, message.released_by = now, by


def recipients_among(message: Communication, to: Collection[UUID], cc: Collection[UUID]) -> list[Recipient]:
    """Return the recipients, unsaved: those it goes to first, then in the order of the account's contacts.

    Raises:
        WrongRecipients: By the field's name.
    """
    people = [person for person in Contact.objects.filter(account=message.account_id).in_order() if person.is_usable]
    addressable = {person.pk for person in people if not person.copy_only}
    if not to:
        raise WrongRecipients(fields={"to": _("Choose at least one person to write to.")})
    if not addressable.issuperset(to):
        raise WrongRecipients(fields={"to": _("Somebody chosen here cannot be written to.")})
    if not {person.pk for person in people}.issuperset(cc):
        raise WrongRecipients(fields={"cc": _("Somebody chosen here cannot be written to.")})
    if not set(to).isdisjoint(cc):
        raise WrongRecipients(fields={"cc": _("Whoever it goes to needs no copy.")})
    chosen = [(RecipientField.TO, one) for one in people if one.pk in to]
    chosen += [(RecipientField.CC, one) for one in people if one.pk in cc]
    return [
        Recipient(communication=message, field=field, contact=one, name=one.full_name, address=one.email)
        for field, one in chosen
    ]


def language_of(message: Communication, recipients: Iterable[Recipient]) -> str:
    """Return the language of the first whom a message goes to, if the agent writes in it, else the organization's."""
    wanted = next(one.contact.language for one in recipients if one.contact is not None)
    return written_language(wanted, message.organization.default_language)


def word(message: Communication, subject: str, text: str) -> None:
    """Give the message a person's words, and HTML that says the same.

    Raises:
        WordsMissing: By the field's name.
    """
    message.subject, message.body_text = one_line(subject), plain_text(text)
    if not message.subject or not message.body_text:
        raise WordsMissing(fields={"subject" if not message.subject else "body_text": WordsMissing.message})
    message.body_html = as_html(message.body_text, message.language)
    message.author = Author.MEMBER


def told(message: Communication, recipients: Iterable[Recipient]) -> dict[str, Any]:
    """Return what people gave for a message, as the audit log keeps it."""

    def people(field: RecipientField) -> list[str]:
        return sorted(one.address for one in known if one.field == field)

    known = list(recipients)
    words = {"subject": message.subject, "body_text": message.body_text} if message.is_worded else {}
    return {
        "planned_on": message.planned_on,
        "to": people(RecipientField.TO),
        "cc": people(RecipientField.CC),
        "subject": words.get("subject"),
        "body_text": words.get("body_text"),
    }
