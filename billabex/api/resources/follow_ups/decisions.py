"""The agent's record about an account: what it decided, when, why, and from which facts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F

from accounts.enums import PauseReason
from billabex.agent.decisions import decisions_of, told
from billabex.agent.enums import Outcome
from billabex.api import fields
from billabex.api.examples import DAY, INSTANT
from billabex.api.operations import operation
from billabex.api.pages import Page
from billabex.api.resources.accounts.reading import OF_ACCOUNT, account_of
from billabex.api.resources.accounts.serializers import REASONS
from billabex.api.serializers import ListQuery, Output
from billabex.api.views import ApiView
from communications.enums import Kind, Tone

if TYPE_CHECKING:
    from uuid import UUID


class ReasonFacts(Output):
    """What a rule looked at; null is what it did not."""

    number = fields.OptionalText(help_text="Of the oldest overdue invoice, or of the one to remind of.")
    due_date = fields.CivilDate(source="due_on", allow_null=True, help_text="Of that invoice.")
    age = fields.Whole(allow_null=True, help_text="How many days late it is on the day of the message.")
    interval = fields.Whole(allow_null=True, help_text="Business days between two messages at that age.")
    last_date = fields.CivilDate(source="last_on", allow_null=True, help_text="When the last message was sent.")
    overdue = fields.Whole(allow_null=True, help_text="How many overdue invoices the message names.")
    count = fields.Whole(allow_null=True, help_text="How many invoices the rule is about.")
    disputed = fields.Whole(allow_null=True, help_text="How many others are disputed.")
    promised_date = fields.CivilDate(
        source="promised_on", allow_null=True, help_text="For when the customer announced its payment."
    )
    until = fields.CivilDate(allow_null=True, help_text="When follow-ups resume by themselves.")
    reason = fields.Code(PauseReason, allow_null=True, help_text="Of the pause.")
    known = fields.Whole(allow_null=True, help_text="How many contacts are known.")
    open = fields.Whole(allow_null=True, help_text="How many invoices are open.")


_FACTS: dict[str, Any] = dict.fromkeys(ReasonFacts().fields)


class DecisionReasonOut(Output):
    """A rule that led to the decision."""

    code = fields.Code(REASONS)
    facts = ReasonFacts()


class PlannedInvoiceOut(Output):
    """An invoice that the planned message names, as it was then."""

    number = fields.Text()
    due_date = fields.CivilDate(source="due_on")
    currency_code = fields.Text(source="currency")
    remaining_amount = fields.Amount(source="remaining")
    days_late = fields.Whole(help_text="On the day of the message; zero or less while it is not overdue.")


class PlannedCreditOut(Output):
    """Credit that the planned message deducts."""

    currency_code = fields.Text(source="currency")
    amount = fields.Amount()


class PlannedMessageOut(Output):
    """The message that was planned."""

    kind = fields.Code(Kind)
    step = fields.Whole(help_text="The number of the follow-up; 0 for a reminder before the due date.")
    tone = fields.Code(Tone)
    to = fields.Text()
    cc = fields.Texts(max_length=254)
    invoices = PlannedInvoiceOut(many=True)
    credit = PlannedCreditOut(many=True)
    deadline_date = fields.CivilDate(source="deadline_on", allow_null=True, help_text="Of a formal notice.")
    broken_promise_date = fields.CivilDate(
        source="broken_promise_on", allow_null=True, help_text="For when payment was announced that did not come."
    )


class DecisionOut(Output):
    """One decision of the agent."""

    id = fields.Id()
    decided_date = fields.CivilDate(source="decided_on", help_text="The organization's date.")
    outcome = fields.Code(Outcome)
    code = fields.Code(REASONS, help_text="The deciding rule.")
    sentence = fields.Text(help_text="The whole of it in words, as it stood then.")
    planned_date = fields.CivilDate(source="planned_on", allow_null=True, help_text="When the message was to leave.")
    reasons = DecisionReasonOut(many=True, help_text="The deciding one first.")
    message = PlannedMessageOut(allow_null=True)
    asked = fields.OptionalText(help_text="What people were asked in a task.")
    created_at = fields.Instant()

    class Meta:
        example = {
            "id": "019ab3c4-dec1-7c52-9d4e-0a4f6f1b2c3d",
            "decidedDate": DAY,
            "outcome": "Hold",
            "code": "Paused",
            "sentence": "Follow-ups of Acme SAS are paused (Dispute) until someone resumes them.",
            "plannedDate": None,
            "reasons": [{"code": "Paused", "facts": _FACTS | {"reason": "Dispute"}}],
            "message": None,
            "asked": None,
            "createdAt": INSTANT,
        }


class DecisionsView(ApiView):
    """The record about an account."""

    enters = OF_ACCOUNT

    @operation("List the agent's decisions", scope="dunning:manage", query=ListQuery, pages=DecisionOut)
    def get(self, account_id: UUID, query: dict[str, Any]) -> Page[Any]:
        """Says why the agent did or did not act, the newest decision first.

        A decision is recorded when it differs from the one before; the first is the one that stands.
        """
        account = account_of(self.organization, account_id)
        page = self.page(decisions_of(account), query, sorts={"created": F("created_at")}, default="-created")
        return Page([told(decision, account.name) for decision in page.nodes], page.end_cursor)
