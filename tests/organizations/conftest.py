from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from billabex.organizations import ports

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from uuid import UUID

    from pytest_django import DjangoCaptureOnCommitCallbacks


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[tuple[UUID, frozenset[str]]]:
    """Return what a listener hears of changed settings, the only one that is registered."""
    monkeypatch.setattr(ports, "_listeners", [])
    told: list[tuple[UUID, frozenset[str]]] = []

    @ports.on_settings_changed
    def listen(*, organization_id: UUID, fields: frozenset[str]) -> None:
        told.append((organization_id, fields))

    return told


@pytest.fixture
def committing(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Callable[[], AbstractContextManager[list[Callable[[], Any]]]]:
    """Return how to have the block commit at its end."""
    return partial(django_capture_on_commit_callbacks, execute=True)


@pytest.fixture(autouse=True)
def _many_registrations(settings: Any) -> None:
    """Let the tests register as many applications as they like from their one address."""
    settings.OAUTH_REGISTRATIONS_PER_HOUR = 1_000_000
