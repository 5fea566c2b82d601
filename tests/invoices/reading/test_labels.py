"""Numbers, dates, sums and terms behind the labels of seven languages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from invoices.reading.text.folding import fold
from invoices.reading.text.lexicon import Label
from invoices.reading.text.phrases import payment_terms
from invoices.reading.text.sheet import MONEY_LEXICON
from invoices.reading.types import Kind, Source

from .pages import reading_of, script_of


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Invoice no.: 2026-17", "2026-17"),
        ("Invoice R-2024/00001", "R-2024/00001"),
        ("FACTURE N° : | F20180027", "F20180027"),
        ("Facture n°562044387 du 02 Juillet 2015", "562044387"),
        ("Rechnung # RE-20170509/505 von 09.05.2017", "RE-20170509/505"),
        ("Baurechnung (204) Nr. 181301674 vom 25.04.2018", "181301674"),
        ("Beleg-Nr | : R87654321012345", "R87654321012345"),
        ("Número de factura: A/2026/9", "A/2026/9"),
        ("Fattura n. 12/A del 15/03/2024", "12/A"),
        ("Fattura di vendita 7093", "7093"),
        ("Factuurnummer: 2026.0007", "2026.0007"),
        ("Fatura n.º FT 2026/118", "FT 2026/118"),
        ("Invoice # | 4698018857", "4698018857"),
    ],
)
def test_reading_finds_the_number(line: str, number: str) -> None:
    reading = reading_of(line)
    assert reading.number is not None
    assert reading.number.value == number


def test_reading_of_a_credit_note_takes_its_own_number_not_the_invoice_it_credits() -> None:
    reading = reading_of("CREDIT NOTE\nCredit note number | CN-0091\nOriginal invoice number | INV-2201")
    assert reading.kind is not None
    assert reading.number is not None
    assert (reading.kind.value, reading.number.value) == (Kind.CREDIT_NOTE, "CN-0091")


def test_reading_with_headings_over_values_finds_each_in_its_column() -> None:
    reading = reading_of("Invoice\nInvoice date | Invoice number | Due date\n3 May 2026 | 88-17 | 2 June 2026")
    assert reading.number is not None
    assert reading.issue_date is not None
    assert reading.due_date is not None
    assert reading.number.value == "88-17"
    assert (reading.issue_date.value, reading.due_date.value) == (date(2026, 5, 3), date(2026, 6, 2))


@pytest.mark.parametrize(
    ("line", "due"),
    [
        ("Please remit until 2026-07-01.", date(2026, 7, 1)),
        ("Bitte überweisen Sie bis zum 30.05.2026.", date(2026, 5, 30)),
        ("Date d'échéance : 02/03/2026", date(2026, 3, 2)),
        ("À payer avant le 2 mars 2026", date(2026, 3, 2)),
        ("Fecha de vencimiento: 07/03/2026", date(2026, 3, 7)),
        ("Da pagare entro il 9 marzo 2026", date(2026, 3, 9)),
        ("Uiterste betaaldatum: 24-02-2026", date(2026, 2, 24)),
        ("Vencimento 2026-03-20", date(2026, 3, 20)),
        ("Bei Zahlung bis 13.03.2026 2% Skonto = 116,62 EUR, bis 02.04.2026 ohne Abzug.", date(2026, 4, 2)),
        (
            "Zahlbar in 30 Tagen netto bis 04.04.2026, 3% Skonto in 10 Tagen bis 15.03.2026",
            date(2026, 4, 4),
        ),
    ],
)
def test_reading_finds_the_due_date(line: str, due: date) -> None:
    reading = reading_of(f"Invoice 1001\n{line}")
    assert reading.due_date is not None
    assert (reading.due_date.value, reading.due_date.source) == (due, Source.TEXT)


@pytest.mark.parametrize(
    ("sentence", "days"),
    [
        ("Payment terms: 30 days net", 30),
        ("Net 45", 45),
        ("Please pay within 14 days of the invoice date.", 14),
        ("Paiement à 30 jours", 30),
        ("Conditions de règlement : 60 jours nets", 60),
        ("Zahlbar innerhalb von 14 Tagen ohne Abzug.", 14),
        ("Innerhalb von 30 Tagen 2% Skonto, 60 Tage ohne Abzug", 60),
        ("Zahlung in 30 Tagen. Bei Zahlung innerhalb von 7 Tagen gewähren wir 2% Skonto.", 30),
        ("Pago a 30 días fecha factura", 30),
        ("Bonifico bancario a 60 gg data fattura", 60),
        ("Gelieve te betalen binnen 14 dagen", 14),
        ("Prazo de pagamento: 30 dias", 30),
        ("Paiement immédiat", 0),
        ("Due on receipt", 0),
        ("Zahlbar sofort rein netto", 0),
        ("Interest is charged 30 days after the due date", None),
        ("Thank you for 30 years", None),
    ],
)
def test_payment_terms_are_the_days_until_payment(sentence: str, days: int | None) -> None:
    terms = payment_terms(script_of(sentence))
    assert (terms.days if terms else None) == days


def test_reading_without_a_due_date_works_it_out_from_the_terms() -> None:
    reading = reading_of("Facture n° 9\nDate de facture : 12/03/2026\nRèglement à 45 jours fin de mois.")
    assert reading.due_date is not None
    assert (reading.due_date.value, reading.due_date.source) == (date(2026, 4, 30), Source.TERMS)


def test_reading_finds_the_total_by_label_and_confirms_it_by_arithmetic() -> None:
    reading = reading_of(
        "Total HT | 1 000,00 €\nTVA 20 % | 200,00 €\nTotal TTC | 1 200,00 €\n"
        "Acompte | 200,00 €\nNet à payer | 1 000,00 €"
    )
    found = [getattr(reading, name).value for name in ("net", "tax", "total", "paid")]
    assert found == [Decimal("1000.00"), Decimal("200.00"), Decimal("1200.00"), Decimal("200.00")]
    assert reading.total is not None
    assert reading.total.confidence > 0.9


def test_reading_adds_up_the_tax_of_several_rates() -> None:
    reading = reading_of("Subtotal | 150.00\nVAT 20% | 20.00\nVAT 5% | 2.50\nTotal | 172.50")
    assert reading.tax is not None
    assert (reading.tax.value, reading.tax.source) == (Decimal("22.50"), Source.ARITHMETIC)


@pytest.mark.parametrize(
    ("rows", "tax"),
    [
        ("Total HT | 480,00 €\nTVA 20 % sur 480,00 | 96,00 €\nTotal TTC | 576,00 €", "96.00"),
        ("Subtotal | 480.00\nVAT 20% on 480.00 96.00\nTotal | 576.00", "96.00"),
        (
            "Total HT | 3 995,65\nTVA 20 % sur 2 545,65 | 509,13\nTVA 10 % sur 1 450,00 | 145,00\nTTC | 4 649,78",
            "654.13",
        ),
        ("TVA 20 % | 2 545,65 | 509,13\nTVA 10 % | 1 450,00 | 145,00\nNet à payer | 4 649,78", "654.13"),
        ("Rate | Base | VAT\n20% | 100.00 | 20.00\n5% | 40.00 | 2.00\nNet total | 140.00\nTotal | 162.00", "22.00"),
        ("Total excl. VAT | 5,546.40\nVAT 0% on 5,546.40 | 0.00\nTotal | 5,546.40", "0"),
        ("Total excl. VAT | 5,546.40\nReverse charge\nTotal | 5,546.40", "0"),
    ],
)
def test_reading_takes_the_tax_never_what_it_is_worked_out_from(rows: str, tax: str) -> None:
    reading = reading_of(f"Invoice 7\n{rows}")
    assert reading.tax is not None
    assert reading.tax.value == Decimal(tax)


def test_reading_of_a_page_with_a_rail_takes_the_labelled_total_not_a_line_of_the_table() -> None:
    reading = reading_of(
        "Invoice | Description | Amount\nNo. 7 | Lantern | 9,540.00\nHow to pay | Controller, 2 pieces | 2,930.00\n"
        "IBAN | Freight | 1,280.00\n| Total excl. VAT | $13,750.00\nBank | VAT 0% on 13,750.00 | $0.00\n"
        "Bank of Rivers | Total | $13,750.00"
    )
    assert reading.total is not None
    assert reading.total.value == Decimal("13750.00")


def test_reading_of_a_total_less_income_tax_keeps_the_printed_total() -> None:
    reading = reading_of("Base imponible | 1.500,00\nIVA 21% | 315,00\nIRPF -15% | -225,00\nTotal | 1.590,00")
    assert reading.total is not None
    assert reading.tax is not None
    assert (reading.total.value, reading.tax.value) == (Decimal("1590.00"), Decimal("315.00"))


def test_reading_of_negative_totals_is_a_credit_note_and_keeps_the_sign() -> None:
    reading = reading_of("Invoice 7\nTotal HT | -218,48 €\nTaxes | 14,99 €\nTotal TTC | -233,47 €")
    assert reading.kind is not None
    assert reading.total is not None
    assert (reading.kind.value, reading.total.value) == (Kind.CREDIT_NOTE, Decimal("-233.47"))


def test_reading_without_any_label_guesses_with_little_confidence() -> None:
    reading = reading_of("Something | 100.00\nSomething else | 20.00\nAltogether | 120.00")
    assert reading.total is not None
    assert reading.total.value == Decimal("120.00")
    assert reading.total.confidence < 0.6


@pytest.mark.parametrize(
    ("text", "number", "due", "order"),
    [
        (
            "Núm. | Vence | Orden de\nfactura | | compra\n28-A | 6 de enero de | 4500\n | 2027",
            "28-A",
            "2027-01-06",
            "4500",
        ),
        ("Invoice 9\nPurchase | PO-7271\norder :\nDue date | 6 Aug\n | 2026", "9", "2026-08-06", "PO-7271"),
        ("Invoice 9\nDue date | 7.\n | December\n | 2026\nPO # 12", "9", "2026-12-07", "12"),
        (
            "Creditnota\nCreditnotanummer | 8861 KJ Harlingen\nCN-4 |\nVervaldatum 3-3-2026\nOrder # 5",
            "CN-4",
            "2026-03-03",
            "5",
        ),
    ],
)
def test_reading_follows_labels_and_values_that_are_broken_over_lines(
    text: str, number: str, due: str, order: str
) -> None:
    reading = reading_of(text)
    found = [one and str(one.value) for one in (reading.number, reading.due_date, reading.purchase_order)]
    assert found == [number, due, order]


@pytest.mark.parametrize(
    "rows",
    [
        "Base | 100,00\nTotal IVA | 21,00\nTotal (IVA incl.) | 121,00",
        "Sum of items | 120.00\nDiscount | -20.00\nTotal after discount | 100.00\nVAT (21%) | 21.00\nTOTAL | 121.00",
        "Sous-total | 120,00\nRemise | -20,00\nTotal HT après remise | 100,00\nTVA 21 % | 21,00\nTTC | 121,00",
    ],
)
def test_reading_tells_the_sums_around_a_discount_and_those_that_name_the_tax_apart(rows: str) -> None:
    reading = reading_of(f"Invoice 7\n{rows}")
    found = [one and one.value for one in (reading.net, reading.tax, reading.total)]
    assert found == [Decimal("100.00"), Decimal("21.00"), Decimal("121.00")]


def test_reading_of_a_sentence_about_late_payment_takes_no_fee_for_a_payment() -> None:
    reading = reading_of(
        "Total | 120.00\nLate payment carries interest at three times the legal rate and a fixed recovery fee of €40."
    )
    assert reading.paid is None


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Total HT", Label.NET),
        ("Total € Incl. VAT", Label.TOTAL),
        ("Montant de la TVA", Label.TAX),
        ("NET A PAYER", Label.PAYABLE),
        ("Total", Label.TOTAL_WEAK),
        ("Bereits bezahlt", Label.PAID),
    ],
)
def test_lexicon_takes_the_longest_label(text: str, label: Label) -> None:
    (match,) = MONEY_LEXICON.find(fold(text))
    assert label in match.labels


def test_lexicon_does_not_take_the_head_of_a_reference_for_a_label() -> None:
    reading = reading_of("Votre référence | PO445")
    assert reading.purchase_order is not None
    assert reading.purchase_order.value == "PO445"


def test_reading_takes_the_tax_that_a_total_says_it_contains() -> None:
    reading = reading_of("Gesamt | 76,30 € (enthält 12,18 € MwSt.)")
    assert reading.total is not None
    assert reading.tax is not None
    assert (reading.total.value, reading.tax.value) == (Decimal("76.30"), Decimal("12.18"))


def test_reading_finds_a_total_in_larger_print_under_and_beside_its_label() -> None:
    reading = reading_of("Invoice 5\nSubtotal | | 640.00\nFee | | 66.00\nTotal\n | | $706.00")
    assert reading.total is not None
    assert reading.total.value == Decimal("706.00")


@pytest.mark.parametrize(
    "text",
    [
        "Facture\nDate de l'affaire : 14/02/2026",
        "Invoice\n14 February 2026",
        "Rechnung 12\nErfurt, den 14.02.2026",
        "Invoice 12 of 14 February 2026",
    ],
)
def test_reading_finds_an_issue_date_that_is_hardly_labelled(text: str) -> None:
    reading = reading_of(text)
    assert reading.issue_date is not None
    assert reading.issue_date.value == date(2026, 2, 14)


def test_reading_takes_no_other_occasion_for_the_issue_date() -> None:
    reading = reading_of("Invoice 12\nDate of delivery: 01/02/2026\nOrder date: 02/02/2026\nDate: 14/02/2026")
    assert reading.issue_date is not None
    assert reading.issue_date.value == date(2026, 2, 14)
