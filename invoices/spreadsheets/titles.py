"""The titles that programs give their columns: a line each in English, French and German. Data only.

They are compared without case, accents, spaces and punctuation. Those of our own exports are known in every language
of the interface, whatever stands here.
"""

from __future__ import annotations


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(word.strip() for line in lines for word in line.split(","))


# --- Whose row it is ----------------------------------------------------------------------------------------

COMPANY = _words(
    "company name, company, customer, customer name, client name, client, debtor, account, account name, bill to",
    "billed to, buyer, business name, organisation, organization, sold to",
    "raison sociale, nom du client, nom client, société, nom société, entreprise, compte, tiers, nom du tiers",
    "compte client, débiteur, dénomination, nom de l'entreprise, destinataire",
    "kunde, kundenname, firma, firmenname, unternehmen, debitor, rechnungsempfänger",
)
OWN_NAME = _words("name, nom")
CODE = _words(
    "customer code, customer number, customer no, customer id, client code, client number, client id, account code",
    "account number, account no, account id, external id, customer reference, source id",
    "code client, numéro client, n° client, no client, id client, réf client, référence client, code tiers",
    "compte tiers, numéro de compte, identifiant externe, compte auxiliaire",
    "kundennummer, kunden-nr, kundennr, debitorennummer, debitoren-nr, kundencode",
)
REGISTRATION = _words(
    "registration no, company registration number, registration, company number, company no, crn",
    "siren, siret, numéro siren, n° siren, n° siret, numéro siret, rcs, immatriculation, numéro d'immatriculation",
    "handelsregisternummer, hrb, registernummer, kvk, cif, nif",
)
VAT = _words(
    "vat no, vat id, vat reg no, vat registration number, tax id",
    "n° tva, numéro tva, numéro de tva, tva intracommunautaire, n° tva intracommunautaire, tva intracom",
    "numéro de tva intracommunautaire",
    "ust-id, ust-idnr, ust id nr, umsatzsteuer-id, umsatzsteuer-identifikationsnummer, mwst-nr",
)

# --- Where it is --------------------------------------------------------------------------------------------

STREET = _words("address, street address, address line 1", "adresse, rue, adresse 1, voie", "straße, strasse")
POSTAL_CODE = _words("postcode, zip, zip code", "code postal, cp", "plz, postleitzahl")
CITY = _words("town", "ville, commune", "ort, stadt")
STATE = _words("state, province, region, county", "région, département", "bundesland, kanton")
COUNTRY = _words("country code", "pays, code pays", "land, ländercode")
PHONE = _words("telephone, phone number, tel", "téléphone, numéro de téléphone", "telefon, telefonnummer")
LANGUAGE = _words("lang, language code", "langue", "sprache")
TAGS = _words("tag, label, labels, category, segment", "étiquette, étiquettes, catégorie", "etikett, kategorie")

# --- Who it is ----------------------------------------------------------------------------------------------

FULL_NAME = _words(
    "name, contact, contact name, person, contact person",
    "nom, nom complet, nom du contact, prénom et nom, nom et prénom, interlocuteur",
    "ansprechpartner, kontakt, vollständiger name",
)
EMAIL = _words(
    "email address, mail, contact email, e-mail",
    "courriel, adresse email, adresse e-mail, adresse mail, adresse électronique",
    "e-mail-adresse, mailadresse",
)
ROLE = _words("job title, title, function, position", "fonction, poste, rôle", "funktion, rolle")
NOTES = _words("note, comment, remarks", "commentaire, remarque", "bemerkung, notiz")
PRIMARY = _words("primary, main contact", "principal, contact principal", "hauptkontakt, hauptansprechpartner")
DO_NOT_CONTACT = _words("opt out", "ne pas contacter", "nicht kontaktieren")
COPY_ONLY = _words("cc only", "en copie uniquement, copie seulement", "nur kopie")

# --- What a document says -----------------------------------------------------------------------------------

