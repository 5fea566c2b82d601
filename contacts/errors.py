"""What can go wrong with contacts, one class per cause."""

from django.utils.translation import gettext_lazy as _

from billabex.core.errors import InvalidInput, NotFound, RuleViolation


class ContactNotFound(NotFound):
    """No contact of that id at this account."""

    code = "contacts.contact.not-found"
    message = _("There is no such contact at this account.")


class RepresentativeNotFound(NotFound):
    """No internal representative of that id for this account."""

    code = "contacts.internal-representative.not-found"
    message = _("There is no such internal representative for this account.")


class EmailTaken(RuleViolation):
    """The account already has a contact with that address."""

    code = "contacts.contact.email-taken"
    message = _("This account already has a contact with that email address.")


class RepresentativeEmailTaken(RuleViolation):
    """The account already has an internal representative with that address."""

    code = "contacts.internal-representative.email-taken"
    message = _("This account already has an internal representative with that email address.")


class PersonIncomplete(InvalidInput):
    """Somebody new lacks what everybody has."""

    code = "contacts.person.incomplete"
    message = _("Somebody new needs a name and a language.")


class NotUnderstood(InvalidInput):
    """A free text in which no contact was found."""

    code = "contacts.text.not-understood"
    message = _("No email address was found in this text. Write, for example: “Jane Doe, jane@acme.com, English”.")
