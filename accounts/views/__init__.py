"""The pages of accounts: the list, the account with its tabs, and what can be done with it."""

from accounts.views.actions import (
    add_note,
    add_tag,
    delete,
    edit,
    owner,
    pause,
    remove_tag,
    resume,
    status,
)
from accounts.views.bulk import bulk
from accounts.views.listing import account_list_page, add
from accounts.views.page import account_context, details, overview

__all__ = [
    "account_context",
    "account_list_page",
    "add",
    "add_note",
    "add_tag",
    "bulk",
    "delete",
    "details",
    "edit",
    "overview",
    "owner",
    "pause",
    "remove_tag",
    "resume",
    "status",
]
