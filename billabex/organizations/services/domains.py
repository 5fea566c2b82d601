"""Writes of an organization's email domains, by which its own people are told from customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.core.validators import DomainNameValidator, MaxLengthValidator
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billabex.core import audit
from billabex.organizations.errors import DomainNotFound, DomainRefused
from billabex.organizations.models import EmailDomain
from billabex.organizations.rules import PUBLIC_DOMAINS, domain_of
from billabex.organizations.services.settings import lock_organization, note_change

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime
    from uuid import UUID

    from billabex.core.actors import Actor
    from billabex.organizations.models import Organization

_CHECKS = (MaxLengthValidator(253), DomainNameValidator())


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
    domain = _add(organization, domain_of(name), actor)
    note_change(organization, ["domains"], now)
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
    _remove(domain, actor)
    note_change(organization, ["domains"], now)


@transaction.atomic
def set_domains(*, organization: Organization, actor: Actor, now: datetime, domains: Iterable[str]) -> None:
    """Make some domains all of the organization's own: others go, and those that stay are left alone.

    Args:
        organization: Whose domains.
        actor: Who sets them.
        now: The instant.
        domains: All of them, each as `add_domain` takes it; one that is named twice counts once.

    Raises:
        DomainRefused: One of them cannot be; the sentence stands beside its place, such as "domains.1".
    """
    organization = lock_organization(organization.pk)
    wanted: dict[str, int] = {}
    for place, name in enumerate(map(domain_of, domains)):
        wanted.setdefault(name, place)
    known = {domain.name.lower(): domain for domain in organization.domains.all()}
    if wanted.keys() == known.keys():
        return
    for name in known.keys() - wanted.keys():
        _remove(known[name], actor)
    for name, place in wanted.items():
        if name not in known:
            try:
                _add(organization, name, actor)
            except DomainRefused as error:
                raise DomainRefused(error.message, fields={f"domains.{place}": error.message}) from error
    note_change(organization, ["domains"], now)


def _add(organization: Organization, name: str, actor: Actor) -> EmailDomain:
    """Keep a domain of the organization, whose row is locked."""
    try:
        for check in _CHECKS:
            check(name)
    except ValidationError as error:
        raise _refusal(_("Write a domain, as example.com.")) from error
    if name in PUBLIC_DOMAINS:
        raise _refusal(_("Anybody may have an address there: customers would be taken for your people."))
    try:
        with transaction.atomic():
            domain = EmailDomain.objects.create(organization=organization, name=name)
    except IntegrityError as error:
        raise _refusal(_("This domain is there already.")) from error
    _record("domain.added", domain, actor)
    return domain


def _remove(domain: EmailDomain, actor: Actor) -> None:
    _record("domain.removed", domain, actor)
    domain.delete()


def _refusal(sentence: str) -> DomainRefused:
    return DomainRefused(sentence, fields={"name": sentence})


def _record(action: str, domain: EmailDomain, actor: Actor) -> None:
    changes = {"name": domain.name}
    audit.record(actor, action, domain, organization_id=domain.organization_id, changes=changes)
