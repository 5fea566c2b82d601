"""Reads about people and the organizations they work for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from billabex.core.errors import NotFound
from billabex.organizations.models import Membership, Organization

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.contrib.auth.models import AnonymousUser


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
