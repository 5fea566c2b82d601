"""Accounts and what people attach to them."""
# mypy: untyped-calls-exclude=factory

from __future__ import annotations

from datetime import date

from factory.declarations import LazyAttribute, SelfAttribute, Sequence, SubFactory

from accounts.enums import PauseReason
from accounts.models import Account, Note, Pause, Source, Tag
from tests.factories.organizations import OrganizationFactory, UserFactory
from tests.factories.rows import RowFactory


class AccountFactory(RowFactory[Account]):
    class Meta:
        model = Account

    organization = SubFactory(OrganizationFactory)
    name = Sequence(lambda n: f"Customer {n}")
    match_key = LazyAttribute(lambda row: row.name.casefold())
    currency = SelfAttribute("organization.default_currency")


class SourceFactory(RowFactory[Source]):
    class Meta:
        model = Source

    account = SubFactory(AccountFactory)
    organization = SelfAttribute("account.organization")
    external_id = Sequence(lambda n: f"C-{n}")


class PauseFactory(RowFactory[Pause]):
    class Meta:
        model = Pause

    account = SubFactory(AccountFactory)
    reason = PauseReason.CUSTOMER_REQUEST
    started_on = date(2026, 1, 12)
    started_by = "Maud Petit"


class TagFactory(RowFactory[Tag]):
    class Meta:
        model = Tag

    organization = SubFactory(OrganizationFactory)
    name = Sequence(lambda n: f"tag {n}")


class NoteFactory(RowFactory[Note]):
    class Meta:
        model = Note

    account = SubFactory(AccountFactory)
    author = SubFactory(UserFactory)
    text = "Pays on the 10th."
