"""Reads about people and the organizations they work for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from billabex.core.errors import NotFound
from billabex.organizations.errors import ClosureNotFound
from billabex.organizations.models import Closure, EmailDomain, Membership, Organization

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import QuerySet

    from billabex.organizations.models import PersonalAccessToken, User


def membership_of(user: AbstractBaseUser | AnonymousUser) -> Membership | None:
    """Return the user's place in their organization, with both loaded, or None for strangers.

    Someone who works for several organizations sees the one joined first; switching comes with the full interface.
    """
    if not user.is_authenticated:
        return None
    return (
        Membership.objects.filter(user=user.pk)
        .select_related("organization", "user")
        .order_by("created_at", "id")
        .first()
    )


def organizations_of(user: User) -> QuerySet[Organization]:
    """Return the organizations that the user works for, by name: what a token of theirs reaches."""
    return Organization.objects.filter(memberships__user=user).order_by("name", "id")


def organization_by_slug(slug: str) -> Organization:
    """Return the organization of a slug.

    Raises:
        NotFound: There is none; the sentence names those that exist.
    """
    try:
        return Organization.objects.get(slug=slug)
    except Organization.DoesNotExist:
        known = ", ".join(Organization.objects.order_by("slug").values_list("slug", flat=True)[:10])
        raise NotFound(
            _("There is no organization “%(slug)s”. Known: %(known)s.")
            % {"slug": slug, "known": known or _("none yet")}
        ) from None


def domains_of(organization: Organization) -> QuerySet[EmailDomain]:
    """Return the organization's own email domains by name."""
    return organization.domains.order_by("name")


def closures_from(organization: Organization, today: date) -> QuerySet[Closure]:
    """Return the organization's closures that are not over on a civil date of it, the next one first."""
    return organization.closures.filter(ends_on__gte=today)


def closure_of(organization: Organization, pk: UUID) -> Closure:
    """Return one of the organization's closures.

    Raises:
        ClosureNotFound: It has no such closure.
    """
    closure = organization.closures.filter(pk=pk).first()
    if closure is None:
        raise ClosureNotFound
    return closure


def personal_tokens_of(user: User, *, now: datetime) -> QuerySet[PersonalAccessToken]:
    """Return the user's tokens that still open something, the newest first."""
    return user.personal_tokens.filter(revoked_at=None, expires_at__gt=now)
