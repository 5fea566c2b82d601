"""People at the account, and those responsible for it."""
# mypy: untyped-calls-exclude=factory

from __future__ import annotations

from factory.declarations import Sequence, SubFactory

from billabex.organizations.enums import MessageLanguage
from contacts.models import Contact, InternalRepresentative
from tests.factories.accounts import AccountFactory
from tests.factories.rows import RowFactory


class ContactFactory(RowFactory[Contact]):
    class Meta:
        model = Contact

    account = SubFactory(AccountFactory)
    full_name = Sequence(lambda n: f"Jane Doe {n}")
    email = Sequence(lambda n: f"jane{n}@customer.example")
    language = MessageLanguage.ENGLISH


class InternalRepresentativeFactory(RowFactory[InternalRepresentative]):
    class Meta:
        model = InternalRepresentative

    account = SubFactory(AccountFactory)
    full_name = Sequence(lambda n: f"Paul Martin {n}")
    email = Sequence(lambda n: f"paul{n}@atelier.example")
    language = MessageLanguage.FRENCH
