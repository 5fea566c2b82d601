"""A migration operation for searching parts of texts: PostgreSQL finds them by trigrams, SQLite reads them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

AVAILABLE = """
    SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm'
    AND (installed_version IS NOT NULL OR has_database_privilege(current_database(), 'CREATE'))
"""


class TrigramIndex(Operation):
    """Index texts by what stands anywhere in them, on PostgreSQL; nothing elsewhere, or where `pg_trgm` cannot be had.

    The extension is a trusted one: whoever may create schemas in a database may create it there.

    Args:
        name: The index's name, unique in the database.
        table: The table it is of.
        *expressions: What is searched, as Django writes it: `UPPER(name)` for `name__icontains`, the plain column for
            `match_key__contains`.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, name: str, table: str, *expressions: str) -> None:
        self.name, self.table, self.expressions = name, table, expressions

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change no state: models know no index of only one database."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Create the index, and before the first one the extension."""
        if schema_editor.connection.vendor != "postgresql":
            return
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(AVAILABLE)
            if cursor.fetchone() is None:
                return
        columns = ", ".join(f"{expression} gin_trgm_ops" for expression in self.expressions)
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm", params=None)
        schema_editor.execute(f"CREATE INDEX {self.name} ON {self.table} USING gin ({columns})", params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the index; the extension may serve others."""
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP INDEX IF EXISTS {self.name}", params=None)

    def describe(self) -> str:
        """Say what it does, for `migrate --plan`."""
        return f"Create trigram index {self.name} on {self.table}"
