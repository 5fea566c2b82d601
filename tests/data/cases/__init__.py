"""For each constraint of the database: rows that it takes and rows that it alone refuses.

Add the case of a new constraint to the module of its app; `tests.data.test_constraints` fails until it is there.
"""

from __future__ import annotations

from tests.data.cases import (
    accounts,
    agent,
    api,
    claims,
    communications,
    contacts,
    core,
    invoices,
    organizations,
    tasks,
)
from tests.data.cases.case import SAME, Case

__all__ = ["CASES", "SAME", "Case"]

CASES: dict[str, Case] = {
    **core.CASES,
    **organizations.CASES,
    **accounts.CASES,
    **contacts.CASES,
    **invoices.CASES,
    **claims.CASES,
    **communications.CASES,
    **tasks.CASES,
    **agent.CASES,
    **api.CASES,
}
"""By the constraint's name, or `table.column` where a single column is unique."""
