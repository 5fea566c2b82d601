"""Users, organizations, who works for which, and by what programs get in."""

from billabex.organizations.models.access import LOOPBACK, Application, PersonalAccessToken
from billabex.organizations.models.people import (
    LONGEST_CLOSURE,
    Closure,
    EmailDomain,
    Membership,
    Organization,
    User,
    UserManager,
)

__all__ = [
    "LONGEST_CLOSURE",
    "LOOPBACK",
    "Application",
    "Closure",
    "EmailDomain",
    "Membership",
    "Organization",
    "PersonalAccessToken",
    "User",
    "UserManager",
]
