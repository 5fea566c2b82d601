"""Previewing and importing a spreadsheet: the same plan, once thrown away and once carried out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from billabex.organizations.models import Organization

from .directory import near_names
from .enums import Effect
from .errors import InvalidSpreadsheet
from .importing import IMPORTERS, Setting
from .progress import Phase, Progress, unwatched
from .understanding import understand

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from decimal import Decimal

    from billabex.core.actors import Actor

    from .cells import Row
    from .enums import ImportKind
    from .importing import Importer, Naming
    from .progress import Watch
    from .understanding import Line, Sheet

NEAR_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file does, or did.

    Attributes:
        sheet: The file as it was understood, with what is wrong and what to know.
        effects: What each line does, by its number; lines that cannot be imported have no entry.
        counts: How many lines do what.
        currencies: What the amounts of lines are in, by their numbers.
        paid_before: What is recorded as paid of invoices of which lines say something else, by their numbers.
        namings: How the file names new accounts, and known ones that are called otherwise here.
    """

    sheet: Sheet
    effects: Mapping[int, Effect]
    counts: Mapping[Effect, int]
    currencies: Mapping[int, str]
    paid_before: Mapping[int, Decimal]
    namings: Sequence[Naming]

    @property
    def is_change(self) -> bool:
        """Whether anything would be stored."""
        return any(effect != Effect.UNCHANGED and count for effect, count in self.counts.items())

    @property
    def lowering(self) -> list[Line]:
        """The lines that lower what is paid of an invoice."""
        before = self.paid_before
        changing = (line for line in self.sheet.lines if line.number in before)
        return [line for line in changing if line.values["paid_in_all"].amount < before[line.number]]


def preview_spreadsheet(
    *,
    organization: Organization,
    rows: Sequence[Row],
    kind: ImportKind,
    actor: Actor,
    now: datetime,
    chosen: Mapping[str, int] | None = None,
) -> Outcome:
    """Return what importing the rows would do. Stores nothing.

    Args:
        organization: Whose they are.
        rows: As `reading.read_rows` returns them.
        kind: What they bring in.
        actor: Who would import them.
        now: The instant.
        chosen: The place of each field's column, where a person chose them; else the titles tell.
    """
    importer = _planned(rows, kind, chosen, Setting(organization, actor, now, may_lower=True))
    for name, known in list(near_names(organization, importer.new_names()))[:NEAR_SHOWN]:
        sentence = _(
            "“%(name)s” becomes a new account, but is nearly “%(known)s”. If it is the same company, write it alike."
        )
        importer.sheet.notices.append(sentence % {"name": name, "known": known})
    return _outcome(importer)


@transaction.atomic
def import_spreadsheet(
    *,
    organization: Organization,
    rows: Sequence[Row],
    kind: ImportKind,
    file_name: str,
    actor: Actor,
    now: datetime,
    chosen: Mapping[str, int] | None = None,
    watch: Watch = unwatched,
    may_lower: bool = False,
) -> Outcome:
    """Import all rows, or none. Importing the same rows again changes nothing.

    The organization's row is locked first, so that two files cannot create the same account at once; then the
    accounts, then the documents. As `preview_spreadsheet` otherwise; `watch` is told how far it is. Rows that lower
    paid amounts are refused unless `may_lower`.

    Raises:
        InvalidSpreadsheet: Some rows cannot be imported; `issues` says which and why.
    """
    # "No key": whoever holds an account and stores something of the organization refers to this row; a full lock here,
    # before the accounts' locks, would wait for them while they wait for it.
    Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
    setting = Setting(organization, actor, now, is_locked=True, may_lower=may_lower)
    importer = _planned(rows, kind, chosen, setting, watch)
    if importer.sheet.issues:
        raise InvalidSpreadsheet(importer.sheet.issues)
    outcome = _outcome(importer)
    if outcome.is_change:
        for stored in importer.write():
            watch(Progress(Phase.STORING, stored))
        importer.finish(file_name)
    return outcome


def _planned(
    rows: Sequence[Row],
    kind: ImportKind,
    chosen: Mapping[str, int] | None,
    setting: Setting,
    watch: Watch = unwatched,
) -> Importer:
    sheet = understand(rows, kind, setting.organization.country, chosen, watch)
    watch(Progress(Phase.COMPARING))
    importer = IMPORTERS[kind](sheet, setting)
    if not _is_hopeless(sheet):
        importer.plan()
    return importer


def _is_hopeless(sheet: Sheet) -> bool:
    """Tell whether the columns themselves are wrong, so that looking at rows would only repeat it."""
    return any(issue.row is None for issue in sheet.issues.kept)


def _outcome(importer: Importer) -> Outcome:
    return Outcome(
        importer.sheet,
        importer.effects,
        importer.counts(),
        {line.number: importer.currency_of(line) for line in importer.sheet.lines},
        importer.paid_before,
        importer.namings,
    )
