"""Linking accounts to their records elsewhere. Source: docs/decisions/018."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from accounts.models import Account, Source
from billabex.core import clock
from billabex.core.models import AuditEntry
from tests.factories import AccountFactory, SourceFactory

if TYPE_CHECKING:
    from billabex.organizations.models import Organization
    from tests.api.conftest import Program

MINE = "0b54f9c2-6f0f-4e0e-9d83-4c1f1fb8a3c1"
OTHER = "7d0a7a0e-3a53-4f43-8d0c-0f6a2b8f5d11"
PAIR = {"connectionId": MINE, "sourceId": "C-1"}


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, name="Acme SAS")


def link(program: Program, account: Account, body: Any) -> tuple[int, Any]:
    answer = program.put(f"/accounts/{account.pk}/source", body)
    return answer.status_code, answer.json()


def test_link_is_answered_and_stands_on_the_account(program: Program, account: Account) -> None:
    said = {"connectionId": MINE, "sourceId": "C-1", "lastUpdate": "2026-03-01T10:00:00+01:00"}

    status, source = link(program, account, said)

    assert (status, source) == (200, {"system": "Custom", **said, "lastUpdate": "2026-03-01T09:00:00Z"})
    assert program.get(f"/accounts/{account.pk}").json()["source"] == source
    entry = AuditEntry.objects.get(action="account.source-linked")
    assert (entry.account_id, entry.changes) == (account.pk, {"external_id": "C-1"})


def test_the_same_pair_only_changes_its_last_update(program: Program, account: Account) -> None:
    link(program, account, PAIR)
    before = Account.objects.get(pk=account.pk).updated_at
    with clock.stopped_at(datetime(2030, 1, 1, tzinfo=UTC)):
        status, source = link(program, account, PAIR | {"lastUpdate": "2026-03-01T09:00:00Z"})
        assert (status, source["lastUpdate"]) == (200, "2026-03-01T09:00:00Z")
        assert link(program, account, PAIR) == (200, source)

    assert Account.objects.get(pk=account.pk).updated_at == before
    assert AuditEntry.objects.filter(action__contains="source").count() == 1
    assert Source.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [PAIR | {"sourceId": "C-2"}, PAIR | {"sourceId": "c-1"}, PAIR | {"connectionId": OTHER}, {"sourceId": "C-1"}],
)
def test_another_pair_on_a_linked_account_is_refused(program: Program, account: Account, other: dict[str, str]) -> None:
    link(program, account, PAIR)

    status, error = link(program, account, other)

    assert (status, error["code"]) == (409, "app-accounts.source.other-source")
    assert Source.objects.get().external_id == "C-1"


def test_record_of_another_account_is_refused_whatever_the_connection(program: Program, account: Account) -> None:
    SourceFactory.create(account__organization=account.organization, external_id="C-1", connection_id=OTHER)

    for pair in (PAIR, {"sourceId": "C-1"}):
        status, error = link(program, account, pair)
        assert (status, error["code"]) == (409, "app-accounts.source.taken")
    assert Source.objects.count() == 1


def test_record_of_another_tenants_account_is_another_record(program: Program, account: Account) -> None:
    SourceFactory.create(external_id="C-1", connection_id=MINE)

    assert link(program, account, PAIR)[0] == 200


def test_link_can_be_removed_and_made_anew(program: Program, account: Account) -> None:
    link(program, account, PAIR)

    assert program.delete(f"/accounts/{account.pk}/source").status_code == 204

    assert program.get(f"/accounts/{account.pk}").json()["source"] is None
    assert AuditEntry.objects.filter(action="account.source-unlinked", account_id=account.pk).count() == 1
    again = program.delete(f"/accounts/{account.pk}/source")
    assert (again.status_code, again.json()["code"]) == (404, "app-accounts.source.not-found")
    assert link(program, account, PAIR | {"connectionId": None})[0] == 200


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "sourceId"),
        ({"sourceId": None}, "sourceId"),
        ({"sourceId": "x" * 201}, "sourceId"),
        ({"sourceId": "C-1", "connectionId": "main"}, "connectionId"),
        ({"sourceId": "C-1", "lastUpdate": "yesterday"}, "lastUpdate"),
        ({"sourceId": "C-1", "lastUpdate": "2026-03-01T09:00:00"}, "lastUpdate"),
        ({"sourceId": "C-1", "system": "Custom"}, "system"),
    ],
)
def test_link_that_cannot_be_is_refused_by_field(
    program: Program, account: Account, body: dict[str, Any], field: str
) -> None:
    status, error = link(program, account, body)

    assert (status, [detail["field"] for detail in error["details"]]) == (400, [field])
    assert not Source.objects.exists()
