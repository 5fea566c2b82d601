"""Cells become values as their column, and else the organization's country, writes them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from invoices.spreadsheets.columns import COLUMNS
from invoices.spreadsheets.enums import ImportKind
from invoices.spreadsheets.escaping import escaped, unescaped
from invoices.spreadsheets.matching import fields_by_title, find_titles, match_columns
from invoices.spreadsheets.understanding import understand
from invoices.spreadsheets.values import read_tags, written_tags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from invoices.spreadsheets.cells import Cell
    from invoices.spreadsheets.understanding import Sheet


def invoices_with(title: str, cells: Sequence[Cell], country: str = "FR") -> Sheet:
    rows: list[list[Cell]] = [["number", "company", "issue date", "total"]]
    places = {"issue date": 2, "total": 3}
    for cell in cells:
        row: list[Cell] = ["F-1", "Acme", "2026-01-05", "1.00"]
        if title in places:
            row[places[title]] = cell
        else:
            row.append(cell)
        rows.append(row)
    if title not in places:
        rows[0].append(title)
    return understand(rows, ImportKind.INVOICES, country)


def values(title: str, field: str, cells: Sequence[Cell], country: str = "FR") -> list[Any]:
    sheet = invoices_with(title, cells, country)
    found = [line.values.get(field) for line in sheet.lines]
    return [getattr(value, "amount", value) for value in found]


@pytest.mark.parametrize(
    ("cells", "amounts"),
    [
        (["1 234,56", "1,5"], ["1234.56", "1.5"]),
        (["1\u202f234,56", "1\u00a0234,5"], ["1234.56", "1234.5"]),
        (["1,234.56", "1,234"], ["1234.56", "1234"]),
        (["1.234,56", "1.234"], ["1234.56", "1234"]),
        (["1'234.50", "CHF 12.00"], ["1234.50", "12.00"]),
        (["-12", "(12.00)", "12,5-", "−3", "-€4", "€-4", "- 4 €"], ["-12", "-12.00", "-12.5", "-3", "-4", "-4", "-4"]),
        (["1.234.567", "€ 0.125", "$ 3"], ["1234567", "0.125", "3"]),
        (["1200", "1200 EUR", "12,50 kr"], ["1200", "1200", "12.50"]),
        ([Decimal("1234.5"), "1,234.50"], ["1234.5", "1234.50"]),
    ],
)
def test_amounts_are_read_as_their_column_writes_them(cells: list[Cell], amounts: list[str]) -> None:
    assert values("total", "total", cells) == [Decimal(amount) for amount in amounts]


@pytest.mark.parametrize(("country", "amount"), [("FR", "1.234"), ("US", "1234"), ("DE", "1.234"), ("GB", "1234")])
def test_amount_that_can_be_read_both_ways_follows_the_country_and_says_so(country: str, amount: str) -> None:
    sheet = invoices_with("total", ["1,234"], country)
    assert sheet.lines[0].values["total"].amount == Decimal(amount)
    assert "“total”: 1,234 can be read both ways" in sheet.notices[0]


def test_amount_that_can_be_read_both_ways_in_a_contradictory_column_is_refused() -> None:
    sheet = invoices_with("total", ["1.234,56", "1,234.56", "1,234"])
    assert [issue.row for issue in sheet.issues.in_order()] == [4]


@pytest.mark.parametrize(
    "cell",
    ["abc", "12 apples", "1,23,4", "--1", "(5", "1e5", "٣", "1234567890123456", date(2026, 1, 1), Decimal("1e20")],
)
def test_what_is_no_amount_is_refused_by_row_and_column(cell: Cell) -> None:
    sheet = invoices_with("total", [cell])
    assert [(issue.row, issue.column) for issue in sheet.issues.kept] == [(2, "total")]


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["2026-01-31", "31/01/2026", "31.01.2026", "31-1-26"], ["2026-01-31"] * 4),
        (["03/04/2026", "31/01/2026"], ["2026-04-03", "2026-01-31"]),
        (["03/04/2026", "01/31/2026"], ["2026-03-04", "2026-01-31"]),
        (["03.04.2026"], ["2026-04-03"]),
        (["2026-01-31T10:00:00", "20260131", "2026/1/31"], ["2026-01-31"] * 3),
        (["31 janvier 2026", "Jan 31, 2026", "31. Januar 2026"], ["2026-01-31"] * 3),
        ([date(2026, 1, 31), Decimal(46053), Decimal(20260131)], ["2026-01-31"] * 3),
    ],
)
def test_dates_are_read_as_their_column_writes_them(cells: list[Cell], days: list[str]) -> None:
    assert values("issue date", "issued_on", cells) == [date.fromisoformat(day) for day in days]


@pytest.mark.parametrize(
    ("country", "day", "words"),
    [("FR", "2026-04-03", "day/month, as in France"), ("US", "2026-03-04", "month/day, as in United States")],
)
def test_date_that_can_be_read_both_ways_follows_the_country_and_says_so(country: str, day: str, words: str) -> None:
    sheet = invoices_with("issue date", ["03/04/2026", "05/05/2026"], country)
    assert sheet.lines[0].values["issued_on"] == date.fromisoformat(day)
    assert len(sheet.notices) == 1
    assert words in sheet.notices[0]


def test_date_that_can_be_read_both_ways_in_a_contradictory_column_is_refused() -> None:
    sheet = invoices_with("issue date", ["31/01/2026", "01/31/2026", "03/04/2026"])
    assert [issue.row for issue in sheet.issues.in_order()] == [4]


@pytest.mark.parametrize(
    "cell", ["soon", "31/02/2026", "2026-13-01", "1026-01-01", "9999-12-31", Decimal(3), date(1970, 1, 1)]
)
def test_what_is_no_date_is_refused_by_row_and_column(cell: Cell) -> None:
    sheet = invoices_with("issue date", [cell])
    assert [(issue.row, issue.column) for issue in sheet.issues.kept] == [(2, "issue date")]


def test_failed_formula_is_refused() -> None:
    sheet = invoices_with("total", ["#REF!"])
    assert sheet.issues.kept[0].sentence == "The formula in this cell failed: it shows #REF!."


@pytest.mark.parametrize(
    ("kind", "title", "cell", "field", "value"),
    [
        (ImportKind.ACCOUNTS, "pays", "Allemagne", "country", "DE"),
        (ImportKind.ACCOUNTS, "Land", "Österreich", "country", "AT"),
        (ImportKind.ACCOUNTS, "country", "gbr", "country", "GB"),
        (ImportKind.ACCOUNTS, "devise", "€", "currency", "EUR"),
        (ImportKind.ACCOUNTS, "langue", "Français", "language", "fr"),
        (ImportKind.ACCOUNTS, "language", "de-AT", "language", "de"),
        (ImportKind.ACCOUNTS, "SIREN", Decimal(552100554), "registration_number", "552100554"),
        (ImportKind.ACCOUNTS, "N° TVA", "fr 12 552.100.554", "vat_number", "FR12552100554"),
        (ImportKind.ACCOUNTS, "phone", "'+33 2 40", "phone", "+33 2 40"),
        (ImportKind.CONTACTS, "principal", "Oui", "is_primary", True),
        (ImportKind.CONTACTS, "opt out", "non", "do_not_contact", False),
        (ImportKind.CONTACTS, "courriel", "a@b.example", "email", "a@b.example"),
    ],
)
def test_other_cells_are_read(kind: ImportKind, title: str, cell: Cell, field: str, value: object) -> None:
    sheet = understand([["company", title], ["Acme", cell]], kind, "FR")
    assert sheet.lines[0].values[field] == value


@pytest.mark.parametrize(
    ("title", "cell", "sentence"),
    [
        ("country", "Atlantis", "“Atlantis” is not a country. Enter its two letters, such as FR."),
        ("currency", "XYZW", "“XYZW” is not a currency. Enter its three letters, such as EUR."),
        ("language", "Klingon", "“Klingon” is none of the languages: en, fr, de, es, it, nl, pt."),
        ("city", "x" * 121, "This is longer than 120 characters."),
    ],
)
def test_cells_that_cannot_be_are_refused(title: str, cell: str, sentence: str) -> None:
    sheet = understand([["company", title], ["Acme", cell]], ImportKind.ACCOUNTS, "FR")
    assert [issue.sentence for issue in sheet.issues.kept] == [sentence]


def test_titles_are_matched_whatever_their_case_accents_and_punctuation() -> None:
    titles = [
        "N° FACTURE",
        "Raison Sociale",
        "date d’echeance",
        "Montant T.T.C. (EUR)",
        "Date",
        "T.V.A.",
        "code_client",
        "HT",
    ]
    assert match_columns(titles, ImportKind.INVOICES) == {
        "number": 0, "company": 1, "due_on": 2, "total": 3, "issued_on": 4, "tax": 5, "external_id": 6,
    }  # fmt: skip


def test_german_titles_are_matched() -> None:
    titles = ["Rechnungs-Nr.", "Kunde", "Fällig am", "Bruttobetrag", "Rechnungsdatum", "Währung"]
    assert set(match_columns(titles, ImportKind.INVOICES)) == {
        "number",
        "company",
        "due_on",
        "total",
        "issued_on",
        "currency",
    }


def test_titles_below_a_heading_are_found() -> None:
    rows: list[list[Cell]] = [
        ["Export 2026"],
        [],
        ["Client", "Numéro", "Date", "Total"],
        ["Acme", "1", "2026-01-01", "2"],
    ]
    assert find_titles(rows, ImportKind.INVOICES).index == 2


@pytest.mark.parametrize("kind", ImportKind)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_own_titles_mean_their_own_column(kind: ImportKind, language: str) -> None:
    with translation.override(language):
        titles = [str(column.label) for column in COLUMNS[kind]]
    assert match_columns(titles, kind) == {column.name: place for place, column in enumerate(COLUMNS[kind])}
    assert fields_by_title(kind)


@pytest.mark.parametrize("text", ["=1+1", "+33", "-5", "@x", "\t=1", "\r=1", "'=1", "''+1"])
def test_formulas_are_escaped_and_come_back(text: str) -> None:
    assert escaped(text) == f"'{text}"
    assert unescaped(escaped(text)) == text


@given(st.text())
def test_escaping_is_undone_and_leaves_nothing_live(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not escaped(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("vip", ("vip",)),
        (" vip ;late,  north ", ("vip", "late", "north")),
        ("vip, VIP, Vip", ("vip",)),
        ('"a, b", "say ""hi""";c', ("a, b", 'say "hi"', "c")),
        (" ,; ", ()),
    ],
)
def test_tags_are_set_apart_by_commas_or_semicolons(cell: str, tags: tuple[str, ...]) -> None:
    assert read_tags(cell) == tags


@given(st.lists(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40), unique_by=str.casefold))
def test_written_tags_are_read_the_same(tags: list[str]) -> None:
    assert read_tags(written_tags(tags)) == tuple(tags)
