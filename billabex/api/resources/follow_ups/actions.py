"""Pausing and resuming an account's follow-ups, handing them over, and writing accounts off.

Each answers the account as it stands afterwards; asked for what is so already, it changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts import services
from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from accounts.errors import AlreadyPaused, PauseEndsInPast
from billabex.api import fields
from billabex.api.operations import operation
from billabex.api.resources.accounts.reading import OF_ACCOUNT, account_of, shown_account
from billabex.api.resources.accounts.serializers import AccountOut
from billabex.api.serializers import Body
from billabex.api.views import ApiView

if TYPE_CHECKING:
    from uuid import UUID

    from billabex.api.resources.accounts.reading import Shown


class PauseIn(Body):
    """Why follow-ups stop, and until when."""

    reason = fields.Code(PauseReason)
    until = fields.CivilDate(
        required=False,
        allow_null=True,
        default=None,
        help_text="The day on which follow-ups resume, later than today. Without it: until somebody resumes them.",
    )
    note = fields.OptionalText(max_length=2000, help_text="For colleagues.")

    class Meta:
        example = {
            "reason": "PaymentPlan",
            "until": {"year": 2027, "month": 1, "day": 15},
            "note": "Pays in three instalments.",
        }


class WhyIn(Body):
    """Why the status of an account changes."""

    note = fields.OptionalText(max_length=2000, help_text="Kept in the account's history.")

    class Meta:
        example = {"note": "Insolvent since October."}


class FollowUpView(ApiView):
    """Something done with an account's follow-up."""

    enters = OF_ACCOUNT

    def shown(self, account_id: UUID) -> Shown:
        """Return the account as it stands now."""
        return shown_account(self.organization, account_id, today=self.today)


class PauseView(FollowUpView):
    """Suspends follow-ups."""

    @operation(
        "Pause an account's follow-ups",
        scope="dunning:manage",
        takes=PauseIn,
        answers=AccountOut,
        refuses=[AlreadyPaused, PauseEndsInPast],
    )
    def post(self, account_id: UUID, body: dict[str, Any]) -> Shown:
        """Suspends the follow-ups of an account, until a day or until somebody resumes them.

        A new invoice or credit note lifts the pause, unless its reason is Dispute or LegalProceedings.
        """
        asked = body | {"reason": PauseReason(body["reason"])}
        account = account_of(self.organization, account_id)
        services.pause_account(account=account, actor=self.actor, now=self.now, **asked)
        return self.shown(account_id)


class ResumeView(FollowUpView):
    """Ends a pause."""

    @operation("Resume an account's follow-ups", scope="dunning:manage", answers=AccountOut)
    def post(self, account_id: UUID) -> Shown:
        """Ends the account's pause, if there is one."""
        services.resume_account(account=account_of(self.organization, account_id), actor=self.actor, now=self.now)
        return self.shown(account_id)


class OwnerView(FollowUpView):
    """Hands follow-ups over."""

    def handed_to(self, owner: FollowUpOwner, account_id: UUID) -> Shown:
        """Have follow-ups be another's from now on, and return the account."""
        account = account_of(self.organization, account_id)
        services.set_follow_up_owner(account=account, owner=owner, actor=self.actor)
        return self.shown(account_id)


class EntrustView(OwnerView):
    """Hands follow-ups to the agent."""

    @operation("Entrust an account to the agent", scope="dunning:manage", answers=AccountOut)
    def post(self, account_id: UUID) -> Shown:
        """Has the agent follow the account up."""
        return self.handed_to(FollowUpOwner.AGENT, account_id)


class TakeBackView(OwnerView):
    """Takes follow-ups back."""

    @operation("Take an account back in-house", scope="dunning:manage", answers=AccountOut)
    def post(self, account_id: UUID) -> Shown:
        """Has people follow the account up; the agent writes to it no more."""
        return self.handed_to(FollowUpOwner.IN_HOUSE, account_id)


class StatusView(FollowUpView):
    """Changes whether anybody acts on the account at all."""

    def turned(self, status: AccountStatus, account_id: UUID, note: str) -> Shown:
        """Change the status, and return the account."""
        account = account_of(self.organization, account_id)
        services.set_status(account=account, status=status, actor=self.actor, note=note)
        return self.shown(account_id)


class WriteOffView(StatusView):
    """Writes an account off."""

    @operation("Write an account off", scope="dunning:manage", takes=WhyIn, answers=AccountOut)
    def post(self, account_id: UUID, body: dict[str, Any]) -> Shown:
        """Writes the account off: the agent leaves it alone, and the organization's balances no longer count it."""
        return self.turned(AccountStatus.WRITTEN_OFF, account_id, body["note"])


class ReinstateView(StatusView):
    """Makes an account active again."""

    @operation("Reinstate an account", scope="dunning:manage", takes=WhyIn, answers=AccountOut)
    def post(self, account_id: UUID, body: dict[str, Any]) -> Shown:
        """Makes an account that was written off or suspended active again."""
        return self.turned(AccountStatus.ACTIVE, account_id, body["note"])
