"""Between Django's requests and oauthlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from oauth2_provider.oauth2_backends import OAuthLibCore
from oauthlib.oauth2 import AccessDeniedError

from billabex.organizations.hashing import hash_of_token

if TYPE_CHECKING:
    from django.http import HttpRequest

UNSUPPORTED: Final = "claims"
"""A parameter that the metadata says is ignored: oauthlib would read it, and fail on what is no JSON object."""


class Backend(OAuthLibCore):  # type: ignore[misc]  # the toolkit has no types
    """The toolkit's, which lets no code in but by its hash, so that none is kept, and leaves redirect URIs alone."""

    def _get_escaped_full_path(self, request: HttpRequest) -> str:
        """Return the address with the query as Django reads it; oauthlib fails on what it cannot read itself."""
        query = request.GET.copy()
        query.pop(UNSUPPORTED, None)
        return f"{request.path}?{query.urlencode()}"

    def extract_body(self, request: HttpRequest) -> list[tuple[str, str]]:
        """Return what was posted."""
        posted = [(key, value) for key, value in super().extract_body(request) if key != UNSUPPORTED]
        return [(key, hash_of_token(value) if key == "code" else value) for key, value in posted]

    def create_token_response(self, request: HttpRequest) -> tuple[str | None, dict[str, str], str, int]:
        """Return the answer to a request for tokens: a code or a refresh token goes and its tokens come, or neither."""
        with transaction.atomic():
            answer: tuple[str | None, dict[str, str], str, int] = super().create_token_response(request)
        return answer

    def create_authorization_response(
        self, request: HttpRequest, scopes: list[str], credentials: dict[str, Any], allow: bool
    ) -> str:
        """Return where the user goes with what they decided.

        Raises:
            OAuth2Error: They refused, or the application may not ask for this.
        """
        if not allow:
            raise AccessDeniedError(request=credentials["request"])
        uri, method, _body, headers = self._extract_params(request)
        answer, _body, _status = self.server.create_authorization_response(
            uri, http_method=method, headers=headers, scopes=scopes, credentials={**credentials, "user": request.user}
        )
        return str(answer["Location"])
