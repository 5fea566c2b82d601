"""The pages in French, and the sentences of the agent on them: nothing English is left."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Account
from accounts.views.bulk_actions import ACTIONS
from billabex.agent.cycle import plan_accounts
from billabex.agent.explaining import explain
from billabex.core import clock
from billabex.core.actors import SYSTEM
from communications.models import Communication
from invoices.enums import DisputeSide
from invoices.services import upload_document
from invoices.spreadsheets.enums import ImportStatus
from tasks.enums import TaskType
from tasks.services import Question, ask
from tests.conftest import signed_in
from tests.factories import (
    AccountFactory,
    AllocationFactory,
    ClosureFactory,
    CommunicationFactory,
    ContactFactory,
    DisputeFactory,
    EmailDomainFactory,
    InternalRepresentativeFactory,
    InvoiceFactory,
    MembershipFactory,
    NamedInvoiceFactory,
    NoteFactory,
    PauseFactory,
    PaymentDeclarationFactory,
    PaymentFactory,
    RecipientFactory,
    SpreadsheetImportFactory,
    TagFactory,
    TaskFactory,
)
from tests.invoices.pdfs import invoice_pdf
from tests.invoices.spreadsheets.files import csv_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client

    from billabex.organizations.models import Organization
    from invoices.models import Document

NOW = datetime(2026, 3, 17, 9, 30, tzinfo=UTC)

# Words that no French sentence has, and some that stand alone on English buttons, headers and badges.
ENGLISH = re.compile(
    r"\b(the|and|of|is|are|was|has|have|with|for|from|this|that|you|your|not|by|to|it|its|when|what|who|"
    r"add|edit|save|delete|cancel|close|search|show|back|next|upload|verify|choose|open|paid|unpaid|overdue|issued|"
    r"due|late|days|amount|balance|outstanding|remaining|name|company|address|language|country|currency|invoices?|"
    r"credit|accounts?|tasks?|sent|scheduled|follow|pause|resume|reason|notes added|tags|role|sign)\b",
    re.IGNORECASE,
)
FRENCH_TOO = {"balance", "sent"}  # "balance âgée"; "il se sent"


NOT_PROSE = {"script", "style", "code"}  # what programs read has one language


class Visible(HTMLParser):
    """Collects what a page says: its text, and the attributes that are read out or shown."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in NOT_PROSE
        self.said += [value for name, value in attrs if value and name in {"aria-label", "title", "alt", "placeholder"}]

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in NOT_PROSE

    def handle_data(self, data: str) -> None:
        if not self._hidden and data.strip():
            self.said.append(data)


def english_in(page: str) -> set[str]:
    visible = Visible()
    visible.feed(page)
    return {text.strip() for text in visible.said if {found.lower() for found in ENGLISH.findall(text)} - FRENCH_TOO}


@pytest.fixture
def customer(organization: Organization) -> list[str]:
    """Return the addresses of every page about a customer who owes, pays, is written to and has a past."""
    account = AccountFactory.create(organization=organization, name="Brasserie Duval")
    jane = ContactFactory.create(account=account, full_name="Jeanne Doé", role="Comptable", email_status="Bounced")
    ContactFactory.create(
        account=account, full_name="Luc Roy", email="luc@duval.example", language="fr", is_primary=True
    )
    paul = InternalRepresentativeFactory.create(account=account)
    NoteFactory.create(account=account, text="Paie le 10.", author__full_name="Maud Petit")
    account.tags.add(TagFactory.create(organization=organization, name="VIP"))

    invoice = InvoiceFactory.create(
        account=account, issued_on=date(2025, 12, 1), number="F-7", document=uploaded(organization, "F-7")
    )
    note = AllocationFactory.create(invoice=invoice).credit_note
    paid = PaymentFactory.create(invoice__account=account, amount=Decimal("120.00")).invoice
    words = {"subject": "Relance", "body_text": "Bonjour,"}
    message = CommunicationFactory.create(account=account, sent=True, step=3, planned_on=date(2026, 2, 16), **words)
    RecipientFactory.create(communication=message, contact=jane)
    NamedInvoiceFactory.create(communication=message, invoice=invoice)
    CommunicationFactory.create(account=account, failed=True, step=4, planned_on=date(2026, 3, 2), **words)
    plan_accounts(organization, [account.pk], now=NOW)
    planned = Communication.objects.planned().get(account=account)
    TaskFactory.create(account=account, closed=True)
    upload = uploaded(organization, "F-8")
    return [
        *(reverse(f"accounts:{name}", args=[account.pk]) for name in ("detail", "details-tab", "edit", "pause")),
        *(reverse(f"contacts:{name}", args=[account.pk]) for name in ("add", "add-representative")),
        reverse("contacts:edit", args=[account.pk, jane.pk]),
        reverse("contacts:edit-representative", args=[account.pk, paul.pk]),
        *(reverse(f"invoices:{name}", args=[account.pk]) for name in ("of-account", "credit-notes-of-account")),
        *(reverse("invoices:detail", args=[paper.pk]) for paper in (invoice, paid)),
        *(reverse(f"invoices:{name}", args=[note.pk]) for name in ("credit-note", "allocate")),
        reverse("invoices:verify", args=[upload.pk]),
        reverse("invoices:contact", args=[invoice.document_id]),
        *(reverse("communications:detail", args=[written.pk]) for written in (message, planned)),
        *(reverse(f"communications:{name}", args=[planned.pk]) for name in ("edit", "send-now", "cancel")),
        reverse("communications:of-account", args=[account.pk]),
        reverse("tasks:of-account", args=[account.pk]),
    ]


