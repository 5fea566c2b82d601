"""Keeps whose words a message left with, where a language model was asked: one line in the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from billabex.agent.language_model.port import UNANSWERED, Cause
from billabex.core import audit
from billabex.core.actors import AGENT
from billabex.core.places import fills

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from billabex.agent.language_model.phrasing import Phrasing
    from communications.models import Communication

PHRASED, UNPHRASED, DISCARDED = "communication.phrased", "communication.unphrased", "communication.phrasing-discarded"

TITLES = {
    UNPHRASED: ("pencil", _("The language model did not answer: the built-in text was sent")),
    DISCARDED: ("pencil", _("The language model's text was not faithful: the built-in text was sent")),
}


@fills("account.history")
def history() -> dict[str, tuple[str, _StrPromise]]:
    """Tell on the account's page when a language model was of no use."""
    return TITLES


def keep_trace(communication: Communication, phrasing: Phrasing) -> None:
    """Note whose words a claimed message leaves with. Within the transaction of the claim.

    Args:
        communication: With the text that it leaves with.
        phrasing: What came of asking.
    """
    is_used = bool(phrasing.prose) and all(paragraph in communication.body_text for paragraph in phrasing.prose)
    cause = None if is_used else phrasing.cause or Cause.FACTS_CHANGED
    audit.record(
        AGENT,
        _action(cause),
        communication,
        organization_id=communication.organization_id,
        account_id=communication.account_id,
        changes={"model": phrasing.model} | ({"cause": str(cause)} if cause else {}),
    )


def _action(cause: Cause | None) -> str:
    if cause is None:
        return PHRASED
    return UNPHRASED if cause in UNANSWERED else DISCARDED
