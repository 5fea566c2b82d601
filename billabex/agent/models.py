"""The agent's record: what it decided, when, why, and from which facts; and when it looks again."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from billabex.agent.enums import Outcome
from billabex.core.checks import one_of
from billabex.core.models import AppendOnlyModel, TenantQuerySet
from billabex.organizations.models import Organization


class Decision(AppendOnlyModel):
    """One decision about one account. Written when it differs from the one before; never changed."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="decisions")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="decisions")
    decided_on = models.DateField(_("date"), help_text="The organization's civil date.")
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    planned_on = models.DateField(_("planned for"), null=True)
    reasons = models.JSONField(_("why"), help_text="Codes with their facts, the deciding one first.")
    facts = models.JSONField(_("facts"), help_text="What it was decided from.")
    fingerprint = models.CharField(max_length=64, help_text="Equal when two decisions come to the same.")

    objects = TenantQuerySet["Decision"].as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["account", "-created_at", "-id"], name="agent_decision_account")]
        constraints = [
            one_of("agent_decision", "outcome", Outcome),
            models.CheckConstraint(
                name="agent_decision_planned",
                condition=Q(outcome=Outcome.MESSAGE, planned_on__isnull=False)
                | (~Q(outcome=Outcome.MESSAGE) & Q(planned_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="agent_decision_ahead",
                condition=Q(planned_on__isnull=True) | Q(planned_on__gte=models.F("decided_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decided_on}: {self.get_outcome_display()}"


class Agenda(models.Model):
    """When the agent looks at an account again although nothing happened to it, and what its decision rests on.

    The cycle need not decide again what cannot have changed: see docs/decisions/013. An account without a row is looked
    at once more.
    """

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="agenda")
    decision = models.OneToOneField(
        Decision,
        on_delete=models.CASCADE,
        related_name="agenda",
        verbose_name=_("decision"),
        help_text="The latest, which stands.",
    )
    look_on = models.DateField(
        _("looks again on"),
        null=True,
        help_text="The organization's civil date on which time alone may change the decision; none if it never does.",
    )
    seen_at = models.DateTimeField(help_text="The account's last change that the decision knew of.")
    basis = models.CharField(max_length=64, help_text="Stands for the settings, calendars and rules that it knew.")

    class Meta:
        verbose_name = _("agenda")
        verbose_name_plural = _("agendas")

    def __str__(self) -> str:
        return f"{self.account}: {self.look_on or '–'}"
