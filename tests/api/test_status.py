"""What the API says of itself, and where there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection
from rest_framework.test import APIClient

from billabex.organizations.hashing import PERSONAL

if TYPE_CHECKING:
    from django.test import Client

    from tests.api.conftest import Program


@pytest.mark.django_db
def test_status_is_public_and_leads_on() -> None:
    answer = APIClient().get("/api/public/v1/status")
    assert answer.status_code == 200
    assert answer.json() == {
        "name": "Billabex",
        "version": "0.1.0",
        "links": {
            "docs": "http://testserver/api/docs/",
            "openapi": "http://testserver/api/docs/openapi.json",
            "oauth": "http://testserver/.well-known/oauth-authorization-server",
            "mcp": "http://testserver/mcp",
        },
    }


@pytest.mark.django_db
def test_where_the_database_is_away_the_api_answers_as_always() -> None:
    def away(*_statement: Any) -> None:
        raise OperationalError

    with connection.execute_wrapper(away):
        answer = APIClient().get("/api/public/v1/accounts", headers={"authorization": f"Bearer {PERSONAL}x"})
    assert (answer.status_code, answer.json()["code"]) == (500, "app-core.error.unknown")
    assert answer.json()["requestId"] == answer["X-Request-Id"]


@pytest.mark.parametrize("path", ["/nothing", "/accounts/", "/status/", "", "/accounts/not-a-key"])
def test_nothing_is_answered_as_the_api_answers(program: Program, path: str) -> None:
    answer = program.get(path)
    assert answer.status_code == 404  # and nothing redirects, with a slash or without
    assert answer.json()["code"] == "app-api.route.not-found"
    assert answer.json()["message"].endswith("(404)")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/api/", "/api/nothing", "/api/public/v1", "/api/oauth/token/", "/api/docs/no"])
def test_nothing_below_the_programs_part_of_the_site_is_answered_in_the_same_shape(path: str) -> None:
    answer = APIClient().get(path)
    assert (answer.status_code, answer.json()["code"]) == (404, "app-api.route.not-found")


def test_people_who_leave_out_the_slash_find_the_documentation(client: Client) -> None:
    assert client.get("/api/docs")["Location"] == "/api/docs/"
