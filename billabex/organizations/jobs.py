"""Celery's entry points of organizations. Safe to run twice, late, or in parallel with themselves."""

from __future__ import annotations

from celery import shared_task

from billabex.core import clock
from billabex.organizations.oauth.services import forget_expired


@shared_task
def forget() -> None:
    """Delete codes and tokens of applications that are over."""
    forget_expired(now=clock.now())
