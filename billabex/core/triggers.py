"""Migration operations for what constraints cannot say: rows that are never changed, or never deleted.

Each works on PostgreSQL and SQLite with the same words, and raises `IntegrityError` with the given sentence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState


class Trigger(Operation):
    """Run statements whenever a row of a table is inserted, updated or deleted.

    Args:
        name: The trigger's name, unique in the database.
        table: The table it watches.
        event: SQL's word and time, such as "BEFORE UPDATE".
        when: A condition on OLD and NEW, in SQL both databases speak; "" for always.
        sqlite: The statements of the body for SQLite.
        postgresql: The statements of the body for PostgreSQL's plpgsql, without the RETURN.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, name: str, table: str, event: str, when: str, sqlite: str, postgresql: str) -> None:
        self.name, self.table, self.event, self.when = name, table, event, when
        self.sqlite, self.postgresql = sqlite, postgresql

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change no state: triggers are the database's own."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Create the trigger."""
        when = f"WHEN ({self.when})" if self.when else ""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {self.name} {self.event} ON {self.table} FOR EACH ROW {when} BEGIN {self.sqlite}; END",
                params=None,
            )
            return
        row = "OLD" if "DELETE" in self.event else "NEW"
        schema_editor.execute(
            f"CREATE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN {self.postgresql}; RETURN {row}; END $$",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER {self.name} {self.event} ON {self.table} FOR EACH ROW {when} "
            f"EXECUTE FUNCTION {self.name}()",
            params=None,
        )

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the trigger."""
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {self.name}", params=None)
        else:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {self.name}() CASCADE", params=None)

    def describe(self) -> str:
        """Say what it does, for `migrate --plan`."""
        return f"Create trigger {self.name} on {self.table}"


class Drop(Trigger):
    """Drop a trigger, and create it again on the way back.

    SQLite rebuilds a table for a new column or constraint: that takes the table's triggers away, and fails while those
    of other tables ask for it. Such a migration drops them first and creates them again at its end.
    """

    def __init__(self, trigger: Trigger) -> None:
        super().__init__(trigger.name, trigger.table, trigger.event, trigger.when, trigger.sqlite, trigger.postgresql)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Drop the trigger."""
        super().database_backwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        """Create the trigger."""
        super().database_forwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """Say what it does, for `migrate --plan`."""
        return f"Drop trigger {self.name} on {self.table}"


def refuse(sentence: str) -> dict[str, str]:
    """Return the two bodies that refuse the statement with the sentence."""
    return {
        "sqlite": f"SELECT RAISE(ABORT, '{sentence}')",
        "postgresql": f"RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'",
    }


def frozen_columns(table: str, *columns: str, when: str = "", sentence: str = "") -> Trigger:
    """Refuse to change the columns of a row, once it is there (and `when` holds of the OLD row)."""
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in columns)
    return Trigger(
        f"{table}_frozen",
        table,
        "BEFORE UPDATE",
        f"({when}) AND ({changed})" if when else changed,
        **refuse(sentence or f"{table}: what was written is never changed"),
    )


def no_delete(table: str, *, unless: str = "") -> Trigger:
    """Refuse to delete a row, unless the condition on OLD holds (a subquery may read other tables).

    PostgreSQL allows no subquery in WHEN, so the condition stands inside the body there.
    """
    sentence = f"{table}: rows are kept"
    test = f"NOT ({unless})" if unless else "TRUE"
    return Trigger(
        f"{table}_kept",
        table,
        "BEFORE DELETE",
        "",
        sqlite=f"SELECT RAISE(ABORT, '{sentence}') WHERE {test}",
        postgresql=(
            f"IF {test} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = 'integrity_constraint_violation'; END IF"
        ),
    )
