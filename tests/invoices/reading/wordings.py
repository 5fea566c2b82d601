"""How seven languages, and three programs in each, word and write an invoice: for the invented ones."""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True)
class Company:
    name: str
    street: str
    city_line: str
    country: str
    vat: str
    iban: str


@dataclass(frozen=True)
class Wording:
    """How one program of one country words its invoices."""

    title: str
    credit: str
    number: str
    issued: str
    due: str
    order: str
    net: str
    tax: str
    total: str
    payable: str
    paid: str
    bill_to: str
    seller: str
    terms: str
    vat_label: str
    credit_number: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Locale:
    code: str
    thousands: str
    decimal: str
    amount: str
    dates: tuple[str, ...]
    months: str
    rate: Decimal
    currency: str
    companies: tuple[Company, Company]
    wordings: tuple[Wording, ...]

    def money(self, value: Decimal) -> str:
        digits = f"{abs(value):,.2f}".replace(",", "_").replace(".", self.decimal).replace("_", self.thousands)
        return ("-" if value < 0 else "") + self.amount.format(digits)

    def day(self, value: date, style: int) -> str:
        return self.dates[style % len(self.dates)].format(
            d=value.day, m=value.month, y=value.year, month=self.months.split()[value.month - 1]
        )


def _company(text: str) -> Company:
    return Company(*(part.strip() for part in text.split("|")))


def _wording(text: str) -> Wording:
    *words, columns = (" ".join(part.split()) for part in text.split("|"))
    names = [field.name for field in fields(Wording)]
    items = tuple(column.strip() for column in columns.split(";"))
    return Wording(**dict(zip(names, words, strict=False)), items=items)


