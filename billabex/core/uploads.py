"""Uploads in bounded space: nobody fills the disk, not even before they have signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadhandler import FileUploadHandler

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_BYTES = 20 * 1024 * 1024
"""The largest file that any form takes."""


class BoundedUploadHandler(FileUploadHandler):
    """Stands before the handlers that keep files, and passes on no more than tells that a file is too large.

    A form still sees such a file, cut off just beyond the limit, and can say what is wrong with it.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass the chunk on, unless the file is too large already; `start` is how many bytes came before."""
        return raw_data if start <= MOST_BYTES else None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """Leave the file to the handlers behind, which kept it."""
        return None
