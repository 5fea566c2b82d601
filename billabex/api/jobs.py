"""Jobs of the API."""

from __future__ import annotations

from celery import shared_task

from billabex.api.idempotency import forget_answers
from billabex.core import clock


@shared_task
def forget() -> int:
    """Forget the answers that were kept for a day; return how many. Running it twice harms nothing."""
    return forget_answers(now=clock.now())
