"""Who does something: every write says so, and the audit log keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID


class ActorKind(StrEnum):
    """The kinds of doers the audit log tells apart."""

    MEMBER = "member"
    API_CLIENT = "api_client"
    AGENT = "agent"
    CUSTOMER = "customer"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody or something that acts.

    Attributes:
        kind: What sort of doer it is.
        label: How people recognise it later, even when the row behind it is gone.
        user_id: The user's id for members; None otherwise.
    """

    kind: ActorKind
    label: str
    user_id: UUID | None = None


AGENT = Actor(ActorKind.AGENT, "Billabex agent")
SYSTEM = Actor(ActorKind.SYSTEM, "Billabex")
