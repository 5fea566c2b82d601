"""One factory for each table, with the least that makes a believable row.

Call `.create(**fields)`: it is what type checkers understand. Rows below an account belong to the account's
organization; say `InvoiceFactory.create(account=account)`, or `account__organization=organization` for a new account.
"""

from tests.factories.accounts import AccountFactory, NoteFactory, PauseFactory, SourceFactory, TagFactory
from tests.factories.agent import AgendaFactory, DecisionFactory
from tests.factories.api import AnsweredRequestFactory
from tests.factories.claims import DisputeFactory, PaymentDeclarationFactory
from tests.factories.communications import (
    CommunicationFactory,
    InlineImageFactory,
    NamedInvoiceFactory,
    RecipientFactory,
)
from tests.factories.contacts import ContactFactory, InternalRepresentativeFactory
from tests.factories.core import AuditEntryFactory
from tests.factories.invoices import (
    AllocationFactory,
    CreditNoteFactory,
    DocumentFactory,
    InvoiceFactory,
    PaymentFactory,
    SpreadsheetImportFactory,
)
from tests.factories.organizations import (
    ApplicationFactory,
    ClosureFactory,
    EmailDomainFactory,
    MembershipFactory,
    OrganizationFactory,
    PersonalAccessTokenFactory,
    UserFactory,
)
from tests.factories.tasks import InteractionFactory, TaskFactory

__all__ = [
    "AccountFactory",
    "AgendaFactory",
    "AllocationFactory",
    "AnsweredRequestFactory",
    "ApplicationFactory",
    "AuditEntryFactory",
    "ClosureFactory",
    "CommunicationFactory",
    "ContactFactory",
    "CreditNoteFactory",
    "DecisionFactory",
    "DisputeFactory",
    "DocumentFactory",
    "EmailDomainFactory",
    "InlineImageFactory",
    "InteractionFactory",
    "InternalRepresentativeFactory",
    "InvoiceFactory",
    "MembershipFactory",
    "NamedInvoiceFactory",
    "NoteFactory",
    "OrganizationFactory",
    "PauseFactory",
    "PaymentDeclarationFactory",
    "PaymentFactory",
    "PersonalAccessTokenFactory",
    "RecipientFactory",
    "SourceFactory",
    "SpreadsheetImportFactory",
    "TagFactory",
    "TaskFactory",
    "UserFactory",
]
