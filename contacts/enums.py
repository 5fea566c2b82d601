"""The fixed vocabularies of contacts."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class EmailStatus(TextChoices):
    """Whether an address can be written to; read-only, set by delivery results (seed 004, "Email Status")."""

    VALID = "Valid", _("Valid")
    BOUNCED = "Bounced", pgettext_lazy("email address", "Bounced")
    COMPLAINED = "Complained", pgettext_lazy("email address", "Complained")


class PartyType(TextChoices):
    """The two kinds of people that an account has (seed 004, "The Party Concept")."""

    CONTACT = "Contact", _("Contact")
    INTERNAL_REPRESENTATIVE = "InternalRepresentative", _("Internal representative")
