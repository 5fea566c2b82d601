"""The agent's record: what it decided, when, why, and from which facts."""

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
