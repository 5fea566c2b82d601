"""`manage.py plan`, `send` and `explain`: the schedule's verbs, for people."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from billabex.core import clock
from communications.enums import FailureCode, Status
from communications.models import Communication
from tests.agent.scenes import at, customer
from tests.factories import AccountFactory

if TYPE_CHECKING:
    from pathlib import Path

    from billabex.organizations.models import Organization

pytestmark = pytest.mark.django_db
DAY = "2026-03-17"


def run(*words: str) -> str:
    """Return what the command prints."""
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_plan_and_send_of_a_day_send_what_is_due_on_it_once(organization: Organization, outbox: Path) -> None:
    customer(organization, "03-10")
    assert "1  A message is planned" in run("plan", "--date", DAY)
    assert [run("send", "--date", DAY) for _ in range(2)] == ["1 sent\n", "0 sent\n"]
    assert len(list(outbox.glob("*.eml"))) == 1


def test_explain_says_what_happens_next_and_what_becomes_of_each_invoice(organization: Organization) -> None:
    account = customer(organization, "03-10", "06-30", name="Acme")
    sentence, *invoices = run("explain", "acme", "--date", DAY).splitlines()
    assert sentence.startswith("On Tuesday, March 17, 2026 the agent will write to Person of Acme <")
    late, later = account.invoices.order_by("due_on")
    assert invoices == [
        f"  {late.number}: Named in it: 7 days late then.",
        f"  {later.number}: Not in it yet: due on Jun 30, 2026, reminded on Jun 25, 2026.",
    ]


def test_send_marks_what_hangs(organization: Organization) -> None:
    customer(organization, "03-10")
    now = at("03-17")
    with clock.stopped_at(now):
        run("plan")
    Communication.objects.update(status=Status.SENDING, claimed_at=now, subject="Your invoice")
    with clock.stopped_at(now + timedelta(minutes=16)):
        run("send")
    assert Communication.objects.filter(failure_code=FailureCode.UNKNOWN_OUTCOME).count() == 1


@pytest.mark.parametrize("command", [("plan",), ("send",), ("explain", "Acme")])
@pytest.mark.parametrize("day", ["tomorrow", "2026-02-30", "9999-12-31", "0001-01-01"])
def test_date_that_is_none_is_one_sentence(organization: Organization, command: tuple[str, ...], day: str) -> None:
    customer(organization, "03-10", name="Acme")
    with pytest.raises(CommandError, match=f"“{day}” is not a date"):
        run(*command, "--date", day)


def test_explain_unknown_account_is_one_sentence(organization: Organization) -> None:
    with pytest.raises(CommandError, match="There is no account “Nobody”"):
        run("explain", "Nobody")


def test_explain_name_of_two_accounts_asks_for_an_id(organization: Organization) -> None:
    AccountFactory.create_batch(2, organization=organization, name="Acme", match_key="acme")
    with pytest.raises(CommandError, match="Several accounts are called “Acme”"):
        run("explain", "Acme")
