"""Writes about organizations and their members."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from billabex.core import audit
from billabex.core.errors import RuleViolation
from billabex.organizations.enums import Role
from billabex.organizations.models import EmailDomain, Membership, Organization, User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from billabex.core.actors import Actor


@transaction.atomic
def create_organization(
    *, name: str, actor: Actor, slug: str = "", domains: Iterable[str] = (), **settings: Any
) -> Organization:
    """Create an organization.

    Args:
        name: As its customers know it.
        actor: Who creates it.
        slug: Its short name for commands and addresses; made from the name when empty.
        domains: Its people's email domains.
        **settings: Further fields of `Organization`.

    Raises:
        RuleViolation: The slug is taken.
    """
    slug = slug or slugify(name)[:60]
    try:
        with transaction.atomic():
            organization = Organization.objects.create(name=name, slug=slug, **settings)
    except IntegrityError as error:
        if not Organization.objects.filter(slug=slug).exists():
            raise
        raise RuleViolation(
            _("There is already an organization “%(slug)s”; choose another short name.") % {"slug": slug},
            code="organizations.organization.slug-taken",
        ) from error
    EmailDomain.objects.bulk_create(EmailDomain(organization=organization, name=domain) for domain in domains)
    audit.record(actor, "organization.created", organization, organization_id=organization.pk, changes={"name": name})
    return organization


@transaction.atomic
def add_member(*, organization: Organization, user: User, actor: Actor, role: Role = Role.MEMBER) -> Membership:
    """Make the user a member of the organization; one who already is keeps their role."""
    membership, is_new = Membership.objects.get_or_create(organization=organization, user=user, defaults={"role": role})
    if is_new:
        audit.record(
            actor,
            "member.added",
            membership,
            organization_id=organization.pk,
            changes={"role": membership.role},
        )
    return membership


@transaction.atomic
def update_profile(
    *, user: User, actor: Actor, organization: Organization | None, full_name: str, language: str
) -> None:
    """Change what a user is called and the language of their pages; the log of their organization keeps it."""
    wanted = {"full_name": full_name.strip(), "language": language}
    changes = {f: {"from": getattr(user, f), "to": v} for f, v in wanted.items() if getattr(user, f) != v}
    if not changes:
        return
    for field, value in wanted.items():
        setattr(user, field, value)
    user.save(update_fields=[*wanted, "updated_at"])
    _audit(user, actor, organization, "user.profile-changed", changes)


@transaction.atomic
def change_password(*, user: User, actor: Actor, organization: Organization | None, password: str) -> None:
    """Give a user another password; their other sessions end. The log keeps that, not the password."""
    user.set_password(password)
    user.save(update_fields=["password", "updated_at"])
    _audit(user, actor, organization, "user.password-changed", {})


def _audit(user: User, actor: Actor, organization: Organization | None, action: str, changes: dict[str, Any]) -> None:
    audit.record(actor, action, user, organization_id=organization.pk if organization else None, changes=changes)
