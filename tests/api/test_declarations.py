"""Payment declarations by API: noted, listed, decided once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billabex.core import clock
from billabex.core.ids import new_id
from invoices.models import PaymentDeclaration
from tests.factories import AccountFactory, InvoiceFactory, PaymentDeclarationFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from accounts.models import Account
    from billabex.organizations.models import Membership, Organization
    from tests.api.conftest import Program

pytestmark = pytest.mark.django_db

PROMISED = {"year": 2026, "month": 2, "day": 20}


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.stopped_at(datetime(2026, 2, 12, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def account(organization: Organization) -> Account:
    return AccountFactory.create(organization=organization, currency="EUR")


def declare(program: Program, account: Account, **given: Any) -> Any:
    return program.post(f"/accounts/{account.pk}/payment-declarations", given)


def resolve(program: Program, key: object, **given: Any) -> Any:
    return program.post(f"/payment-declarations/{key}/resolve", given)


def test_declare_answers_the_declaration_exactly(
    program: Program, account: Account, organization: Organization
) -> None:
    invoice, _ = InvoiceFactory.create_batch(2, account=account)
    answer = declare(
        program,
        account,
        invoiceIds=[str(invoice.pk)],
        promisedDate=PROMISED,
        announcedDate="2026-02-11",
        hasProof=True,
        amount=50.5,
        statement="On the 20th",
    )
    assert answer.status_code == 201, answer.json()
    one = PaymentDeclaration.objects.get()
    assert answer.json() == {
        "id": str(one.pk),
        "organizationId": str(organization.pk),
        "accountId": str(account.pk),
        "invoiceIds": [str(invoice.pk)],
        "announcedDate": {"year": 2026, "month": 2, "day": 11},
        "promisedDate": PROMISED,
        "hasProof": True,
        "amount": 50.5,
        "currencyCode": "EUR",
        "statement": "On the 20th",
        "declaredBy": one.declared_by,
        "resolution": None,
        "resolutionNote": None,
        "isAutomatic": False,
        "resolvedAt": None,
        "resolvedBy": None,
        "createdAt": "2026-02-12T12:00:00Z",
        "updatedAt": "2026-02-12T12:00:00Z",
    }


def test_declare_without_invoices_covers_all_that_are_open(program: Program, account: Account) -> None:
    open_ones = InvoiceFactory.create_batch(2, account=account)
    InvoiceFactory.create(account=account, paid_amount=Decimal(120))
    said = declare(program, account).json()
    assert said["invoiceIds"] == sorted(str(invoice.pk) for invoice in open_ones)
    assert (said["announcedDate"], said["promisedDate"]) == ({"year": 2026, "month": 2, "day": 12}, None)


def test_declare_for_nothing_open_is_refused(program: Program, account: Account) -> None:
    answer = declare(program, account, promisedDate=PROMISED)
    assert (answer.status_code, answer.json()["code"]) == (409, "app-dunning.payment-declaration.nothing-open")
    assert not PaymentDeclaration.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"promisedDate": "2026-02-11"}, "promisedDate"),
        ({"announcedDate": "2026-02-13"}, "announcedDate"),
        ({"amount": 0}, "amount"),
        ({"amount": 1.005}, "amount"),
        ({"amount": 5, "currencyCode": "EURO"}, "currencyCode"),
        ({"invoiceIds": ["F-1"]}, "invoiceIds.0"),
        ({"promisedOn": "2026-02-20"}, "promisedOn"),
    ],
)
def test_declare_what_cannot_be_is_refused_by_field(
    program: Program, account: Account, given: dict[str, Any], field: str
) -> None:
    InvoiceFactory.create(account=account)
    answer = declare(program, account, **given)
    assert (answer.status_code, [one["field"] for one in answer.json()["details"]]) == (400, [field])
    assert not PaymentDeclaration.objects.exists()


def test_declare_for_another_accounts_invoice_is_not_found(
    program: Program, account: Account, organization: Organization
) -> None:
    for invoice in (InvoiceFactory.create(), InvoiceFactory.create(account__organization=organization)):
        answer = declare(program, account, invoiceIds=[str(invoice.pk)])
        assert (answer.status_code, answer.json()["code"]) == (404, "app-invoices.document.not-found")


def test_list_shows_the_latest_first_and_filters_open_ones(program: Program, account: Account) -> None:
    old = PaymentDeclarationFactory.create(account=account, announced_on=date(2026, 1, 1), decided=True)
    new = PaymentDeclarationFactory.create(account=account, announced_on=date(2026, 2, 1))
    PaymentDeclarationFactory.create(account__organization=account.organization)

    def listed(**query: str) -> list[str]:
        return [
            node["id"] for node in program.get(f"/accounts/{account.pk}/payment-declarations", **query).json()["nodes"]
        ]

    assert listed() == [str(new.pk), str(old.pk)]
    assert listed(isOpen="true") == [str(new.pk)]
    assert listed(isOpen="false") == [str(old.pk)]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_database_as_often_for_one_as_for_three(program: Program, account: Account, rows: int) -> None:
    for _ in range(rows):
        PaymentDeclarationFactory.create(account=account, invoices=[InvoiceFactory.create(account=account)])
    with CaptureQueriesContext(connection) as queries:
        nodes = program.get(f"/accounts/{account.pk}/payment-declarations").json()["nodes"]
    assert (len(nodes), len(queries)) == (rows, 4)


def test_resolve_decides_once_and_tells_the_second_what_was_decided(program: Program, account: Account) -> None:
    one = PaymentDeclarationFactory.create(account=account, invoices=[InvoiceFactory.create(account=account)])
    first = resolve(program, one.pk, resolution="PaymentReceived", note="On the statement")
    assert first.status_code == 200, first.json()
    said = first.json()
    assert (said["resolution"], said["resolutionNote"], said["isAutomatic"]) == (
        "PaymentReceived",
        "On the statement",
        False,
    )
    second = resolve(program, one.pk, resolution="ResumeAuthorized")
    assert (second.status_code, second.json()["code"]) == (
        409,
        "app-dunning.payment-declaration.already-resolved",
    )
    assert second.json()["decision"] == said


def test_resolve_what_was_settled_by_itself_is_still_a_persons(program: Program, account: Account) -> None:
    one = PaymentDeclarationFactory.create(
        account=account, decided=True, is_automatic=True, resolution="InvoicesSettled"
    )
    assert resolve(program, one.pk, resolution="ResumeAuthorized").json()["resolution"] == "ResumeAuthorized"


@pytest.mark.parametrize("given", [{}, {"resolution": "Lost"}, {"resolution": "payment_received"}])
def test_resolve_needs_a_known_resolution(program: Program, account: Account, given: dict[str, str]) -> None:
    one = PaymentDeclarationFactory.create(account=account)
    answer = resolve(program, one.pk, **given)
    assert (answer.status_code, [each["field"] for each in answer.json()["details"]]) == (400, ["resolution"])


def test_everything_of_others_is_not_found(program: Program, outsider: Membership) -> None:
    foreign = PaymentDeclarationFactory.create(account__organization=outsider.organization)
    answers = [
        declare(program, foreign.account),
        program.get(f"/accounts/{foreign.account_id}/payment-declarations"),
        resolve(program, foreign.pk, resolution="PaymentReceived"),
        resolve(program, new_id(), resolution="PaymentReceived"),
    ]
    assert {answer.status_code for answer in answers} == {404}


def test_scopes_and_roles_are_asked_for(
    api: Callable[..., Program], account: Account, read_only_member: Membership, owner: Membership
) -> None:
    one = PaymentDeclarationFactory.create(account=account)
    for program in (api(owner, "communications:all"), api(read_only_member)):
        assert program.get(f"/accounts/{account.pk}/payment-declarations").status_code == 200
        assert declare(program, account).status_code == 403
        assert resolve(program, one.pk, resolution="PaymentReceived").status_code == 403
    assert api(owner, "dunning:manage").get(f"/accounts/{account.pk}/payment-declarations").status_code == 403
