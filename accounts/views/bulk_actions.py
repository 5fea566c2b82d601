"""The things that can be done with many accounts of the list at once, and what they say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy, ngettext_lazy

from accounts import services
from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from accounts.forms import PauseForm, TagForm, WhyForm
from billabex.core import clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.forms import BaseForm
    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that can be done with many accounts.

    Attributes:
        run: The service, without the organization, the accounts and the actor.
        done: How many were changed, in words.
        skipped: How many were not, and why.
        form: What needs to be said first; without, nothing is asked.
        title: Of the dialog that asks.
        text: What will happen, and what is lost.
        button: What the dialog's button says.
    """

    run: Callable[..., services.Outcome]
    done: _StrPromise
    skipped: _StrPromise
    form: type[BaseForm] | None = None
    title: _StrPromise | str = ""
    text: _StrPromise | str = ""
    button: _StrPromise | str = ""
    is_destructive: bool = False


def _pause(*, reason: str, **given: Any) -> services.Outcome:
    return services.pause_accounts(reason=PauseReason(reason), now=clock.now(), **given)


def _resume(**given: Any) -> services.Outcome:
    return services.resume_accounts(now=clock.now(), **given)


def _owner(owner: FollowUpOwner) -> Callable[..., services.Outcome]:
    return lambda **given: services.set_follow_up_owners(owner=owner, **given)


def _status(status: AccountStatus) -> Callable[..., services.Outcome]:
    return lambda **given: services.set_statuses(status=status, **given)


ACTIONS = {
    "pause": Action(
        run=_pause,
        form=PauseForm,
        title=ngettext_lazy("Pause follow-ups of %(count)d account", "Pause follow-ups of %(count)d accounts", "count"),
        text=gettext_lazy(
            "The agent writes to none of them meanwhile. A new invoice or credit note lifts the pause, unless its "
            "reason is a dispute or legal proceedings."
        ),
        button=gettext_lazy("Pause"),
        done=ngettext_lazy(
            "Follow-ups of %(count)d account are paused.", "Follow-ups of %(count)d accounts are paused.", "count"
        ),
        skipped=ngettext_lazy(
            "%(count)d was skipped: paused already.", "%(count)d were skipped: paused already.", "count"
        ),
    ),
    "resume": Action(
        run=_resume,
        done=ngettext_lazy(
            "Follow-ups of %(count)d account resume.", "Follow-ups of %(count)d accounts resume.", "count"
        ),
        skipped=ngettext_lazy("%(count)d was skipped: not paused.", "%(count)d were skipped: not paused.", "count"),
    ),
    "entrust": Action(
        run=_owner(FollowUpOwner.AGENT),
        done=ngettext_lazy(
            "%(count)d account is entrusted to the agent.", "%(count)d accounts are entrusted to the agent.", "count"
        ),
        skipped=ngettext_lazy(
            "%(count)d was skipped: entrusted already.", "%(count)d were skipped: entrusted already.", "count"
        ),
    ),
    "take_back": Action(
        run=_owner(FollowUpOwner.IN_HOUSE),
        done=ngettext_lazy(
            "%(count)d account is taken back in-house.", "%(count)d accounts are taken back in-house.", "count"
        ),
        skipped=ngettext_lazy(
            "%(count)d was skipped: in-house already.", "%(count)d were skipped: in-house already.", "count"
        ),
    ),
    "tag": Action(
        run=services.tag_accounts,
        form=TagForm,
        title=ngettext_lazy("Tag %(count)d account", "Tag %(count)d accounts", "count"),
        button=gettext_lazy("Tag"),
        done=ngettext_lazy("%(count)d account is tagged.", "%(count)d accounts are tagged.", "count"),
        skipped=ngettext_lazy(
            "%(count)d was skipped: it has the tag already.",
            "%(count)d were skipped: they have the tag already.",
            "count",
        ),
    ),
    "suspend": Action(
        run=_status(AccountStatus.SUSPENDED),
        form=WhyForm,
        title=ngettext_lazy("Suspend %(count)d account", "Suspend %(count)d accounts", "count"),
        text=gettext_lazy(
            "The agent does nothing for them, whatever becomes due, until someone reactivates them. "
            "To hold messages for a while only, pause them."
        ),
        button=gettext_lazy("Suspend"),
        done=ngettext_lazy("%(count)d account is suspended.", "%(count)d accounts are suspended.", "count"),
        skipped=ngettext_lazy(
            "%(count)d was skipped: suspended already.", "%(count)d were skipped: suspended already.", "count"
        ),
    ),
    "write_off": Action(
        run=_status(AccountStatus.WRITTEN_OFF),
        form=WhyForm,
        title=ngettext_lazy("Write off %(count)d account", "Write off %(count)d accounts", "count"),
        text=gettext_lazy(
            "What they owe no longer counts in the organization's balances, and the agent does nothing for them any "
            "more. Someone can reactivate them."
        ),
        button=gettext_lazy("Write off"),
        is_destructive=True,
        done=ngettext_lazy("%(count)d account is written off.", "%(count)d accounts are written off.", "count"),
        skipped=ngettext_lazy(
            "%(count)d was skipped: written off already.", "%(count)d were skipped: written off already.", "count"
        ),
    ),
    "reactivate": Action(
        run=_status(AccountStatus.ACTIVE),
        form=WhyForm,
        title=ngettext_lazy("Reactivate %(count)d account", "Reactivate %(count)d accounts", "count"),
        text=gettext_lazy("The agent follows them up again, unless they are paused or handled in-house."),
        button=gettext_lazy("Reactivate"),
        done=ngettext_lazy("%(count)d account is active again.", "%(count)d accounts are active again.", "count"),
        skipped=ngettext_lazy(
            "%(count)d was skipped: active already.", "%(count)d were skipped: active already.", "count"
        ),
    ),
}
"""By the word that the bulk bar sends."""
