"""What tokens are for: the addresses that an application may name as `resource`. Source: RFC 8707, RFC 9728."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host
from oauth2_provider.settings import oauth2_settings

if TYPE_CHECKING:
    from collections.abc import Collection

RESOURCES: Final = frozenset({"", "/api", "/api/public/v1", "/mcp"})
"""Their paths. The first is all of the site: what a token is for when the application did not say."""


def issuer_of(request: Any) -> str:
    """Return who issues our tokens, as they say it: SITE_URL, or the host that was asked where none is set.

    Args:
        request: Django's request, or oauthlib's.
    """
    return str(oauth2_settings.oidc_issuer(request))


def is_resource(uri: object) -> bool:
    """Tell whether an application may name the address as the one it wants a token for."""
    if not isinstance(uri, str):
        return False
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    host, _port = split_domain_port(parts.netloc.lower())
    is_here = parts.scheme in {"http", "https"} and validate_host(host, settings.ALLOWED_HOSTS)
    return is_here and parts.path.rstrip("/") in RESOURCES and uri == parts._replace(query="", fragment="").geturl()


def reaches(resources: Collection[str], path: str) -> bool:
    """Tell whether a token for some resources, or for all when none is named, may be used at a path."""
    starts = [urlsplit(uri).path.rstrip("/") for uri in resources]
    return not starts or any(path == start or path.startswith(f"{start}/") for start in starts)
