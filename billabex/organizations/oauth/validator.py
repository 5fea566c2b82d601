"""Whose tokens, for whom, and how they are kept: what oauthlib asks while it speaks the protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.crypto import constant_time_compare
from oauth2_provider.models import AccessToken, Grant, RefreshToken
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauthlib.oauth2.rfc6749 import errors

from billabex.core import clock
from billabex.organizations.hashing import hash_of_token
from billabex.organizations.oauth.claims import CLAIMS
from billabex.organizations.oauth.jwts import REFRESH, claims_of
from billabex.organizations.oauth.resources import RESOURCES, is_resource
from billabex.organizations.oauth.services import note_revocation
from billabex.organizations.scopes import ALL_SCOPES, READING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from oauthlib.common import Request

    from billabex.organizations.models import Application, User


class Validator(OAuth2Validator):  # type: ignore[misc]  # the toolkit has no types
    """The toolkit's, stricter: hashed codes and secrets, signed refresh tokens, active users, our own resources.

    All that one code led to is a family: a code or a refresh token that is shown again takes the whole family back.
    """

    # --- Clients ---

    def _load_application(self, client_id: str | None, request: Request) -> Application | None:
        return None if not client_id or "\0" in client_id else super()._load_application(client_id, request)

    def _check_secret(self, provided_secret: str, stored_secret: str) -> bool:
        return bool(stored_secret) and constant_time_compare(hash_of_token(provided_secret), stored_secret)

    def validate_grant_type(
        self, client_id: str, grant_type: str, client: Application, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """Tell whether the client may have tokens for what it shows."""
        return grant_type in {"authorization_code", "refresh_token"}

    def validate_scopes(
        self, client_id: str, scopes: list[str], client: Application, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """Tell whether the client may ask for the scopes."""
        return (client.scopes or ALL_SCOPES).issuperset(scopes)

    def get_default_scopes(self, client_id: str, request: Request, *args: Any, **kwargs: Any) -> list[str]:
        """Return what a client asks for that does not say: what it registered for, else to read."""
        return sorted(request.client.scopes or READING)

    def validate_silent_login(self, request: Request) -> bool:
        """Answer what happens with `prompt=none`: the user is never asked who they are twice."""
        return True

    def validate_silent_authorization(self, request: Request) -> bool:
        """Refuse to answer without asking the user."""
        return False

    # --- Codes ---

    def _create_authorization_code(
        self, request: Request, code: dict[str, str], expires: datetime | None = None
    ) -> Any:
        return super()._create_authorization_code(request, {**code, "code": hash_of_token(code["code"])}, expires)

    def validate_code(
        self, client_id: str, code: str, client: Application, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """Tell whether the code (its hash) is good; one that was used before takes back what it led to."""
        Grant.objects.select_for_update().filter(code=code).first()  # who comes with the same one waits here
        if super().validate_code(client_id, code, client, request, *args, **kwargs) and request.user.is_active:
            self._check_and_set_request_resource(request)
            return True
        RefreshToken.revoke_family(_family_of(code))
        return False

    def confirm_redirect_uri(
        self, client_id: str, code: str, redirect_uri: str, client: Application, *args: Any, **kwargs: Any
    ) -> bool:
        """Tell whether the code was sent to this address.

        Raises:
            InvalidGrantError: It was not, as RFC 6749 says it in section 5.2.
        """
        if not super().confirm_redirect_uri(client_id, code, redirect_uri, client, *args, **kwargs):
            raise errors.InvalidGrantError(description="redirect_uri is not the one that the code was sent to.")
        return True

    # --- Tokens ---

    def validate_refresh_token(
        self, refresh_token: str, client: Application, request: Request, *args: Any, **kwargs: Any
    ) -> bool:
        """Tell whether the client may have new tokens for this one."""
        if claims_of(refresh_token, REFRESH, now=clock.now()) is None:
            return False
        RefreshToken.objects.select_for_update().filter(token_checksum=hash_of_token(refresh_token)).first()  # likewise
        if not super().validate_refresh_token(refresh_token, client, request, *args, **kwargs):
            return False
        if not request.user.is_active:
            return False
        self._check_and_set_request_resource(request)
        return True

    def _create_refresh_token(
        self, request: Request, refresh_token_code: str, access_token: AccessToken, previous: RefreshToken | None
    ) -> RefreshToken:
        row = super()._create_refresh_token(request, refresh_token_code, access_token, previous)
        if previous is None:
            row.token_family = _family_of(request.code)
            row.save(update_fields=["token_family"])
        return row

    def revoke_token(self, token: str, token_type_hint: str, request: Request, *args: Any, **kwargs: Any) -> None:
        """Take a token back for the client that has it."""
        mine: dict[str, Any] = {"token_checksum": hash_of_token(token), "application": request.client}
        found = [kind.objects.filter(**mine).select_related("user").first() for kind in (AccessToken, RefreshToken)]
        super().revoke_token(token, token_type_hint, request, *args, **kwargs)
        for row in filter(None, found):
            note_revocation(user=row.user, application=request.client)

    def check_resources(self, request: Request, resources: Collection[str]) -> None:
        """Check what an application wants a token for.

        Raises:
            CustomOAuth2Error: There is no such resource here.
        """
        if len(resources) > len(RESOURCES) or not all(map(is_resource, resources)):
            raise errors.CustomOAuth2Error("invalid_target", "There is no such resource here.", request=request)

    _validate_resource_uris = check_resources  # as the toolkit calls it

    # --- Claims ---

    def get_additional_claims(self) -> dict[str, Callable[[Request], Any]]:
        """Return how each claim about the user is found; the scopes decide which are told."""

        def of_user(read: Callable[[User], Any]) -> Callable[[Request], Any]:
            return lambda request: read(request.user)

        return {name: of_user(read) for name, (_scope, read) in CLAIMS.items()}


def _family_of(code: str) -> UUID:
    """Return the family of tokens that a code, by its hash, leads to."""
    return UUID(code[:32])