def uploaded(organization: Organization, number: str) -> Document:
    """Return an upload of which two differ only in the number."""
    return upload_document(organization=organization, content=invoice_pdf(number), name="facture.pdf", actor=SYSTEM)


@pytest.fixture
def stranger(organization: Organization) -> list[str]:
    """Return the addresses of the pages about a customer whom nobody can be written to, and who is left alone."""
    account = AccountFactory.create(organization=organization, name="Garage Martin")
    InvoiceFactory.create(account=account, issued_on=date(2026, 1, 5))
    ask([Question(account, TaskType.NEED_CONTACTS, "no_contact")])
    ask([Question(account, TaskType.APPROVE_ACTION, "formal_notice")])
    PauseFactory.create(account=account, started_by="Maud Petit")
    tasks = [reverse("tasks:detail", args=[task.pk]) for task in account.tasks.all()]
    return [reverse("accounts:detail", args=[account.pk]), *tasks]


@pytest.fixture
def objector(organization: Organization) -> list[str]:
    """Return the addresses of the pages about a customer who disputes, was right, and announced a payment."""
    account = AccountFactory.create(organization=organization, name="Galerie Petit")
    disputed, withdrawn, promised = InvoiceFactory.create_batch(3, account=account)
    DisputeFactory.create(invoice=disputed, note="Deux articles manquent.")
    DisputeFactory.create(invoice=withdrawn, resolved=True, in_favour_of=DisputeSide.CUSTOMER)
    declaration = PaymentDeclarationFactory.create(account=account, invoices=[promised], has_proof=True)
    return [
        reverse("accounts:detail", args=[account.pk]),
        *(reverse("invoices:detail", args=[invoice.pk]) for invoice in (disputed, withdrawn, promised)),
        *(reverse(f"invoices:{name}", args=[promised.pk]) for name in ("dispute", "announce-payment", "paid-amount")),
        reverse("invoices:resolve-dispute", args=[disputed.pk]),
        reverse("invoices:decide-payment", args=[promised.pk, declaration.pk]),
    ]


@pytest.fixture
def settings_pages(organization: Organization) -> list[str]:
    """Return the addresses of the settings of an organization that has set some."""
    ClosureFactory.create(organization=organization, label="Inventaire")
    EmailDomainFactory.create(organization=organization)
    return [reverse(f"settings:{tab}") for tab in ("organization", "agent", "profile", "api-access")]


@pytest.fixture
def imports(organization: Organization) -> list[str]:
    """Return the addresses of imports that wait, run, are done, and came to nothing."""
    given = {"organization": organization, "file_name": "factures.csv"}
    rows = [SpreadsheetImportFactory.create(status=status, **given) for status in ImportStatus]
    return [reverse("spreadsheets:upload"), *(row.get_absolute_url() for row in rows)]


LISTS = [
    *(reverse(f"invoices:{name}") for name in ("list", "add", "credit-notes")),
    f"{reverse('invoices:list')}?status=to-verify",
    f"{reverse('invoices:list')}?q=rien",
    reverse("spreadsheets:upload"),
    *(reverse(f"accounts:{name}") for name in ("list", "add")),
    *(f"{reverse(f'{app}:list')}{query}" for app in ("communications", "tasks") for query in ("", "?q=rien")),
    "/nowhere/",
]


