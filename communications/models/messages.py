"""Messages: one row each, in or out, planned or past."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Pause
from billabex.core.checks import language_code, one_of
from billabex.core.models import BaseModel, TenantQuerySet
from billabex.organizations.enums import MessageLanguage
from billabex.organizations.models import Organization
from communications.enums import (
    DELIVERY,
    LEFT_US,
    REACHED_OUT,
    Author,
    Channel,
    DeliveryStatus,
    Direction,
    FailureCode,
    Kind,
    Status,
    Tone,
)

if TYPE_CHECKING:
    from datetime import date, datetime

_PERMANENT = [Status.SENT, Status.DELIVERED, Status.BOUNCED, Status.COMPLAINED]
_PLANNED_BY_AGENT = Q(Q(author=Author.AGENT) | Q(edited_at__isnull=False), composed_by="")
_LEFT_TO_AGENT = Q(author=Author.AGENT, edited_at__isnull=True, released_at__isnull=True)
_BY_PERSON = Q(edited_at__isnull=False) | Q(released_at__isnull=False)

AT = Coalesce("sent_at", "claimed_at", "scheduled_for", "created_at")
"""The instant that counts for a message: when it left, is to leave, or came in."""


def _said_by(verb: str, condition: Q) -> models.CheckConstraint:
    """Hold that a person's word about a message has both its instant and its author, and stands where it may."""
    instant, person = f"{verb}_at", f"{verb}_by"
    return models.CheckConstraint(
        name=f"communications_{verb}",
        condition=Q(**{f"{instant}__isnull": True, person: ""})
        | (Q(condition, **{f"{instant}__isnull": False}) & ~Q(**{person: ""})),
    )


class CommunicationQuerySet(TenantQuerySet["Communication"]):
    """Messages of any direction."""

    def planned(self) -> Self:
        """Keep those that stand as Scheduled."""
        return self.filter(status=Status.SCHEDULED)

    def plans(self) -> Self:
        """Keep the next message of each account: what the agent has planned, whether or not a person has edited it."""
        return self.planned().filter(_PLANNED_BY_AGENT)

    def by_person(self) -> Self:
        """Keep those about which a person has had their say."""
        return self.filter(_BY_PERSON)

    def due(self, now: datetime) -> Self:
        """Keep the scheduled ones whose instant has come, but for a person's that surely waits for a pause to end.

        A member's own message waits for none. A pause ends on a civil date: one that ends within a day may be over
        where its account is.
        """
        tomorrow = (now + timedelta(days=1)).date()
        held = Pause.objects.filter(Q(until__isnull=True) | Q(until__gt=tomorrow), ended_at__isnull=True)
        waits = _BY_PERSON & Q(composed_by="") & Exists(held.filter(account=OuterRef("account")))
        return self.planned().filter(scheduled_for__lte=now).exclude(waits)

    def skipped(self) -> Self:
        """Keep the plans that a person cancelled: the rhythm goes on as if they had left on their day."""
        return self.filter(cancelled_at__isnull=False, composed_by="")

    def reached_out(self) -> Self:
        """Keep those that count as having written to the account."""
        doubtful = Q(failure_code=FailureCode.UNKNOWN_OUTCOME)
        return self.filter(Q(status__in=REACHED_OUT) | doubtful, direction=Direction.OUTGOING)


