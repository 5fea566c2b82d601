"""The child process: what it may not have, and that nothing of it stays behind."""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

import pytest

from billabex.core.errors import InvariantBroken
from invoices.reading import Limits, PdfReader, count_pages, errors, read_pdf, render_page, sandbox, wire
from invoices.reading.child import answer, serve
from invoices.reading.types import OwnIdentity
from tests.invoices.pdfs import encrypted_pdf, scan_pdf

from .documents import blank, invoice_page, slow, with_javascript

PNG = b"\x89PNG\r\n\x1a\n"


def _pid(reader: PdfReader) -> int:
    assert reader._child is not None
    return reader._child._process.pid


def test_reader_child_has_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")
    with PdfReader() as reader:
        environment = Path(f"/proc/{_pid(reader)}/environ").read_bytes()
    assert b"hush" not in environment
    assert environment.count(b"\0") == 2


def test_reader_child_has_no_files_but_its_pipes() -> None:
    outside = os.open("/dev/null", os.O_RDONLY)
    os.set_inheritable(outside, True)  # noqa: FBT003
    try:
        with PdfReader() as reader:
            targets = [str(link.readlink()) for link in Path(f"/proc/{_pid(reader)}/fd").iterdir()]
    finally:
        os.close(outside)
    assert not [one for one in targets if one.startswith("socket:")]
    assert all(one.startswith("pipe:") or one == "/dev/null" for one in targets)


def test_reader_after_its_block_leaves_no_process() -> None:
    with PdfReader() as reader:
        pid = _pid(reader)
    assert not Path(f"/proc/{pid}").exists()


def test_reader_after_a_time_out_kills_the_child_and_reads_on_with_another() -> None:
    with PdfReader(limits=Limits(seconds=0.5)) as reader:
        first = _pid(reader)
        with pytest.raises(errors.TooSlow):
            reader.read(slow())
        assert not Path(f"/proc/{first}").exists()
        reader._limits = Limits()
        assert reader.read(invoice_page()).number is not None
        assert _pid(reader) != first


def test_reader_whose_child_dies_says_the_document_is_too_demanding() -> None:
    with PdfReader() as reader:
        os.kill(_pid(reader), 9)
        with pytest.raises(errors.TooDemanding):
            reader.read(invoice_page())
        assert reader.read(invoice_page()).number is not None


@pytest.mark.parametrize("program", ["/bin/false", "/nowhere/python"])
def test_reader_whose_child_does_not_start_blames_the_installation_not_the_document(
    monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)
    with pytest.raises(InvariantBroken, match="cannot be read at the moment"):
        read_pdf(invoice_page())
    with pytest.raises(InvariantBroken), PdfReader():
        pass


def test_reader_whose_child_starts_too_slowly_leaves_no_process(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    sleeper = tmp_path / "sleeper"
    sleeper.write_text("#!/bin/sh\necho $$ > " + str(tmp_path / "pid") + "\nexec sleep 60\n")
    sleeper.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(sleeper))
    monkeypatch.setattr(sandbox, "START_SECONDS", 0.5)
    with pytest.raises(InvariantBroken):
        read_pdf(invoice_page())
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists()


def test_read_pdf_larger_than_a_pipe_arrives_whole() -> None:
    padded = invoice_page().replace(b"%%EOF", b"%" + b"x" * 3_000_000 + b"\n%%EOF")
    assert read_pdf(padded).number is not None


def test_render_page_draws_a_picture_of_the_width_asked_for() -> None:
    picture = render_page(invoice_page(), page=1, width=300)
    assert picture.startswith(PNG)
    assert int.from_bytes(picture[16:20], "big") == 300


def test_render_page_beyond_the_last_says_so() -> None:
    with pytest.raises(errors.NoSuchPage, match="no page 2; its last page is 1"):
        render_page(blank(1), page=2, width=300)


def test_serve_answers_until_the_pipe_is_closed_in_the_middle_of_a_frame() -> None:
    asked = wire.request(wire.RENDER, OwnIdentity(), Limits(seconds=7), page=1, width=50) + wire.frame(invoice_page())
    outgoing, confined = BytesIO(), list[Limits]()
    serve(BytesIO(asked + asked[:-1]), outgoing, confined.append)
    outgoing.seek(0)
    assert wire.read_frame(outgoing) == b"ready"
    assert wire.unpack(wire.read_frame(outgoing) or b"") == {"rendered": True}
    assert (wire.read_frame(outgoing) or b"").startswith(PNG)
    assert wire.read_frame(outgoing) is None
    assert confined == [Limits(seconds=7)]


def test_answer_to_a_reading_is_json_and_no_picture() -> None:
    request = wire.unpack(wire.request(wire.READ, OwnIdentity(), Limits())[4:])
    said, picture = answer(request, invoice_page())
    assert wire.unpack(said)["reading"]["number"]["value"] == "F-2026-118"
    assert picture == b""


def test_reader_whose_child_has_a_fault_logs_where_and_reads_on(caplog: pytest.LogCaptureFixture) -> None:
    without_page = wire.request(wire.RENDER, OwnIdentity(), Limits(), width=10)
    with PdfReader() as reader:
        with pytest.raises(errors.UnreadablePdf, match="send another PDF"):
            reader._ask(invoice_page(), without_page)
        assert reader.read(invoice_page()).number is not None
    assert "child.py" in caplog.text
    assert caplog.text.rstrip().endswith("KeyError")


def test_answer_to_a_bad_document_is_its_reason() -> None:
    request = wire.unpack(wire.request(wire.RENDER, OwnIdentity(), Limits(), page=1, width=10)[4:])
    said, _ = answer(request, b"")
    assert wire.unpack(said) == {"refused": "empty", "facts": {}}


def test_answer_to_a_fault_of_ours_says_where_but_nothing_of_the_document() -> None:
    said, picture = answer(wire.unpack(wire.request(wire.RENDER, OwnIdentity(), Limits())[4:]), invoice_page())
    assert wire.unpack(said)["failed"].endswith("KeyError")
    assert picture == b""


def test_counting_pages_opens_what_people_can_open_and_reads_none_of_it() -> None:
    assert count_pages(scan_pdf()) == 1
    assert count_pages(with_javascript(invoice_page())) == 1
    assert count_pages(slow(), Limits(seconds=5)) == 1


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"GIF89a", errors.NotAPdf), (b"%PDF-1.7 cut off", errors.BrokenPdf), (encrypted_pdf(), errors.EncryptedPdf)],
)
def test_counting_pages_of_what_nobody_can_open_is_refused(content: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        count_pages(content)
