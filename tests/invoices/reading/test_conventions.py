"""What programs and countries do differently: each case is a habit that was once misread."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from invoices.reading.layout import Word, lay_out
from invoices.reading.types import Kind, Source

from .pages import reading_of

if TYPE_CHECKING:
    from invoices.reading.types import Reading

FOOT = "\n" * 48


def _values(reading: Reading, *names: str) -> list[object]:
    return [None if (found := reading.found(name)) is None else found.value for name in names]


@pytest.mark.parametrize(
    ("lines", "street", "code", "city"),
    [
        ("1200 Market Street, Suite 300\nPortland, OR 97205", "1200 Market Street, Suite 300", "97205", "Portland"),
        ("PO Box 4411\nSt. Louis, MO 63101", "PO Box 4411", "63101", "St. Louis"),
        ("Kortrijksesteenweg 1144\n9000 Gent", "Kortrijksesteenweg 1144", "9000", "Gent"),
        ("Am Markt 3\n06108 Halle (Saale)", "Am Markt 3", "06108", "Halle (Saale)"),
        ("Via Roma 22\n42121 Reggio nell'Emilia (RE)", "Via Roma 22", "42121", "Reggio nell'Emilia"),
        ("C.F. 06682130783\nVia Po 1\n00184 - Roma (RM) - IT", "Via Po 1", "00184", "Roma"),
        ("Corso Francia 8\n10128 Torino TO", "Corso Francia 8", "10128", "Torino"),
        ("Kerkstraat 12\n5211 JG 's-Hertogenbosch", "Kerkstraat 12", "5211 JG", "'s-Hertogenbosch"),
        ("14 Kingsway\nHarrogate\nNorth Yorkshire\nHG1 2PW", "14 Kingsway", "HG1 2PW", "Harrogate"),
        ("25 Baggot Street\nDublin 2 D02 X285", "25 Baggot Street", "D02 X285", "Dublin 2"),
        ("88 Front St W\nToronto, ON M5J 2T3", "88 Front St W", "M5J 2T3", "Toronto"),
        ("7 Harbour Rd\nSydney NSW 2000", "7 Harbour Rd", "2000", "Sydney"),
        ("B10882074\nC/ Alcalá, 98\n28013 Madrid", "C/ Alcalá, 98", "28013", "Madrid"),
    ],
)
def test_reading_finds_the_parts_of_an_address(lines: str, street: str, code: str, city: str) -> None:
    reading = reading_of(f"Bill to\nAcorn Trading\n{lines}")
    assert _values(reading, "buyer_street", "buyer_postal_code", "buyer_city") == [street, code, city]


@pytest.mark.parametrize(
    ("lines", "country"),
    [("14 Kingsway\nLeeds\nLS1 4AP", "GB"), ("Rua 5\n4000-322 Porto", "PT"), ("Hauptstr. 4\n10115 Berlin", None)],
)
def test_reading_infers_the_country_only_from_a_code_that_no_other_has(lines: str, country: str | None) -> None:
    found = reading_of(f"Bill to\nAcorn Trading\n{lines}").buyer_country
    assert (found.value if found else None) == country
    assert found is None or found.source is Source.ARITHMETIC


def test_reading_takes_an_address_of_keys_and_values_apart() -> None:
    reading = reading_of(
        "Cessionario/committente (cliente)\nDenominazione: Cantine del Borgo S.p.A.\nIndirizzo: Viale Monza 140\n"
        "Comune: Reggio nell'Emilia Provincia: RE\nCap: 42121 Nazione: IT"
    )
    names = ("buyer_name", "buyer_street", "buyer_city", "buyer_postal_code", "buyer_country")
    assert _values(reading, *names) == [
        "Cantine del Borgo S.p.A.",
        "Viale Monza 140",
        "Reggio nell'Emilia",
        "42121",
        "IT",
    ]


@pytest.mark.parametrize("name", ["Spett.le Talleres Noè S.r.l.", "Firma Talleres Noè S.r.l.", "Talleres Noè S.r.l."])
def test_reading_of_a_name_leaves_its_address_of_courtesy_out(name: str) -> None:
    assert _values(reading_of(f"Cliente\n{name}\nVia Po 3\n10128 Torino"), "buyer_name") == ["Talleres Noè S.r.l."]


def test_reading_does_not_take_the_table_of_goods_for_the_customer() -> None:
    reading = reading_of(
        "Transports Bérard SARL\n12 rue Haute\n69003 Lyon\n\n\nFacture F-12\n\nDésignation | Qté | Montant HT\n"
        "Forfait déplacement | 1 | 120,00\nMaintenance mars 2026 | 2 | 80,00\nVis inox 4711 | 2 | 10,00"
    )
    assert _values(reading, "buyer_name") == ["Transports Bérard SARL"]


def test_reading_tells_the_issuer_by_the_account_and_the_customer_by_the_slip() -> None:
    reading = reading_of(
        "Pennine Media Ltd | | Oakridge Joinery Ltd\n18 Albion Street | | 14 Kingsway\nLeeds | | Bath\nLS1 4AP | | "
        "BA1 1LN\n\n\nTax invoice INV-9\n\n\nAccount name: Oakridge Joinery Ltd" + FOOT[:30] + "\nCustomer | Pennine "
        "Media Ltd"
    )
    assert _values(reading, "buyer_name", "seller_name") == ["Pennine Media Ltd", "Oakridge Joinery Ltd"]


def test_reading_under_a_long_address_in_one_line_finds_the_window() -> None:
    reading = reading_of(
        "Autohaus Hoffmann und Söhne GmbH & Co. KG | Lange Straße zum Alten Markt 3a | 06108 Halle\n"
        "Nordlicht Müller KG\nAm Alten Markt 3a\n80331 München".replace(" | ", " · ", 2)
    )
    names = ("seller_name", "buyer_name", "buyer_street")
    assert _values(reading, *names) == [
        "Autohaus Hoffmann und Söhne GmbH & Co. KG",
        "Nordlicht Müller KG",
        "Am Alten Markt 3a",
    ]


def test_reading_gives_the_number_at_the_foot_to_the_issuer_and_the_other_to_the_customer() -> None:
    reading = reading_of(
        "Facture n° 12\nTransports Bérard SARL\n12 rue Haute\n69003 Lyon\n\nN° de TVA intracom\nFR40303265045"
        + FOOT
        + "\nN° TVA : FR83404833048"
    )
    assert _values(reading, "seller_vat_number", "buyer_vat_number") == ["FR83404833048", "FR40303265045"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Factura 8\nCliente\nBodegas Ruiz S.L.\nA58818501\nCalle Mayor 1\n28013 Madrid", "ESA58818501"),
        ("Fatura FT 1/8\nV/N.º Contrib. | Moeda\n501964843 | EUR", "PT501964843"),
    ],
)
def test_reading_finds_a_vat_number_without_its_country(text: str, number: str) -> None:
    assert _values(reading_of(text), "buyer_vat_number") == [number]


def test_reading_of_another_registration_number_does_not_take_the_vat_number() -> None:
    reading = reading_of("Invoice 5\nVAT Reg No: 889 4462 17\nRegistered in England No. 03902838")
    assert _values(reading, "seller_registration_number") == ["03902838"]


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


def test_reading_of_parties_in_a_table_without_colons_takes_them_apart() -> None:
    reading = reading_of(
        "DADOS DO PRESTADOR\nNome | Padaria do Minho Lda\nNIF | 501964843\n\nDADOS DO ADQUIRENTE\n"
        "Nome | Conservas Vila Real S.A.\nMorada | Rua Augusta 120, 1050-094 Lisboa\nPaís | PORTUGAL"
    )
    names = ("seller_name", "buyer_name", "buyer_postal_code", "buyer_city")
    assert _values(reading, *names) == ["Padaria do Minho Lda", "Conservas Vila Real S.A.", "1050-094", "Lisboa"]


def test_reading_keeps_a_person_in_the_block_of_the_company() -> None:
    reading = reading_of("Bill to:\nAcorn Trading Pty Ltd\nAttention: Jane Citizen\n7 Harbour Rd\nSydney NSW 2000")
    assert _values(reading, "buyer_name", "buyer_city") == ["Acorn Trading Pty Ltd", "Sydney"]


def test_reading_takes_facts_beside_the_window_for_no_customer() -> None:
    reading = reading_of(
        "Facture n° 6725234731 du 03.07.2026 | | CABINET LEFÈVRE\nRéférence client | 67462 | SERVICE COMPTABILITE\n"
        "N° de contrat | 86349161 | 12 RUE DE LA RÉPUBLIQUE\nDate limite de paiement | 02.08.2026 | 69003 LYON"
    )
    names = ("buyer_name", "buyer_street", "number", "due_date")
    assert _values(reading, *names) == ["CABINET LEFÈVRE", "12 RUE DE LA RÉPUBLIQUE", "6725234731", date(2026, 8, 2)]


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


def test_reading_takes_no_street_in_one_line_for_the_issuer() -> None:
    reading = reading_of(
        "Bodegas Ibáñez S.L.\nC/ Alcalá, 98, 28013 Madrid\nNIF B10882074 · admin@bodegas.example\n\nFactura F-1\n\n"
        "Facturado a\nTalleres Ruiz S.A.\nCalle Mayor 1\n08036 Barcelona"
    )
    assert _values(reading, "seller_name", "buyer_name") == ["Bodegas Ibáñez S.L.", "Talleres Ruiz S.A."]


def test_reading_takes_a_bare_reference_for_the_order_unless_it_is_the_number() -> None:
    assert _values(reading_of("Invoice number: 77\nReference: PO-612"), "purchase_order") == ["PO-612"]
    assert _values(reading_of("Invoice number: 77\nReference: 77"), "purchase_order") == [None]


def test_lay_out_leaves_out_what_runs_up_the_page() -> None:
    sideways = [Word(letter, 295.0, 300.0 - 3 * n, 301.0, 303.0 - 3 * n) for n, letter in enumerate("Form118")]
    upright = [Word("Total", 40, 300, 65, 310), Word("1", 300, 300, 305, 310), Word("2", 300, 312, 305, 322)]
    page = lay_out(1, 595, 842, [*sideways, *upright])
    assert page.text == "Total  1\n2"