_DOCUMENT_NUMBER = _words(
    "number, no, document number, document no, reference",
    "numéro, n°, pièce, n° pièce, numéro de pièce",
    "belegnummer, beleg-nr, nummer",
)
INVOICE_NUMBER = (
    _words(
        "invoice, invoice no, invoice nr, invoice id, inv no, invoice reference",
        "facture, n° facture, no facture, numéro facture, numéro de facture, n° de facture, réf facture",
        "référence facture",
        "rechnung, rechnungsnummer, rechnungs-nr, rechnungsnr, rechnung nr",
    )
    + _DOCUMENT_NUMBER
)
CREDIT_NOTE_NUMBER = (
    _words(
        "credit note, credit note no, credit memo, credit memo number, credit number",
        "avoir, n° avoir, no avoir, numéro avoir, numéro d'avoir, n° d'avoir, réf avoir, référence avoir",
        "gutschrift, gutschriftnummer, gutschriftsnummer, gutschrift-nr, gutschrifts-nr",
    )
    + _DOCUMENT_NUMBER
)
_DOCUMENT_DATE = _words(
    "date, issued, issued on, document date",
    "date d'émission, date émission, date de pièce",
    "belegdatum, datum, ausstellungsdatum",
)
INVOICE_DATE = (
    _words("invoice date", "date de facture, date facture, date de la facture, émise le", "rechnungsdatum")
    + _DOCUMENT_DATE
)
CREDIT_NOTE_DATE = (
    _words("credit note date", "date de l'avoir, date avoir, émis le", "gutschriftdatum, gutschriftsdatum")
    + _DOCUMENT_DATE
)
DUE_DATE = _words(
    "due, due on, payment due, payment due date, maturity",
    "échéance, date d'échéance, date échéance, date limite de paiement, à payer avant le",
    "fällig, fällig am, fälligkeit, fälligkeitsdatum, zahlbar bis",
)
CURRENCY = _words("currency code, cur, ccy", "devise, monnaie, code devise", "währung, waehrung")
TOTAL = _words(
    "total amount, amount, gross, gross amount, grand total, total incl vat, total including tax, amount incl vat",
    "invoice amount, invoice total, credit amount, credit note amount",
    "total ttc, montant ttc, montant, ttc, montant total, montant total ttc, prix ttc, montant facture",
    "montant avoir, montant de l'avoir",
    "betrag, gesamtbetrag, brutto, bruttobetrag, summe, rechnungsbetrag, gutschriftbetrag, gutschriftsbetrag",
)
TAX = _words(
    "tax amount, vat, vat amount, total tax",
    "tva, montant tva, montant de la tva, total tva, taxe",
    "steuer, mwst, mwst-betrag, ust, umsatzsteuer, steuerbetrag",
)
PURCHASE_ORDER = _words(
    "po, po number, purchase order number, order number, your reference",
    "bon de commande, n° bon de commande, numéro de commande, n° commande, commande, votre référence",
    "bestellnummer, bestell-nr, bestellung, auftragsnummer, ihre referenz",
)
BILLING_NAME = _words("billing name", "nom de facturation")
BILLING_ADDRESS = _words("adresse de facturation", "rechnungsadresse")

# --- What was paid ------------------------------------------------------------------------------------------

PAID = _words(
    "paid amount, amount paid, already paid",
    "payé, montant payé, réglé, montant réglé, déjà payé, acompte",
    "bezahlt, bezahlter betrag, gezahlt",
)
# Only what cannot mean a single payment: bank exports call one "amount", "paid" or "montant réglé", and taken for all
# that was paid it would lower what is recorded.
PAID_IN_ALL = _words(
    "total paid, total amount paid, paid to date, amount paid to date, paid so far, already paid",
    "total payé, total réglé, montant total payé, montant total réglé, payé à ce jour, réglé à ce jour",
    "cumul payé, cumul réglé, déjà payé, déjà réglé",
    "insgesamt bezahlt, bisher bezahlt, bereits bezahlt",
)
PAID_ON = _words(
    "payment date, date paid, value date",
    "date de paiement, date de règlement, payé le, réglé le, date de valeur",
    "zahlungsdatum, bezahlt am, zahldatum",
)
PAYMENT_DATE = PAID_ON + _words("date, datum")
PAYMENT_NOTE = _words("notes, comment, memo", "commentaire, libellé, remarque", "bemerkung, verwendungszweck")
