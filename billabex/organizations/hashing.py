"""How tokens are kept: never themselves, only what they hash to."""

from __future__ import annotations

import hashlib


def hash_of_token(token: str) -> str:
    """Return by what a token is found. Tokens are long and random, so one round of SHA-256 cannot be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()
