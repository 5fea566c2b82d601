"""Users, organizations, and who works for which."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from billabex.core.actors import Actor, ActorKind
from billabex.core.calendars import Place
from billabex.core.checks import country_code, currency_code, language_code, not_blank, one_of
from billabex.core.models import BaseModel
from billabex.organizations.enums import InterfaceLanguage, MessageLanguage, Role
from billabex.organizations.validators import (
    validate_bic,
    validate_country,
    validate_currency,
    validate_iban,
    validate_time_zone,
)

LONGEST_CLOSURE = timedelta(days=366)
"""A year, leap or not: what is closed for longer is better suspended."""


class UserManager(BaseUserManager["User"]):
    """Makes users, whose email is their login, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the user of an email address, ignoring case."""
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a user; without a password, nobody can sign in as them yet."""
        user = self.model(email=self.normalize_email(email).strip(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a user who may do everything in the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin, BaseModel):
    """A person who signs in, with an email address as login."""

    email = models.EmailField(_("email"), unique=True)
    full_name = models.CharField(_("full name"), max_length=200, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=InterfaceLanguage, default=InterfaceLanguage.ENGLISH
    )
    is_staff = models.BooleanField(_("staff"), default=False, help_text=_("May open the admin."))
    is_active = models.BooleanField(_("active"), default=True, help_text=_("May sign in."))

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="organizations_user_email"),
            not_blank("organizations_user", "email"),
            one_of("organizations_user", "language", InterfaceLanguage),
        ]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_short_name(self) -> str:
        """Return what to call the user."""
        return str(self)


class Organization(BaseModel):
    """The company that is owed: the tenant. Everything belongs to exactly one."""

    name = models.CharField(_("name"), max_length=200, help_text=_("As your customers know it."))
    slug = models.SlugField(_("slug"), max_length=60, unique=True)
    vat_number = models.CharField(_("VAT number"), max_length=30, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=40, blank=True)
    country = models.CharField(_("country"), max_length=2, default="FR", validators=[validate_country])
    subdivision = models.CharField(_("region"), max_length=20, blank=True, help_text=_("For regional holidays."))
    time_zone = models.CharField(_("time zone"), max_length=60, default="Europe/Paris", validators=[validate_time_zone])
    default_language = models.CharField(
        _("default language"), max_length=2, choices=MessageLanguage, default=MessageLanguage.ENGLISH
    )
    default_currency = models.CharField(
        _("default currency"), max_length=3, default="EUR", validators=[validate_currency]
    )
    payment_terms_days = models.PositiveSmallIntegerField(
        _("default payment terms"),
        default=30,
        validators=[MaxValueValidator(365)],
        help_text=_("Days from issue to due date when an invoice says nothing."),
    )

    agent_name = models.CharField(_("agent's name"), max_length=80, default="Alix")
    agent_signature = models.TextField(_("agent's signature"), blank=True)
    reply_to = models.EmailField(_("reply-to address"), blank=True)
    iban = models.CharField(_("IBAN"), max_length=34, blank=True, validators=[validate_iban])
    bic = models.CharField(_("BIC"), max_length=11, blank=True, validators=[validate_bic])
    account_holder = models.CharField(_("account holder"), max_length=140, blank=True)
    payment_link = models.URLField(_("payment link"), blank=True)
    extra_delay_days = models.PositiveSmallIntegerField(
        _("extra delay"),
        default=0,
        validators=[MaxValueValidator(90)],
        help_text=_("Business days added before the first follow-up of an overdue invoice."),
    )
    entrusts_new_accounts = models.BooleanField(_("entrust new accounts to the agent"), default=True)
    sends_from = models.TimeField(_("sending hours from"), default=time(9))
    sends_until = models.TimeField(_("sending hours until"), default=time(18))
    mentions_interest = models.BooleanField(_("mention late-payment interest"), default=False)
    mentions_fixed_sum = models.BooleanField(_("mention the fixed sum for recovery costs"), default=False)
    sends_letters = models.BooleanField(_("letters"), default=False)

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            not_blank("organizations_organization", "name"),
            not_blank("organizations_organization", "slug"),
            not_blank("organizations_organization", "agent_name"),
            country_code("organizations_organization", blank=False),
            currency_code("organizations_organization", "default_currency"),
            language_code("organizations_organization", "default_language"),
            models.CheckConstraint(name="organizations_organization_terms", condition=Q(payment_terms_days__lte=365)),
            models.CheckConstraint(
                name="organizations_organization_extra_delay", condition=Q(extra_delay_days__lte=90)
            ),
            models.CheckConstraint(
                name="organizations_organization_hours", condition=Q(sends_from__lt=F("sends_until"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which this organization's dates are civil dates."""
        return ZoneInfo(self.time_zone)

    @property
    def place(self) -> Place:
        """Where its business days are."""
        return Place(self.country, self.subdivision)


class Closure(BaseModel):
    """Days, both ends included, on which the organization is closed and the agent does not write."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="closures")
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    label = models.CharField(_("occasion"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("closure")
        verbose_name_plural = _("closures")
        ordering = ["starts_on", "ends_on", "id"]
        constraints = [
            models.CheckConstraint(name="organizations_closure_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="organizations_closure_length", condition=Q(ends_on__lt=F("starts_on") + LONGEST_CLOSURE)
            ),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.starts_on} – {self.ends_on}"


class EmailDomain(BaseModel):
    """A domain of the organization's own addresses: who writes from it is one of its people."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="domains")
    name = models.CharField(_("domain"), max_length=253)

    class Meta:
        verbose_name = _("email domain")
        verbose_name_plural = _("email domains")
        constraints = [
            models.UniqueConstraint("organization", Lower("name"), name="organizations_emaildomain_name"),
            not_blank("organizations_emaildomain", "name"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(BaseModel):
    """A user's place in an organization: a member."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.MEMBER)

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(fields=["organization", "user"], name="organizations_membership_user"),
            one_of("organizations_membership", "role", Role),
        ]

    def __str__(self) -> str:
        return str(self.user)

    @property
    def can_write(self) -> bool:
        """Whether the member may change anything."""
        return self.role != Role.READ_ONLY

    @property
    def is_owner(self) -> bool:
        """Whether the member may change the settings."""
        return self.role == Role.OWNER

    @property
    def actor(self) -> Actor:
        """The member as the audit log knows them."""
        return Actor(ActorKind.MEMBER, str(self.user), self.user_id)
