"""What all importers share: their setting, what they note of each line, and how they leave traces."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from accounts.services import note_changes
from billabex.core import audit
from billabex.organizations.rules import local_date
from invoices.spreadsheets.directory import Directory, Reference
from invoices.spreadsheets.enums import Effect

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime
    from decimal import Decimal
    from uuid import UUID

    from django.db import models

    from billabex.core.actors import Actor
    from billabex.core.models import AuditEntry
    from billabex.organizations.models import Organization
    from invoices.spreadsheets.understanding import Line, Sheet


@dataclass(frozen=True, slots=True)
class Setting:
    """Whose file it is, who imports it, and when.

    Attributes:
        is_locked: Whether rows are locked as they are read: always when the plan will be written.
        may_lower: Whether a person agreed to lower the paid amounts that the file lowers.
    """

    organization: Organization
    actor: Actor
    now: datetime
    is_locked: bool = False
    may_lower: bool = False

    @property
    def today(self) -> date:
        """The organization's civil date."""
        return local_date(self.organization, self.now)


@dataclass(frozen=True, slots=True)
class Naming:
    """How a file names an account.

    Attributes:
        written: As the file does first.
        account: What a known one is called here; empty for an account that the file creates.
        rows: Where it does.
    """

    written: str
    account: str
    rows: list[int]


class Importer(ABC):
    """Plans what a file changes, and writes it.

    Attributes:
        effects: What each line does, by its number.
        touched: The accounts that something changes about.
        currencies: Those of the lines about documents, by their numbers.
        paid_before: What is recorded as paid of invoices of which lines say something else, by their numbers.
        namings: How the file names new accounts, and known ones that are called otherwise here.
        cause: What the house is told that happened to them.
    """

    cause = "document"

    def __init__(self, sheet: Sheet, setting: Setting) -> None:
        self.sheet = sheet
        self.setting = setting
        self.effects: dict[int, Effect] = {}
        self.touched: dict[UUID, None] = {}
        self.currencies: dict[int, str] = {}
        self.paid_before: dict[int, Decimal] = {}
        self.namings: list[Naming] = []
        self._trail: list[AuditEntry] = []

    @abstractmethod
    def plan(self) -> None:
        """Work out what the file changes; refuse what cannot be. Reads only."""

    @abstractmethod
    def write(self) -> Iterator[int]:
        """Store what was planned, batch by batch; yield how many lines are stored.

        Runs in the caller's transaction, right after planning in it.
        """

    def new_names(self) -> list[str]:
        """Return the names of the accounts that the file is the first to name."""
        return []

    def counts(self) -> Counter[Effect]:
        """Return how many lines do what."""
        return Counter(self.effects.values())

    def currency_of(self, line: Line) -> str:
        """Return the currency of a line's amounts, as far as the plan could tell it."""
        said: str = self.currencies.get(line.number) or line.values.get("currency", "")
        return said or self.setting.organization.default_currency

    def directory(self) -> Directory:
        """Return the accounts that the lines may be about."""
        references = (Reference.of(line.values) for line in self.sheet.good_lines)
        return Directory(self.setting.organization, references, is_locked=self.setting.is_locked)

    def note(self, line: Line, effect: Effect, account_id: UUID) -> None:
        """Note what a line does, to which account."""
        self.effects[line.number] = effect
        if effect != Effect.UNCHANGED:
            self.touched[account_id] = None

    def trace(self, action: str, subject: models.Model, account_id: UUID | None, changes: Mapping[str, Any]) -> None:
        """Keep an entry for the audit log, until `keep_trail` writes it."""
        organization_id = self.setting.organization.pk
        self._trail.append(
            audit.entry(
                self.setting.actor,
                action,
                subject,
                organization_id=organization_id,
                account_id=account_id,
                changes=changes,
            )
        )

    def keep_trail(self) -> None:
        """Write the entries that were traced since."""
        audit.record_many(self._trail)
        self._trail = []

    def finish(self, file_name: str) -> None:
        """Write the audit entry of the import as a whole, and tell the house of its accounts on commit."""
        counts = self.counts()
        facts = {"kind": self.sheet.kind, "file": file_name, **{effect.value: counts[effect] for effect in Effect}}
        self.trace("spreadsheet.imported", self.setting.organization, None, facts)
        self.keep_trail()
        note_changes(list(self.touched), self.cause)
