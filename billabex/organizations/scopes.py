"""What a token may be allowed to do. Source: specification of the API, section 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from billabex.core.errors import Text

SCOPES: Final = {
    "openid": _("Know that it is you"),
    "profile": _("See your name and language"),
    "email": _("See your email address"),
    "accounts:read": _("Read accounts, their contacts and balances"),
    "accounts:all": _("Read, add, change and delete accounts and their contacts"),
    "invoices:read": _("Read invoices and their PDFs"),
    "invoices:all": _("Read, add, change and delete invoices"),
    "credit-notes:read": _("Read credit notes and their PDFs"),
    "credit-notes:all": _("Read, add, allocate and delete credit notes"),
    "communications:read": _("Read messages sent to customers and their replies"),
    "communications:all": _("Read, change, send and cancel messages to customers"),
    "dunning:manage": _("Pause and resume follow-up, write accounts off, and settle payment declarations"),
    "tasks:read": _("Read tasks"),
    "tasks:all": _("Read, answer and cancel tasks"),
    "organizations:read": _("Read the organization and its settings"),
    "organizations:all": _("Read and change the organization's settings and webhooks"),
    "mcp:read": _("Read everything through an AI assistant"),
    "mcp:write": _("Read and change everything through an AI assistant"),
}
"""Each scope with what it allows, in words for the person who is asked."""

ALL_SCOPES: Final = frozenset(SCOPES)

READING: Final = frozenset(scope for scope in SCOPES if scope.endswith(":read"))
"""What an application may do that does not say what it wants."""


def grants(held: frozenset[str], needed: str) -> bool:
    """Tell whether a token that holds some scopes may do what needs another: the wider ones include the narrower."""
    subject, _colon, verb = needed.partition(":")
    wider = {"read": f"{subject}:{'write' if subject == 'mcp' else 'all'}"}.get(verb, needed)
    return needed in held or wider in held


def described(scopes: Iterable[str]) -> list[Text]:
    """Return what some scopes allow, in words and in order; what another of them includes is not said twice."""
    held = frozenset(scopes)
    return [
        words
        for code, words in SCOPES.items()
        if code in held and not any(grants(frozenset({other}), code) for other in held - {code})
    ]
