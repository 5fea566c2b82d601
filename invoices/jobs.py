"""Celery's entry points of spreadsheets. Safe to run twice, late, or in parallel with themselves."""

from __future__ import annotations

import logging
from uuid import UUID

from celery import shared_task

from billabex.core import clock
from invoices.spreadsheets import runs
from invoices.spreadsheets.storage import sweep_tables

logger = logging.getLogger(__name__)

TIME_LIMIT = 1_800
"""Seconds after which a worker is stopped; an import of the most rows that a file may have takes a minute or two."""


@shared_task(time_limit=TIME_LIMIT)
def run_import(import_id: str) -> None:
    """Carry out one import of a spreadsheet; its failure is its own."""
    try:
        runs.run_import(import_id=UUID(import_id), now=clock.now())
    except Exception:  # the edge: the import's page says that it failed
        logger.exception("Spreadsheet import %s failed", import_id)


@shared_task
def sweep() -> None:
    """Settle the imports that hang, queue those that wait, and throw away the tables that nobody imported."""
    now = clock.now()
    sweep_tables(now=now)
    for import_id in runs.sweep_imports(now=now):
        run_import.delay(str(import_id))
