"""The house's one signal leaves on commit, once an account, and stops nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction

from billabex.core import events

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoCaptureOnCommitCallbacks

pytestmark = pytest.mark.django_db
ONE, OTHER = uuid4(), uuid4()


@pytest.fixture
def heard() -> Iterator[list[tuple[UUID, str]]]:
    """Return what a listener hears."""
    found: list[tuple[UUID, str]] = []

    def listen(*, account_ids: list[UUID], cause: str, **_facts: Any) -> None:
        found.extend((account_id, cause) for account_id in account_ids)

    events.account_changed.connect(listen)
    yield found
    events.account_changed.disconnect(listen)


def test_announcement_leaves_on_commit_and_not_before(
    heard: list[tuple[UUID, str]], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        events.announce(ONE, "payment")
        assert heard == []
    assert heard == [(ONE, "payment")]


def test_announcement_of_many_changes_leaves_once_for_each_account(
    heard: list[tuple[UUID, str]], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for cause in ("document", "payment", "contact"):
            events.announce(ONE, cause)
            events.announce(OTHER, cause)
    assert heard == [(ONE, "document"), (OTHER, "document")]


def test_announcement_of_many_accounts_leaves_in_one_breath(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    breaths: list[list[UUID]] = []

    def listen(*, account_ids: list[UUID], **_facts: Any) -> None:
        breaths.append(account_ids)

    events.account_changed.connect(listen)
    with django_capture_on_commit_callbacks(execute=True):
        events.announce(ONE, "payment")
        events.announce_all([ONE, OTHER, OTHER], "document")
        events.announce_all([ONE, OTHER], "contact")
    events.account_changed.disconnect(listen)
    assert breaths == [[ONE], [OTHER]]


def test_announcement_of_what_is_rolled_back_never_leaves(
    heard: list[tuple[UUID, str]], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            events.announce(ONE, "document")
            transaction.set_rollback(True)
        assert heard == []
        events.announce(ONE, "payment")
    assert heard == [(ONE, "payment")]


def test_announcement_after_the_house_was_told_leaves_again(
    heard: list[tuple[UUID, str]], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    for cause in ("document", "payment"):
        with django_capture_on_commit_callbacks(execute=True):
            events.announce(ONE, cause)
    assert heard == [(ONE, "document"), (ONE, "payment")]


def test_announcing_looks_at_no_more_than_the_last_that_waits() -> None:
    """A transaction of ten thousand accounts would otherwise make fifty million comparisons."""
    compared = 0

    class Key(UUID):
        def __eq__(self, other: object) -> bool:
            nonlocal compared
            compared += 1
            return super().__eq__(other)

        __hash__ = UUID.__hash__

    for _ in range(100):
        events.announce(Key(bytes=uuid4().bytes), "document")
    assert compared == 0


@pytest.mark.django_db(transaction=True)
def test_announcement_outside_a_transaction_leaves_at_once(heard: list[tuple[UUID, str]]) -> None:
    events.announce(ONE, "payment")
    assert heard == [(ONE, "payment")]


def test_listener_that_fails_stops_no_other(
    heard: list[tuple[UUID, str]],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def fail(**_facts: Any) -> None:
        raise RuntimeError("This listener is broken.")

    events.account_changed.connect(fail)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            events.announce(ONE, "payment")
    finally:
        events.account_changed.disconnect(fail)
    assert heard == [(ONE, "payment")]
    assert "This listener is broken." in caplog.text
