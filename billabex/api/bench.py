"""What a page of a list costs: the first against the ten-thousandth, among a thousand invoices and a million."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils.translation import gettext as _

from billabex.agent.bench.data import invent
from billabex.agent.bench.ground import TODAY, fresh_database
from billabex.core import clock
from billabex.core.actors import SYSTEM
from billabex.core.errors import InvalidInput
from billabex.organizations.enums import Role
from billabex.organizations.models import Membership, User
from billabex.organizations.scopes import ALL_SCOPES
from billabex.organizations.services import create_personal_token

if TYPE_CHECKING:
    from argparse import ArgumentParser
    from collections.abc import Callable

    from billabex.organizations.models import Organization

HELP = """\
Ask the API's lists for pages, as a program does: with a token, one request after the other, in turns. Every list is
asked for its first page and for one as deep as --depth, and the same among few invoices and among many.
Needs PostgreSQL; works in a database of its own, which goes afterwards."""

LISTS = {
    "invoices": {},
    "invoices by dueDate": {"sort": "dueDate"},
    "invoices, unpaid": {"hasRemaining": "true"},
    "accounts": {},
    "accounts by -updatedAt": {"sort": "-updatedAt"},
    "communications": {},
    "credit-notes": {},
    "account-tasks/search": {},
}
"""What is asked: the path's first word is the list, what stands here its parameters."""
_PAGE = 25
_STRIDE = 100  # the largest page, to come to a deep one
_TURNS = 41
_LONGEST_WALK = 300  # seconds


@dataclass(slots=True)
class Asker:
    """A program that reads the lists of one organization."""

    organization: Organization
    client: Client

    @classmethod
    def of(cls, organization: Organization) -> Asker:
        """Return one with a token of its own."""
        user = User.objects.create_user(f"bench@{organization.slug}.example")
        Membership.objects.create(organization=organization, user=user, role=Role.OWNER)
        now = clock.now()
        facts: dict[str, Any] = {"name": "Bench", "scopes": ALL_SCOPES, "expires_at": now + timedelta(days=1)}
        _token, secret = create_personal_token(user=user, actor=SYSTEM, now=now, **facts)
        return cls(organization, Client(headers={"authorization": f"Bearer {secret}"}))

    def ask(self, name: str, **parameters: Any) -> dict[str, Any]:
        """Return a page of a list."""
        path = name.replace(",", "").split()[0]
        asked: dict[str, Any] = {"organizationId": str(self.organization.pk), "first": _PAGE} | LISTS[name] | parameters
        answer = self.client.get(f"/api/public/v1/{path}", asked)
        if answer.status_code != 200:  # noqa: PLR2004 - what HTTP calls fine
            raise InvalidInput(answer.content.decode())
        page: dict[str, Any] = answer.json()
        return page

    def cursor_at(self, name: str, depth: int) -> tuple[str | None, int]:
        """Walk to where page `depth` of 25 begins, or as far as the list or five minutes go; return cursor and page."""
        ends = time.perf_counter() + _LONGEST_WALK
        after: str | None = None
        seen = 0
        while seen + _STRIDE <= (depth - 1) * _PAGE and time.perf_counter() < ends:
            step: dict[str, Any] = {"after": after} if after else {}
            reached = self.ask(name, first=_STRIDE, **step)["pageInfo"]["endCursor"]
            if reached is None:
                break
            after, seen = reached, seen + _STRIDE
        return after, seen // _PAGE + 1


def add_arguments(parser: ArgumentParser) -> None:
    """Take the two sizes, and how deep."""
    sizes = [1_000, 1_000_000]
    parser.add_argument("--invoices", nargs=2, type=int, default=sizes, metavar="N", help=_("How many invoices."))
    parser.add_argument("--depth", type=int, default=10_000, metavar="N", help=_("How deep the deep page is."))


def run(write: Callable[[str], object], *, invoices: list[int], depth: int, **_options: Any) -> None:
    """Measure every list, and write the table line by line: medians in milliseconds, and their ratios.

    Raises:
        InvalidInput: The database is not PostgreSQL.
    """
    if connection.vendor != "postgresql":
        raise InvalidInput(_("This measurement needs PostgreSQL: set DATABASE_URL."))
    with fresh_database(), override_settings(API_RATE_LIMIT=10**9, ALLOWED_HOSTS=["testserver"]):
        few, many = (Asker.of(invent(f"Bench {size}", invoices=size, today=TODAY)) for size in sorted(invoices))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        write("| list | queries | first page, few ms | first page, many ms | × few | page | deep page ms | × first |")
        write("|---|---:|---:|---:|---:|---:|---:|---:|")
        for name in LISTS:
            write(_row(name, few, many, depth))


def _row(name: str, few: Asker, many: Asker, depth: int) -> str:
    after, page = many.cursor_at(name, depth)
    with CaptureQueriesContext(connection) as captured:
        many.ask(name)
    queries = len(captured)
    step = {"after": after} if after else {}
    small, first, deep = _medians(lambda: few.ask(name), lambda: many.ask(name), lambda: many.ask(name, **step))
    return (
        f"| {name} | {queries} | {small:.1f} | {first:.1f} | {first / small:.2f} "
        f"| {page:,} | {deep:.1f} | {deep / first:.2f} |"
    )


def _medians(*asks: Callable[[], object]) -> list[float]:
    """Return how long each takes, in milliseconds: the median of many, each in turn, after one to warm up."""
    taken: list[list[float]] = [[] for _ask in asks]
    for ask in asks:
        ask()
    for _turn in range(_TURNS):
        for ask, times in zip(asks, taken, strict=True):
            begun = time.perf_counter()
            ask()
            times.append((time.perf_counter() - begun) * 1_000)
    return [median(times) for times in taken]
