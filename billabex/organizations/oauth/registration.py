"""What an application says about itself when it registers. Source: RFC 7591, sections 2 and 3.2.2.

Sentences here are for programs: English, and ASCII as RFC 6749 wants them.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from billabex.organizations.enums import ClientAuthentication
from billabex.organizations.models import LOOPBACK
from billabex.organizations.scopes import ALL_SCOPES

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_NAME: Final = 100
LONGEST_URI: Final = 1_000
MOST_URIS: Final = 10
GRANT_TYPES: Final = ["authorization_code", "refresh_token"]
RESPONSE_TYPES: Final = ["code"]

_NOT_AN_APP: Final = frozenset(
    {"about", "blob", "chrome", "data", "file", "filesystem", "ftp", "javascript", "mailto", "vbscript", "ws", "wss"}
)
"""Schemes with a meaning of their own: an address with one of them leads to no application."""

_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters that show nothing, and count as printable."""

_LIKE_LATIN: Final = frozenset({"ARMENIAN", "CHEROKEE", "COPTIC", "CYRILLIC", "GREEK"})
"""Alphabets with letters that look Latin: one among Latin ones is there to pass for another name."""


class RegistrationRefused(Exception):
    """The application cannot be taken in.

    Attributes:
        error: The code of RFC 7591.
        description: What to change.
    """

    def __init__(self, error: str, description: str) -> None:
        self.error = error
        self.description = description
        super().__init__(description)


@dataclass(frozen=True, slots=True)
class ClientMetadata:
    """What an application says about itself, checked."""

    name: str
    redirect_uris: tuple[str, ...]
    authentication: ClientAuthentication
    scope: str

    @property
    def has_secret(self) -> bool:
        """Whether it can keep a secret."""
        return self.authentication != ClientAuthentication.NONE

    def columns(self) -> dict[str, str]:
        """Return it as it is kept."""
        return {
            "name": self.name,
            "redirect_uris": " ".join(self.redirect_uris),
            "authentication": self.authentication,
            "scope": self.scope,
        }


def read_metadata(body: bytes) -> dict[str, Any]:
    """Return the object in the body of a registration.

    Raises:
        RegistrationRefused: It is none.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict):
        raise _bad("The body is not a JSON object.")
    return data


def checked_metadata(data: Mapping[str, Any]) -> ClientMetadata:
    """Return what an application says about itself; what it says beyond is ignored, as the RFC wants it.

    Raises:
        RegistrationRefused: It cannot be taken in like this.
    """
    _check_wish(data, "grant_types", GRANT_TYPES, needed="authorization_code")
    _check_wish(data, "response_types", RESPONSE_TYPES, needed="code")
    uris = _texts(data, "redirect_uris")
    if not uris or len(uris) > MOST_URIS:
        raise RegistrationRefused("invalid_redirect_uri", f"redirect_uris needs 1 to {MOST_URIS} addresses.")
    for uri in uris:
        if problem := problem_with_redirect_uri(uri):
            raise RegistrationRefused("invalid_redirect_uri", problem)
    method = _text(data, "token_endpoint_auth_method") or ClientAuthentication.BASIC
    if method not in ClientAuthentication.values:
        raise _bad(f"token_endpoint_auth_method is one of {', '.join(ClientAuthentication.values)}.")
    scopes = _text(data, "scope").split()
    if unknown := set(scopes) - ALL_SCOPES:
        raise _bad(f"There are no such scopes: {' '.join(sorted(ascii(scope)[1:-1] for scope in unknown))}.")
    site = urlsplit(uris[0])
    return ClientMetadata(
        name=_name(data) or (site.netloc or site.scheme)[:LONGEST_NAME],
        redirect_uris=tuple(dict.fromkeys(uris)),
        authentication=ClientAuthentication(method),
        scope=" ".join(dict.fromkeys(scopes)),
    )


def problem_with_redirect_uri(uri: str) -> str:
    """Return why nobody may be sent to the address with a code, or "".

    It is https, or plain http to the user's own machine, or of a scheme of the app's own. Source: RFC 8252, RFC 9700.
    """
    try:
        parts = urlsplit(uri)
        _port, host = parts.port, parts.hostname
    except ValueError:
        return "A redirect URI is no URI."
    if len(uri) > LONGEST_URI or not uri.isascii() or re.search(r"[\s\\\"<>^`{|}\x00-\x1f\x7f]", uri):
        return f"A redirect URI has ASCII characters only, and {LONGEST_URI} at most."
    if "#" in uri or "@" in parts.netloc:
        return "A redirect URI has neither a fragment nor a user."
    if parts.scheme in {"http", "https"}:
        is_fine = bool(host) and (parts.scheme == "https" or host in LOOPBACK)
        return "" if is_fine else "A redirect URI is https, or http to localhost, 127.0.0.1 or [::1]."
    is_apps_own = parts.scheme not in _NOT_AN_APP and bool(parts.scheme and (host or parts.path.strip("/")))
    return "" if is_apps_own else "A redirect URI is https, or of a scheme of the application's own."


def _name(data: Mapping[str, Any]) -> str:
    """Return what the application calls itself, on one line: people read it when they decide."""
    shown = (letter if letter.isprintable() and letter not in _BLANK else " " for letter in _text(data, "client_name"))
    name = " ".join("".join(shown).split())
    if len(name) > LONGEST_NAME:
        raise _bad(f"client_name has {LONGEST_NAME} characters at most.")
    for word in name.split():
        alphabets = {unicodedata.name(letter, "").partition(" ")[0] for letter in word if letter.isalpha()}
        if "LATIN" in alphabets and alphabets & _LIKE_LATIN:
            raise _bad("client_name mixes alphabets within a word.")
    return name


def _check_wish(data: Mapping[str, Any], key: str, known: list[str], *, needed: str) -> None:
    """Refuse who wants nothing that there is; of the rest they get what there is, and are told."""
    wanted = _texts(data, key)
    if wanted and needed not in wanted:
        raise _bad(f"{key} may hold {' and '.join(known)}, and needs {needed}.")


def _texts(data: Mapping[str, Any], key: str) -> list[str]:
    values = data.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise _bad(f"{key} is a list of strings.")
    return values


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _bad(f"{key} is a string.")
    return value


def _bad(description: str) -> RegistrationRefused:
    return RegistrationRefused("invalid_client_metadata", description)
