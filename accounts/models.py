"""Accounts: customer companies that owe the organization, and what people attach to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import AccountStatus, FollowUpOwner, PauseReason, SourceSystem
from billabex.core.calendars import Place, subdivision_named
from billabex.core.checks import country_code, currency_code, language_code, not_blank, one_of
from billabex.core.models import BaseModel, TenantQuerySet
from billabex.organizations.enums import MessageLanguage
from billabex.organizations.models import Organization

if TYPE_CHECKING:
    from datetime import date


class AccountQuerySet(TenantQuerySet["Account"]):
    """Accounts, with what lists show of them."""

    def followed_up(self) -> Self:
        """Keep the accounts that the agent may act on."""
        return self.filter(status=AccountStatus.ACTIVE, follow_up_owner=FollowUpOwner.AGENT)


class Account(BaseModel):
    """A customer company that owes the organization."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="accounts")
    name = models.CharField(_("company name"), max_length=200, help_text=_("Used in follow-ups."))
    match_key = models.CharField(
        max_length=200,
        editable=False,
        help_text="The name without case, accents, punctuation and legal form.",
    )
    street = models.CharField(_("street"), max_length=300, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    state_or_province = models.CharField(_("state or province"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=40, blank=True)
    vat_number = models.CharField(_("VAT number"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=MessageLanguage, blank=True)
    status = models.CharField(_("status"), max_length=20, choices=AccountStatus, default=AccountStatus.ACTIVE)
    follow_up_owner = models.CharField(
        _("follow-ups"), max_length=20, choices=FollowUpOwner, default=FollowUpOwner.AGENT
    )
    tags: models.ManyToManyField[Tag, models.Model] = models.ManyToManyField(
        "Tag", related_name="accounts", blank=True, verbose_name=_("tags")
    )
    deletion_started_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="Set while the whole account goes: only then do kept rows go with it.",
    )

    objects = AccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["name", "id"]
        indexes = [
            models.Index("organization", Lower("name"), "id", name="accounts_account_name"),
            models.Index(fields=["organization", "updated_at", "id"], name="accounts_account_updated"),
            models.Index(fields=["organization", "created_at", "id"], name="accounts_account_created"),
            models.Index(fields=["organization", "match_key"], name="accounts_account_match"),
            models.Index(
                fields=["organization", "vat_number"],
                name="accounts_account_vat",
                condition=~Q(vat_number=""),
            ),
            models.Index(
                fields=["organization", "registration_number"],
                name="accounts_account_registration",
                condition=~Q(registration_number=""),
            ),
        ]
        constraints = [
            not_blank("accounts_account", "name"),
            country_code("accounts_account"),
            currency_code("accounts_account"),
            language_code("accounts_account", blank=True),
            one_of("accounts_account", "status", AccountStatus),
            one_of("accounts_account", "follow_up_owner", FollowUpOwner),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the account's page."""
        return reverse("accounts:detail", args=[self.pk])

    @property
    def place(self) -> Place:
        """Where its business days are; of its region where the address names one that has holidays of its own."""
        return Place(self.country, subdivision_named(self.country, self.state_or_province))


class Source(BaseModel):
    """The link from an account to its record in an external system. Never changed but for when the record was."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="account_sources")
    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="source")
    system = models.CharField(_("system"), max_length=40, choices=SourceSystem, default=SourceSystem.CUSTOM)
    connection_id = models.UUIDField(
        _("connection id"), null=True, blank=True, help_text="What an API client calls its connection, if it does."
    )
    external_id = models.CharField(_("external id"), max_length=200)
    record_changed_at = models.DateTimeField(
        _("record changed"), null=True, blank=True, help_text="As the external system says."
    )

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = [
            models.UniqueConstraint(fields=["organization", "external_id"], name="accounts_source_external_id"),
            not_blank("accounts_source", "external_id"),
            one_of("accounts_source", "system", SourceSystem),
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.external_id}"


class PauseQuerySet(models.QuerySet["Pause"]):
    """Pauses of any account."""

    def live(self, today: date) -> Self:
        """Keep those that hold follow-ups on the day: a pause with an end date ends by itself on it."""
        return self.filter(Q(until__isnull=True) | Q(until__gt=today), ended_at__isnull=True)


class Pause(BaseModel):
    """Follow-ups of an account suspended, with a reason, until a day or until someone resumes them."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="pauses")
    reason = models.CharField(_("reason"), max_length=30, choices=PauseReason)
    note = models.TextField(_("note"), blank=True)
    started_on = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Follow-ups resume on this day."))
    started_by = models.CharField(_("paused by"), max_length=300)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=300, blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["-started_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ended_at__isnull=True), name="accounts_pause_one_open"
            ),
            one_of("accounts_pause", "reason", PauseReason),
            models.CheckConstraint(
                name="accounts_pause_until_later",
                condition=Q(until__isnull=True) | Q(until__gt=F("started_on")),
            ),
            models.CheckConstraint(
                name="accounts_pause_ended_by", condition=Q(ended_at__isnull=True) | ~Q(ended_by="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_reason_display())


class Tag(BaseModel):
    """A word that people sort their accounts by."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="tags")
    name = models.CharField(_("name"), max_length=40)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("organization", Lower("name"), name="accounts_tag_name"),
            not_blank("accounts_tag", "name"),
        ]

    def __str__(self) -> str:
        return self.name


class Note(BaseModel):
    """What a member wants colleagues to know about an account. Customers never see it."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-created_at", "-id"]
        constraints = [not_blank("accounts_note", "text")]

    def __str__(self) -> str:
        return self.text[:60]
