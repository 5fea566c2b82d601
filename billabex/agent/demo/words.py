"""The words and formats of the printed documents, in the language of each document.

They belong to the invented company's stationery, not to our interface: a document keeps its language whoever looks
at it, so gettext, which follows the reader, has no part in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent

from billabex.agent.demo.documents import Company, PaperDocument, PaperLine, Unit, VatCategory

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE = "\u202f", "\u00a0"
# English spells the month out: figures alone would leave a doubt between the British and the American order.
DATE_FORMATS = {"en": "long", "fr": "dd/MM/yyyy", "de": "dd.MM.yyyy"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything a document says that is not a fact of its own."""

    invoice: str
    credit_note: str
    number: str
    issued: str
    issued_credit: str
    due: str
    order: str
    terms: str
    sender: str
    recipient: str
    vat_number: str
    description: str
    quantity: str
    price: str
    rate: str
    amount: str
    net: str
    vat: str
    total: str
    paid: str
    payable: str
    credited: str
    corrects: str
    payment: str
    reference: str
    beneficiary: str
    bank: str
    net_days: str
    late: str
    credit_use: str
    page: str
    zero: dict[VatCategory, str]
    units: dict[Unit, tuple[str, str]]


ENGLISH = Words(
    invoice="Invoice",
    credit_note="Credit note",
    number="No.",
    issued="Invoice date",
    issued_credit="Credit note date",
    due="Due date",
    order="Your order",
    terms="Payment terms",
    sender="From",
    recipient="Billed to",
    vat_number="VAT no.",
    description="Description",
    quantity="Quantity",
    price="Unit price",
    rate="VAT",
    amount="Amount",
    net="Total excl. VAT",
    vat="VAT {rate} on {base}",
    total="Total",
    paid="Deposit received",
    payable="Amount due",
    credited="Total credited",
    corrects="Corrects invoice {number} of {day}",
    payment="How to pay",
    reference="Payment reference",
    beneficiary="Account holder",
    bank="Bank",
    net_days="{days} days net",
    late=(
        "Late payment carries interest at three times the French legal rate and a fixed recovery fee of €40 "
        "(art. L441-10 of the French commercial code). No discount for early payment."
    ),
    credit_use="This amount will be set off against your open invoices.",
    page="Page",
    zero={
        VatCategory.REVERSE_CHARGE: "Reverse charge: VAT is due by the recipient (art. 196, Directive 2006/112/EC).",
        VatCategory.EXPORT: "Export outside the European Union, exempt from VAT (art. 146, Directive 2006/112/EC).",
    },
    units={
        Unit.PIECE: ("pc", "pcs"),
        Unit.HOUR: ("h", "h"),
        Unit.DAY: ("day", "days"),
        Unit.MONTH: ("month", "months"),
        Unit.METRE: ("m", "m"),
        Unit.FLAT: ("flat fee", ""),
    },
)

FRENCH = Words(
    invoice="Facture",
    credit_note="Avoir",
    number="N°",
    issued="Date d’émission",
    issued_credit="Date de l’avoir",
    due="Date d’échéance",
    order="Votre commande",
    terms="Conditions de règlement",
    sender="Émetteur",
    recipient="Facturé à",
    vat_number="N° TVA",
    description="Désignation",
    quantity="Quantité",
    price="Prix unitaire HT",
    rate="TVA",
    amount="Montant HT",
    net="Total HT",
    vat="TVA {rate} sur {base}",
    total="Total TTC",
    paid="Acompte reçu",
    payable="Net à payer",
    credited="Total de l’avoir TTC",
    corrects="Rectifie la facture {number} du {day}",
    payment="Règlement par virement",
    reference="Référence à rappeler",
    beneficiary="Titulaire",
    bank="Banque",
    net_days="{days} jours nets",
    late=(
        "Tout retard de paiement entraîne des pénalités au taux de trois fois l’intérêt légal et une indemnité "
        "forfaitaire de recouvrement de 40\u00a0€ (art. L441-10 du code de commerce). "
        "Pas d’escompte pour paiement anticipé."
    ),
    credit_use="Ce montant sera imputé sur vos factures en cours.",
    page="Page",
    zero={
        VatCategory.REVERSE_CHARGE: "Autoliquidation : TVA due par le preneur (art. 283-2 du CGI).",
        VatCategory.EXPORT: "Exportation hors de l’Union européenne, exonérée de TVA (art. 262 I du CGI).",
    },
    units={
        Unit.PIECE: ("pièce", "pièces"),
        Unit.HOUR: ("h", "h"),
        Unit.DAY: ("jour", "jours"),
        Unit.MONTH: ("mois", "mois"),
        Unit.METRE: ("m", "m"),
        Unit.FLAT: ("forfait", ""),
    },
)