class Communication(BaseModel):
    """One message. While Scheduled it is a plan; once handed over, its words are kept for ever."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="communications")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="communications")
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, default=Direction.OUTGOING)
    channel = models.CharField(_("channel"), max_length=10, choices=Channel, default=Channel.EMAIL)
    status = models.CharField(_("status"), max_length=12, choices=Status)
    author = models.CharField(_("author"), max_length=10, choices=Author)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    step = models.PositiveSmallIntegerField(
        _("step"), default=0, help_text="The number of the follow-up within its overdue episode; 0 for other kinds."
    )
    tone = models.CharField(_("tone"), max_length=15, choices=Tone, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=MessageLanguage)
    planned_on = models.DateField(_("planned for"), null=True, help_text="The organization's civil date.")
    scheduled_for = models.DateTimeField(_("scheduled for"), null=True)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    body_text = models.TextField(_("text"), blank=True)
    body_html = models.TextField(_("HTML"), blank=True)
    reasons = models.JSONField(_("reasons"), default=list, help_text="Why the agent wrote it: codes with their facts.")
    claimed_at = models.DateTimeField(_("claimed"), null=True, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    failure_code = models.CharField(_("failure"), max_length=20, choices=FailureCode, blank=True)
    failure_detail = models.CharField(_("what the server said"), max_length=500, blank=True)
    edited_at = models.DateTimeField(_("edited"), null=True, blank=True)
    edited_by = models.CharField(_("edited by"), max_length=300, blank=True)
    released_at = models.DateTimeField(
        _("sent at once"), null=True, blank=True, help_text="A person said to send it now, whatever the day and hour."
    )
    released_by = models.CharField(_("sent at once by"), max_length=300, blank=True)
    cancelled_at = models.DateTimeField(
        _("cancelled"), null=True, blank=True, help_text="By a person; a plan that the agent withdrew has no date here."
    )
    cancelled_by = models.CharField(_("cancelled by"), max_length=300, blank=True)
    composed_by = models.CharField(
        _("written by"), max_length=300, blank=True, help_text="Whose own message it is, beside what the agent plans."
    )

    objects = CommunicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("communication")
        verbose_name_plural = _("communications")
        ordering = ["-scheduled_for", "-id"]
        indexes = [
            models.Index(fields=["scheduled_for"], name="communications_due", condition=Q(status=Status.SCHEDULED)),
            models.Index(fields=["claimed_at"], name="communications_sending", condition=Q(status=Status.SENDING)),
            models.Index(fields=["account", "-scheduled_for", "-id"], name="communications_account"),
            models.Index(fields=["organization", "-scheduled_for", "-id"], name="communications_organization"),
            models.Index("organization", AT, "id", name="communications_at"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account"],
                condition=Q(_PLANNED_BY_AGENT, status=Status.SCHEDULED),
                name="communications_one_scheduled",
            ),
            models.UniqueConstraint(
                fields=["account", "planned_on"],
                condition=Q(_LEFT_TO_AGENT, status__in=LEFT_US),
                name="communications_one_a_day",
            ),
            one_of("communications", "direction", Direction),
            one_of("communications", "channel", Channel),
            one_of("communications", "status", Status),
            one_of("communications", "author", Author),
            one_of("communications", "kind", Kind),
            language_code("communications"),
            models.CheckConstraint(name="communications_tone_known", condition=Q(tone__in=[*Tone.values, ""])),
            models.CheckConstraint(name="communications_agent_tone", condition=~Q(author=Author.AGENT) | ~Q(tone="")),
            models.CheckConstraint(
                name="communications_incoming",
                condition=Q(direction=Direction.INCOMING, status=Status.RECEIVED, author=Author.CUSTOMER)
                | (Q(direction=Direction.OUTGOING) & ~Q(status=Status.RECEIVED) & ~Q(author=Author.CUSTOMER)),
            ),
            models.CheckConstraint(
                name="communications_planned",
                condition=Q(direction=Direction.INCOMING) | Q(planned_on__isnull=False, scheduled_for__isnull=False),
            ),
            models.CheckConstraint(
                name="communications_words",
                condition=Q(status__in=[Status.SCHEDULED, Status.CANCELLED]) | ~Q(subject="", body_text=""),
            ),
            models.CheckConstraint(
                name="communications_claimed",
                condition=~Q(status__in=LEFT_US) | Q(claimed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="communications_sent",
                condition=Q(status__in=_PERMANENT, sent_at__isnull=False)
                | (~Q(status__in=_PERMANENT) & (Q(direction=Direction.INCOMING) | Q(sent_at__isnull=True))),
            ),
            models.CheckConstraint(
                name="communications_failure",
                condition=Q(status=Status.FAILED, failure_code__in=FailureCode.values)
                | (~Q(status=Status.FAILED) & Q(failure_code="")),
            ),
            models.CheckConstraint(
                name="communications_step",
                condition=Q(kind=Kind.FOLLOW_UP, step__gte=1) | (~Q(kind=Kind.FOLLOW_UP) & Q(step=0)),
            ),
            _said_by("edited", Q(direction=Direction.OUTGOING)),
            _said_by("released", Q(direction=Direction.OUTGOING)),
            _said_by("cancelled", Q(status=Status.CANCELLED)),
            models.CheckConstraint(
                name="communications_composed",
                condition=Q(composed_by="") | Q(author=Author.MEMBER, kind=Kind.MESSAGE),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.title

    def get_absolute_url(self) -> str:
        """Return the address of the message in its account's thread."""
        return reverse("communications:detail", args=[self.pk])

    @property
    def is_composed(self) -> bool:
        """Whether it is a member's own message: no plan of the agent's, which neither holds nor withdraws it."""
        return self.composed_by != ""

    @property
    def is_by_person(self) -> bool:
        """Whether a person has had their say: the agent neither moves nor rewrites it, but may withdraw a plan."""
        return self.is_composed or self.edited_at is not None or self.released_at is not None

    def is_released_on(self, day: date) -> bool:
        """Tell whether a person has it sent at once that day: a click is no leave for nights long after."""
        return self.released_at is not None and self.planned_on == day

    @property
    def is_worded(self) -> bool:
        """Whether its words are a person's, and leave as they stand; else the agent writes them when it leaves."""
        return self.author == Author.MEMBER

    @property
    def delivery_status(self) -> DeliveryStatus | None:
        """What is known of its delivery; None for what has not left, or came in."""
        return next((known for known, statuses in DELIVERY.items() if self.status in statuses), None)

    @property
    def title(self) -> str:
        """What it is, in the reader's language: "Follow-up #3" where it has no subject yet."""
        if self.kind == Kind.FOLLOW_UP:
            return gettext("Follow-up #%(step)s") % {"step": self.step}
        return str(self.get_kind_display())
