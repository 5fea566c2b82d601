"""Writes about communications: how messages leave, and what people say about those that are planned."""

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
    "cancel_message",
    "claim",
    "edit_message",
    "hand_over",
    "message_id",
    "send_now",
    "sender_of",
    "settle_doubtful",
]
