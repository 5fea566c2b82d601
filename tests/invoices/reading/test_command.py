from __future__ import annotations

import json
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import call_command

from .documents import cii, invoice_page, with_xml

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.pdf"
    path.write_bytes(with_xml(invoice_page(), cii()))
    return path


def _lines(*files: object) -> list[dict[str, Any]]:
    out = StringIO()
    call_command("read_pdf", *map(str, files), json=True, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_read_pdf_json_is_one_object_a_file(good: Path) -> None:
    (line,) = _lines(good)
    assert {key: line[key] for key in ("file", "kind", "number", "issueDate", "dueDate", "currency", "total")} == {
        "file": str(good),
        "kind": "invoice",
        "number": "F-2026-118",
        "issueDate": "2026-03-02",
        "dueDate": None,
        "currency": "EUR",
        "total": 1200.0,
    }
    assert (line["source"]["total"], line["confidence"]["total"], line["source"]["dueDate"]) == ("xml", 1.0, None)
    assert line["ms"] > 0


def test_read_pdf_tries_every_file_and_ends_with_status_1(good: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"nothing")
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command(
            "read_pdf", str(bad), str(tmp_path / "missing.pdf"), str(tmp_path), str(good), json=True, stdout=out
        )
    assert ended.value.code == 1
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line.get("error", "")[:16] for line in lines] == [
        "This file is not",
        "There is no such",
        "This file cannot",
        "",
    ]
    assert lines[3]["number"] == "F-2026-118"


def test_read_pdf_without_json_prints_what_was_found(good: Path, tmp_path: Path) -> None:
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("read_pdf", str(good), str(tmp_path / "missing.pdf"), stdout=out)
    text = out.getvalue()
    assert "  total          1200.00" in text
    assert "There is no such file. Please check its path." in text


def test_read_pdf_looks_at_no_more_of_a_huge_file_than_tells_that_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.truncate(64 * 1024**3)  # sparse: it takes no room, but would not fit into memory
    with pytest.raises(SystemExit):
        call_command("read_pdf", str(path))
    assert "larger than 20 MB" in capsys.readouterr().out
