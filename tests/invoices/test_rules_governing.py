"""Who may change a document that lives in another system, too."""

from __future__ import annotations

import pytest

from accounts.enums import SourceSystem
from billabex.core.actors import ActorKind
from invoices.rules import read_only_reason

BUILT_IN = [*set(SourceSystem.values) - {SourceSystem.CUSTOM}, "Elsewhere"]
PEOPLE = [ActorKind.MEMBER, ActorKind.CUSTOMER, ActorKind.AGENT]


@pytest.mark.parametrize("writer", ActorKind)
def test_a_document_without_a_source_is_changed_by_all(writer: ActorKind) -> None:
    assert read_only_reason(None, writer) == ""


@pytest.mark.parametrize("system", BUILT_IN)
@pytest.mark.parametrize("writer", [*PEOPLE, ActorKind.API_CLIENT])
def test_a_connections_document_is_changed_by_nobody_else_and_names_it(system: str, writer: ActorKind) -> None:
    assert system in read_only_reason(system, writer)


@pytest.mark.parametrize("writer", PEOPLE)
def test_an_api_clients_document_is_read_only_to_people(writer: ActorKind) -> None:
    assert "API" in read_only_reason(SourceSystem.CUSTOM, writer)


def test_an_api_clients_document_stays_writable_by_api() -> None:
    assert read_only_reason(SourceSystem.CUSTOM, ActorKind.API_CLIENT) == ""


@pytest.mark.parametrize("system", [SourceSystem.CUSTOM, *BUILT_IN])
def test_the_connection_itself_changes_its_documents(system: str) -> None:
    assert read_only_reason(system, ActorKind.SYSTEM) == ""
