"""The embedded way out: each message becomes a file that any mail program opens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.mail.backends.base import BaseEmailBackend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.core.mail import EmailMessage


class EmailBackend(BaseEmailBackend):
    """Writes `<date> <message id>.eml` files into a folder, each whole or not at all."""

    def __init__(self, *, file_path: str, **options: Any) -> None:
        super().__init__(**options)
        self.folder = Path(file_path)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages; a message written again replaces its own file."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            parsed = message.message()
            name = re.sub(r"[^A-Za-z0-9-]+", "-", str(parsed["Message-ID"]).partition("@")[0]).strip("-")
            draft = self.folder / f".{name}.tmp"
            draft.write_bytes(parsed.as_bytes())
            draft.rename(self.folder / f"{name}.eml")
        return len(email_messages)
