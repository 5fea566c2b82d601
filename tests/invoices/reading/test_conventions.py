"""What programs and countries do differently: each case is a habit that was once misread."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from invoices.reading.layout import Word, lay_out
from invoices.reading.types import Kind

from .pages import reading_of

if TYPE_CHECKING:
    from invoices.reading.types import Reading


def _values(reading: Reading, *names: str) -> list[object]:
    return [None if (found := reading.found(name)) is None else found.value for name in names]


@pytest.mark.parametrize(
    ("text", "net", "tax", "total"),
    [
        (
            "Sub Total | 2,00,000.00\nCGST (9%) | 18,000.00\nSGST (9%) | 18,000.00\nTotal | Rs.2,36,000.00",
            "200000.00",
            "36000.00",
            "236000.00",
        ),
        ("Charges | $75.00\nTax | $15.00\nTotal amount due on May 6, 2026 | $90.00", None, "15.00", "90.00"),
        (
            "%IVA | Imponibile | Imposta\n22 | 1.000,00 | 220,00\n10 | 100,00 | 10,00\n\n | | Totale\n | | 1.330,00",
            "1100.00",
            "230.00",
            "1330.00",
        ),
    ],
    ids=["india", "date-in-label", "columns"],
)
def test_reading_finds_the_figures(text: str, net: str | None, tax: str, total: str) -> None:
    reading = reading_of(text)
    assert _values(reading, "tax", "total") == [Decimal(tax), Decimal(total)]
    assert net is None or _values(reading, "net") == [Decimal(net)]


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("Bitte überweisen Sie den Betrag von 18.490,56 EUR bis spätestens 25.01.2026.", date(2026, 1, 25)),
        ("We will collect payment by Direct Debit on or after 20 May 2026", date(2026, 5, 20)),
        ("Date d'exigibilité du paiement | 31/01/2026", date(2026, 1, 31)),
        ("Het bedrag wordt omstreeks 08-08-2026 automatisch van uw rekening afgeschreven.", date(2026, 8, 8)),
        ("Wij incasseren het bedrag op of omstreeks 8 augustus 2026.", date(2026, 8, 8)),
        ("L'importo sarà addebitato sul vostro conto il 10/02/2026.", date(2026, 2, 10)),
        ("El importe se cargará en su cuenta el 10/02/2026.", date(2026, 2, 10)),
        ("O valor será debitado na sua conta a partir de 10/02/2026.", date(2026, 2, 10)),
        ("Due: Tuesday, 6 October 2026", date(2026, 10, 6)),
        ("Fällig am Freitag, den 02.10.2026", date(2026, 10, 2)),
        ("Betaald op 08-01-2026 | € 35,83", None),
        ("Payment received by card on 3 March 2026", None),
    ],
)
def test_reading_finds_the_day_of_payment_and_none_of_a_payment_made(line: str, due: date | None) -> None:
    assert _values(reading_of(f"Invoice 1001\n{line}"), "due_date") == [due]


@pytest.mark.parametrize(
    ("text", "kind", "number"),
    [
        ("Nº factura rectificativa: F26-919\nFactura rectificada: 6704", Kind.CREDIT_NOTE, "F26-919"),
        ("Tipologia documento | Numero documento\nTD04 (nota di credito) | 12/2026", Kind.CREDIT_NOTE, "12/2026"),
        ("Tipologia documento | Numero documento\nTD01 (fattura) | 12/2026", Kind.INVOICE, "12/2026"),
    ],
)
def test_reading_finds_kind_and_number(text: str, kind: Kind, number: str) -> None:
    assert _values(reading_of(text), "kind", "number") == [kind, number]


@pytest.mark.parametrize(
    ("text", "number", "issued", "order"),
    [
        (
            "Credit Memo\nNumber/Date\n9346187954 / 28.06.2025\nPurchase order no./Date\nC568-68 / 08.06.2025",
            "9346187954",
            date(2025, 6, 28),
            "C568-68",
        ),
        (
            "Rechnung\nRechnungsdatum / Lieferdatum | 9. März 2026\nRechnungsnummer | DE47B\nBestelldatum | 1.3.2026",
            None,
            date(2026, 3, 9),
            None,
        ),
        ("SITUATION N° 3 - FACTURE 561423\nN° | Désignation\n1 | Peinture", "561423", None, None),
        (
            "Rechnung\nNummer: 12\nAuftrags-Nr.: 798322\nIhre Bestellung: 4577570888\nDatum: 1.2.2026",
            "12",
            date(2026, 2, 1),
            "4577570888",
        ),
    ],
    ids=["number-and-date", "two-dates", "title-in-a-line", "two-orders"],
)
def test_reading_finds_the_facts_at_the_head(
    text: str, number: str | None, issued: date | None, order: str | None
) -> None:
    reading = reading_of(text)
    assert number is None or _values(reading, "number") == [number]
    assert issued is None or _values(reading, "issue_date") == [issued]
    assert _values(reading, "purchase_order") == [order]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("Amount due | AUD $12.00\nGST | $2.00\nFee | $10.00", "AUD"),
        ("ABN 53 004 085 616\nTotal | $12.00", "AUD"),
        ("Toronto, ON M5J 2T3\nHST | $2.00\nTotal | $12.00", "CAD"),
        ("Total | $12.00", "USD"),
        ("Total | $12.00\nApproximately CAD 17.00\nUSD 12.00", "USD"),
    ],
)
def test_reading_tells_whose_dollars_they_are(text: str, currency: str) -> None:
    assert _values(reading_of(f"Invoice 8\n{text}"), "currency") == [currency]


def test_reading_of_a_column_of_rates_and_of_prices_takes_no_tax_from_it() -> None:
    reading = reading_of(
        "Item | VAT rate | Price (incl. VAT)\nLicence | 20% | £1,791.74\nSetup | 20% | £610.27\nInvoice total | | "
        "£2,402.01\nVAT % | Subtotal (excl. VAT) | VAT subtotal\n20% | £2,001.68 | £400.33\n"
        "Total | £2,001.68 | £400.33"
    )
    assert _values(reading, "net", "tax", "total") == [Decimal("2001.68"), Decimal("400.33"), Decimal("2402.01")]


def test_reading_puts_a_broken_iban_together() -> None:
    reading = reading_of("Rechnung 3\nZahlbar in 14 Tagen auf mein Konto DE22\n2289 0124 0340 3095 88.")
    assert _values(reading, "iban") == ["DE22228901240340309588"]


def test_reading_of_a_deposit_invoiced_before_takes_neither_its_number_nor_digits_of_it() -> None:
    reading = reading_of(
        "Facture : | 2026-686\nTotal HT | 1 000,00 €\nTVA 20 % | 200,00 €\nTotal TTC | 1 200,00 €\n"
        "Acompte facture n° FA-9908 | -300,00 €\nReste à payer | 900,00 €"
    )
    assert _values(reading, "number", "total", "paid") == ["2026-686", Decimal("1200.00"), Decimal("300.00")]


@pytest.mark.parametrize(
    ("text", "tax"),
    [
        ("Zwischentotal | 12'345.00\nMWST 8.1% (12'345.00) | 999.95\nTotal CHF | 13'344.95", "999.95"),
        (
            "Honoraires HT | 1 000,00 €\nTVA 20 % | 200,00 €\nDébours (non soumis à TVA) | 48,00 €\nTTC | 1 248,00 €",
            "200.00",
        ),
    ],
    ids=["base-in-brackets", "without-tax"],
)
def test_reading_finds_the_tax(text: str, tax: str) -> None:
    assert _values(reading_of(f"Facture 9\n{text}"), "tax") == [Decimal(tax)]


def test_reading_takes_a_bare_reference_for_the_order_unless_it_is_the_number() -> None:
    assert _values(reading_of("Invoice number: 77\nReference: PO-612"), "purchase_order") == ["PO-612"]
    assert _values(reading_of("Invoice number: 77\nReference: 77"), "purchase_order") == [None]


def test_lay_out_leaves_out_what_runs_up_the_page() -> None:
    sideways = [Word(letter, 295.0, 300.0 - 3 * n, 301.0, 303.0 - 3 * n) for n, letter in enumerate("Form118")]
    upright = [Word("Total", 40, 300, 65, 310), Word("1", 300, 300, 305, 310), Word("2", 300, 312, 305, 322)]
    page = lay_out(1, 595, 842, [*sideways, *upright])
    assert page.text == "Total  1\n2"


@pytest.mark.parametrize(
    ("text", "total", "paid"),
    [
        (
            (
                "Previous balance | £50.00\nPayments received | £0.00\nBalance brought forward | £50.00\n"
                "VAT 20% | £20.00\nTotal new charges | £120.00\nTotal amount due | £170.00"
            ),
            "120.00",
            None,
        ),
        (
            (
                "Previous balance | £87.00\nPayment received - thank you | -£87.00\nTotal excl. VAT | £100.00\n"
                "VAT 20% | £20.00\nTotal charges this bill | £120.00\nTotal to pay | £120.00"
            ),
            "120.00",
            None,
        ),
        (
            (
                "Subtotal | £100.00\nVAT 20% | £20.00\nTotal | £120.00\nPayment received | -£20.00\n"
                "Previous balance | £5.00\nBalance due | £100.00"
            ),
            "120.00",
            "20.00",
        ),
    ],
    ids=["unpaid-before", "paid-before", "paid-now"],
)
def test_reading_keeps_what_was_owed_before_out_of_the_figures(text: str, total: str, paid: str | None) -> None:
    reading = reading_of(f"Invoice 55\n{text}")
    assert _values(reading, "total", "paid") == [Decimal(total), paid and Decimal(paid)]


@pytest.mark.parametrize(
    ("terms", "due"),
    [
        ("Paiement : 30 jours fin de mois le 10", date(2026, 5, 10)),
        ("Paiement : 30 jours fin de mois", date(2026, 4, 30)),
        ("Pagamento: RiBa 30/60 gg f.m.", date(2026, 5, 31)),
        ("Forma de pago: giro a 30, 60 y 90 días", date(2026, 6, 1)),
        ("Terms: 30 days EOM", date(2026, 4, 30)),
    ],
)
def test_reading_works_the_due_date_out_from_the_terms(terms: str, due: date) -> None:
    reading = reading_of(f"Facture 7\nDate : 03/03/2026\n{terms}")
    assert _values(reading, "issue_date", "due_date") == [date(2026, 3, 3), due]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Factura nº | 2026 0121", "2026 0121"),
        ("n° de facture : 0191614903 C62", "0191614903 C62"),
        ("Rechnungsnummer 12 3456 7890 1234", "12 3456 7890 1234"),
        ("Rechnungs-Nr. | R 2026 2769", "R 2026 2769"),
        ("Invoice no. 4711 12/05/2026", "4711"),
        ("Invoice no. 4711 Page 12", "4711"),
    ],
)
def test_reading_finds_a_number_written_in_groups(line: str, number: str) -> None:
    assert _values(reading_of(line), "number") == [number]


@pytest.mark.parametrize(
    ("label", "terms"),
    [("Condiciones", "30 días"), ("Betaaltermijn", "30 dagen"), ("Condições de pagamento", "30 dias")],
)
def test_reading_finds_terms_whose_label_stands_in_another_column(label: str, terms: str) -> None:
    reading = reading_of(f"Factura 12 | Fecha: 01/03/2026\n{label} | {terms}")
    assert _values(reading, "payment_terms_days", "due_date") == [30, date(2026, 3, 31)]
    assert _values(reading_of(f"Factura 12 | Fecha: 01/03/2026\nAlquiler | {terms}"), "payment_terms_days") == [None]


def test_reading_of_a_credit_note_takes_its_own_number_and_not_that_of_the_invoice() -> None:
    reading = reading_of("Gutschrift\nNummer der Gutschrift | A-82-CN-1\nRechnungsnummer | A-82\nDatum | 1. März 2026")
    assert _values(reading, "kind", "number") == [Kind.CREDIT_NOTE, "A-82-CN-1"]


def test_reading_finds_the_kind_in_a_title_with_number_and_date() -> None:
    reading = reading_of("Nota di credito nr. 2947/A del 12/08/2026\nTotale documento | 12,00 €")
    assert _values(reading, "kind", "issue_date") == [Kind.CREDIT_NOTE, date(2026, 8, 12)]


def test_reading_takes_the_reference_of_a_payment_for_no_order() -> None:
    assert _values(reading_of("Rechnung 12\nReferenz | RF18 5390 0754 7034"), "purchase_order") == [None]


def test_reading_takes_the_first_article_for_no_order() -> None:
    goods = "Factura 12\nReferencia | Descripción | Importe\nR0 | Formación | 100,00"
    assert _values(reading_of(goods), "purchase_order") == [None]
    assert _values(reading_of("Factura 12\nReferencia | Fecha\nPED-77 | 01/02/2026"), "purchase_order") == ["PED-77"]


def test_reading_takes_a_vat_number_beside_the_label_for_no_number() -> None:
    assert _values(reading_of("Invoice no. | GB434031494\n2236-05"), "number") == ["2236-05"]


def test_reading_of_a_credit_note_takes_its_own_date_and_not_that_of_the_invoice() -> None:
    note = "Creditfactuur\nDatum | 05-06-2026 | Factuurdatum | 24-05-2026"
    assert _values(reading_of(note), "kind", "issue_date") == [Kind.CREDIT_NOTE, date(2026, 6, 5)]
    alone = "Creditfactuur\nFactuurdatum | 24-05-2026"
    assert _values(reading_of(alone), "issue_date") == [date(2026, 5, 24)]


@pytest.mark.parametrize(
    ("text", "issued"),
    [
        ("Invoice\nDate | 11-08-2026\nTotal | $12.00", date(2026, 11, 8)),
        ("Factura de la empresa\nFecha | 11/08/2026\nPara el cliente\nTotal | $12,00", date(2026, 8, 11)),
    ],
)
def test_reading_puts_the_month_first_in_english_dollars_only(text: str, issued: date) -> None:
    assert _values(reading_of(text), "issue_date") == [issued]