EN = Locale(
    code="en",
    thousands=",",
    decimal=".",
    amount="£{}",
    dates=("{d} {month} {y}", "{d:02}/{m:02}/{y}", "{month} {d}, {y}"),
    months="January February March April May June July August September October November December",
    rate=Decimal("0.20"),
    currency="GBP",
    companies=(
        _company("""
            Harbour Lane Printing Ltd | 14 Harbour Lane | Bristol BS1 5TR | United Kingdom | GB553097576 |
            GB29NWBK60161331926819
        """),
        _company("""
            Northgate Catering Limited | Unit 7, Mill Road | Leeds LS12 3BQ | United Kingdom | GB748430030 |
        """),
    ),
    wordings=(
        _wording("""
            INVOICE | CREDIT NOTE | Invoice No. | Invoice Date | Due Date | PO Number | Subtotal | VAT (20%) | Total
            | Amount Due | Amount Paid | Bill To | From | Payment terms: {} days net | VAT Reg No: | Credit Note No.
            | Description; Qty; Unit Price; Amount
        """),
        _wording("""
            Tax Invoice | Credit Memo | Invoice #: | Date of issue: | Payment due by: | Your order: |
            Total excl. VAT | Total VAT | Total incl. VAT | Balance due | Less deposit | Invoice to: | Supplier: |
            Please pay within {} days of the invoice date. | VAT number | Credit memo #: |
            Item; Quantity; Price; Line total
        """),
        _wording("""
            Sales Invoice | Credit note | Number: | Date: | Due: | Purchase Order: | Net amount | VAT amount |
            Gross amount | To pay | Already paid | Customer: | Seller: | Terms: Net {} | VAT ID | Number: |
            Details; Units; Rate; Total
        """),
    ),
)
FR = Locale(
    code="fr",
    thousands=" ",
    decimal=",",
    amount="{} €",
    dates=("{d:02}/{m:02}/{y}", "{d} {month} {y}", "{d:02}.{m:02}.{y}"),
    months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    rate=Decimal("0.20"),
    currency="EUR",
    companies=(
        _company("""
            Atelier Duvallon SARL | 8 rue des Tanneurs | 69003 Lyon | France | FR31820607752 |
            FR7630006000011234567890189
        """),
        _company("""
            Boulangerie Kerjean SAS | 22 quai de la Fosse | 44000 Nantes | France | FR60018671255 |
        """),
    ),
    wordings=(
        _wording("""
            FACTURE | AVOIR | Facture n° | Date de facture | Date d'échéance | Bon de commande n° | Total HT |
            TVA 20 % | Total TTC | Net à payer | Acompte versé | Facturé à | Émetteur |
            Conditions de règlement : {} jours nets | N° TVA : | Avoir n° | Désignation; Qté; P.U. HT; Montant HT
        """),
        _wording("""
            Facture | Facture d'avoir | Numéro de facture : | Date d'émission : | Échéance : | Votre commande : |
            Montant HT | Montant TVA | Montant TTC | Reste à payer | Déjà réglé | Adresse de facturation | Vendeur |
            Paiement à {} jours par virement. | TVA intracom. | Numéro d'avoir : |
            Description; Quantité; Prix unitaire; Total
        """),
        _wording("""
            Facture | Avoir | Réf. facture | Date | À payer avant le | Réf. commande | Sous-total | Total TVA |
            Montant total | Solde dû | Acompte | Client | Fournisseur |
            Règlement sous {} jours à compter de la facture. | N° TVA intracommunautaire | Réf. avoir |
            Prestation; Nb; Tarif; Somme
        """),
    ),
)
DE = Locale(
    code="de",
    thousands=".",
    decimal=",",
    amount="{} €",
    dates=("{d:02}.{m:02}.{y}", "{d}. {month} {y}", "{d}.{m}.{y}"),
    months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    rate=Decimal("0.19"),
    currency="EUR",
    companies=(
        _company("""
            Brückner Metallbau GmbH | Hafenstraße 31 | 20457 Hamburg | Deutschland | DE545195683 |
            DE89370400440532013000
        """),
        _company("""
            Gasthof Zur Linde KG | Lindenweg 4 | 83022 Rosenheim | Deutschland | DE593742469 |
        """),
    ),
    wordings=(
        _wording("""
            Rechnung | Gutschrift | Rechnungs-Nr.: | Rechnungsdatum: | Fällig am: | Ihre Bestellnummer: |
            Nettobetrag | zzgl. 19 % MwSt. | Gesamtbetrag | Zahlbetrag | Anzahlung | Rechnungsempfänger | Absender |
            Zahlbar innerhalb von {} Tagen ohne Abzug. | USt-IdNr.: | Gutschrift-Nr.: |
            Bezeichnung; Menge; Einzelpreis; Gesamt
        """),
        _wording("""
            RECHNUNG | RECHNUNGSKORREKTUR | Rechnungsnummer | Datum | Zahlbar bis | Bestellung Nr. | Summe netto |
            Umsatzsteuer 19% | Rechnungsbetrag | Offener Betrag | Bereits bezahlt | Kunde | Lieferant |
            Zahlungsziel: {} Tage netto | USt-ID | Korrektur-Nr. | Artikel; Anzahl; Preis; Betrag
        """),
        _wording("""
            Rechnung | Stornorechnung | Beleg-Nr. | Belegdatum | Fälligkeit | Ihr Zeichen | Zwischensumme |
            MwSt. 19,00 % | Endbetrag | Noch zu zahlen | Erhaltene Anzahlung | Rechnung an: | Rechnungssteller: |
            Bitte überweisen Sie den Betrag innerhalb von {} Tagen auf unser Konto. | Umsatzsteuer-ID | Beleg-Nr. |
            Leistung; Std.; Satz; Summe
        """),
    ),
)
ES = Locale(
    code="es",
    thousands=".",
    decimal=",",
    amount="{} €",
    dates=("{d:02}/{m:02}/{y}", "{d} de {month} de {y}", "{d:02}-{m:02}-{y}"),
    months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    rate=Decimal("0.21"),
    currency="EUR",
    companies=(
        _company("""
            Talleres Monteagudo S.L. | Calle de la Rosa 17 | 28012 Madrid | España | ESB42700955 |
            ES9121000418450200051332
        """),
        _company("""
            Hostelería Puente Viejo S.A. | Avda. del Mar 45 | 29016 Málaga | España | ESB26887653 |
        """),
    ),
    wordings=(
        _wording("""
            FACTURA | FACTURA RECTIFICATIVA | Factura nº: | Fecha de factura: | Fecha de vencimiento: |
            Nº de pedido: | Base imponible | IVA 21% | Total factura | Total a pagar | Anticipo | Facturar a: |
            Emisor: | Forma de pago: transferencia a {} días fecha factura | NIF: | Factura rectificativa nº: |
            Descripción; Cantidad; Precio; Importe
        """),
        _wording("""
            Factura | Nota de crédito | Número de factura | Fecha de emisión | Vencimiento | Su pedido | Subtotal |
            Cuota IVA | Importe total | Importe pendiente | Pagado | Cliente | Proveedor | Pago a {} días. | NIF-IVA
            | Nota de crédito nº | Concepto; Uds.; P. unitario; Subtotal línea
        """),
        _wording("""
            Factura | Abono | N.º factura | Fecha | Vence el | Ref. pedido | Importe neto | Total IVA |
            Total con IVA | Saldo pendiente | A cuenta | Datos del cliente | Datos del emisor |
            Condiciones de pago: {} días desde la fecha de factura | CIF/NIF IVA | N.º abono |
            Artículo; Cant.; Precio ud.; Total línea
        """),
    ),
)
IT = Locale(
    code="it",
    thousands=".",
    decimal=",",
    amount="€ {}",
    dates=("{d:02}/{m:02}/{y}", "{d} {month} {y}", "{d:02}-{m:02}-{y}"),
    months="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    rate=Decimal("0.22"),
    currency="EUR",
    companies=(
        _company("""
            Officine Bellandi S.r.l. | Via dei Mille 9 | 50121 Firenze | Italia | IT09530210153 |
            IT60X0542811101000000123456
        """),
        _company("""
            Trattoria Da Ninetta S.n.c. | Corso Garibaldi 102 | 16128 Genova | Italia | IT02656320153 |
        """),
    ),
    wordings=(
        _wording("""
            FATTURA | NOTA DI CREDITO | Fattura n. | Data fattura | Scadenza | Vs. ordine n. | Imponibile | IVA 22%
            | Totale fattura | Netto a pagare | Acconto | Spett.le | Fornitore | Pagamento: bonifico a {} giorni |
            P.IVA | Nota di credito n. | Descrizione; Q.tà; Prezzo; Importo
        """),
        _wording("""
            Fattura | Nota di credito | Numero documento: | Data documento: | Data di scadenza: |
            Ordine di acquisto: | Totale imponibile | Totale IVA | Totale documento | Totale da pagare | Già pagato
            | Cliente: | Cedente: | Termini di pagamento: {} gg data fattura | Partita IVA: | Numero documento: |
            Articolo; Quantità; Prezzo unitario; Totale riga
        """),
        _wording("""
            Fattura | Nota credito | Numero | Data | Da pagare entro il | Riferimento ordine | Totale netto |
            Imposta | Importo totale | Saldo | Anticipo | Destinatario | Emittente |
            Da saldare entro {} giorni dalla data fattura. | P. IVA | Numero | Prestazione; N.; Tariffa; Somma
        """),
    ),
)
NL = Locale(
    code="nl",
    thousands=".",
    decimal=",",
    amount="€ {}",
    dates=("{d:02}-{m:02}-{y}", "{d} {month} {y}", "{d:02}/{m:02}/{y}"),
    months="januari februari maart april mei juni juli augustus september oktober november december",
    rate=Decimal("0.21"),
    currency="EUR",
    companies=(
        _company("""
            Drukkerij Van Ommen B.V. | Keizersgracht 204 | 1016 DZ Amsterdam | Nederland | NL224992569B01 |
            NL91ABNA0417164300
        """),
        _company("""
            Bakkerij De Korenbloem B.V. | Dorpsstraat 18 | 3512 JC Utrecht | Nederland | NL485099998B01 |
        """),
    ),
    wordings=(
        _wording("""
            FACTUUR | CREDITNOTA | Factuurnummer | Factuurdatum | Vervaldatum | Uw referentie | Subtotaal | 21% btw
            | Totaal | Te betalen | Reeds betaald | Factuur aan | Van | Betaling binnen {} dagen. | Btw-nummer |
            Creditnotanummer | Omschrijving; Aantal; Prijs; Bedrag
        """),
        _wording("""
            Factuur | Creditfactuur | Factuurnr.: | Datum: | Uiterste betaaldatum: | Inkooporder: | Totaal excl. btw
            | Totaal btw | Totaal incl. btw | Openstaand bedrag | Aanbetaling | Klant: | Leverancier: |
            Gelieve te betalen binnen {} dagen na factuurdatum. | BTW-id | Creditfactuurnr.: |
            Artikel; Stuks; Tarief; Regeltotaal
        """),
        _wording("""
            Factuur | Creditnota | Factuur nr. | Datum factuur | Te betalen vóór | Bestelnummer | Nettobedrag |
            BTW 21% | Totaalbedrag | Nog te betalen | Voorschot | Factuuradres | Verkoper |
            Betalingstermijn: {} dagen | btw nr | Creditnota nr. | Werkzaamheden; Uren; Uurtarief; Totaal
        """),
    ),
)
PT = Locale(
    code="pt",
    thousands=".",
    decimal=",",
    amount="{} €",
    dates=("{d:02}/{m:02}/{y}", "{d} de {month} de {y}", "{d:02}-{m:02}-{y}"),
    months="janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    rate=Decimal("0.23"),
    currency="EUR",
    companies=(
        _company("""
            Gráfica Vale do Lima, Lda. | Rua do Carmo 55 | 1200-093 Lisboa | Portugal | PT597670714 |
            PT50000201231234567890154
        """),
        _company("""
            Padaria Sol Nascente, Lda. | Avenida da Boavista 310 | 4100-111 Porto | Portugal | PT503994197 |
        """),
    ),
    wordings=(
        _wording("""
            FATURA | NOTA DE CRÉDITO | Fatura n.º | Data da fatura | Data de vencimento | N.º de encomenda |
            Total ilíquido | IVA 23% | Total da fatura | Total a pagar | Adiantamento | Exmo.(s) Sr.(s) | Emitente |
            Prazo de pagamento: {} dias | NIF: | Nota de crédito n.º | Descrição; Qtd.; Preço; Valor
        """),
        _wording("""
            Fatura | Nota de Crédito | Número da fatura: | Data de emissão: | Vencimento: | Sua encomenda: |
            Subtotal | Total IVA | Total com IVA | Valor em dívida | Já pago | Faturar a: | Fornecedor: |
            Pagamento a {} dias da data da fatura. | NIF IVA: | Número da nota de crédito: |
            Artigo; Quantidade; Preço unitário; Total linha
        """),
        _wording("""
            Fatura | Nota de crédito | N.º documento | Data | Pagar até | V/ Referência | Valor sem IVA |
            Valor do IVA | Valor total | Saldo a pagar | Sinal | Cliente | Vendedor |
            Condições de pagamento: {} dias | Contribuinte | N.º documento | Serviço; Horas; Preço hora; Montante
        """),
    ),
)
LOCALES = (EN, FR, DE, ES, IT, NL, PT)
