"""Tenants are walls, and roles hold: every address of the site, found in the URL conf, tried by those who may not.

A new route is covered the day it is born; one whose objects this module does not know fails until it does.
"""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver

from invoices.reading import Reading
from tests.conftest import signed_in
from tests.factories import (
    AccountFactory,
    ClosureFactory,
    CommunicationFactory,
    ContactFactory,
    CreditNoteFactory,
    DocumentFactory,
    EmailDomainFactory,
    InternalRepresentativeFactory,
    InvoiceFactory,
    PaymentDeclarationFactory,
    SpreadsheetImportFactory,
    TagFactory,
    TaskFactory,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from django.test import Client

    from billabex.organizations.models import Membership, Organization

OPEN_TO_ALL = {"sign-in/"}
FOR_PROGRAMS = ("api/", "^api", ".well-known/")  # tried by tests.api.test_access and tests.organizations.test_oauth_*
NOT_OF_AN_ORGANIZATION = {
    "",
    "sign-out/",
    "profile/language/",
    "settings/profile/",
    "settings/profile/password/",
    "settings/api/",
    "settings/api/applications/<uuid:pk>/disconnect/",
    "settings/api/tokens/<uuid:pk>/revoke/",
    "styleguide/",
}
OWNERS_ONLY = ("settings/",)  # everybody in the organization reads them

WITHOUT_KEYS = ("import/", "export/")  # spreadsheets: a token is nobody else's, a kind is a word
WORDS = {
    "import-kind:kind": "invoices",
    "export-kind:kind": "invoices",
    "spreadsheet-format:format": "csv",
    "int:page": "1",
}

# The first that a route begins with says whose key its `pk` is.
OWNERS = {
    "accounts/": "account",
    "invoices/documents/": "document",
    "invoices/": "invoice",
    "credit-notes/": "credit_note",
    "communications/accounts/": "account",
    "communications/": "communication",
    "tasks/": "task",
    "imports/": "import",
    "settings/domains/": "domain",
    "settings/closures/": "closure",
}
OTHER_KEYS = {
    "tag_id": "tag",
    "declaration_id": "declaration",
    "contacts/<uuid:person_id>": "contact",
    "representatives/<uuid:person_id>": "person",
}


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        elif entry.app_name != "admin":
            yield from routes(entry, route)


ROUTES = sorted(
    route for route in set(routes()) - OPEN_TO_ALL - NOT_OF_AN_ORGANIZATION if not route.startswith(FOR_PROGRAMS)
)


@pytest.fixture
def keys(organization: Organization) -> dict[str, UUID]:
    """Return the keys of one of everything that an organization has."""
    account = AccountFactory.create(organization=organization)
    invoice = InvoiceFactory.create(account=account)
    document = DocumentFactory.create(
        organization=organization,
        file=ContentFile(b"%PDF-1.7", "a.pdf"),
        reading=Reading(page_count=1, parser="text").to_json(),
    )
    tag = TagFactory.create(organization=organization)
    things = {
        "account": account,
        "document": document,
        "invoice": invoice,
        "declaration": PaymentDeclarationFactory.create(account=account, invoices=[invoice]),
        "credit_note": CreditNoteFactory.create(account=account),
        "communication": CommunicationFactory.create(account=account),
        "task": TaskFactory.create(account=account),
        "contact": ContactFactory.create(account=account),
        "person": InternalRepresentativeFactory.create(account=account),
        "tag": tag,
        "import": SpreadsheetImportFactory.create(organization=organization),
        "domain": EmailDomainFactory.create(organization=organization),
        "closure": ClosureFactory.create(organization=organization),
    }
    account.tags.add(tag)
    return {name: thing.pk for name, thing in things.items()}


def address(route: str, keys: dict[str, UUID]) -> str:
    """Return the route with the keys in it."""
    for hint, name in OTHER_KEYS.items():
        if hint in route:
            route = route.replace(hint, hint.rpartition("<")[0] + str(keys[name])) if "<" in hint else route
            route = route.replace(f"<uuid:{hint}>", str(keys[name]))
    for word, value in WORDS.items():
        route = route.replace(f"<{word}>", value)
    if route.startswith(WITHOUT_KEYS):
        route = route.replace("<uuid:token>", str(keys["account"]))
    else:
        owner = next((name for start, name in OWNERS.items() if route.startswith(start)), "")
        route = route.replace("<uuid:pk>", str(keys.get(owner, "<unknown>")))
    assert not re.search(r"[<>]", route), f"say in OWNERS whose keys {route} wants"
    return f"/{route}"


def looked_at(browser: Client, path: str) -> tuple[int, str]:
    """Return the status of a page, and what stands in it; of a file nothing."""
    answer: Any = browser.get(path)
    if answer.streaming:
        deque(answer, maxlen=0)  # read to its end, since closing it before closes the connection to the database, too
        return answer.status_code, ""
    return answer.status_code, answer.text if answer.headers["Content-Type"].startswith("text/html") else ""


def writes(html: str) -> bool:
    """Tell whether a page has a form that writes anything of the organization's: the shell's are the user's own."""
    forms = re.findall(r'<form\b[^>]*\bmethod="post"[^>]*>', html)
    return any(not re.search(r'action="/(sign-out|profile/language)/"', form) for form in forms)


@pytest.mark.parametrize("route", [route for route in ROUTES if "<uuid:" in route])
def test_nothing_of_another_organization_is_found(route: str, keys: dict[str, UUID], outsider_client: Client) -> None:
    path = address(route, keys)
    assert {outsider_client.get(path).status_code, outsider_client.post(path).status_code} <= {404, 405}
    assert 404 in {outsider_client.get(path).status_code, outsider_client.post(path).status_code}


@pytest.mark.parametrize("route", ROUTES)
def test_a_member_who_may_only_read_writes_nothing(
    route: str, keys: dict[str, UUID], read_only_member: Membership
) -> None:
    assert signed_in(read_only_member).post(address(route, keys)).status_code in {403, 405}


def test_a_member_who_may_only_read_is_led_to_nothing_but_reading(
    keys: dict[str, UUID], read_only_member: Membership
) -> None:
    browser = signed_in(read_only_member)
    seen = {route: looked_at(browser, address(route, keys)) for route in ROUTES}
    pages = {route: html for route, (status, html) in seen.items() if status == 200}
    assert [route for route, html in pages.items() if writes(html) and not route.startswith(OWNERS_ONLY)] == []
    links = {link for html in pages.values() for link in re.findall(r'href="(/[^"#?]*)', html)}
    assert [link for link in sorted(links) if looked_at(browser, link)[0] == 403] == []


@pytest.mark.parametrize("route", [route for route in ROUTES if route.startswith(OWNERS_ONLY)])
def test_a_member_who_is_no_owner_changes_no_settings(route: str, keys: dict[str, UUID], member_client: Client) -> None:
    path = address(route, keys)
    assert member_client.post(path).status_code == 403
    assert member_client.get(path).status_code in {200, 405}


@pytest.mark.parametrize("route", ROUTES)
def test_strangers_sign_in_first(route: str, keys: dict[str, UUID], client: Client) -> None:
    path = address(route, keys)
    answer = client.get(path)
    assert answer.status_code in {302, 405}
    if answer.status_code == 302:
        assert answer["Location"] == f"/sign-in/?next={path}"
