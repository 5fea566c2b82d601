"""Invents an organization with any number of invoices, by a few set-based statements of PostgreSQL.

Every account has five invoices: two settled in time, the others anywhere from long overdue to not yet due; one in
fifty has no contact, one in two was written to lately, one in twenty has credit waiting. The same number gives the
same data, and keys are in the order of time, as real ones are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import connection, models

from accounts.models import Account
from billabex.organizations.models import Organization
from communications.enums import Author, Kind, Status, Tone
from communications.models import Communication
from contacts.models import Contact
from invoices.models import CreditNote, Invoice

if TYPE_CHECKING:
    from datetime import date

INVOICES_EACH = 5


def invent(name: str, *, invoices: int, today: date) -> Organization:
    """Store an organization with so many invoices, five to an account, as they stand on the day."""
    organization = Organization.objects.create(name=name, slug=name.lower().replace(" ", "-"), country="FR")
    facts = {
        "organization": organization.pk,
        "today": today,
        "accounts": invoices // INVOICES_EACH,
        "offset": Account.objects.count(),
    }
    _accounts(facts)
    _contacts(facts)
    _invoices(facts)
    _credit(facts)
    _messages(facts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return organization


def _accounts(facts: dict[str, Any]) -> None:
    _fill(
        Account,
        "generate_series(1, %(accounts)s) i",
        facts,
        id=_key(1, "i"),
        name="'Customer ' || i",
        match_key="'customer ' || i",
        currency="'EUR'",
        country="(ARRAY['FR', 'FR', 'DE', 'ES', ''])[1 + i %% 5]",
        language="'fr'",
    )


def _contacts(facts: dict[str, Any]) -> None:
    _fill(
        Contact,
        "generate_series(1, %(accounts)s) i CROSS JOIN generate_series(0, 1) j",
        facts,
        where="i %% 50 <> 0 AND (j = 0 OR i %% 3 = 0)",
        id=_key(2, "i * 2 + j"),
        account_id=_key(1, "i"),
        full_name="'Person ' || i || '-' || j",
        email="'person' || j || '@customer' || i || '.example'",
        language="'fr'",
        is_primary="j = 0",
    )


def _invoices(facts: dict[str, Any]) -> None:
    issued = "%(today)s::date - (i * 7 + j * 29) %% 150"
    total = "100 + (i * 13 + j * 7) %% 900"
    is_settled = "j < 2 OR i %% 10 = 0"
    _fill(
        Invoice,
        "generate_series(1, %(accounts)s) i CROSS JOIN generate_series(0, 4) j",
        facts,
        id=_key(3, "i * 5 + j"),
        account_id=_key(1, "i"),
        created_at=f"({issued})::timestamptz",
        updated_at=f"({issued})::timestamptz",
        number="'F-' || i || '-' || j",
        issued_on=issued,
        due_on=f"{issued} + 30",
        currency="'EUR'",
        total_amount=total,
        billing_name="'Customer ' || i",
        validated_by="'Bench'",
        paid_amount=f"CASE WHEN {is_settled} THEN {total} ELSE 0 END",
        settled_on=f"CASE WHEN {is_settled} THEN {issued} + 20 END",
    )


def _credit(facts: dict[str, Any]) -> None:
    _fill(
        CreditNote,
        "generate_series(1, %(accounts)s) i",
        facts,
        where="i %% 20 = 0",
        id=_key(4, "i"),
        account_id=_key(1, "i"),
        number="'A-' || i",
        issued_on="%(today)s::date - 10",
        currency="'EUR'",
        total_amount="25",
        validated_by="'Bench'",
    )


def _messages(facts: dict[str, Any]) -> None:
    on = "%(today)s::date - 1 - i %% 13"
    _fill(
        Communication,
        "generate_series(1, %(accounts)s) i",
        facts,
        where="i %% 2 = 0",
        id=_key(5, "i"),
        account_id=_key(1, "i"),
        status=f"'{Status.SENT}'",
        author=f"'{Author.AGENT}'",
        kind=f"'{Kind.FOLLOW_UP}'",
        step="1",
        tone=f"'{Tone.COURTEOUS}'",
        language="'fr'",
        planned_on=on,
        scheduled_for=f"({on})::timestamptz",
        claimed_at=f"({on})::timestamptz",
        sent_at=f"({on})::timestamptz",
        subject="'Relance'",
        body_text="'Relance'",
    )


def _key(kind: int, number: str) -> str:
    """Return a key in the order of the number: a UUID of version 7 in form."""
    return (
        f"(lpad(to_hex(1700000000000 + %(offset)s * 10 + {number}), 12, '0') || '7{kind:03x}8' "
        f"|| lpad(to_hex({number}), 15, '0'))::uuid"
    )


def _fill(model: type[models.Model], rows: str, facts: dict[str, Any], *, where: str = "true", **values: str) -> None:
    """Insert a row for each of the rows; what has no expression has its default.

    Args:
        model: The table.
        rows: What the rows come from, in SQL.
        facts: What the expressions name.
        where: Which of the rows are meant.
        **values: Expressions in SQL, by column.
    """
    values = {"organization_id": "%(organization)s"} | values
    columns, expressions, defaults = [], [], {}
    for field in model._meta.concrete_fields:  # noqa: SLF001 - Django's documented model API
        if field.generated:
            continue
        column = str(field.column)
        columns.append(column)
        expressions.append(values.get(column, f"%({column}__default)s"))
        if column not in values:
            defaults[f"{column}__default"] = field.get_db_prep_save(field.get_default(), connection)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "  # noqa: S608, SLF001 - no word from outside
            f"SELECT {', '.join(expressions)} FROM {rows} WHERE {where}",
            facts | defaults,
        )
