"""What the API keeps: the answers to requests that may come again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from billabex.core.checks import not_blank
from billabex.core.models import BaseModel

if TYPE_CHECKING:
    from typing import ClassVar


class AnsweredRequest(BaseModel):
    """A request with an Idempotency-Key, claimed when it begins and answered when it is done.

    Kept for a day per token and route (api.md 2). `created_at` is the instant of the claim.
    """

    holder = models.CharField(max_length=100, help_text="The token, as `Credentials.key` names it.")
    route = models.CharField(max_length=300, help_text="Method and path.")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64, help_text="The body's, so that another body is noticed.")
    status = models.PositiveSmallIntegerField(null=True, help_text="Of the answer; empty while it is being made.")
    answer = models.JSONField(null=True, help_text="The answer's body.")

    class Meta:
        verbose_name = "answered request"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "route", "key"], name="api_answeredrequest_key"),
            not_blank("api_answeredrequest", "holder"),
            not_blank("api_answeredrequest", "route"),
            not_blank("api_answeredrequest", "key"),
            models.CheckConstraint(
                name="api_answeredrequest_status",
                condition=Q(status__isnull=True) | Q(status__gte=200, status__lt=500),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["created_at"], name="api_answered_created")]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"
