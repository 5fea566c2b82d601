"""The columns that each kind of spreadsheet knows, and the titles that programs give them.

Titles are compared without case, accents, spaces and punctuation. Those of our own exports are known in every
language of the interface, whatever stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from .enums import ImportKind, ValueType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise


@dataclass(frozen=True, slots=True)
class Column:
    """What a column may hold.

    Attributes:
        name: Its field.
        label: Its title in templates and exports.
        type: How its cells are read and written.
        titles: What other programs call it, in English, French and German.
        is_required: Whether a file without it makes no sense.
        limit: The most characters that are kept.
        examples: Two cells for the template.
    """

    name: str
    label: _StrPromise
    type: ValueType = ValueType.TEXT
    titles: tuple[str, ...] = ()
    is_required: bool = False
    limit: int = 200
    examples: tuple[str, str] = ("", "")


COMPANY_TITLES = (
    *(
        "company name",
        "company",
        "customer",
        "customer name",
        "client name",
        "client",
        "debtor",
        "account",
        "account name",
    ),
    *("bill to", "billed to", "buyer", "business name", "organisation", "organization", "sold to"),
    *("raison sociale", "nom du client", "nom client", "société", "nom société", "entreprise", "compte", "tiers"),
    *("nom du tiers", "compte client", "débiteur", "dénomination", "nom de l'entreprise", "destinataire"),
    *("kunde", "kundenname", "firma", "firmenname", "unternehmen", "debitor", "rechnungsempfänger"),
)
CODE_TITLES = (
    *("customer code", "customer number", "customer no", "customer id", "client code", "client number", "client id"),
    *("account code", "account number", "account no", "account id", "external id", "customer reference", "source id"),
    *("code client", "numéro client", "n° client", "no client", "id client", "réf client", "référence client"),
    *("code tiers", "compte tiers", "numéro de compte", "identifiant externe", "compte auxiliaire"),
    *("kundennummer", "kunden-nr", "kundennr", "debitorennummer", "debitoren-nr", "kundencode"),
)
REGISTRATION_TITLES = (
    *("registration no", "company registration number", "registration", "company number", "company no", "crn"),
    *("siren", "siret", "numéro siren", "n° siren", "n° siret", "numéro siret", "rcs", "immatriculation"),
    *("numéro d'immatriculation", "handelsregisternummer", "hrb", "registernummer", "kvk", "cif", "nif"),
)
VAT_TITLES = (
    *("vat no", "vat id", "vat reg no", "vat registration number", "tax id", "n° tva", "numéro tva", "numéro de tva"),
    *("tva intracommunautaire", "n° tva intracommunautaire", "numéro de tva intracommunautaire", "tva intracom"),
    *("ust-id", "ust-idnr", "ust id nr", "umsatzsteuer-id", "umsatzsteuer-identifikationsnummer", "mwst-nr"),
)

_CODE = Column("external_id", _("Customer code"), titles=CODE_TITLES, examples=("C-1001", "C-1002"))
_REGISTRATION = Column(
    "registration_number",
    _("Registration number"),
    ValueType.COMPACT,
    titles=REGISTRATION_TITLES,
    limit=40,
    examples=("552 100 554", ""),
)
_VAT = Column(
    "vat_number", _("VAT number"), ValueType.COMPACT, titles=VAT_TITLES, limit=30, examples=("", "DE 136695976")
)
_CURRENCY = Column(
    "currency",
    _("Currency"),
    ValueType.CURRENCY,
    titles=("currency code", "cur", "ccy", "devise", "monnaie", "code devise", "währung", "waehrung"),
    limit=40,
    examples=("EUR", "EUR"),
)
_NUMBER_TITLES = (
    *("invoice", "invoice no", "invoice nr", "invoice id", "inv no", "number", "no", "document number", "document no"),
    *("reference", "invoice reference", "facture", "n° facture", "no facture", "numéro facture", "numéro de facture"),
    *("n° de facture", "réf facture", "référence facture", "numéro", "n°", "pièce", "n° pièce", "numéro de pièce"),
    *("rechnung", "rechnungsnummer", "rechnungs-nr", "rechnungsnr", "rechnung nr", "belegnummer", "beleg-nr", "nummer"),
)


def _company(*, is_required: bool) -> Column:
    return Column(
        "company",
        _("Company name"),
        titles=COMPANY_TITLES,
        is_required=is_required,
        examples=("Brasserie du Port SAS", "Müller GmbH"),
    )


_ADDRESS = (
    Column(
        "street",
        _("Street"),
        titles=(
            "address",
            "street address",
            "address line 1",
            "adresse",
            "rue",
            "adresse 1",
            "voie",
            "straße",
            "strasse",
        ),
        limit=300,
        examples=("4 quai de la Fosse", "Hauptstraße 5"),
    ),
    Column(
        "postal_code",
        _("Postal code"),
        titles=("postcode", "zip", "zip code", "code postal", "cp", "plz", "postleitzahl"),
        limit=20,
        examples=("44000", "10827"),
    ),
    Column(
        "city", _("City"), titles=("town", "ville", "commune", "ort", "stadt"), limit=120, examples=("Nantes", "Berlin")
    ),
    Column(
        "state_or_province",
        _("State or province"),
        titles=("state", "province", "region", "région", "département", "bundesland", "kanton", "county"),
        limit=120,
    ),
    Column(
        "country",
        _("Country"),
        ValueType.COUNTRY,
        titles=("country code", "pays", "code pays", "land", "ländercode"),
        limit=60,
        examples=("FR", "DE"),
    ),
)
_LANGUAGE = Column(
    "language",
    _("Language"),
    ValueType.LANGUAGE,
    titles=("langue", "lang", "sprache", "language code"),
    limit=40,
    examples=("fr", "de"),
)

COLUMNS: Mapping[ImportKind, tuple[Column, ...]] = {
    ImportKind.ACCOUNTS: (
        Column(
            "company",
            _("Company name"),
            titles=(*COMPANY_TITLES, "name", "nom"),
            is_required=True,
            examples=("Brasserie du Port SAS", "Müller GmbH"),
        ),
        _CODE,
        _REGISTRATION,
        _VAT,
        *_ADDRESS,
        _CURRENCY,
        Column(
            "phone",
            _("Phone"),
            titles=("telephone", "phone number", "tel", "téléphone", "numéro de téléphone", "telefon", "telefonnummer"),
            limit=40,
            examples=("+33 2 40 00 00 00", ""),
        ),
        _LANGUAGE,
    ),
    ImportKind.CONTACTS: (
        _company(is_required=False),
        _CODE,
        _REGISTRATION,
        _VAT,
        Column(
            "full_name",
            _("Full name"),
            titles=(
                *(
                    "name",
                    "contact",
                    "contact name",
                    "person",
                    "contact person",
                    "nom",
                    "nom complet",
                    "nom du contact",
                ),
                *(
                    "prénom et nom",
                    "nom et prénom",
                    "interlocuteur",
                    "ansprechpartner",
                    "kontakt",
                    "vollständiger name",
                ),
            ),
            examples=("Jeanne Martin", "Jonas Weber"),
        ),
        Column(
            "email",
            _("Email"),
            ValueType.EMAIL,
            titles=(
                *("email address", "mail", "contact email", "courriel", "adresse email", "adresse e-mail", "e-mail"),
                *("adresse mail", "adresse électronique", "e-mail-adresse", "mailadresse"),
            ),
            limit=254,
            examples=("jeanne@brasserie.example", "weber@mueller.example"),
        ),
        _LANGUAGE,
        Column(
            "role",
            _("Role"),
            titles=("job title", "title", "function", "position", "fonction", "poste", "rôle", "funktion", "rolle"),
            limit=120,
            examples=("Comptable", "Buchhaltung"),
        ),
        Column(
            "notes",
            _("Notes"),
            titles=("note", "comment", "remarks", "commentaire", "remarque", "bemerkung", "notiz"),
            limit=5000,
        ),
        Column(
            "is_primary",
            _("Primary contact"),
            ValueType.YES_NO,
            titles=(
                "primary",
                "main contact",
                "principal",
                "contact principal",
                "hauptkontakt",
                "hauptansprechpartner",
            ),
            examples=("1", "1"),
        ),
        Column(
            "do_not_contact",
            _("Do not contact"),
            ValueType.YES_NO,
            titles=("ne pas contacter", "opt out", "nicht kontaktieren"),
        ),
        Column(
            "copy_only",
            _("Copy only"),
            ValueType.YES_NO,
            titles=("cc only", "en copie uniquement", "copie seulement", "nur kopie"),
        ),
    ),
    ImportKind.INVOICES: (
        _company(is_required=False),
        _CODE,
        _REGISTRATION,
        _VAT,
        Column(
            "number",
            _("Invoice number"),
            titles=_NUMBER_TITLES,
            is_required=True,
            limit=100,
            examples=("F-2026-0042", "F-2026-0043"),
        ),
        Column(
            "issued_on",
            _("Issue date"),
            ValueType.DATE,
            titles=(
                *("invoice date", "date", "issued", "issued on", "document date", "date de facture", "date facture"),
                *("date d'émission", "date émission", "date de la facture", "date de pièce", "émise le"),
                *("rechnungsdatum", "belegdatum", "datum", "ausstellungsdatum"),
            ),
            is_required=True,
            examples=("2026-01-05", "2026-01-12"),
        ),
        Column(
            "due_on",
            _("Due date"),
            ValueType.DATE,
            titles=(
                *("due", "due on", "payment due", "payment due date", "maturity", "échéance", "date d'échéance"),
                *("date échéance", "date limite de paiement", "à payer avant le"),
                *("fällig", "fällig am", "fälligkeit", "fälligkeitsdatum", "zahlbar bis"),
            ),
            examples=("2026-02-04", "2026-02-11"),
        ),
        _CURRENCY,
        Column(
            "total",
            _("Total"),
            ValueType.AMOUNT,
            titles=(
                *("total amount", "amount", "gross", "gross amount", "invoice amount", "invoice total", "grand total"),
                *("total incl vat", "total including tax", "amount incl vat", "total ttc", "montant ttc", "montant"),
                *("ttc", "montant total", "montant total ttc", "montant facture", "prix ttc"),
                *("betrag", "gesamtbetrag", "brutto", "bruttobetrag", "rechnungsbetrag", "summe"),
            ),
            is_required=True,
            examples=("1200.00", "834.50"),
        ),
        Column(
            "tax",
            _("Tax"),
            ValueType.AMOUNT,
            titles=(
                *(
                    "tax amount",
                    "vat",
                    "vat amount",
                    "total tax",
                    "tva",
                    "montant tva",
                    "montant de la tva",
                    "total tva",
                ),
                *("taxe", "steuer", "mwst", "mwst-betrag", "ust", "umsatzsteuer", "steuerbetrag"),
            ),
            examples=("200.00", ""),
        ),
        Column(
            "paid",
            _("Paid"),
            ValueType.AMOUNT,
            titles=(
                *("paid amount", "amount paid", "already paid", "payé", "montant payé", "réglé", "montant réglé"),
                *("déjà payé", "acompte", "bezahlt", "bezahlter betrag", "gezahlt"),
            ),
            examples=("", "400.00"),
        ),
        Column(
            "paid_on",
            _("Paid on"),
            ValueType.DATE,
            titles=(
                *("payment date", "date paid", "date de paiement", "date de règlement", "payé le", "réglé le"),
                *("zahlungsdatum", "bezahlt am", "zahldatum"),
            ),
            examples=("", "2026-02-02"),
        ),
        Column(
            "purchase_order",
            _("Purchase order"),
            titles=(
                *("po", "po number", "purchase order number", "order number", "your reference", "bon de commande"),
                *("n° bon de commande", "numéro de commande", "n° commande", "commande", "votre référence"),
                *("bestellnummer", "bestell-nr", "bestellung", "auftragsnummer", "ihre referenz"),
            ),
            limit=100,
            examples=("PO-77", ""),
        ),
        *_ADDRESS[:3],
        _ADDRESS[4],
        Column("billing_name", _("Billed company"), titles=("billing name", "nom de facturation"), limit=200),
        Column(
            "billing_address", _("Billing address"), titles=("adresse de facturation", "rechnungsadresse"), limit=1000
        ),
    ),
    ImportKind.PAYMENTS: (
        _company(is_required=False),
        _CODE,
        _REGISTRATION,
        _VAT,
        Column(
            "number",
            _("Invoice number"),
            titles=_NUMBER_TITLES,
            is_required=True,
            limit=100,
            examples=("F-2026-0042", "F-2026-0043"),
        ),
        Column(
            "amount",
            _("Paid in all"),
            ValueType.AMOUNT,
            titles=(
                *("paid", "paid amount", "amount paid", "total paid", "amount", "payment", "payment amount"),
                *(
                    "payé",
                    "montant payé",
                    "réglé",
                    "montant réglé",
                    "total payé",
                    "total réglé",
                    "montant",
                    "règlement",
                ),
                *("bezahlt", "bezahlter betrag", "gezahlt", "betrag", "zahlbetrag", "zahlung"),
            ),
            is_required=True,
            examples=("600.00", "834.50"),
        ),
        _CURRENCY,
        Column(
            "paid_on",
            _("Paid on"),
            ValueType.DATE,
            titles=(
                *("payment date", "date", "date paid", "value date", "date de paiement", "date de règlement"),
                *("payé le", "réglé le", "date de valeur", "zahlungsdatum", "bezahlt am", "zahldatum", "datum"),
            ),
            examples=("2026-02-06", "2026-02-02"),
        ),
        Column(
            "note",
            _("Note"),
            titles=("notes", "comment", "memo", "commentaire", "libellé", "remarque", "bemerkung", "verwendungszweck"),
            limit=2000,
            examples=("Virement", ""),
        ),
    ),
}

REFERENCE = ("external_id", "registration_number", "vat_number", "company")
"""The columns that say which account a row is about, the surest first."""


def column_of(kind: ImportKind, name: str) -> Column:
    """Return a column of a kind by its field."""
    return next(column for column in COLUMNS[kind] if column.name == name)
