"""What every page needs around itself. Lazy: pages that do not show the shell pay nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from billabex.core import places

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class NavPlace:
    """An entry of the rail; its name tells where the number of waiting tasks stands."""

    name: str
    label: _StrPromise
    icon: str
    href: str
    current: bool


# Address name, label, icon. The longest path that the page's path begins with is the current one.
PLACES = (
    ("accounts:list", _("Accounts"), "building-2"),
    ("invoices:list", _("Invoices"), "file-text"),
    ("invoices:credit-notes", _("Credit notes"), "file-minus"),
    ("communications:list", _("Communications"), "mail"),
    ("tasks:list", _("Tasks"), "list-todo"),
)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Return the rail's entries, the languages on offer and, when asked for, the numbers beside the entries."""
    return {
        "nav_places": SimpleLazyObject(lambda: nav_places(request.path)),
        "nav_counts": SimpleLazyObject(lambda: nav_counts(request)),
        "nav_languages": SimpleLazyObject(
            lambda: [(code, get_language_info(code)["name_local"].capitalize()) for code, _name in settings.LANGUAGES]
        ),
    }


def nav_places(path: str) -> list[NavPlace]:
    """Return the entries of the rail, the one that the path lies under marked; those without a page are left out."""
    found = []
    for name, label, icon in PLACES:
        try:
            found.append((name, label, icon, reverse(name)))
        except NoReverseMatch:
            continue
    current = max((href for *_rest, href in found if path.startswith(href)), key=len, default="")
    return [NavPlace(name, label, icon, href, href == current) for name, label, icon, href in found]


def nav_counts(request: HttpRequest) -> dict[str, int]:
    """Return the numbers that higher floors put beside the entries (`tasks`: waiting for me)."""
    return {name: count for counts in places.fill("nav_counts", request) for name, count in counts.items()}
