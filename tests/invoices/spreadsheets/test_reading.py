"""Files become tables, or one clear sentence, within bounded time and memory."""

from __future__ import annotations

import io
import re
import time
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from invoices.spreadsheets import reading
from invoices.spreadsheets.errors import UnreadableSpreadsheet
from invoices.spreadsheets.limits import Limits
from invoices.spreadsheets.reading import read_rows
from invoices.spreadsheets.refusal import Reason, Refused
from invoices.spreadsheets.workbook import rows_of_workbook
from tests.invoices.spreadsheets.files import SHEET, csv_of, with_part, xlsx_of

TABLE = [["Société", "Montant"], ["Café Zoë", "12,50"]]


def refusal(content: bytes) -> tuple[Reason, str]:
    with pytest.raises(UnreadableSpreadsheet) as caught:
        read_rows(content)
    return caught.value.reason, str(caught.value)


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_in_any_encoding_and_delimiter_is_read(delimiter: str, encoding: str) -> None:
    assert read_rows(csv_of(TABLE, delimiter=delimiter, encoding=encoding)) == TABLE


def test_csv_with_commas_is_read_despite_semicolons_in_a_cell() -> None:
    content = b'name,amount\n"Smith; Sons, Ltd",1\n"A; B",2\n'
    assert read_rows(content) == [["name", "amount"], ["Smith; Sons, Ltd", "1"], ["A; B", "2"]]


def test_csv_decimal_commas_do_not_pass_for_delimiters() -> None:
    assert read_rows(b"a;b\n1,5;2,5\n3,5;4,5\n")[1] == ["1,5", "2,5"]


def test_csv_delimiter_hint_of_excel_is_obeyed_and_keeps_row_numbers() -> None:
    assert read_rows(b"sep=|\r\na|b;c\r\n1|2;3\r\n") == [[], ["a", "b;c"], ["1", "2;3"]]


def test_csv_line_ends_within_quotes_stay_in_the_cell_and_blank_rows_keep_their_place() -> None:
    assert read_rows(b'a;b\r\n\r\n"4 quai\r\n44000 Nantes";2;;\r\n;;\r\n') == [
        ["a", "b"],
        [],
        ["4 quai\r\n44000 Nantes", "2"],
    ]


def test_workbook_values_keep_their_types() -> None:
    content = xlsx_of(
        [
            ["a", "b", "c", "d"],
            ["x", 0.1 + 0.2, date(2026, 1, 31), True],
            [None, 1234, datetime(2026, 2, 1, 9), "1.234"],  # noqa: DTZ001 - workbooks know no zones
        ]
    )
    assert read_rows(content) == [
        ["a", "b", "c", "d"],
        ["x", Decimal("0.3"), date(2026, 1, 31), "1"],
        ["", Decimal(1234), date(2026, 2, 1), "1.234"],
    ]


def test_workbook_formulas_are_read_as_last_computed_and_never_as_text() -> None:
    content = with_part(
        xlsx_of([["a", "b"], ["x", 5]]), SHEET, lambda part: part.replace(b"<v>5</v>", b"<f>1+6</f><v>7</v>")
    )
    assert read_rows(content)[1] == ["x", Decimal(7)]


def test_workbook_with_a_link_to_another_file_is_read_without_it() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["a", "b"])
    sheet.append(["x", "='[http://203.0.113.1/secret.xlsx]Sheet1'!A1"])
    out = io.BytesIO()
    book.save(out)
    assert read_rows(out.getvalue()) == [["a", "b"], ["x"]]


def test_workbook_that_claims_a_huge_size_costs_nothing() -> None:
    def claim(part: bytes) -> bytes:
        return re.sub(rb"<sheetPr>", b'<dimension ref="A1:XFD1048576"/><sheetPr>', part, count=1)

    begin = time.monotonic()
    assert read_rows(with_part(xlsx_of([["a"], ["b"]]), SHEET, claim)) == [["a"], ["b"]]
    assert time.monotonic() - begin < 10


def test_workbook_with_a_row_far_away_is_refused() -> None:
    content = with_part(xlsx_of([["a"], ["b"]]), SHEET, lambda part: part.replace(b'r="2"', b'r="1999999999"'))
    assert refusal(content)[0] in {Reason.TOO_MANY_ROWS, Reason.BROKEN_WORKBOOK}


