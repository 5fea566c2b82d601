"""Writes of an organization's email domains, by which its own people are told from customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billabex.core import audit
from billabex.organizations.errors import DomainNotFound, DomainRefused
from billabex.organizations.models import EmailDomain
from billabex.organizations.rules import PUBLIC_DOMAINS, domain_of
from billabex.organizations.services.settings import lock_organization, note_change

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from billabex.core.actors import Actor
    from billabex.organizations.models import Organization

_is_domain_name = DomainNameValidator()


@transaction.atomic
def add_domain(*, organization: Organization, actor: Actor, now: datetime, name: str) -> EmailDomain:
    """Make a domain one of the organization's own: who writes from it, or from below it, is one of its people.

    Args:
        organization: Whose domain.
        actor: Who adds it.
        now: The instant.
        name: The domain, also as "@domain" or as an address on it.

    Raises:
        DomainRefused: It is no domain, one on which anybody may have an address, or there already.
    """
    organization = lock_organization(organization.pk)
    name = domain_of(name)
    try:
        _is_domain_name(name)
    except ValidationError as error:
        raise _refusal(_("Write a domain, as example.com.")) from error
    if name in PUBLIC_DOMAINS:
        raise _refusal(_("Anybody may have an address there: customers would be taken for your people."))
    try:
        with transaction.atomic():
            domain = EmailDomain.objects.create(organization=organization, name=name)
    except IntegrityError as error:
        raise _refusal(_("This domain is there already.")) from error
    _record("domain.added", domain, actor, now)
    return domain


@transaction.atomic
def remove_domain(*, organization: Organization, actor: Actor, now: datetime, domain_id: UUID) -> None:
    """Make a domain no longer one of the organization's own.

    Raises:
        DomainNotFound: It has no such domain.
    """
    organization = lock_organization(organization.pk)
    domain = organization.domains.filter(pk=domain_id).first()
    if domain is None:
        raise DomainNotFound
    _record("domain.removed", domain, actor, now)
    domain.delete()


def _refusal(sentence: str) -> DomainRefused:
    return DomainRefused(sentence, fields={"name": sentence})


def _record(action: str, domain: EmailDomain, actor: Actor, now: datetime) -> None:
    changes = {"name": domain.name}
    audit.record(actor, action, domain, organization_id=domain.organization_id, changes=changes)
    note_change(domain.organization, ["domains"], now)
