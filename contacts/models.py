"""People: contacts at the account, and the organization's own representatives for it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from billabex.core.checks import iso_language_code, not_blank, one_of
from billabex.core.models import BaseModel
from contacts.enums import EmailStatus, PartyType
from contacts.languages import language_choices
from contacts.rules import is_usable


class PersonQuerySet[Row: models.Model](models.QuerySet[Row]):
    """People, the primary one first, then whoever came first."""

    def in_order(self) -> Self:
        """Order as they are written to: the primary, then the oldest."""
        return self.order_by("-is_primary", "created_at", "id")


class Person(BaseModel):
    """What contacts and internal representatives have in common: a party (seed 004)."""

    full_name = models.CharField(_("full name"), max_length=200)
    email = models.EmailField(_("email"), blank=True)
    email_status = models.CharField(
        _("email status"), max_length=20, choices=EmailStatus, default=EmailStatus.VALID, editable=False
    )
    language = models.CharField(_("language"), max_length=2, choices=language_choices)
    role = models.CharField(_("role"), max_length=120, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    is_primary = models.BooleanField(_("primary"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.full_name


class Contact(Person):
    """A person at the account; receives messages."""

    type: ClassVar = PartyType.CONTACT

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="contacts")
    do_not_contact = models.BooleanField(_("do not contact"), default=False)
    copy_only = models.BooleanField(_("copy only"), default=False, help_text=_("Only ever written to in copy."))

    objects = PersonQuerySet["Contact"].as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            not_blank("contacts_contact", "full_name"),
            iso_language_code("contacts_contact"),
            one_of("contacts_contact", "email_status", EmailStatus),
            models.UniqueConstraint(
                fields=["account"], condition=Q(is_primary=True), name="contacts_contact_one_primary"
            ),
            models.UniqueConstraint("account", Lower("email"), condition=~Q(email=""), name="contacts_contact_email"),
        ]

    @property
    def is_usable(self) -> bool:
        """Whether the agent may write to them at all, be it in copy (agent.md 4)."""
        return is_usable(self.email, self.email_status, do_not_contact=self.do_not_contact)


class InternalRepresentative(Person):
    """A person of the organization responsible for an account; kept informed, never reminded."""

    type: ClassVar = PartyType.INTERNAL_REPRESENTATIVE

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="internal_representatives")

    objects = PersonQuerySet["InternalRepresentative"].as_manager()

    class Meta:
        verbose_name = _("internal representative")
        verbose_name_plural = _("internal representatives")
        constraints = [
            not_blank("contacts_representative", "full_name"),
            iso_language_code("contacts_representative"),
            one_of("contacts_representative", "email_status", EmailStatus),
            models.UniqueConstraint(
                fields=["account"], condition=Q(is_primary=True), name="contacts_representative_one_primary"
            ),
            models.UniqueConstraint(
                "account", Lower("email"), condition=~Q(email=""), name="contacts_representative_email"
            ),
        ]