def test_zip_bomb_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
            for _ in range(450):
                part.write(b" " * (1 << 20))
    reason, sentence = refusal(out.getvalue())
    assert reason == Reason.TOO_DEMANDING
    assert sentence == "This workbook takes too much time or memory to open. Save its first sheet as CSV."


def test_xml_entities_are_not_multiplied() -> None:
    laughs = b'<!DOCTYPE w [<!ENTITY a "ha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 50) for n in range(8)
    )
    bomb = laughs + b"]><w>&i;</w>"
    content = with_part(xlsx_of([["a"], ["b"]]), "xl/workbook.xml", lambda _part: bomb)
    assert refusal(content)[0] in {Reason.BROKEN_WORKBOOK, Reason.TOO_DEMANDING}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Reason.EMPTY),
        (b"\r\n;;;\r\n", Reason.EMPTY),
        (b"%PDF-1.7\n\x00\x01", Reason.NOT_A_SPREADSHEET),
        (b"\x89PNG\r\n\x1a\n\x00", Reason.NOT_A_SPREADSHEET),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Reason.OLD_WORKBOOK),
        (b"PK\x03\x04 and then nothing", Reason.BROKEN_WORKBOOK),
        (xlsx_of(TABLE)[:-400], Reason.BROKEN_WORKBOOK),
        (b"a;b\n" + b'"' + b"x" * 200_000, Reason.BROKEN_TEXT),
        (b"a;" * 300 + b"z\n", Reason.TOO_MANY_COLUMNS),
        (b"a" * (20 * 1024 * 1024 + 1), Reason.TOO_BIG),
    ],
    ids=["empty", "blank", "pdf", "png", "xls", "no-archive", "cut", "quotes", "columns", "size"],
)
def test_what_is_no_spreadsheet_is_refused(content: bytes, reason: Reason) -> None:
    assert refusal(content)[0] == reason


def test_workbook_with_too_many_columns_is_refused() -> None:
    assert refusal(xlsx_of([["a"] * 250])) == (
        Reason.TOO_MANY_COLUMNS,
        "This file has more than 200 columns. Delete those that are not needed.",
    )


def test_million_rows_are_refused_quickly() -> None:
    content = b"number;total\n" + b"".join(b"F-%d;1\n" % number for number in range(1_000_000))
    begin = time.monotonic()
    reason, sentence = refusal(content)
    assert reason == Reason.TOO_MANY_ROWS
    assert sentence == "This file has more than 100000 rows. Split it into smaller files."
    assert time.monotonic() - begin < 5


def test_million_rows_of_a_workbook_are_refused() -> None:
    row = b'<row><c t="inlineStr"><is><t>x</t></is></c></row>'
    sheet = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
    many = sheet + row * 150_000 + b"</sheetData></worksheet>"
    content = with_part(xlsx_of([["a"]]), SHEET, lambda _part: many)
    assert refusal(content)[0] == Reason.TOO_MANY_ROWS


def test_filled_cells_are_counted_in_all() -> None:
    content = b"".join(b";".join([b"x"] * 100) + b"\n" for _ in range(20_001))
    assert refusal(content)[0] == Reason.TOO_MANY_CELLS


def test_workbook_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LIMITS", Limits(seconds=0.01))
    assert refusal(xlsx_of(TABLE))[0] == Reason.TOO_DEMANDING


@pytest.mark.parametrize(
    ("limits", "reason"),
    [(Limits(max_unpacked_bytes=100), Reason.TOO_DEMANDING), (Limits(max_columns=1), Reason.TOO_MANY_COLUMNS)],
)
def test_workbook_beyond_its_limits_is_refused(limits: Limits, reason: Reason) -> None:
    with pytest.raises(Refused) as caught:
        list(rows_of_workbook(xlsx_of(TABLE), limits))
    assert caught.value.reason == reason


def test_workbook_in_this_process_reads_the_same() -> None:
    content = xlsx_of([["a", 1, 2.5, date(2026, 1, 31), False]])
    assert list(rows_of_workbook(content, Limits())) == read_rows(content)


@pytest.mark.parametrize("content", [b"PK", b"PK\x03\x04", xlsx_of(TABLE)[:-200]])
def test_damaged_archive_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        list(rows_of_workbook(content, Limits()))


def test_archive_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("letter.txt", "Dear Sir or Madam")
    assert refusal(out.getvalue())[0] == Reason.NOT_A_SPREADSHEET
