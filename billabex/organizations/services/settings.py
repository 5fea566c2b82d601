"""Writes of an organization's settings. Each locks the organization's row, audits from what to what, and tells."""

from __future__ import annotations

from copy import copy
from datetime import time
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billabex.core import audit
from billabex.organizations.errors import SettingsRefused
from billabex.organizations.models import Organization
from billabex.organizations.ports import announce_settings
from billabex.organizations.regions import regions
from billabex.organizations.rules import compact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from billabex.core.actors import Actor

SETTINGS = frozenset(
    [
        "account_holder",
        "agent_name",
        "agent_signature",
        "bic",
        "country",
        "default_currency",
        "default_language",
        "entrusts_new_accounts",
        "extra_delay_days",
        "iban",
        "mentions_fixed_sum",
        "mentions_interest",
        "name",
        "payment_link",
        "payment_terms_days",
        "registration_number",
        "reply_to",
        "sends_from",
        "sends_letters",
        "sends_until",
        "subdivision",
        "time_zone",
        "vat_number",
    ]
)
"""The fields of `Organization` that its owners may change."""

_NUMBERS = {"bic", "iban", "registration_number", "vat_number"}


def lock_organization(organization_id: UUID) -> Organization:
    """Lock the organization's row until the transaction ends."""
    return Organization.objects.select_for_update().get(pk=organization_id)


def note_change(organization: Organization, fields: Iterable[str], now: datetime) -> None:
    """Stamp the organization as changed, and tell the house once the transaction commits."""
    Organization.objects.filter(pk=organization.pk).update(updated_at=now)
    announce_settings(organization.pk, fields)


def proposed_changes(organization: Organization, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return which of the values would change the organization, as they would be kept. Writes nothing.

    Raises:
        SettingsRefused: Some cannot be; the sentences stand beside the fields.
        TypeError: Something among them is no setting.
    """
    if unknown := values.keys() - SETTINGS:
        raise TypeError(f"Not settings of an organization: {', '.join(sorted(unknown))}")
    proposal = copy(organization)
    for field, value in values.items():
        setattr(proposal, field, _tidy(field, value))
    names = [field for field in values if getattr(proposal, field) != getattr(organization, field)]
    if refusals := _refusals(proposal, names):
        raise SettingsRefused(fields=refusals)
    return {field: getattr(proposal, field) for field in names}


@transaction.atomic
def update_settings(*, organization: Organization, actor: Actor, now: datetime, **changes: Any) -> Organization:
    """Change an organization's settings; what stays the same writes nothing.

    Args:
        organization: Whose settings.
        actor: Who changes them.
        now: The instant.
        **changes: New values by field name, of those in `SETTINGS`.

    Raises:
        SettingsRefused: Some cannot be; the sentences stand beside the fields.
    """
    organization = lock_organization(organization.pk)
    proposed = proposed_changes(organization, changes)
    if not proposed:
        return organization
    audited = {f: {"from": _written(getattr(organization, f)), "to": _written(proposed[f])} for f in sorted(proposed)}
    for field, value in proposed.items():
        setattr(organization, field, value)
    organization.save(update_fields=[*proposed])
    audit.record(actor, "organization.settings-changed", organization, organization_id=organization.pk, changes=audited)
    note_change(organization, proposed, now)
    return organization


def _tidy(field: str, value: Any) -> Any:
    """Return the value without what people type around it."""
    if not isinstance(value, str):
        return value
    return compact(value) if field in _NUMBERS else value.replace("\r\n", "\n").strip()


def _refusals(proposal: Organization, fields: list[str]) -> dict[str, str]:
    """Return what is wrong with the changed fields of the proposal: each alone first, then with its neighbours."""
    others = {field.name for field in Organization._meta.fields} - set(fields)  # noqa: SLF001 - Django's documented API
    try:
        proposal.clean_fields(exclude=others)
    except ValidationError as error:
        return {field: " ".join(sentences) for field, sentences in error.message_dict.items()}
    refusals = {}
    if {"country", "subdivision"} & set(fields) and proposal.subdivision not in ["", *regions(proposal.country)]:
        refusals["subdivision"] = _("Choose a region of this country, or none.")
    if {"sends_from", "sends_until"} & set(fields) and proposal.sends_from >= proposal.sends_until:
        refusals["sends_until"] = _("Sending hours must end after they begin.")
    return refusals


def _written(value: Any) -> Any:
    """Return a time of the day as the audit log can carry it; anything else as it is."""
    return value.isoformat("minutes") if isinstance(value, time) else value
