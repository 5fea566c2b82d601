"""Telling whether something is still as a form showed it: two people may have the same form open."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def version_of(shown: Mapping[str, Any]) -> str:
    """Return the same for as long as the values are: a form carries it in hiding and sends it back."""
    return hashlib.sha256(json.dumps(shown, default=str).encode()).hexdigest()
