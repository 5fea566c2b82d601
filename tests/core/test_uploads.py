"""Uploads take bounded space, and files are their owner's alone."""

from __future__ import annotations

import contextlib
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.urls import reverse

from billabex.core.uploads import MOST_BYTES
from tests.factories import DocumentFactory

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client, RequestFactory

CHUNK = 64 * 1024


def uploaded(rf: RequestFactory, content: bytes) -> bytes:
    """Return what a view finds of an uploaded file."""
    request = rf.post("/", {"file": SimpleUploadedFile("a.pdf", content)})
    with contextlib.closing(request):
        [file] = request.FILES.values()
        assert isinstance(file, UploadedFile)
        return bytes(file.read())


def test_file_beyond_the_limit_is_cut_off(rf: RequestFactory) -> None:
    assert MOST_BYTES < len(uploaded(rf, b"x" * (MOST_BYTES + 40 * CHUNK))) <= MOST_BYTES + 2 * CHUNK


def test_file_within_the_limit_is_kept_whole(rf: RequestFactory) -> None:
    content = os.urandom(5 * CHUNK + 7)
    assert uploaded(rf, content) == content


def test_form_says_that_a_file_is_too_large(member_client: Client) -> None:
    file = SimpleUploadedFile("big.pdf", b"%PDF-1.7" + b"x" * (MOST_BYTES + 40 * CHUNK))
    page = member_client.post(reverse("invoices:add"), {"file": file})
    assert page.status_code == 422
    assert "larger than 20 MB" in page.text


@pytest.mark.django_db
def test_uploads_are_for_their_owner_alone() -> None:
    DocumentFactory.create()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in settings.MEDIA_ROOT.rglob("*")}
    assert modes == {0o600, 0o700}


def test_folder_of_all_files_is_for_its_owner_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from billabex import settings; print(settings.VAR_DIR)"]
    env = os.environ | {"VAR_DIR": str(tmp_path / "new" / "var")}
    subprocess.run(command, check=True, env=env, cwd=settings.BASE_DIR)  # noqa: S603 - our own interpreter
    assert stat.S_IMODE((tmp_path / "new" / "var").stat().st_mode) == 0o700
