"""What the tests of the cycle share: where mail goes, and jobs that run at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from billabex.celery import app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import Settings


@pytest.fixture
def outbox(settings: Settings, tmp_path: Path) -> Path:
    """Return the folder that mail goes to during the test, as it does with no mail server configured."""
    folder = tmp_path / "outbox"
    options = {"file_path": str(folder)}
    settings.MAILERS = {"default": {"BACKEND": "communications.gateways.outbox.EmailBackend", "OPTIONS": options}}
    return folder


@pytest.fixture
def jobs_in_process() -> Iterator[None]:
    """Run jobs where they are queued, also where a broker is configured."""
    before = app.conf.task_always_eager
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = before
