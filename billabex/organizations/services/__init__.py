"""Writes about organizations, their settings and their people."""

from billabex.organizations.services.closures import add_closure, checked_closure, remove_closure
from billabex.organizations.services.domains import add_domain, remove_domain, set_domains
from billabex.organizations.services.people import (
    add_member,
    change_password,
    create_organization,
    update_profile,
)
from billabex.organizations.services.settings import SETTINGS, proposed_changes, update_settings
from billabex.organizations.services.tokens import create_personal_token, revoke_personal_token

__all__ = [
    "SETTINGS",
    "add_closure",
    "add_domain",
    "add_member",
    "change_password",
    "checked_closure",
    "create_organization",
    "create_personal_token",
    "proposed_changes",
    "remove_closure",
    "remove_domain",
    "revoke_personal_token",
    "set_domains",
    "update_profile",
    "update_settings",
]
