"""What can go wrong with contacts, one class per cause."""

from django.utils.translation import gettext_lazy as _

from billabex.core.errors import InvalidInput, NotFound, RuleViolation


class ContactNotFound(NotFound):
    """No contact of that id at this account."""

    code = "contacts.contact.not-found"
    message = _("There is no such contact at this account.")


class EmailTaken(RuleViolation):
    """The account already has a contact with that address."""

    code = "contacts.contact.email-taken"
    message = _("This account already has a contact with that email address.")


class NotUnderstood(InvalidInput):
    """A free text in which no contact was found."""

    code = "contacts.text.not-understood"
    message = _("No email address was found in this text. Write, for example: “Jane Doe, jane@acme.com, English”.")
