"""Organizations of the token's user, with their settings. Source: api.md 3; product.md 8."""

from __future__ import annotations

import re
from contextlib import contextmanager
from datetime import time
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import F, Prefetch
from django.db.models.functions import Lower
from django.urls import path
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from billabex.api import fields
from billabex.api.errors import UnknownOrganization
from billabex.api.examples import ORGANIZATION
from billabex.api.operations import operation
from billabex.api.serializers import Body, ListQuery, Output
from billabex.api.views import ApiView, Entrance
from billabex.organizations import services
from billabex.organizations.enums import MessageLanguage
from billabex.organizations.errors import DomainRefused, SettingsRefused
from billabex.organizations.models import EmailDomain, Organization

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.db.models import QuerySet

    from billabex.api.pages import Page, Sorts

SORTS: Sorts = {"name": Lower("name"), "createdAt": F("created_at")}
_NESTED = ("agent", "payment")


@extend_schema_field({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$", "examples": ["09:00"]})
class TimeOfDay(serializers.Field[time, Any, Any, Any]):
    """An hour and minute on the organization's clock."""

    default_error_messages = {"invalid": _("Give a time of the day, such as 09:00.")}

    def to_internal_value(self, data: Any) -> time:
        """Return the time."""
        if not isinstance(data, str) or not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", data):
            self.fail("invalid")
        return time.fromisoformat(data)

    def to_representation(self, value: time) -> str:
        """Return hour and minute."""
        return value.isoformat("minutes")


# --- In -----------------------------------------------------------------------------------------------------------


class AgentChanges(Body, partial=True):
    """What changes of the agent: how it signs, and when and what it writes."""

    name = fields.Text(max_length=80, source="agent_name", help_text="With which it signs.")
    signature = fields.OptionalText(max_length=2000, source="agent_signature", help_text="Below its name.")
    reply_to = fields.Email(help_text="Where answers go.")
    extra_delay_days = fields.Whole(
        min_value=0, max_value=90, help_text="Business days before the first follow-up of an overdue invoice."
    )
    entrusts_new_accounts = fields.Flag(help_text="Whether new accounts are followed up by the agent.")
    sends_from = TimeOfDay(help_text="When its sending hours begin, in the organization's time zone.")
    sends_until = TimeOfDay(help_text="When they end.")
    sends_letters = fields.Flag(help_text="Whether it writes letters.")
    mentions_interest = fields.Flag(help_text="Whether it mentions late-payment interest.")
    mentions_fixed_sum = fields.Flag(help_text="Whether it mentions the fixed sum for recovery costs.")


class PaymentChanges(Body, partial=True):
    """What changes of how customers pay."""

    account_holder = fields.OptionalText(max_length=140)
    iban = fields.OptionalText(max_length=50)
    bic = fields.OptionalText(max_length=20)
    link = fields.OptionalText(max_length=200, source="payment_link", help_text="Where customers pay online.")


class OrganizationChanges(Body, partial=True):
    """What changes of the settings; what is left out stays."""

    name = fields.Text(max_length=200, help_text="As customers know it.")
    domains = fields.Texts(
        max_length=254, most=50, help_text="All domains of its own addresses: those that are left out go."
    )
    country = fields.CountryCode(help_text="ISO 3166-1 alpha-2.")
    region = fields.OptionalText(max_length=20, source="subdivision", help_text="For its regional holidays.")
    time_zone = fields.Text(max_length=60, help_text="Of the tz database, such as Europe/Paris.")
    currency = fields.CurrencyCode(source="default_currency", help_text="Of new accounts.")
    default_language = serializers.ChoiceField(MessageLanguage.values, help_text="Where a customer's is not known.")
    payment_terms_days = fields.Whole(
        min_value=0, max_value=365, help_text="From issue to due date, where an invoice says nothing."
    )
    registration_number = fields.OptionalText(max_length=40)
    vat_number = fields.OptionalText(max_length=30)
    agent = AgentChanges()
    payment = PaymentChanges()

    class Meta:
        example = {"paymentTermsDays": 45, "domains": ["atelier.example"], "agent": {"extraDelayDays": 2}}


class OrganizationsQuery(ListQuery):
    """Which organizations."""

    sort = fields.Sort(*SORTS)


# --- Out ----------------------------------------------------------------------------------------------------------


class AgentOut(Output):
    """The agent: how it signs, and when and what it writes."""

    name = fields.Text(source="agent_name")
    signature = fields.OptionalText(source="agent_signature")
    reply_to = fields.OptionalText()
    extra_delay_days = fields.Whole()
    entrusts_new_accounts = fields.Flag()
    sends_from = TimeOfDay()
    sends_until = TimeOfDay()
    sends_letters = fields.Flag()
    mentions_interest = fields.Flag()
    mentions_fixed_sum = fields.Flag()


class PaymentInstructionsOut(Output):
    """How customers pay."""

    account_holder = fields.OptionalText()
    iban = fields.OptionalText()
    bic = fields.OptionalText()
    link = fields.OptionalText(source="payment_link")


class OrganizationOut(Output):
    """An organization, with its settings."""

    id = fields.Id()
    name = fields.Text()
    domains = fields.Texts(max_length=254, source="domains.all", help_text="By which its own people are told.")
    country = fields.Text()
    region = fields.OptionalText(source="subdivision")
    time_zone = fields.Text()
    currency = fields.Text(source="default_currency")
    default_language = serializers.ChoiceField(MessageLanguage.values)
    payment_terms_days = fields.Whole()
    registration_number = fields.OptionalText()
    vat_number = fields.OptionalText()
    agent = AgentOut(source="*")
    payment = PaymentInstructionsOut(source="*")
    created_at = fields.Instant()
    updated_at = fields.Instant()

    class Meta:
        example = {
            "id": ORGANIZATION,
            "name": "Atelier Nord",
            "domains": ["atelier.example"],
            "country": "FR",
            "region": None,
            "timeZone": "Europe/Paris",
            "currency": "EUR",
            "defaultLanguage": "fr",
            "paymentTermsDays": 30,
            "registrationNumber": "732829320",
            "vatNumber": "FR44732829320",
            "agent": {
                "name": "Alix",
                "signature": None,
                "replyTo": "billing@atelier.example",
                "extraDelayDays": 0,
                "entrustsNewAccounts": True,
                "sendsFrom": "09:00",
                "sendsUntil": "18:00",
                "sendsLetters": False,
                "mentionsInterest": False,
                "mentionsFixedSum": False,
            },
            "payment": {
                "accountHolder": "Atelier Nord SAS",
                "iban": "FR7630006000011234567890189",
                "bic": "AGRIFRPP",
                "link": None,
            },
            "createdAt": "2026-01-05T08:00:00Z",
            "updatedAt": "2026-11-22T09:30:00Z",
        }


# --- Views --------------------------------------------------------------------------------------------------------


def _with_domains(organizations: QuerySet[Organization]) -> QuerySet[Organization]:
    return organizations.prefetch_related(Prefetch("domains", EmailDomain.objects.order_by("name")))


class OrganizationsView(ApiView):
    """The organizations that the token's user works for."""

    @operation("List organizations", scope="organizations:read", query=OrganizationsQuery, pages=OrganizationOut)
    def get(self, query: dict[str, Any]) -> Page[Organization]:
        """Lists the organizations of the token's user, by name unless sorted otherwise."""
        organizations = Organization.objects.filter(memberships__user=self.user)
        return self.page(_with_domains(organizations), query, sorts=SORTS, default="name")


class OrganizationView(ApiView):
    """One organization."""

    enters = Entrance(Organization, "organization_id", UnknownOrganization, column="pk")

    @operation("Read an organization", scope="organizations:read", answers=OrganizationOut)
    def get(self, organization_id: UUID) -> Organization:
        """Answers an organization with its settings."""
        return _with_domains(Organization.objects.filter(pk=organization_id)).get()

    @operation(
        "Change an organization's settings",
        scope="organizations:all",
        owners=True,
        takes=OrganizationChanges,
        answers=OrganizationOut,
        refuses=[SettingsRefused, DomainRefused],
    )
    def patch(self, organization_id: UUID, body: dict[str, Any]) -> Organization:
        """Changes what is given of the settings, also within `agent` and `payment`; owners only.

        The agent plans anew with them: messages that are planned may move.
        """
        domains = body.pop("domains", None)
        changes = {name: value for name, value in body.items() if name not in _NESTED}
        for name in _NESTED:
            changes |= body.get(name, {})
        with transaction.atomic(), _beside_the_fields():
            services.update_settings(organization=self.organization, actor=self.actor, now=self.now, **changes)
            if domains is not None:
                services.set_domains(organization=self.organization, actor=self.actor, now=self.now, domains=domains)
        return _with_domains(Organization.objects.filter(pk=organization_id)).get()


@contextmanager
def _beside_the_fields() -> Iterator[None]:
    """Say what the service refuses beside the fields that the outside knows."""
    try:
        yield
    except SettingsRefused as error:
        paths = dict(_paths(OrganizationChanges()))
        raise SettingsRefused(fields={paths[name]: text for name, text in error.fields.items()}) from error


def _paths(body: Body, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield each setting with its place in a body."""
    for name, field in body.fields.items():
        if isinstance(field, Body):
            yield from _paths(field, f"{name}.")
        else:
            yield str(field.source), prefix + name


urlpatterns = [
    path("organizations", OrganizationsView.as_view(), name="api-organizations"),
    path("organizations/<key:organization_id>", OrganizationView.as_view(), name="api-organization"),
]
