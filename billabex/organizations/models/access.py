"""By what programs get in: personal access tokens, and the applications that people connect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oauth2_provider.models import AbstractApplication, ApplicationManager

from billabex.core.checks import not_blank
from billabex.core.ids import new_id
from billabex.core.models import BaseModel
from billabex.organizations.enums import ClientAuthentication
from billabex.organizations.scopes import described

if TYPE_CHECKING:
    from billabex.core.errors import Text

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
"""Hosts that are the user's own machine: an application there listens on whatever port is free."""

_ON_ANY_PORT = re.compile(
    r"(?P<host>http://(?:127\.0\.0\.1|\[::1\]|localhost))(?::(?P<port>[1-9][0-9]{0,4}))?(?P<rest>[/?].*)?"
)
_LARGEST_PORT = 65_535


class PersonalAccessToken(BaseModel):
    """A secret with which a script acts as its user, wherever they are a member. Only the secret's hash is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="personal_tokens")
    name = models.CharField(_("name"), max_length=80)
    secret_hash = models.CharField(_("hash of the secret"), max_length=64, unique=True)
    prefix = models.CharField(_("begins with"), max_length=12)
    scope = models.TextField(_("scopes"), help_text=_("Separated by spaces."))
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("personal access token")
        verbose_name_plural = _("personal access tokens")
        ordering = ["-created_at", "-id"]
        constraints = [
            not_blank("organizations_personalaccesstoken", "name"),
            not_blank("organizations_personalaccesstoken", "scope"),
            models.CheckConstraint(
                name="organizations_personalaccesstoken_expiry", condition=Q(expires_at__gt=F("created_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scopes(self) -> frozenset[str]:
        """What it may be used for."""
        return frozenset(self.scope.split())

    @property
    def allows(self) -> list[Text]:
        """The same in words."""
        return described(self.scopes)


class Application(AbstractApplication):  # type: ignore[misc]  # the toolkit has no types
    """A program by somebody else that people may let act as them. It registers itself (RFC 7591).

    `client_secret` and `registration_token_hash` hold hashes of what the application was told once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = None  # it belongs to nobody here
    scope = models.TextField(_("scopes"), blank=True, help_text=_("All it may ask for; nothing means any."))
    authentication = models.CharField(
        _("authentication"),
        max_length=20,
        choices=ClientAuthentication,
        help_text=_("How it shows at the token endpoint who it is."),
    )
    registration_token_hash = models.CharField(_("hash of the registration token"), max_length=64, unique=True)

    objects = ApplicationManager()

    class Meta(AbstractApplication.Meta):  # type: ignore[misc]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            not_blank("organizations_application", "name"),
            not_blank("organizations_application", "redirect_uris"),
            models.CheckConstraint(
                name="organizations_application_authentication",
                condition=Q(authentication="none", client_type="public", client_secret="")
                | Q(authentication__in=ClientAuthentication.with_secret(), client_type="confidential")
                & ~Q(client_secret=""),
            ),
            models.CheckConstraint(
                name="organizations_application_kind",
                condition=Q(algorithm="RS256", authorization_grant_type="authorization-code", hash_client_secret=False),
            ),
        ]

    @property
    def scopes(self) -> frozenset[str]:
        """All it may ask for; empty means any."""
        return frozenset(self.scope.split())

    def redirect_uri_allowed(self, uri: str) -> bool:
        """Tell whether answers may be sent to the address: one that was registered, to the letter.

        Only the port of an address on the user's own machine may differ. Source: OAuth 2.1, section 8.4.2.
        """
        registered = self.redirect_uris.split()
        portless = _without_port(uri)
        return uri in registered or (portless != "" and portless in map(_without_port, registered))


def _without_port(uri: str) -> str:
    """Return an address on the user's own machine without its port, and "" for any other."""
    found = _ON_ANY_PORT.fullmatch(uri)
    return f"{found['host']}{found['rest'] or ''}" if found and int(found["port"] or 0) <= _LARGEST_PORT else ""
