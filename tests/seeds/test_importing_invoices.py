"""The product owner's guide "Importer vos factures": PDF by hand, step by step, in French."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from billabex.core import clock
from communications.models import Communication
from contacts.models import Contact
from invoices.filters import TO_VERIFY
from invoices.models import CreditNote, Document, Invoice
from invoices.services import import_pdf
from tasks.enums import TaskStatus, TaskType
from tasks.models import Task
from tasks.services import answer_with_text
from tests.factories import AccountFactory, InvoiceFactory

if TYPE_CHECKING:
    from django.test import Client

    from billabex.organizations.models import Membership, Organization

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "invoices"
INVOICE = "akretion-facturx--invoice_EN16931.pdf"
CREDIT_NOTE = "mustang--validAvoir_FR_type380_BASICWL.pdf"


def sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def upload(client: Client, content: bytes, name: str = "facture.pdf") -> Document:
    answer = client.post(
        reverse("invoices:add"), {"file": SimpleUploadedFile(name, content, content_type="application/pdf")}
    )
    document = Document.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == reverse("invoices:verify", args=[document.pk])
    return document


def facts_of(client: Client, document: Document) -> dict[str, str]:
    """Return what the verification proposes, as it would be sent back unchanged."""
    form = client.get(reverse("invoices:verify", args=[document.pk])).context["form"]
    return {name: str(form[name].value() or "") for name in form.fields}


def take(organization: Organization, owner: Membership, name: str) -> Invoice | CreditNote:
    return import_pdf(organization=organization, content=sample(name), name=name, actor=owner.actor, now=clock.now())


def test_les_factures_sont_prises_en_charge(organization: Organization, owner: Membership) -> None:
    assert isinstance(take(organization, owner, INVOICE), Invoice)


def test_les_avoirs_sont_pris_en_charge_et_appliques_automatiquement(
    organization: Organization, owner: Membership
) -> None:
    first = take(organization, owner, CREDIT_NOTE)
    assert isinstance(first, CreditNote)
    CreditNote.objects.all().delete()
    Document.objects.all().delete()
    invoice = InvoiceFactory.create(account=first.account, total_amount=Decimal(500), currency="EUR")
    note = take(organization, owner, CREDIT_NOTE)
    invoice.refresh_from_db()
    assert invoice.credited_amount == note.total_amount


@pytest.mark.usefixtures("owner")
def test_une_fois_importes_l_agent_traite_les_documents_sans_intervention(
    organization: Organization, owner: Membership, django_capture_on_commit_callbacks: object
) -> None:
    account = AccountFactory.create(organization=organization, name="Le Client", match_key="le client")
    Contact.objects.create(account=account, full_name="Jean", email="jean@client.example", language="fr")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        take(organization, owner, INVOICE)
    assert Communication.objects.planned().filter(account=account).count() == 1


def test_import_manuel_cree_le_compte_et_la_facture(owner_client: Client, organization: Organization) -> None:
    document = upload(owner_client, sample(INVOICE))
    answer = owner_client.post(reverse("invoices:verify", args=[document.pk]), facts_of(owner_client, document))
    assert answer["Location"] == reverse("invoices:contact", args=[document.pk])
    invoice = Invoice.objects.get()
    assert (invoice.account.organization, invoice.account.currency) == (organization, "EUR")
    assert "CLIENT" in invoice.account.name


def test_import_manuel_attend_d_etre_verifie_sans_rien_perdre(owner_client: Client) -> None:
    upload(owner_client, sample(INVOICE))
    waiting = owner_client.get(reverse("invoices:list"), {"status": TO_VERIFY})
    assert "facture.pdf" in waiting.content.decode()


def test_etape_1_le_module_factures_propose_d_ajouter(owner_client: Client) -> None:
    page = owner_client.get(reverse("invoices:list")).content.decode()
    assert f'href="{reverse("invoices:add")}"' in page


def test_etape_2_un_seul_pdf_a_la_fois(owner_client: Client) -> None:
    page = owner_client.get(reverse("invoices:add")).content.decode()
    field = page[page.index('type="file"') - 200 : page.index('type="file"') + 300]
    assert "multiple" not in field
    assert ".pdf" in field or "application/pdf" in field


def test_etape_2_seul_le_pdf_est_accepte(owner_client: Client) -> None:
    answer = owner_client.post(reverse("invoices:add"), {"file": SimpleUploadedFile("facture.pdf", b"PK\x03\x04 no")})
    assert "not a PDF" in answer.content.decode()
    assert not Document.objects.exists()


def test_etape_3_les_informations_extraites_sont_presentees(owner_client: Client) -> None:
    document = upload(owner_client, sample(INVOICE))
    page = owner_client.get(reverse("invoices:verify", args=[document.pk])).content.decode()
    assert all(value in page for value in ("F20260023", "LE CLIENT", "104.90", "2026-01-31", "2026-03-02", "EUR"))


def test_etape_3_les_informations_du_compte_sont_presentees(owner_client: Client) -> None:
    document = upload(owner_client, sample(INVOICE))
    facts = facts_of(owner_client, document)
    assert "CLIENT" in facts["company"]
    assert all(facts[name] for name in ("street", "city", "currency"))


def test_etape_3_rien_n_est_fige_avant_la_validation(owner_client: Client) -> None:
    upload(owner_client, sample(INVOICE))
    assert not Invoice.objects.exists()


@pytest.mark.parametrize("field", ["number", "total_amount", "issued_on", "due_on", "currency", "account_id"])
def test_etape_3_une_fois_validees_elles_ne_peuvent_plus_etre_modifiees(
    organization: Organization, owner: Membership, field: str
) -> None:
    invoice = take(organization, owner, INVOICE)
    other = {
        "number": "X-1",
        "total_amount": 1,
        "issued_on": "2020-01-01",
        "due_on": "2030-01-01",
        "currency": "USD",
        "account_id": AccountFactory.create(organization=organization).pk,
    }
    with pytest.raises(Exception, match="never changed"):
        Invoice.objects.filter(pk=invoice.pk).update(**{field: other[field]})


def test_etape_4_sans_contact_l_agent_demande_et_n_ecrit_pas(
    organization: Organization, owner: Membership, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        invoice = take(organization, owner, INVOICE)
    task = Task.objects.get()
    assert (task.account, task.type, task.status) == (
        invoice.account,
        TaskType.NEED_CONTACTS,
        TaskStatus.ACTION_REQUIRED,
    )
    assert not Communication.objects.exists()


def test_etape_4_ajout_manuel_d_un_contact_depuis_le_compte(owner_client: Client, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    answer = owner_client.post(
        reverse("contacts:add", args=[account.pk]),
        {"full_name": "comptabilite", "email": "comptabilite@acme.com", "language": "fr", "is_primary": "on"},
    )
    assert answer.status_code == 302
    assert Contact.objects.get().email == "comptabilite@acme.com"


def test_etape_4_la_langue_du_contact_est_obligatoire(owner_client: Client, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    given = {"full_name": "Jeanne Roux", "email": "jeanne@acme.com", "language": ""}
    assert owner_client.post(reverse("contacts:add", args=[account.pk]), given).status_code == 422
    assert not Contact.objects.exists()


def test_etape_4_sans_nom_le_debut_de_l_adresse_en_tient_lieu(owner_client: Client, organization: Organization) -> None:
    account = AccountFactory.create(organization=organization)
    given = {"full_name": "", "email": "comptabilite@acme.com", "language": "fr"}
    owner_client.post(reverse("contacts:add", args=[account.pk]), given)
    assert Contact.objects.get().full_name == "comptabilite"


def test_etape_4_ajout_d_un_contact_en_repondant_a_la_tache(
    organization: Organization, owner: Membership, django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        invoice = take(organization, owner, INVOICE)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer_with_text(
            task=Task.objects.get(),
            text="Jeanne Roux, jeanne@client.example, français",
            actor=owner.actor,
            now=clock.now(),
        )
    contact = Contact.objects.get()
    assert (contact.account, contact.full_name, contact.language) == (invoice.account, "Jeanne Roux", "fr")
    assert Task.objects.get().status == TaskStatus.CLOSED
    assert Communication.objects.planned().count() == 1
