"""Addresses and names as programs and countries write them: each case is a habit that was once misread."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from invoices.reading.layout import Word, lay_out
from invoices.reading.text.reading import read_pages
from invoices.reading.types import OwnIdentity, Source

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


def test_reading_does_not_take_who_holds_the_account_for_the_issuer() -> None:
    reading = reading_of(
        "Bei Spiel GmbH\nEcke 12\n12345 Stadthausen\n\n\nRechnung 17\n\n\nKunde\nTheodor Est\nBahnstr. 42\n88802 "
        "Spielkreis" + FOOT[:30] + "\nKontoinhaber: Max Mustermann"
    )
    assert _values(reading, "seller_name", "buyer_name") == ["Bei Spiel GmbH", "Theodor Est"]


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


def test_reading_takes_no_street_in_one_line_for_the_issuer() -> None:
    reading = reading_of(
        "Bodegas Ibáñez S.L.\nC/ Alcalá, 98, 28013 Madrid\nNIF B10882074 · admin@bodegas.example\n\nFactura F-1\n\n"
        "Facturado a\nTalleres Ruiz S.A.\nCalle Mayor 1\n08036 Barcelona"
    )
    assert _values(reading, "seller_name", "buyer_name") == ["Bodegas Ibáñez S.L.", "Talleres Ruiz S.A."]


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("Eleanor Whitby", "Redwood Outdoor Supply Co.", "Redwood Outdoor Supply Co."),
        ("Eleanor Whitby", "Marlow & Finch", "Marlow & Finch"),
        ("Rui Teixeira", "Câmara Municipal de Alvorim", "Câmara Municipal de Alvorim"),
        ("Bahr und Tochter", "Abteilung Einkauf", "Bahr und Tochter"),
    ],
)
def test_reading_tells_the_organization_from_the_person(first: str, second: str, name: str) -> None:
    reading = reading_of(f"Billed to\n{first}\n{second}\n12 Oak Street\nPortland, OR 97205")
    assert _values(reading, "buyer_name") == [name]


def test_reading_takes_a_company_called_swift_for_no_bank_code() -> None:
    lines = "Swift Courier Ltd\n14 Chapel Lane\nLeeds LS1 4AP\nSWIFT: BARCGB22"
    assert _values(reading_of(f"Invoice 5\nSold to\n{lines}"), "buyer_name") == ["Swift Courier Ltd"]


def test_reading_of_a_logo_takes_the_whole_name_over_the_address() -> None:
    reading = reading_of(
        "Cantina Valdoro Soc. Agr. | | Cantina\nVia Po 1\n10128 Torino\n\n\n| | Farmacia Santa Lucia\n"
        "| | Via Roma 18\n| | 20121 Milano"
    )
    assert _values(reading, "seller_name", "buyer_name") == ["Cantina Valdoro Soc. Agr.", "Farmacia Santa Lucia"]


def test_reading_leaves_the_capital_out_of_the_name() -> None:
    reading = reading_of(f"Facture 12{FOOT}Atelier Ollier - SA au capital de 10 000 € - 2 rue Bleue - 75011 Paris")
    assert _values(reading, "seller_name") == ["Atelier Ollier"]


def test_reading_of_a_table_of_facts_takes_none_of_its_keys_for_the_issuer() -> None:
    reading = reading_of(
        "Numéro de facture | F-2026-07\nDate d'échéance | 20/07/2026\nType de vente | Services\n\n"
        "Les Jardins d'Armor | SCI Les Tilleuls\n7 rue Voltaire | 4 avenue Foch\n75011 Paris | 69006 Lyon\n"
        "salut@jardins.example"
    )
    assert _values(reading, "seller_name", "buyer_name") == ["Les Jardins d'Armor", "SCI Les Tilleuls"]


def test_reading_takes_no_name_for_a_word_that_says_whose_a_number_is() -> None:
    foot = f"{FOOT}Drukkerij De Vos B.V. · Dorpsstraat 5 · 7971 CR Havelte · NL004495445B01"
    assert _values(reading_of(f"Factuur 12{foot}"), "seller_vat_number", "buyer_vat_number") == ["NL004495445B01", None]


def test_reading_parts_a_letterhead_in_large_print_from_the_address_under_it() -> None:
    lines = [("Northwind Carpentry Limited", 40, 20), ("Trinity Dental Group", 77, 10), ("7 Riverside Park", 89, 10)]
    lines += [("Bristol BS2 0XJ", 101, 10), ("Invoice no. 4703967", 160, 10)]
    words = [
        Word(word, 40 + 55 * index, top, 90 + 55 * index, top + size)
        for text, top, size in lines
        for index, word in enumerate(text.split())
    ]
    reading = read_pages([lay_out(1, 595, 842, words)], OwnIdentity(), page_count=1, parser="text")
    assert _values(reading, "buyer_name", "buyer_city") == ["Trinity Dental Group", "Bristol"]
