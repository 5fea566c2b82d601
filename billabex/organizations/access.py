"""Who may open a page: every view is wrapped in one of these, and the access tests find the ones that are not."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from billabex.core import clock
from billabex.organizations.rules import local_date

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.http import HttpResponseBase

    from billabex.core.errors import Text
    from billabex.organizations.models import Membership

type View = Callable[..., HttpResponseBase]


class MemberRequest(HttpRequest):
    """A request of somebody who is a member of an organization. For types only: Django makes the requests."""

    member: Membership


_READ_ONLY = _("You may read here, but not change anything. Ask an owner for more rights.")


def for_members(view: View) -> View:
    """Open the view to members: strangers sign in first, users without an organization are refused.

    A member who may only read gets 403 for everything but reading.
    """
    return _opened(view, may=lambda member, is_reading: is_reading or member.can_write, refusal=_READ_ONLY)


def for_writers(view: View) -> View:
    """Open the view, as `for_members` does, to those alone who may write: there is nothing to read but a form."""
    return _opened(view, may=lambda member, _is_reading: member.can_write, refusal=_READ_ONLY)


def for_owners(view: View) -> View:
    """Open the view to members, as `for_members` does; only owners may do more than read."""
    return _opened(
        view,
        may=lambda member, is_reading: is_reading or member.is_owner,
        refusal=_("Only owners may change this. Ask one of them."),
    )


def _opened(view: View, *, may: Callable[[Membership, bool], bool], refusal: Text) -> View:
    """Open the view to the members who may; `may` is also told whether they only want to read."""

    @login_required
    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        member = cast("MemberRequest", request).member
        if not member:  # a lazy None
            raise PermissionDenied(gettext("You are not a member of any organization yet. Ask for an invitation."))
        if not may(member, request.method in {"GET", "HEAD", "OPTIONS"}):
            raise PermissionDenied(str(refusal))
        return view(request, *args, **kwargs)

    return cast("View", opened)


def today_for(member: Membership) -> date:
    """Return the civil date in the member's organization."""
    return local_date(member.organization, clock.now())