GERMAN = Words(
    invoice="Rechnung",
    credit_note="Gutschrift",
    number="Nr.",
    issued="Rechnungsdatum",
    issued_credit="Gutschriftsdatum",
    due="Fällig am",
    order="Ihre Bestellung",
    terms="Zahlungsbedingungen",
    sender="Absender",
    recipient="Rechnung an",
    vat_number="USt-IdNr.",
    description="Bezeichnung",
    quantity="Menge",
    price="Einzelpreis",
    rate="USt",
    amount="Betrag",
    net="Nettobetrag",
    vat="USt {rate} auf {base}",
    total="Gesamtbetrag",
    paid="Erhaltene Anzahlung",
    payable="Zahlbetrag",
    credited="Gutschriftsbetrag",
    corrects="Zur Rechnung {number} vom {day}",
    payment="Zahlung per Überweisung",
    reference="Verwendungszweck",
    beneficiary="Kontoinhaber",
    bank="Bank",
    net_days="{days} Tage netto",
    late=(
        "Bei Zahlungsverzug berechnen wir Zinsen in Höhe des dreifachen französischen gesetzlichen Zinssatzes und eine "
        "Pauschale von 40\u00a0€ (Art. L441-10 des französischen Handelsgesetzbuchs). Kein Skonto."
    ),
    credit_use="Der Betrag wird mit Ihren offenen Rechnungen verrechnet.",
    page="Seite",
    zero={
        VatCategory.REVERSE_CHARGE: (
            "Steuerschuldnerschaft des Leistungsempfängers (Art. 196 der Richtlinie 2006/112/EG)."
        ),
        VatCategory.EXPORT: "Steuerfreie Ausfuhrlieferung (Art. 146 der Richtlinie 2006/112/EG).",
    },
    units={
        Unit.PIECE: ("Stück", "Stück"),
        Unit.HOUR: ("Std.", "Std."),
        Unit.DAY: ("Tag", "Tage"),
        Unit.MONTH: ("Monat", "Monate"),
        Unit.METRE: ("m", "m"),
        Unit.FLAT: ("pauschal", ""),
    },
)

WORDS = {"en": ENGLISH, "fr": FRENCH, "de": GERMAN}


def locale_of(document: PaperDocument) -> Locale:
    """Return how the document writes dates and amounts: its language, in the buyer's habit where English has two."""
    territory = {"fr": "FR", "de": "DE"}.get(document.language) or ("US" if document.buyer.country == "US" else "GB")
    return Locale(document.language, territory)


def _printable(text: str) -> str:
    # The typeface has no narrow no-break space; the wide one keeps the number in one piece just as well.
    return text.replace(NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE)


def money(amount: Decimal, currency: str, locale: Locale) -> str:
    """Return the amount with its currency: €1,234.50; 1 234,50 €; 1.234,50 €."""
    return _printable(format_currency(amount, currency, locale=locale))


def figure(amount: Decimal, locale: Locale) -> str:
    """Return an amount of a column, without its currency."""
    return _printable(format_decimal(amount, "#,##0.00", locale=locale))


def quantity(line: PaperLine, words: Words, locale: Locale) -> str:
    """Return a quantity with its unit: 12 h; 3,5 jours; a flat fee is not counted."""
    one, many = words.units[line.unit]
    if line.unit is Unit.FLAT:
        return one
    count = _printable(format_decimal(line.quantity, "#,##0.##", locale=locale))
    return f"{count}{NO_BREAK_SPACE}{one if line.quantity == 1 else many}"


def percent(rate: Decimal, locale: Locale) -> str:
    """Return a VAT rate: 20%; 5,5 %."""
    decimals = "#,##0.##%" if locale.language == "en" else f"#,##0.##{NO_BREAK_SPACE}%"
    return format_percent(rate / 100, decimals, locale=locale)


def day(value: date, locale: Locale) -> str:
    """Return a date as an accountant of that language writes it."""
    return format_date(value, DATE_FORMATS[locale.language], locale=locale)


def address(company: Company, locale: Locale, *, home: str) -> tuple[str, ...]:
    """Return the lines of the postal address; the country only when the letter leaves `home`."""
    if company.country in {"GB", "US"}:
        place = f"{company.city} {company.postcode}"
    else:
        place = f"{company.postcode} {company.city}"
    country = () if company.country == home else (str(locale.territories[company.country]),)
    return (company.street, place, *country)
