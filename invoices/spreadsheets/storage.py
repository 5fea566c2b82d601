"""Where an uploaded table waits between its preview and its import: private, by organization, for a day.

What is kept is the table as it was read, not the file: nobody opens a workbook twice. The folder is never served.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage

from .cells import decode_row, encode_row
from .errors import SpreadsheetNotFound

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from billabex.organizations.models import Organization

    from .cells import Row

FOLDER = "spreadsheets"
KEPT_FOR = timedelta(days=1)
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class KeptTable:
    """A table that waits for its import.

    Attributes:
        token: Its key, which nobody can guess.
        file_name: What the file was called.
        rows: Its cells.
    """

    token: UUID
    file_name: str
    rows: Sequence[Row]


def keep_table(*, organization: Organization, rows: Sequence[Row], file_name: str, now: datetime) -> UUID:
    """Keep a table and return its key. Tables that waited for too long, of any organization, are thrown away."""
    sweep_tables(now=now)
    token = uuid4()
    name = PurePath(file_name.replace("\\", "/")).name[:LONGEST_NAME]
    lines = [json.dumps({"name": name, "kept_at": now.isoformat()}), *map(encode_row, rows)]
    default_storage.save(_path(organization, token), File(BytesIO("\n".join(lines).encode())))
    return token


def kept_table(*, organization: Organization, token: UUID, now: datetime) -> KeptTable:
    """Return a table that waits.

    Raises:
        SpreadsheetNotFound: It is another organization's, is gone, or waited for too long.
    """
    path = _path(organization, token)
    try:
        if _is_stale(path, now):
            raise SpreadsheetNotFound
        with default_storage.open(path) as file:
            head, *lines = file.read().splitlines()
    except FileNotFoundError:
        raise SpreadsheetNotFound from None
    return KeptTable(token, json.loads(head)["name"], [decode_row(line) for line in lines])


def drop_table(*, organization: Organization, token: UUID) -> None:
    """Throw a table away; one that is gone already is nothing."""
    default_storage.delete(_path(organization, token))


def sweep_tables(*, now: datetime) -> None:
    """Throw away all tables that waited for too long."""
    try:
        folders, _files = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return
    for folder in folders:
        for name in default_storage.listdir(f"{FOLDER}/{folder}")[1]:
            path = f"{FOLDER}/{folder}/{name}"
            try:
                if _is_stale(path, now):
                    default_storage.delete(path)
            except FileNotFoundError:  # another request sweeps, too
                continue


def _is_stale(path: str, now: datetime) -> bool:
    return default_storage.get_modified_time(path) < now - KEPT_FOR


def _path(organization: Organization, token: UUID) -> str:
    return f"{FOLDER}/{organization.pk}/{token}.jsonl"
