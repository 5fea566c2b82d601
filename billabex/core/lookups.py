"""`among`: like `in` for a list of keys, with one parameter whatever its length.

`in` has a parameter for each key, and Django and the driver look at each of them several times. Loading what a thousand
accounts have takes a dozen such lists: looking at the keys cost more than the rows.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.db.models import ForeignKey, Lookup, UUIDField

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


@ForeignKey.register_lookup
@UUIDField.register_lookup
class Among(Lookup):
    """`filter(account__among=[…])`: rows whose key is one of the UUIDs."""

    lookup_name = "among"
    prepare_rhs = False
    rhs: Iterable[UUID]

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """Compare with an array; SQLite, which has none, unfolds a list."""
        column, params = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s::uuid[])", (*params, f"{{{','.join(map(str, self.rhs))}}}")
        keys = json.dumps([key.hex for key in self.rhs])
        return f"{column} IN (SELECT value FROM json_each(%s))", (*params, keys)  # noqa: S608 - Django's own words
