"""From the door to the plan: whatever happens to an account replans it by itself. Source: house.md 1."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from accounts.enums import FollowUpOwner
from accounts.services import set_follow_up_owner
from billabex.agent.demo.documents import Kind as PaperKind
from billabex.agent.demo.paper import make_pdf
from billabex.agent.demo.story import tell
from billabex.agent.models import Decision
from billabex.core import clock
from billabex.core.actors import SYSTEM
from billabex.organizations.services import add_closure
from communications.enums import Kind, Status
from communications.models import Communication
from contacts.services import add_contact
from invoices.models import Invoice
from invoices.services.documents import import_pdf
from tasks.enums import TaskStatus
from tasks.models import Task
from tests.agent.scenes import at, customer, pay

if TYPE_CHECKING:
    from accounts.models import Account
    from billabex.organizations.models import Organization

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("jobs_in_process")]
NOW = at("03-17")


def test_document_comes_in_and_the_agent_asks_then_plans(organization: Organization) -> None:
    """A real PDF of a new company: a task at once; its answer: a message at once."""
    papers = [arrival.document for arrival in tell(NOW.date()).arrivals]
    paper = next(paper for paper in papers if paper.kind == PaperKind.INVOICE)
    with clock.stopped_at(at(paper.issued_on)):
        content = make_pdf(paper)
        invoice = import_pdf(organization=organization, content=content, name="new.pdf", actor=SYSTEM, now=clock.now())
        assert isinstance(invoice, Invoice)
        assert (Task.objects.get().account, Communication.objects.count()) == (invoice.account, 0)
        add_contact(account=invoice.account, full_name="Jane", language="en", email="jane@acme.example", actor=SYSTEM)
    message = Communication.objects.get()
    assert (message.account, message.status, message.kind) == (invoice.account, Status.SCHEDULED, Kind.PRE_DUE_REMINDER)
    assert Task.objects.get().status == TaskStatus.CANCELLED


@pytest.fixture
def planned(organization: Organization) -> Account:
    """Return an account whose message stands, because a contact came."""
    account = customer(organization, "03-10", contact=False)
    with clock.stopped_at(NOW):
        add_contact(account=account, full_name="Jane", language="en", email="jane@acme.example", actor=SYSTEM)
    assert Communication.objects.get().status == Status.SCHEDULED
    return account


def test_payment_withdraws_the_message_by_itself(planned: Account) -> None:
    with clock.stopped_at(NOW):
        pay(planned.invoices.get(), "120.00", "03-17")
    assert Communication.objects.get().status == Status.CANCELLED


def test_closure_of_the_organization_moves_the_message_by_itself(planned: Account) -> None:
    assert Communication.objects.get().planned_on == NOW.date()
    with clock.stopped_at(NOW):
        closed = NOW.date()
        add_closure(
            organization=planned.organization, starts_on=closed, ends_on=closed, label="Move", actor=SYSTEM, now=NOW
        )
    assert Communication.objects.get().planned_on == NOW.date() + timedelta(days=1)


def test_taking_an_account_back_withdraws_the_message_by_itself(planned: Account) -> None:
    with clock.stopped_at(NOW):
        set_follow_up_owner(account=planned, owner=FollowUpOwner.IN_HOUSE, actor=SYSTEM)
    assert Communication.objects.get().status == Status.CANCELLED
    assert str(Decision.objects.first()) == "2026-03-17: Follow-ups are held"
