"""Pure rule: who may change a document that lives in another system, too. Source: product.md 2."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.enums import SourceSystem
from billabex.core.actors import ActorKind


def read_only_reason(system: str | None, writer: ActorKind) -> str:
    """Return why somebody may not change a document, as a sentence or two; "" when they may.

    A built-in connection's documents change only with it. What an API client created with a source of its own stays
    its own: writable by API, read-only to people. See docs/decisions/015.

    Args:
        system: A `SourceSystem`, the document's `source_system`; None where it was imported by hand.
        writer: Who would change it; connections themselves act as the system.
    """
    if not system or writer == ActorKind.SYSTEM:
        return ""
    if system == SourceSystem.CUSTOM:
        if writer == ActorKind.API_CLIENT:
            return ""
        return _("This document belongs to a system that is connected through the API. Change it there.")
    sentence = _("This document comes from %(system)s. Change it there, and the change arrives here.")
    return sentence % {"system": dict(SourceSystem.choices).get(system, system)}
