"""A request that a program sends twice at once, with one Idempotency-Key, is done once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from accounts.models import Account
from tests.api.conftest import Program

if TYPE_CHECKING:
    from billabex.organizations.models import Membership

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time; nothing races"),
    pytest.mark.django_db(transaction=True),
]
AT_ONCE, TIMES = 4, 10


def test_a_key_that_comes_several_times_at_once_is_served_once(owner: Membership) -> None:
    body = {"organizationId": str(owner.organization_id), "fullName": "Acme"}

    def send(key: str) -> tuple[int, Any]:
        answer = Program(owner).post("/accounts", body, Idempotency_Key=key)
        connection.close()
        return answer.status_code, answer.json().get("id")

    with ThreadPoolExecutor(AT_ONCE) as together:
        for number in range(TIMES):
            answers = list(together.map(send, [f"key-{number}"] * AT_ONCE))
            made = {key for status, key in answers if status == 201}
            assert {status for status, _key in answers} <= {201, 409}
            assert len(made) == 1, "whoever comes second is told the first answer, or that it is still running"
    assert Account.objects.count() == TIMES
