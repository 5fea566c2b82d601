"""Writes about communications: how messages leave, what people write, and what they say about what is planned."""

from communications.services.composing import Draft, OwnMessage, claim_own, compose_message, draft_message
from communications.services.delivery import (
    DOUBTFUL_AFTER,
    MAX_ATTEMPTS,
    claim,
    hand_over,
    message_id,
    sender_of,
    settle_doubtful,
)
from communications.services.planned import cancel_message, edit_message, send_now

__all__ = [
    "DOUBTFUL_AFTER",
    "MAX_ATTEMPTS",
    "Draft",
    "OwnMessage",
    "cancel_message",
    "claim",
    "claim_own",
    "compose_message",
    "draft_message",
    "edit_message",
    "hand_over",
    "message_id",
    "send_now",
    "sender_of",
    "settle_doubtful",
]
