"""Plays the story on a real database: the same doors, the same cycle, only the clock is set.

Playing it again is safe: what has happened already does not happen twice, and a performance that was interrupted goes
on where it stopped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.rules import match_key
from billabex.agent.cycle import plan_organization
from billabex.agent.demo.companies import ORGANIZATION
from billabex.agent.demo.paper import make_pdf
from billabex.agent.demo.story import DAYS, tell
from billabex.agent.sending import send_due
from billabex.celery import app as celery_app
from billabex.core import audit, clock
from billabex.core.actors import SYSTEM
from billabex.core.errors import RuleViolation
from billabex.core.models import AuditEntry
from billabex.organizations.enums import Role
from billabex.organizations.models import Membership, Organization, User
from billabex.organizations.rules import local_date, opening
from billabex.organizations.services import add_member, create_organization
from contacts.services import add_contact
from invoices.models import CreditNote, Invoice
from invoices.services import import_pdf, set_paid_amount
from tasks.models import Task
from tasks.services import answer_with_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from accounts.models import Account
    from billabex.agent.demo.companies import Customer
    from billabex.agent.demo.documents import PaperDocument
    from billabex.agent.demo.story import Story

SLUG = "atelier-lumen"
OWNER_NAME = "Camille Aubry"


@dataclass(frozen=True, slots=True)
class Stage:
    """The organization, its owner, and the story to be played."""

    organization: Organization
    owner: Membership
    story: Story


def set_stage(*, email: str, password: str) -> Stage:
    """Create the organization and its owner, or find them as an earlier performance left them.

    Args:
        email: The owner's login.
        password: The owner's password, set anew each time.

    Raises:
        RuleViolation: Real mail is configured, and the story's people must never be written to.
    """
    if settings.EMAIL_URL:
        raise RuleViolation(
            _("The demonstration writes to invented people. Run it without EMAIL_URL, so that messages become files."),
            code="agent.demo.real-mail",
        )
    celery_app.conf.task_always_eager = True  # workers would plan by today's clock, not the story's
    organization = Organization.objects.filter(slug=SLUG).first() or _found_organization()
    owner = _owner(organization, email, password)
    started = AuditEntry.objects.get(organization_id=organization.pk, action="demo.started")
    return Stage(organization, owner, tell(date.fromisoformat(started.changes["start"])))


def perform(stage: Stage) -> Iterator[date]:
    """Let the story's days pass, one a step; nothing when they have all passed already."""
    if AuditEntry.objects.filter(organization_id=stage.organization.pk, action="demo.finished").exists():
        return
    eve = None
    for day in stage.story.days:
        with clock.stopped_at(opening(stage.organization, day)):
            _play(stage, day, eve)
        eve = day
        yield day
    audit.record(SYSTEM, "demo.finished", stage.organization, organization_id=stage.organization.pk)


def _found_organization() -> Organization:
    company = ORGANIZATION
    start = local_date(Organization(), timezone.now()) - timedelta(days=DAYS)
    with transaction.atomic():
        organization = create_organization(
            name=company.trade_name,
            slug=SLUG,
            actor=SYSTEM,
            domains=[company.email.partition("@")[2]],
            vat_number=company.vat_number,
            registration_number=re.sub(r"\D", "", company.registration),
            country=company.country,
            default_language="fr",
            iban=company.iban,
            bic=company.bic,
            account_holder=company.name,
            reply_to=company.email,
            agent_name="Alix",
        )
        audit.record(SYSTEM, "demo.started", organization, organization_id=organization.pk, changes={"start": start})
    return organization


def _owner(organization: Organization, email: str, password: str) -> Membership:
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        user = User.objects.create_superuser(email, password, full_name=OWNER_NAME)
    user.set_password(password)
    user.save(update_fields=["password"])
    return add_member(organization=organization, user=user, actor=SYSTEM, role=Role.OWNER)


def _play(stage: Stage, day: date, eve: date | None) -> None:
    """Do what people do on the day, then let the agent plan and send."""
    for document in stage.story.imported_by(day, after=eve):
        _import(stage, document)
    now = clock.now()
    if stage.story.payment.received_on == day:
        _receive_payment(stage, day)
    if stage.story.answer.answered_on == day:
        _answer_task(stage)
    plan_organization(stage.organization, now=now)
    send_due(now=now, organization=stage.organization)


def _import(stage: Stage, document: PaperDocument) -> None:
    """Import a PDF as a member does, who gives the contact of a new customer, where known, in the same go."""
    known = (
        Invoice.objects.for_organization(stage.organization),
        CreditNote.objects.for_organization(stage.organization),
    )
    if any(papers.filter(number=document.number).exists() for papers in known):
        return
    content = make_pdf(document)
    with transaction.atomic():
        paper = import_pdf(
            organization=stage.organization,
            content=content,
            name=f"{document.number}.pdf",
            actor=stage.owner.actor,
            now=clock.now(),
        )
        if not paper.account.contacts.exists():
            _introduce(stage, paper.account)


def _introduce(stage: Stage, account: Account) -> None:
    customers = {match_key(customer.company.name): customer for customer in stage.story.customers}
    customer: Customer | None = customers.get(account.match_key)
    for contact in customer.contacts if customer else ():
        add_contact(
            account=account,
            full_name=contact.full_name,
            email=contact.email,
            language=contact.language,
            is_primary=contact.is_primary,
            actor=stage.owner.actor,
        )


def _receive_payment(stage: Stage, day: date) -> None:
    payment = stage.story.payment
    invoice = Invoice.objects.for_organization(stage.organization).get(number=payment.document.number)
    set_paid_amount(
        invoice=invoice,
        amount=invoice.total_amount,
        paid_on=day,
        actor=stage.owner.actor,
        now=clock.now(),
        note=_("Bank transfer"),
    )


def _answer_task(stage: Stage) -> None:
    answer = stage.story.answer
    key = match_key(answer.customer.company.name)
    tasks = Task.objects.for_organization(stage.organization).open().filter(account__match_key=key)
    for task in tasks.select_related("account"):
        answer_with_text(task=task, text=answer.text, actor=stage.owner.actor, now=clock.now())
