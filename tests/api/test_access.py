"""Who may do what: every operation of the API, found in the URL conf, tried by those who may not.

A new route is covered the day it is born; one whose keys this module does not know fails until it does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern
from rest_framework.test import APIClient

from billabex.api.resources.balances.keys import balance_id
from billabex.api.urls import urlpatterns
from billabex.organizations.scopes import ALL_SCOPES, grants
from tests.api.conftest import BASE, Program
from tests.factories import (
    AccountFactory,
    CommunicationFactory,
    ContactFactory,
    CreditNoteFactory,
    DocumentFactory,
    InternalRepresentativeFactory,
    InvoiceFactory,
    PaymentDeclarationFactory,
    TaskFactory,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from billabex.api.operations import Operation
    from billabex.organizations.models import Membership, Organization

SAFE = {"get"}


@dataclass(frozen=True, slots=True)
class Route:
    """One operation of the API."""

    method: str
    path: str
    told: Operation

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path}"

    @property
    def has_key(self) -> bool:
        return "<" in self.path


def _routes(entries: Any, prefix: str = "") -> Iterator[Route]:
    for entry in entries:
        path = prefix + str(entry.pattern)
        if not isinstance(entry, URLPattern):
            yield from _routes(entry.url_patterns, path)
            continue
        view: Any = entry.callback.view_class  # type: ignore[attr-defined]
        for method in ("get", "post", "put", "patch", "delete"):
            if told := getattr(getattr(view, method, None), "operation", None):
                yield Route(method, path, told)


ROUTES = [route for route in _routes(urlpatterns) if route.told.scope]
WRITES = [route for route in ROUTES if route.method not in SAFE]


@pytest.fixture
def keys(organization: Organization) -> dict[str, str]:
    """Return the keys of one of everything that an organization has, by their names in addresses and bodies."""
    account = AccountFactory.create(organization=organization)
    invoice = InvoiceFactory.create(account=account)
    things = {
        "organization_id": organization,
        "account_id": account,
        "invoice_id": invoice,
        "credit_note_id": CreditNoteFactory.create(account=account),
        "document_id": DocumentFactory.create(organization=organization, file=ContentFile(b"%PDF-1.7", "a.pdf")),
        "declaration_id": PaymentDeclarationFactory.create(account=account, invoices=[invoice]),
        "communication_id": CommunicationFactory.create(account=account),
        "task_id": TaskFactory.create(account=account),
        "contact_id": ContactFactory.create(account=account),
        "representative_id": InternalRepresentativeFactory.create(account=account),
    }
    return {name: str(thing.pk) for name, thing in things.items()}


def address(route: Route, keys: dict[str, str]) -> str:
    """Return the route with the keys in it."""
    known = dict(keys)
    known["person_id"] = keys["contact_id" if "contacts" in route.path else "representative_id"]
    known["balance_id"] = str(balance_id(UUID(keys["account_id"]), "EUR"))
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda key: known.get(key[1], f"<{key[1]}>"), route.path)
    assert "<" not in path, f"say in `keys` what {route} wants"
    return f"/{path}"


def _bodies(keys: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Return bodies that name things of the organization, for the writes whose addresses name none."""
    account = {"accountId": keys["account_id"]}
    day = "2026-11-22"
    pdf = SimpleUploadedFile("a.pdf", b"%PDF-1.7", "application/pdf")
    paper = account | {"number": "N-1", "issuedDate": day, "totalAmount": 120, "taxAmount": 20, "file": pdf}
    pair = {"creditNoteId": keys["credit_note_id"], "invoiceId": keys["invoice_id"]}
    return {
        "accounts": {"organizationId": keys["organization_id"], "fullName": "Acme"},
        "invoices": paper | {"dueDate": day},
        "credit-notes": paper,
        "credit-allocations": pair | {"amount": 1},
        "credit-allocations/remove": pair,
        "document-imports": {"organizationId": keys["organization_id"], "file": pdf},
    }


def _send(program: Any, route: Route, path: str, body: dict[str, Any] | None = None) -> Any:
    if route.told.multipart:
        return program.upload(path, body or {"a": "b"})
    if route.method in {"get", "delete"}:
        return getattr(program, route.method)(path)
    return getattr(program, route.method)(path, body)


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_without_a_token_nothing_is_answered(route: Route, keys: dict[str, str]) -> None:
    answer = getattr(APIClient(), route.method)(BASE + address(route, keys))
    assert answer.status_code == 401
    assert "resource_metadata" in answer["WWW-Authenticate"]


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_without_the_scope_it_is_named(route: Route, keys: dict[str, str], owner: Membership) -> None:
    others = " ".join(scope for scope in ALL_SCOPES if not grants(frozenset([scope]), route.told.scope))
    answer = _send(Program(owner, others), route, address(route, keys))
    assert (answer.status_code, answer.json()["scope"]) == (403, route.told.scope)


@pytest.mark.parametrize("route", [route for route in ROUTES if route.has_key], ids=str)
def test_nothing_of_another_organization_is_found(route: Route, keys: dict[str, str], outsider: Membership) -> None:
    answer = _send(Program(outsider), route, address(route, keys))
    assert answer.status_code == 404
    assert answer.json()["message"].endswith("(404)")


@pytest.mark.parametrize("route", [route for route in ROUTES if not route.has_key], ids=str)
def test_nothing_of_another_organization_is_reached_by_what_is_sent(
    route: Route, keys: dict[str, str], outsider: Membership
) -> None:
    program, path = Program(outsider), address(route, keys)
    if route.method in SAFE:
        asked = {"organizationId": keys["organization_id"], "accountId": keys["account_id"], "currencyCode": "EUR"}
        known = {name: asked[name] for name in asked if route.told.query and name in route.told.query().fields}
        if known:
            assert program.get(path, **known).status_code == 404
        else:
            assert keys["organization_id"] not in program.get(path).content.decode()
    else:
        assert _send(program, route, path, _bodies(keys)[route.path]).status_code == 404


@pytest.mark.parametrize("route", WRITES, ids=str)
def test_a_member_who_may_only_read_writes_nothing(
    route: Route, keys: dict[str, str], read_only_member: Membership
) -> None:
    assert _send(Program(read_only_member), route, address(route, keys)).status_code == 403


@pytest.mark.parametrize("route", [route for route in WRITES if route.told.owners], ids=str)
def test_a_member_who_is_no_owner_changes_no_settings(route: Route, keys: dict[str, str], member: Membership) -> None:
    assert _send(Program(member), route, address(route, keys)).status_code == 403


def test_there_are_operations_of_every_kind() -> None:
    assert len(ROUTES) > 60
    assert {route.told.scope for route in ROUTES} <= ALL_SCOPES
    assert any(route.told.owners for route in ROUTES)
