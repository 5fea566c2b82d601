"""How tokens and secrets are kept: never themselves, only what they hash to."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

PERSONAL: Final = "bbx_"
"""How every personal access token begins, so that scanners of leaked secrets know it."""


def new_secret() -> str:
    """Return 43 characters that nobody guesses."""
    return secrets.token_urlsafe(32)


def hash_of_token(token: str) -> str:
    """Return by what a token is found. Tokens are long and random, so one round of SHA-256 cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
