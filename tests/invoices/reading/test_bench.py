"""The measurement measured: what counts as right, wrong and missing, and what is printed."""

from __future__ import annotations

import importlib.util
import shutil
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.management import CommandError, call_command

from invoices.reading import bench
from invoices.reading.bench import Known, Score, Verdict, judge, known_files, measure, table

from .documents import NUMBER, invoice_page

if TYPE_CHECKING:
    from invoices.reading.bench import Values


@pytest.mark.parametrize(
    ("column", "expected", "found", "verdict"),
    [
        ("total", "104.90", "104.9", Verdict.RIGHT),
        ("total", "104.90", "104.91", Verdict.WRONG),
        ("total", "104.90", "a lot", Verdict.WRONG),
        ("tax", "0.00", "0", Verdict.RIGHT),
        ("tax", "0.00", None, Verdict.MISSING),
        ("buyer", "LE CLIENT", "Le  Client", Verdict.RIGHT),
        ("buyer", "LE CLIENT", "LE CLIENT SA", Verdict.WRONG),
        ("issue_date", "2026-01-31", "2026-01-31", Verdict.RIGHT),
        ("number", "17", "", Verdict.WRONG),
    ],
)
def test_judge_compares_what_a_value_means(column: str, expected: str, found: str | None, verdict: Verdict) -> None:
    assert judge(column, expected, found) is verdict


class _Parrot:
    """Says the same about every file."""

    name = "parrot"

    def read(self, path: Path) -> Values:
        return {"number": "17", "issue_date": "2026-01-31", "total": "10.00"}


def test_measure_counts_each_field_and_the_three_that_matter() -> None:
    right = {"number": "17", "issue_date": "2026-01-31", "total": "10", "buyer": "Somebody"}
    files = [Known(Path("a.pdf"), "text", right), Known(Path("b.pdf"), "text", {**right, "total": "11"})]
    score, other = measure([_Parrot(), _Parrot()], files)
    assert score.counts == other.counts
    assert score.counts["number"] == {Verdict.RIGHT: 2}
    assert score.counts["total"] == {Verdict.RIGHT: 1, Verdict.WRONG: 1}
    assert score.counts["buyer"] == {Verdict.MISSING: 2}
    assert score.essentials["text"] == {True: 1, False: 1}
    assert len(score.milliseconds) == 2


def test_table_puts_the_contestants_side_by_side() -> None:
    one, other = Score("one"), Score("other")
    known = Known(Path("a.pdf"), "text", {"number": "17"})
    for milliseconds in (4.0, 30.0, 8.0):
        one.add(known, {"number": "17"}, milliseconds)
        other.add(known, {}, 2 * milliseconds)
    lines = [line.split() for line in table([one, other], 3)]
    assert lines[0] == ["3", "files", "one", "other"]
    assert lines[2] == ["number", "3", "0", "0", "0", "0", "3"]
    assert lines[3][-6:] == ["3", "of", "3", "(100%)", *["0", "of", "3", "(0%)"]][-6:]
    assert lines[-2:] == [["ms,", "median", "8.0", "16.0"], ["ms,", "max", "30.0", "60.0"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.pdf").write_bytes(invoice_page())
    (tmp_path / "bad.pdf").write_bytes(b"nothing")
    (tmp_path / "expected.csv").write_text(
        "file,kind,number,issue_date,due_date,total,tax,currency,seller,buyer\n"
        f"good.pdf,pdf-text,{NUMBER},2026-03-02,,1200.00,200.00,EUR,,\n"
        "bad.pdf,pdf-text,X,,,,,,,\n"
        "gone.pdf,pdf-text,Y,,,,,,,\n"
    )
    return tmp_path


def test_known_files_are_those_that_are_there_with_the_values_that_are_known(folder: Path) -> None:
    good, bad = known_files(folder, folder / "expected.csv")
    assert dict(good.values) == {
        "number": NUMBER,
        "issue_date": "2026-03-02",
        "total": "1200.00",
        "tax": "200.00",
        "currency": "EUR",
    }
    assert dict(bad.values) == {"number": "X"}


def test_bench_pdf_prints_what_is_right_and_says_how_to_have_the_other_tool(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "RIVAL", "a_tool_nobody_has")
    out = StringIO()
    call_command("bench", "pdf", str(folder), expected=folder / "expected.csv", stdout=out)
    lines = out.getvalue().splitlines()
    assert lines[2].split() == ["number", "1", "0", "1"]
    assert "uv run --with invoice2data" in lines[-1]


def test_bench_pdf_says_that_the_other_tool_lacks_its_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: object())
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert "pdftotext" in bench.why_no_rival()


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"number\n17\n"])
def test_bench_pdf_of_an_unusable_csv_says_so(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "expected.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CommandError, match="The CSV file"):
        call_command("bench", "pdf", str(tmp_path), expected=path)


_TOOL = """
class Day:
    def date(self): ...
    def isoformat(self): ...
    def __str__(self): return "2026-03-02 00:00:00"

def extract_data(path, templates):
    if "bad" in path:
        raise RuntimeError(path)
    return {"invoice_number": templates[0], "date": Day(), "amount": 1200.0, "issuer": ""}
"""


def test_bench_pdf_reads_the_same_files_with_the_other_tool(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    package = tmp_path_factory.mktemp("tools") / "othertool"
    (package / "extract").mkdir(parents=True)
    (package / "__init__.py").write_text(_TOOL)
    (package / "extract" / "__init__.py").write_text("")
    (package / "extract" / "loader.py").write_text(f"def read_templates():\n    return ['{NUMBER}']\n")
    monkeypatch.syspath_prepend(str(package.parent))
    monkeypatch.setattr(bench, "RIVAL", "othertool")
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    out = StringIO()
    call_command("bench", "pdf", str(folder), expected=folder / "expected.csv", stdout=out)
    rows = {line.split()[0]: line.split()[1:] for line in out.getvalue().splitlines()}
    assert rows["number"] == ["1", "0", "1", "1", "0", "1"]
    assert rows["issue_date"] == ["1", "0", "0", "1", "0", "0"]
    assert rows["total"] == ["1", "0", "0", "1", "0", "0"]
