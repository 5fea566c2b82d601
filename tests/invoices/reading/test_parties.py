"""Buyer and seller told apart, with and without knowing who the organization is."""

from __future__ import annotations

import pytest

from invoices.reading.text.identifiers import is_iban, is_vat_number
from invoices.reading.types import OwnIdentity

from .pages import reading_of

TWO_BLOCKS = """
Atelier Duvallon SARL |  | Boulangerie Kerjean SAS
8 rue des Tanneurs |  | 22 quai de la Fosse
69003 Lyon |  | 44000 Nantes
France |  | France
"""


def test_reading_with_a_heading_takes_the_block_under_it_for_the_buyer() -> None:
    reading = reading_of(
        "From |  | Bill to\nOne Ltd |  | Two Ltd\n1 Mill Road |  | 2 Mill Road\nLeeds LS12 3BQ |  | Bristol BS1 5TR"
    )
    found = [getattr(reading, name).value for name in ("seller_name", "buyer_name", "buyer_street", "buyer_city")]
    assert found == ["One Ltd", "Two Ltd", "2 Mill Road", "Bristol"]


@pytest.mark.parametrize(
    ("own", "buyer"),
    [("Atelier Duvallon", "Boulangerie Kerjean SAS"), ("BOULANGERIE KERJEAN", "Atelier Duvallon SARL")],
)
def test_reading_with_our_own_name_takes_the_other_block_for_the_buyer(own: str, buyer: str) -> None:
    reading = reading_of(TWO_BLOCKS, OwnIdentity(names=(own,)))
    assert reading.buyer_name is not None
    assert reading.buyer_name.value == buyer


def test_reading_with_our_own_vat_number_gives_the_other_one_to_the_buyer() -> None:
    lines = TWO_BLOCKS + "TVA FR31820607752 |  | TVA FR60018671255"
    reading = reading_of(lines, OwnIdentity(vat_numbers=("FR 31 820 607 752",)))
    assert reading.buyer_vat_number is not None
    assert reading.seller_vat_number is not None
    assert (reading.buyer_vat_number.value, reading.seller_vat_number.value) == ("FR60018671255", "FR31820607752")
    assert reading.buyer_name is not None
    assert reading.buyer_name.value == "Boulangerie Kerjean SAS"


def test_reading_of_a_window_envelope_finds_the_buyer_under_the_senders_line() -> None:
    reading = reading_of(
        "Lieferant GmbH · Straße 20 · 80333 München\n\n"
        "Kunden AG Mitte\nz. Hd. Frau Est\nKundenstraße 15\n69876 Frankfurt"
    )
    found = [
        getattr(reading, name).value for name in ("seller_name", "buyer_name", "buyer_street", "buyer_postal_code")
    ]
    assert found == ["Lieferant GmbH", "Kunden AG Mitte", "Kundenstraße 15", "69876"]


def test_reading_never_takes_the_delivery_address_when_there_is_another() -> None:
    reading = reading_of(
        "Ship to |  | Bill to\nDepot Ltd |  | Head Office Ltd\n"
        "1 Mill Road |  | 2 Mill Road\nLeeds LS12 3BQ |  | Bristol BS1 5TR"
    )
    assert reading.buyer_name is not None
    assert reading.buyer_name.value == "Head Office Ltd"


@pytest.mark.parametrize(
    ("title", "buyer"),
    [
        ("Invoice\nPlease pay the amount due within 30 days", "One Ltd"),
        ("Facture\nPaiement à réception de la facture", "Two Ltd"),
    ],
)
def test_reading_of_two_blocks_side_by_side_takes_the_one_where_the_country_has_its_window(
    title: str, buyer: str
) -> None:
    reading = reading_of(f"One Ltd |  | Two Ltd\n1 Mill Road |  | 2 Mill Road\n44000 Nantes |  | 69003 Lyon\n{title}")
    assert reading.buyer_name is not None
    assert reading.buyer_name.value == buyer


def test_reading_of_a_table_of_keys_takes_the_values_under_the_heading() -> None:
    reading = reading_of(
        "Verkäufer\nName: | Lieferant GmbH\nAnschrift: | Straße 20\n | 80333 München\n\n\n"
        "Käufer / Leistungsempfänger\nName: | Kunden AG\nAnschrift: | Weg 15\n | 69876 Frankfurt"
    )
    assert reading.buyer_name is not None
    assert reading.buyer_city is not None
    assert (reading.buyer_name.value, reading.buyer_city.value) == ("Kunden AG", "Frankfurt")


def test_reading_takes_the_country_from_the_last_line() -> None:
    reading = reading_of("Facturé à\nKäserei SA\nRoute 1\n1663 Pringy\nSuisse")
    assert reading.buyer_country is not None
    assert reading.buyer_country.value == "CH"


def test_reading_finds_an_iban_with_spaces_and_leaves_a_wrong_one_doubtful() -> None:
    good, bad = reading_of("IBAN: GB29 NWBK 6016 1331 9268 19"), reading_of("IBAN: GB28 NWBK 6016 1331 9268 19")
    assert good.iban is not None
    assert bad.iban is not None
    assert (good.iban.value, good.iban.confidence) == ("GB29NWBK60161331926819", 0.95)
    assert bad.iban.confidence == 0.5


