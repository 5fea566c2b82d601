"""Constraints of people; contacts and internal representatives have the same."""

from typing import Any

from factory.django import DjangoModelFactory

from contacts.enums import EmailStatus
from tests.data.cases.case import SAME, Case, filled, one_of
from tests.factories import ContactFactory, InternalRepresentativeFactory


def _person(table: str, factory: type[DjangoModelFactory[Any]]) -> dict[str, Case]:
    return {
        f"{table}_full_name_not_blank": filled(factory, "full_name"),
        f"{table}_language_code": Case(
            factory=factory,
            good=[{"language": "en"}, {"language": "pl"}],
            bad=[{"language": code} for code in ("EN", "e", "e1", "")],
        ),
        f"{table}_email_status_known": one_of(factory, "email_status", *EmailStatus),
        f"{table}_one_primary": Case(
            factory=factory,
            first={"is_primary": True},
            good=[{"account": SAME, "is_primary": False}, {"is_primary": True}],
            bad=[{"account": SAME, "is_primary": True}],
        ),
        f"{table}_email": Case(
            factory=factory,
            first={"email": "jane@customer.example"},
            good=[{"account": SAME, "email": "june@customer.example"}, {"email": "jane@customer.example"}],
            bad=[{"account": SAME, "email": "Jane@Customer.example"}],
        ),
    }


CASES = {
    **_person("contacts_contact", ContactFactory),
    **_person("contacts_representative", InternalRepresentativeFactory),
}