@pytest.fixture
def french(organization: Organization) -> Iterator[Client]:
    with clock.stopped_at(NOW):
        yield signed_in(MembershipFactory.create(organization=organization, user__language="fr", role="owner"))


def english_of(client: Client, addresses: list[str]) -> dict[str, set[str]]:
    """Return the English left on each page that has some."""
    found = {}
    for address in addresses:
        page = client.get(address).text
        assert '<html lang="fr"' in page
        found[address] = english_in(page)
    return {address: texts for address, texts in found.items() if texts}


def test_english_on_a_page_is_recognised() -> None:
    page = '<script>save()</script><p>Encours</p><button title="Save">Enregistrer</button><b>Paid</b>'
    assert english_in(page) == {"Save", "Paid"}


def test_lists_in_french_have_no_english(french: Client) -> None:
    assert english_of(french, LISTS) == {}


def test_pages_of_a_customer_in_french_have_no_english(french: Client, customer: list[str]) -> None:
    assert english_of(french, [*customer, *LISTS]) == {}


def test_pages_of_an_unreachable_customer_in_french_have_no_english(french: Client, stranger: list[str]) -> None:
    assert english_of(french, [*stranger, *LISTS]) == {}


def test_pages_of_a_customer_who_objects_in_french_have_no_english(french: Client, objector: list[str]) -> None:
    assert english_of(french, [*objector, *LISTS]) == {}


def test_settings_in_french_have_no_english(french: Client, settings_pages: list[str]) -> None:
    assert english_of(french, settings_pages) == {}


def test_impact_of_a_setting_in_french_has_no_english(french: Client, customer: list[str]) -> None:
    closure = {"starts_on": "2026-03-17", "ends_on": "2026-03-27", "label": "Inventaire"}
    page = french.post(reverse("settings:add-closure"), closure).text
    assert "Le prochain message change pour 1 compte sur 1." in page
    assert english_in(page) == set()


@pytest.mark.parametrize("act", [word for word, action in ACTIONS.items() if action.form])
def test_dialogs_about_many_accounts_in_french_have_no_english(french: Client, customer: list[str], act: str) -> None:
    selected = [str(account.pk) for account in Account.objects.all()]
    assert english_in(french.post(reverse("accounts:bulk"), {"act": act, "selected": selected}).text) == set()


@pytest.mark.parametrize("act", ACTIONS)
def test_outcomes_for_many_accounts_in_french_have_no_english(french: Client, customer: list[str], act: str) -> None:
    given = {"reason": "Dispute", "note": "Litige", "name": "VIP", "confirmed": "1"}
    asked = given | {"act": act, "all": "on"}
    assert english_in(french.post(reverse("accounts:bulk"), asked, follow=True).text) == set()
    assert english_in(french.post(reverse("accounts:bulk"), asked, follow=True).text) == set()


def test_imports_in_french_have_no_english(french: Client, imports: list[str]) -> None:
    assert english_of(french, imports) == {}


def test_preview_of_an_import_in_french_has_no_english(french: Client) -> None:
    rows = [
        ["Raison sociale", "Numéro de facture", "Date d'émission", "Total TTC"],
        ["Garage Neuf", "F-1", "05/01/2026", "1 200,00"],
        ["Garage Neuf", "F-1", "32/01/2026", "douze"],
    ]
    for content in (csv_of(rows[:2]), csv_of(rows)):
        file = SimpleUploadedFile("factures.csv", content)
        page = french.post(reverse("spreadsheets:upload"), {"kind": "invoices", "file": file}, follow=True).text
        assert english_in(page) == set()


@pytest.mark.django_db
def test_sign_in_in_french_has_no_english(client: Client) -> None:
    with override("en"):  # a stranger's language stays active when the page is done, for the next test to be surprised
        page = client.get(reverse("sign-in"), headers={"accept-language": "fr"}).text
    assert english_in(page) == set()


def test_explanation_in_french_is_one_sentence(french: Client, customer: list[str]) -> None:
    account = Communication.objects.planned().get().account
    with override("fr"):
        said = explain(account, today=NOW.date()).sentence
    assert said == (
        "Le mardi 17 mars 2026, l’agent écrira à Luc Roy <luc@duval.example>\u00a0: relance n°\u00a02, "
        "sur un ton ferme, car la facture F-7 accuse 76\u00a0jours de retard à cette date\u00a0; "
        "à ce stade, l’agent écrit tous les 3\u00a0jours ouvrés (dernier message le lundi 16 février 2026)."
    )
