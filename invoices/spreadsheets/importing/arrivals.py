"""What follows when invoices or money arrive, for many accounts at once.

Runs in the caller's transaction, under its locks.
"""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING

from accounts.enums import STANDING_PAUSES
from accounts.models import Pause
from invoices.services import allocate_credit, settle_declarations
from invoices.spreadsheets.directory import BATCH

if TYPE_CHECKING:
    from invoices.spreadsheets.importing.base import Importer


def lift_pauses(importer: Importer) -> None:
    """End the pauses of the accounts that got a new document, unless they stand for a dispute or proceedings.

    The set-based sibling of `accounts.services.lift_pause_for_new_document`. Source: agent.md 3.
    """
    setting = importer.setting
    for batch in batched(importer.touched, BATCH, strict=False):
        live = Pause.objects.filter(account__in=batch, ended_at__isnull=True).exclude(reason__in=STANDING_PAUSES)
        lifted = list(live.select_related("account"))
        Pause.objects.filter(pk__in=[pause.pk for pause in lifted]).update(
            ended_at=setting.now, ended_by=setting.actor.label
        )
        for pause in lifted:
            importer.trace("account.resumed", pause.account, pause.account_id, {"because": "document"})


def settle_accounts(importer: Importer) -> None:
    """Let the accounts' credit find its invoices, and their announced payments come true.

    The set-based sibling of `invoices.services.money.settle_account`.
    """
    allocate_credit(importer.touched, on=importer.setting.today)
    settle_declarations(importer.touched, now=importer.setting.now)
