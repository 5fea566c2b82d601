"""What stands around every tab of the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from billabex.organizations.models import Membership

_OF_THE_USER = (("settings:profile", _("Profile")), ("settings:api-access", _("API access")))
_TABS = (("settings:organization", _("Organization")), ("settings:agent", _("Agent")), *_OF_THE_USER)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the settings."""

    label: _StrPromise
    href: str
    is_current: bool


def settings_tabs(current: str, member: Membership | None) -> list[Tab]:
    """Return the tabs, the one of the named address marked; who works for no organization has their own."""
    shown = _TABS if member else _OF_THE_USER
    return [Tab(label, reverse(name), name == current) for name, label in shown]
