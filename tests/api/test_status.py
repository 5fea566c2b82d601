"""What the API says of itself, and where there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rest_framework.test import APIClient

if TYPE_CHECKING:
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


@pytest.mark.parametrize("path", ["/nothing", "/accounts/", "/status/", "", "/accounts/not-a-key"])
def test_nothing_is_answered_as_the_api_answers(program: Program, path: str) -> None:
    answer = program.get(path)
    assert answer.status_code == 404  # and nothing redirects, with a slash or without
    assert answer.json()["code"] == "app-api.route.not-found"
    assert answer.json()["message"].endswith("(404)")
