"""The QR code of a transfer, read as a banking app does, against the brief."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from billabex.agent.writing import Brief, CurrencyTotal, PaymentInstructions, write
from billabex.agent.writing.transfer import transfer_payload
from tests.agent.writing.briefs import BANK, NO_PAYMENT, Case, brief, invoice
from tests.agent.writing.reading import Page

FIELDS = (
    "service",
    "version",
    "encoding",
    "kind",
    "bic",
    "name",
    "iban",
    "amount",
    "purpose",
    "structured",
    "reference",
)


def read(facts: Brief) -> dict[str, str]:
    """Return the fields of the code, by name."""
    payload = transfer_payload(facts)
    assert payload is not None
    return dict(zip(FIELDS, payload.decode().split("\n"), strict=True))


def owing(amount: str, currency: str = "EUR", **changes: object) -> Brief:
    total = CurrencyTotal(currency, Decimal(amount), Decimal(0), Decimal(0), Decimal(amount))
    return brief(Case(), totals=(total,), **changes)


def modules(png: bytes) -> list[list[bool]]:
    """Return the code's modules, dark ones true, without the quiet zone of four around it."""
    picture = Image.open(BytesIO(png)).convert("L")
    size = picture.width // 4
    dark = [[picture.getpixel((4 * x + 2, 4 * y + 2)) == 0 for x in range(size)] for y in range(size)]
    border = 4
    assert not any(any(row) for row in dark[:border] + dark[-border:])
    return [row[border:-border] for row in dark[border:-border]]


def test_code_says_what_the_message_asks_for() -> None:
    facts = brief(Case(invoices=3, credit=True, due_soon=1))

    assert read(facts) == {
        "service": "BCD",
        "version": "002",
        "encoding": "1",
        "kind": "SCT",
        "bic": BANK.bic,
        "name": BANK.account_holder,
        "iban": BANK.iban,
        "amount": f"EUR{facts.totals[0].to_pay:.2f}",
        "purpose": "",
        "structured": "",
        "reference": ", ".join(each.number for each in facts.overdue + facts.due_soon),
    }


def test_code_of_two_currencies_pays_the_euros_alone() -> None:
    facts = brief(Case(invoices=3, currencies=("EUR", "USD")))
    euros = [each for each in facts.overdue if each.currency == "EUR"]

    code = read(facts)

    assert code["amount"] == f"EUR{sum(each.remaining for each in euros):.2f}"
    assert code["reference"] == ", ".join(each.number for each in euros)


def test_code_as_drawn_is_the_payload() -> None:
    facts = brief(Case())
    [image] = write(facts).images
    payload = transfer_payload(facts) or b""
    drawn = segno.make_qr(payload, error="m", mask=3, boost_error=False)

    assert modules(image.png) == [[bool(module) for module in row] for row in drawn.matrix]


def test_code_is_shown_and_described() -> None:
    written = write(brief(Case()))
    page = Page(written.html)

    assert page.pictures == [f"cid:{written.images[0].cid}"]
    assert "QR code for a bank transfer of €1,217.35" in page.text
    assert "QR" not in written.text


def test_code_without_a_caller_that_carries_it_is_left_out() -> None:
    written = write(brief(Case()), with_images=False)

    assert written.images == ()
    assert Page(written.html).pictures == []


def test_codes_of_different_transfers_have_different_names() -> None:
    names = {write(owing(amount)).images[0].cid for amount in ("10.00", "10.01", "1000")}

    assert len(names) == 3


@pytest.mark.parametrize("amount", ["0", "-12.50", "1000000000.00"])
def test_code_of_an_amount_that_cannot_be_transferred_is_none(amount: str) -> None:
    assert transfer_payload(owing(amount)) is None


@pytest.mark.parametrize(
    "iban",
    [
        "",
        "FR7630006000011234567890188",  # a wrong digit
        "FR76",
        "TR330006100519786457841326",  # valid, but no SEPA transfer goes there
    ],
)
def test_code_for_an_account_that_cannot_receive_is_none(iban: str) -> None:
    assert transfer_payload(owing("10.00", payment=replace(BANK, iban=iban))) is None


def test_code_of_dollars_is_none() -> None:
    assert transfer_payload(owing("10.00", currency="USD")) is None
    assert transfer_payload(brief(Case(payment=NO_PAYMENT))) is None


def test_code_without_account_holder_names_the_organization() -> None:
    assert read(owing("10.00", payment=PaymentInstructions(iban=BANK.iban)))["name"] == "Atelier Lumen"


@pytest.mark.parametrize("bic", ["", "AGRI", "agrifrpp", "AGRI FR PP"])
def test_code_with_a_malformed_bic_leaves_it_out(bic: str) -> None:
    assert read(owing("10.00", payment=replace(BANK, bic=bic)))["bic"] == ""


def test_code_names_as_many_invoices_as_it_has_room_for() -> None:
    many = tuple(invoice(index, 3) for index in range(30))

    reference = read(brief(Case(), overdue=many))["reference"]

    assert reference == ", ".join(each.number for each in many[:14])
    assert len(reference) <= 140


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=160)


@given(holder=names, number=names, amount=st.decimals("0.01", "999999999.99", places=2))
def test_code_keeps_to_the_limits_whatever_the_names(holder: str, number: str, amount: Decimal) -> None:
    facts = owing(f"{amount}", payment=replace(BANK, account_holder=holder))
    payload = transfer_payload(replace(facts, overdue=(replace(invoice(0, 3), number=number),)))

    if payload is not None:
        assert len(payload) <= 331
        fields = dict(zip(FIELDS, payload.decode().split("\n"), strict=True))
        assert 0 < len(fields["name"]) <= 70
        assert len(fields["reference"]) <= 140
        assert Decimal(fields["amount"].removeprefix("EUR")) == amount
