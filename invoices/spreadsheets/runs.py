"""An import as a row that people watch: started, claimed by one worker, carried out whole or not at all.

What a file brings and the row's word that it is done are stored in one transaction, and only by the worker whose
claim still holds: a file is imported once, whoever dies or hangs when.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import translation

from billabex.core import clock
from invoices.models import SpreadsheetImport

from .enums import Effect, ImportKind, ImportStatus
from .errors import ImportTakenOver, InvalidSpreadsheet, SpreadsheetNotFound
from .issues import Issue, Issues
from .matching import find_titles
from .progress import SILENCE, forget, progress_of, teller
from .services import import_spreadsheet
from .storage import drop_table, kept_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from billabex.organizations.models import Membership

    from .services import Outcome
    from .storage import KeptTable

MAX_ATTEMPTS = 3


def start_import(
    *, member: Membership, table: KeptTable, kind: ImportKind, chosen: Mapping[str, int] | None
) -> SpreadsheetImport:
    """Note that a waiting table is to be imported; whoever calls `run_import` next does it.

    A table that is being imported already, or was, is not imported twice: its import is returned.
    """
    row = SpreadsheetImport(
        organization=member.organization,
        kind=kind,
        file_name=table.file_name,
        table=table.token,
        columns=chosen,
        row_count=sum(map(bool, table.rows[find_titles(table.rows, kind).index + 1 :])),
        started_by=member.actor.label,
        user=member.user,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        standing = SpreadsheetImport.objects.for_organization(member.organization).standing()
        if (known := standing.filter(table=table.token).first()) is None:
            raise
        return known
    return row


def run_import(*, import_id: UUID, now: datetime) -> None:
    """Carry an import out, unless somebody else does or did. Safe to call twice, late, or in parallel with itself.

    Sentences about rows are in the language of whoever started it.
    """
    row = _claim(import_id, now)
    if row is None:
        return
    with translation.override(row.user.language if row.user else None), suppress(ImportTakenOver):
        try:
            with transaction.atomic():
                outcome = _carry_out(row, now)
                _settle(row, ImportStatus.DONE, **_counts(outcome))
        except InvalidSpreadsheet as error:
            _settle(row, ImportStatus.REFUSED, **_told(error.issues))
        except SpreadsheetNotFound as error:
            _settle(row, ImportStatus.REFUSED, **_told(Issues([Issue(str(error))], 1)))
        except ImportTakenOver:
            raise
        except Exception:  # whatever it was: nothing of it is stored, and the people who watch are told
            _settle(row, ImportStatus.FAILED)
            raise
        else:
            drop_table(organization=row.organization, token=row.table)


def sweep_imports(*, now: datetime) -> list[UUID]:
    """Free the imports whose worker died, give up those that killed several, and return all that wait for a worker."""
    for row in SpreadsheetImport.objects.running_since(now - SILENCE):
        if progress_of(row.pk) is not None:
            continue
        is_hopeless = row.attempts >= MAX_ATTEMPTS
        changes = (
            {"status": ImportStatus.FAILED, "finished_at": now} if is_hopeless else {"status": ImportStatus.WAITING}
        )
        _still_ours(row).update(updated_at=now, **changes)
    return list(SpreadsheetImport.objects.claimable().order_by("created_at").values_list("pk", flat=True))


def _claim(import_id: UUID, now: datetime) -> SpreadsheetImport | None:
    """Take an import up; None when there is nothing to take."""
    claimable = SpreadsheetImport.objects.filter(pk=import_id).claimable()
    if not claimable.update(status=ImportStatus.RUNNING, claimed_at=now, attempts=F("attempts") + 1, updated_at=now):
        return None
    return SpreadsheetImport.objects.select_related("organization", "user").get(pk=import_id)


def _carry_out(row: SpreadsheetImport, now: datetime) -> Outcome:
    table = kept_table(organization=row.organization, token=row.table, now=now)
    return import_spreadsheet(
        organization=row.organization,
        rows=table.rows,
        kind=ImportKind(row.kind),
        file_name=row.file_name,
        actor=row.actor,
        now=now,
        chosen=row.columns,
        watch=teller(row.pk),
        may_lower=True,  # its page asked before it was started
    )


def _still_ours(row: SpreadsheetImport) -> Any:
    """Return the row as long as nobody took it up again since."""
    return SpreadsheetImport.objects.filter(pk=row.pk, status=ImportStatus.RUNNING, attempts=row.attempts)


def _settle(row: SpreadsheetImport, status: ImportStatus, **told: Any) -> None:
    """Note what came of an import.

    Raises:
        ImportTakenOver: Somebody took it up again meanwhile; what was imported here must not stay.
    """
    forget(row.pk)
    now = clock.now()  # not when it began: it may have taken minutes
    if not _still_ours(row).update(status=status, finished_at=now, updated_at=now, **told):
        raise ImportTakenOver


def _counts(outcome: Outcome) -> dict[str, int]:
    return {f"{effect.value}_count": outcome.counts[effect] for effect in Effect}


def _told(issues: Issues) -> dict[str, Any]:
    return {"issue_count": issues.count, "issues": [asdict(issue) for issue in issues.in_order()]}
