"""Writes about accounts. Each takes the actor and the instant, locks the account, audits, and announces."""

from accounts.services.accounts import create_account, delete_account, has_documents, update_account
from accounts.services.base import lock_account, note_change, note_changes
from accounts.services.bulk import (
    Outcome,
    pause_accounts,
    resume_accounts,
    set_follow_up_owners,
    set_statuses,
    tag_accounts,
)
from accounts.services.follow_ups import (
    lift_pause_for_new_document,
    pause_account,
    resume_account,
    set_follow_up_owner,
    set_status,
)
from accounts.services.remarks import add_note, add_tag, remove_tag, set_tags
from accounts.services.sources import link_source, unlink_source

__all__ = [
    "Outcome",
    "add_note",
    "add_tag",
    "create_account",
    "delete_account",
    "has_documents",
    "lift_pause_for_new_document",
    "link_source",
    "lock_account",
    "note_change",
    "note_changes",
    "pause_account",
    "pause_accounts",
    "remove_tag",
    "resume_account",
    "resume_accounts",
    "set_follow_up_owner",
    "set_follow_up_owners",
    "set_status",
    "set_statuses",
    "set_tags",
    "tag_accounts",
    "unlink_source",
    "update_account",
]
