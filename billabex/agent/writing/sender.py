"""What every message says of who writes to whom."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from billabex.agent.writing.letter import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from billabex.agent.writing.brief import Sender
    from billabex.agent.writing.language import Facts


def sender_facts(brief: Sender) -> Facts:
    """Return what the texts of any message may name."""
    organization = clean(brief.organization_name)
    return {
        "organization": organization,
        "vowel": unicodedata.normalize("NFD", organization)[:1].lower() in set("aeiouœæ"),
        "recipient": clean(brief.recipient_name),
        "reply_to": clean(brief.reply_to),
    }


def signature(brief: Sender, on_behalf: str) -> tuple[str, ...]:
    """Return the agent's name, for whom it writes, and the organization's own lines."""
    own: Iterable[str] = (clean(line) for line in brief.signature.splitlines())
    return tuple(line for line in (clean(brief.agent_name), on_behalf, *own) if line)
