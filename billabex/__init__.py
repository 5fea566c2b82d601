"""Billabex: accounts-receivable follow-up. The project package."""

from billabex.celery import app as celery_app

__all__ = ["celery_app"]
