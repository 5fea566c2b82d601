"""Inserts many rows as fast as the database takes them: for the few places that write by the thousand.

Django's own bulk insert makes an object for each row and a parameter for each value; for planning a million invoices
that alone costs more than all the rest. Here a row is a tuple: PostgreSQL takes it by COPY, SQLite by a prepared
statement. Constraints and triggers hold as always.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db import connection, models

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from django.db.models import Field


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows in the caller's transaction; what is not among the columns has its default, one for each row.

    Args:
        model: The table.
        columns: Names of fields, as attributes ("account_id"), that the rows have values for.
        rows: Their values, in that order; of JSON fields what `json.dumps` takes. Without any, nothing is done.

    Raises:
        IntegrityError: A row breaks a constraint; none is stored.
    """
    fields: dict[str, Field[Any, Any]] = {
        field.attname: field
        for field in model._meta.concrete_fields  # noqa: SLF001 - Django's documented model API
        if not field.generated
    }
    missing = [field for name, field in fields.items() if name not in columns]
    named = [fields[name] for name in columns]
    whole = [(*row, *(field.get_default() for field in missing)) for row in rows]
    if whole:
        write = _copy if connection.vendor == "postgresql" else _execute
        write(model, [*named, *missing], whole)


def _copy(model: type[models.Model], fields: Sequence[Field[Any, Any]], rows: Iterable[Sequence[Any]]) -> None:
    json_at = [index for index, field in enumerate(fields) if isinstance(field, models.JSONField)]
    statement = f"COPY {_into(model, fields)} FROM STDIN"
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement) as copy,
    ):
        for row in rows:
            copy.write_row(_with_json(row, json_at))


def _with_json(row: Sequence[Any], json_at: Iterable[int]) -> Sequence[Any]:
    if not json_at:
        return row
    values = list(row)
    for index in json_at:
        values[index] = json.dumps(values[index])
    return values


def _execute(model: type[models.Model], fields: Sequence[Field[Any, Any]], rows: Iterable[Sequence[Any]]) -> None:
    places = ", ".join(["%s"] * len(fields))
    ready: list[Callable[[Any, Any], Any]] = [field.get_db_prep_save for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {_into(model, fields)} VALUES ({places})",  # noqa: S608 - names of our own tables and columns
            [[prepare(value, connection) for prepare, value in zip(ready, row, strict=True)] for row in rows],
        )


def _into(model: type[models.Model], fields: Iterable[Field[Any, Any]]) -> str:
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    return f"{quote(model._meta.db_table)} ({columns})"  # noqa: SLF001 - Django's documented model API
