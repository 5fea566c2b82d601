"""Two processes that upsert the same person at once make one person. Source: issue 5, "Shown by"; api.md 4."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from contacts.models import Contact
from tests.factories import AccountFactory

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time; nothing races"),
    pytest.mark.django_db(transaction=True),
]


def start(account_id: object) -> subprocess.Popen[str]:
    """Start a process that is ready to upsert on this test's database."""
    db = connection.settings_dict
    url = f"postgres://{db['USER']}:{db['PASSWORD']}@{db['HOST'] or '127.0.0.1'}:{db['PORT']}/{db['NAME']}"
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
        [sys.executable, "-m", "tests.contacts.upserting", str(account_id)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url, "REDIS_URL": "", "DJANGO_SETTINGS_MODULE": "billabex.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_two_processes_upserting_one_person_make_one() -> None:
    account = AccountFactory.create()
    processes = [start(account.pk) for _ in range(2)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    added = [int(process.communicate(timeout=300)[0]) for process in processes]

    assert sorted(added) == [0, 1]
    assert Contact.objects.filter(account=account).count() == 1
    assert [process.returncode for process in processes] == [0, 0]
