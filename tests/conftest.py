"""What every test can count on: fast passwords, files kept apart, an organization and its people."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import Client, override_settings
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import sync_playwright

from billabex.celery import app as celery_app
from billabex.organizations.enums import Role
from tests.factories import MembershipFactory, OrganizationFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from billabex.organizations.models import Membership, Organization

# Tests assert counts, never seconds: a busy machine is slow, not wrong.
hypothesis_settings.register_profile("house", deadline=None)
hypothesis_settings.load_profile("house")


@pytest.fixture(autouse=True, scope="session")
def _settings_for_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hash passwords without the work that makes guessing them slow, and need no collected static files.

    Nor are they looked for anew for every client; live servers find them by themselves. All tests ask the API from one
    address; those of the limit set their own.
    """
    with override_settings(
        API_RATE_LIMIT=10**6,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        WHITENOISE_USE_FINDERS=False,
    ):
        yield


@pytest.fixture(autouse=True, scope="session")
def _jobs_in_process() -> None:
    """Run jobs in this process even where a broker is configured; the tests of real workers say otherwise."""
    celery_app.conf.task_always_eager = True


@pytest.fixture(scope="session")
def _files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield as many directories as there are tests; most write nothing, and none is made for them."""
    root = tmp_path_factory.mktemp("var")
    return (root / str(number) for number in count())


@pytest.fixture(autouse=True)
def _files_apart(_files: Iterator[Path]) -> Iterator[None]:
    """Keep uploads and written messages in a directory of the test's own."""
    root = next(_files)
    with override_settings(MEDIA_ROOT=root / "media", OUTBOX_DIR=root / "outbox"):
        yield


@pytest.fixture(autouse=True, scope="session")
def _flush_despite_triggers() -> Iterator[None]:
    """Let transactional tests empty the tables on SQLite, where some refuse DELETE by trigger.

    PostgreSQL truncates, which fires no row triggers. SQLite has only DELETE, so the triggers step aside, within the
    flush's own transaction, and come back as they were.
    """
    operations = DatabaseWrapper.ops_class
    plain = operations.sql_flush

    def sql_flush(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '% DELETE ON %'")
            triggers = dict(cursor.fetchall())
        drops = [f"DROP TRIGGER {name}" for name in triggers]
        return [*drops, *plain(self, style, tables, **options), *triggers.values()]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", sql_flush)
        yield


@pytest.fixture
def organization(db: None) -> Organization:
    return OrganizationFactory.create(name="Atelier Nord", slug="atelier-nord")


@pytest.fixture
def owner(organization: Organization) -> Membership:
    return MembershipFactory.create(organization=organization, role=Role.OWNER, user__full_name="Olive Owner")


@pytest.fixture
def member(organization: Organization) -> Membership:
    return MembershipFactory.create(organization=organization, user__full_name="Max Member")


@pytest.fixture
def read_only_member(organization: Organization) -> Membership:
    return MembershipFactory.create(organization=organization, role=Role.READ_ONLY, user__full_name="Rose Reader")


@pytest.fixture
def outsider(db: None) -> Membership:
    """Return the owner of another organization."""
    return MembershipFactory.create(role=Role.OWNER, user__full_name="Otto Outsider")


def signed_in(membership: Membership) -> Client:
    """Return a browser in which the member is signed in."""
    client = Client()
    client.force_login(membership.user)
    return client


@pytest.fixture
def owner_client(owner: Membership) -> Client:
    return signed_in(owner)


@pytest.fixture
def member_client(member: Membership) -> Client:
    return signed_in(member)


@pytest.fixture
def read_only_client(read_only_member: Membership) -> Client:
    return signed_in(read_only_member)


@pytest.fixture
def outsider_client(outsider: Membership) -> Client:
    return signed_in(outsider)


CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a real browser. Tests that use it are of the group "browser": one worker, one browser."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed")
    # Playwright's loop runs in this thread; the ORM is still only used between its calls.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
