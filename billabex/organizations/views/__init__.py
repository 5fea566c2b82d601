"""The pages of organizations and their people: signing in, settings, the own profile."""

from billabex.organizations.views.api_access import api_access, disconnect, revoke_token
from billabex.organizations.views.people import SignInView, language, password, profile
from billabex.organizations.views.settings import (
    add_closure,
    add_domain,
    agent,
    organization,
    remove_closure,
    remove_domain,
)

__all__ = [
    "SignInView",
    "add_closure",
    "add_domain",
    "agent",
    "api_access",
    "disconnect",
    "language",
    "organization",
    "password",
    "profile",
    "remove_closure",
    "remove_domain",
    "revoke_token",
]