@pytest.mark.parametrize(
    ("line", "number"),
    [("SIRET : 732 829 320 00074", "73282932000074"), ("HRB 12345", "HRB12345"), ("Company No. 01234567", "01234567")],
)
def test_reading_finds_registration_numbers(line: str, number: str) -> None:
    reading = reading_of(line)
    assert reading.seller_registration_number is not None
    assert reading.seller_registration_number.value == number


def test_check_digits_decide_about_ibans_and_vat_numbers() -> None:
    assert is_iban("DE89370400440532013000")
    assert not is_iban("DE88370400440532013000")
    assert is_vat_number("CHE109322551MWST")
    assert is_vat_number("GB553097576")
    assert not is_vat_number("FR00820607752")


@pytest.mark.parametrize(
    ("lines", "city", "postal_code", "country"),
    [
        ("12 Main St\nAustin, TX 78744\nUSA", "Austin", "78744", "US"),
        ("14 Quay\nWellington 6011", "Wellington", "6011", None),
        ("Mill Road 7\nLeeds\nLS12 3BQ\nUK", "Leeds", "LS12 3BQ", "GB"),
        ("Kade 2\n3011 AA Rotterdam", "Rotterdam", "3011 AA", "NL"),
        ("Rua 5\n4100-111 Porto\nPortugal", "Porto", "4100-111", "PT"),
        ("Weg 3\nD-20457 Hamburg", "Hamburg", "20457", "DE"),
        ("Quai 8\n75018 PARIS, FR", "PARIS", "75018", "FR"),
        ("Bahnstr. 42\n88802Spielkreis", "Spielkreis", "88802", None),
    ],
)
def test_reading_takes_an_address_apart(lines: str, city: str, postal_code: str, country: str | None) -> None:
    reading = reading_of(f"Invoice to\nTheodor Est\n{lines}")
    found = [reading.found(name) for name in ("buyer_city", "buyer_postal_code", "buyer_country")]
    assert [one.value if one else None for one in found] == [city, postal_code, country]


def test_reading_names_the_seller_by_his_block_with_contacts_when_nothing_else_tells() -> None:
    reading = reading_of(
        "Bluth GmbH\n1 Balboa\n44000 Nantes\nTel. 0123 456\ninfo@example.com\n\n\n\n\n\n"
        "Invoice to\nSitwell Ltd\n69003 Lyon"
    )
    assert reading.seller_name is not None
    assert reading.seller_name.value == "Bluth GmbH"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("Compagnie hôtelière des Hautes-\nCollines SAS", "Compagnie hôtelière des Hautes-Collines SAS"),
        ("Vereinigte Möbel-\nwerkstätten Nord GmbH", "Vereinigte Möbelwerkstätten Nord GmbH"),
        ("Brown, Fletcher and\nSons Limited", "Brown, Fletcher and Sons Limited"),
        ("Süßmilch Größler\nGmbH & Co. KG", "Süßmilch Größler GmbH & Co. KG"),
        ("Marisqueiras da Costa Vicentina\ne Sudoeste, Lda", "Marisqueiras da Costa Vicentina e Sudoeste, Lda"),
        ("Bistro Nord\nNordlicht Gastronomie GmbH", "Nordlicht Gastronomie GmbH"),
        ("Scheepswerf De Drie\nGebroeders B.V.", "Scheepswerf De Drie Gebroeders B.V."),
        ("Firma: Kunden AG\nWeg 3", "Kunden AG"),
        ("Workshop & Sons\n12 Mill Road", "Workshop & Sons"),
    ],
)
def test_reading_joins_a_name_that_goes_on_in_the_next_line(lines: str, name: str) -> None:
    reading = reading_of(f"Bill to\n{lines}\n69003 Lyon")
    assert reading.buyer_name is not None
    assert reading.buyer_name.value == name


def test_reading_joins_a_name_that_begins_behind_its_heading() -> None:
    reading = reading_of("Bill to: Brown, Fletcher and\nSons Limited\n1 Mill Road\nLeeds LS12 3BQ")
    assert reading.buyer_name is not None
    assert reading.buyer_name.value == "Brown, Fletcher and Sons Limited"


def test_reading_of_a_title_and_number_takes_them_for_no_city() -> None:
    reading = reading_of("Kunden AG\nWeg 3\n69876 Frankfurt\n\nTAX INVOICE 1701")
    assert reading.buyer_city is not None
    assert reading.buyer_city.value == "Frankfurt"


def test_reading_of_a_name_in_two_lines_shows_both() -> None:
    reading = reading_of("Bill to\nCompagnie des Hautes-\nCollines SAS\n69003 Lyon")
    assert reading.buyer_name is not None
    assert reading.buyer_name.box is not None
    assert (reading.buyer_name.box.y1 - reading.buyer_name.box.y0) * 842 > 20


@pytest.mark.parametrize(("end", "is_found"), [("1926 819", False), ("9268 19", True), ("thank you", False)])
def test_reading_joins_an_iban_in_two_lines_when_its_check_digits_agree(end: str, is_found: bool) -> None:
    reading = reading_of(f"How to pay | Lantern | 12.00\nIBAN\nGB29 NWBK 6016 1331\n{end}")
    assert (reading.iban is not None and reading.iban.value == "GB29NWBK60161331926819") is is_found
