"""What support sees of applications and of the codes and tokens that they have. Neither is kept, only their hashes."""

from __future__ import annotations

from typing import Any

from billabex.core.admin import LookOnlyAdmin
from billabex.organizations.models import Application


class ApplicationAdmin(LookOnlyAdmin[Application]):
    """Applications that registered themselves."""

    exclude = ["client_secret", "registration_token_hash"]
    list_display = ["name", "client_id", "authentication", "redirect_uris", "created"]
    search_fields = ["name", "client_id", "redirect_uris"]
    date_hierarchy = "created"


class IssuedAdmin(LookOnlyAdmin[Any]):
    """Codes and tokens that an application has of a user."""

    exclude = ["code", "code_challenge", "token", "token_checksum"]
    list_display = ["__str__", "user", "application", "created"]
    list_select_related = ["user", "application"]
    search_fields = ["user__email", "application__name", "application__client_id"]
    date_hierarchy = "created"
