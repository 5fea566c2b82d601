"""Upserts one person over and over; `test_parallel_upserts` runs two of these at once.

Reads the account's id from the command line, says "ready", waits for a line, and prints how often somebody was new.
"""

from __future__ import annotations

import sys

import django

TIMES = 200
SPELLINGS = [
    {"email": "jane@acme.example"},
    {"full_name": "jane doe"},
    {"email": "JANE@acme.example", "full_name": "Jane Doe"},
    {"email": "", "full_name": "Jane Doe"},
]


def main() -> None:
    """Upsert Jane Doe two hundred times, each time as another system would spell her."""
    django.setup()
    from accounts.models import Account  # noqa: PLC0415 - models only load once Django is set up
    from billabex.core.actors import SYSTEM  # noqa: PLC0415
    from contacts.services import upsert_contact  # noqa: PLC0415

    account = Account.objects.select_related("organization").get(pk=sys.argv[1])
    known = {"full_name": "Jane Doe", "language": "en", "email": "jane@acme.example"}
    print("ready", flush=True)  # noqa: T201 - the test listens
    sys.stdin.readline()
    added = 0
    for n in range(TIMES):
        given = known | SPELLINGS[n % len(SPELLINGS)]
        _person, is_new = upsert_contact(account=account, actor=SYSTEM, is_primary=n % 2 == 0, **given)
        added += is_new
    print(added)  # noqa: T201 - the test listens


if __name__ == "__main__":
    main()
