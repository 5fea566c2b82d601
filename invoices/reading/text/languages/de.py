"""German."""

from __future__ import annotations

from invoices.reading.text.vocabulary import Vocabulary, words

WORDS = Vocabulary(
    code="de",
    months=(
        ("januar", "janner", "jan"),
        ("februar", "feber", "feb"),
        ("marz", "maerz", "mrz", "mar"),
        ("april", "apr"),
        ("mai",),
        ("juni", "jun"),
        ("juli", "jul"),
        ("august", "aug"),
        ("september", "sept", "sep"),
        ("oktober", "okt"),
        ("november", "nov"),
        ("dezember", "dez"),
    ),
    hints=words("""
        der, die, das, und, rechnung, kunde, mwst, ust, betrag, zahlbar, menge, bitte, sie, wir, fur, von, bis,
        tagen, ihre, zahlung, innerhalb, nr, gutschrift, preis, gmbh, auf, datum, umsatzsteuer, zwischensumme,
        gesamtbetrag, rechnungsnummer, rechnungsdatum, gutschriftsnummer, bestellnummer, einzelpreis, nettobetrag
    """),
    invoice_titles=words("""
        handelsrechnung, warenrechnung, abschlagsrechnung, schlussrechnung, teilrechnung, ausgangsrechnung,
        sammelrechnung, honorarrechnung, proforma rechnung, rechnung, faktura, honorarnote
    """),
    credit_titles=words("""
        gutschrift, rechnungskorrektur, stornorechnung, storno, korrekturrechnung, rechnungsgutschrift,
        gutschriftsanzeige, kaufmannische gutschrift
    """),
    number=words("""
        rechnungs #, rechnungsnummer, rechnung #, rechnungsnr, beleg #, belegnummer, rg #, re #, rechn #, rechnungs
        id, dokument #, dokumentennummer, rechnung nummer, faktura #, fakturanummer, dokumentnummer, fakturanr, rech
        #, vorgangsnummer, honorarnote #, nummer datum, rechnungsnummer datum, rechnungs # datum
    """),
    credit_number=words("""
        gutschrift #, gutschrifts #, gutschriftsnummer, gutschriftnummer, gutschriftnr, gutschriftsnr,
        korrektur #, storno #, stornorechnung #, rechnungskorrektur #, stornonummer, # der gutschrift, gutschrift
        nummer, korrekturrechnung #, # der rechnungskorrektur
    """),
    number_weak=words("nummer, unser zeichen, referenz, #"),
    related=words("""
        zu rechnung, zur rechnung, ursprungs, ursprungliche, bezug, bezug auf, storniert, korrigiert,
        originalrechnung, betrifft, ursprungsrechnung, gutschrift zu, urspruengliche, vorausgegangene
    """),
    issued=words("""
        rechnungsdatum, rechnung vom, belegdatum, ausstellungsdatum, datum der rechnung, rechnungs datum,
        ausgestellt am, gutschriftsdatum, gutschriftdatum, gutschrift vom, fakturadatum, rg datum, rechnungsdat, re
        datum, dokumentdatum, rechnungs lieferdatum, rechnung lieferdatum, rechnungs und lieferdatum, rechnungs und
        leistungsdatum, rechnungsstellung, datum rechnung, ausgestellt, erstellt am, erstellungsdatum, datum des
        belegs, beleg datum
    """),
    issued_weak=words("datum, den"),
    due=words("""
        fallig am, falligkeit, falligkeitsdatum, zahlbar bis, zahlungsziel, zahlbar bis zum, fallig bis, zu zahlen
        bis, zahlung bis, fallig, zahlungstermin, valuta, zahlungsfrist, fallig zum, zahlbar bis spatestens, faellig
        am, faelligkeit, falligkeitstermin, zahlungsfalligkeit, zahlung fallig am, falligkeit am, zahlbar am,
        zahlungsziel bis, netto bis, bitte zahlen bis, bitte bezahlen bis, zahlung erbeten bis, zu begleichen bis,
        zahlungseingang bis, bezahlen bis, lastschrift am, abbuchung am, einzug am, fallig bis zum, spatestens bis,
        bitte uberweisen bis
    """),
    due_phrases=(
        (
            r"(?:uberweis\w*|zahl\w*|begleich\w*|fallig\w*|faellig\w*|betrag|netto|anzuweisen)"
            r"\b[^.\d]{0,70}?\b(?:bis|am|zum)(?: spatestens| zum| am)*"
        ),
        r"\bbis(?: zum)?(?=\s\d{1,2}\.\d{1,2}\.\d{2,4} (?:ohne abzug|rein netto|netto))",
    ),
    order=words("""
        bestell #, bestellnummer, bestellung, bestellung #, ihre bestellung, ihre bestellnummer, ihre
        auftragsnummer, auftrags #, auftragsnummer, ihre referenz, kundenreferenz, ihr zeichen, ihre bestellung #,
        bestellreferenz, referenz des kaufers, bestellung # kunde, bestell referenz, ihre bestell #, po #, ihr
        auftrag, kundenbestellnummer, auftrag #, kundenauftrag, bestellzeichen, ihr bestellzeichen, ihre best #,
        bestellung vom kunden
    """),
    net=words("""
        nettobetrag, netto, summe netto, zwischensumme, gesamt netto, netto gesamt, nettosumme, rechnungssumme
        netto, gesamtbetrag netto, summe positionen, positionssumme, gesamtnetto, warenwert netto, rechnungsbetrag
        netto, rechnungssumme ohne ust, total netto, netto summe, gesamtsumme netto, summe ohne mwst,
        nettogesamtbetrag, zwischensumme netto, betrag netto, netto betrag, nettowert, gesamtpreis netto, total exkl
        mwst, summe exkl mwst, positionen netto, gesamt ohne ust, gesamtnettobetrag, summe zzgl mwst, nettogesamt,
        steuerbasisbetrag, total ohne mwst, zwischentotal, nettoumsatz, netto warenwert, gesamtbetrag ohne ust,
        summe net, gesamtbetrag exkl mwst, summe der positionen, gesamtpreis ohne mwst, netto rechnungsbetrag, summe
        nettobetrage, nettorechnungsbetrag, netto gesamtbetrag, gesamtbetrag ohne mwst, total vor mwst, betrag exkl
        mwst, summe netto gesamt, steuerpflichtiger betrag, bemessungsgrundlage, warenwert, nettobetrag gesamt,
        total exkl, gesamtsumme ohne mwst, summe ohne ust, total exklusive mwst
    """),
    tax=words("""
        mwst, ust, umsatzsteuer, mehrwertsteuer, zzgl mwst, zzgl ust, steuerbetrag, ust gesamt, mwst gesamt, ust
        betrag, mwst betrag, zuzuglich mwst, zuzuglich ust, zuzuglich umsatzsteuer, zzgl umsatzsteuer, summe mwst,
        summe ust, steuer, gesamt mwst, gesamt ust, steuern, mwst summe, umsatzsteuerbetrag, gesamtsteuer,
        enthaltene mwst, mehrwertsteuerbetrag, zzgl mehrwertsteuer, zuzuglich mehrwertsteuer, steuersumme,
        gesamtbetrag ust, gesamtbetrag mwst, ust summe, gesamt umsatzsteuer, gesamtbetrag umsatzsteuer, summe
        umsatzsteuer, mehrwertsteuer gesamt, enthaltene umsatzsteuer, zzgl gesetzl ust, zzgl gesetzlicher
        umsatzsteuer, umsatzsteuer gesamt, ust anteil, zzgl gesetzl mwst, zzgl gesetzliche mwst, zwischensumme ust,
        zwischensumme mwst
    """),
    total=words("""
        gesamtbetrag, rechnungsbetrag, bruttobetrag, brutto, summe brutto, gesamt brutto, brutto gesamt, endbetrag,
        rechnungssumme, gesamtsumme, bruttosumme, rechnungssumme brutto, endsumme, summe gesamt, gesamtbetrag
        brutto, rechnungsbetrag brutto, gesamtpreis, total inkl mwst, total brutto, gesamtsumme brutto, gesamtbetrag
        inkl mwst, gesamtbetrag inkl ust, rechnungsendbetrag, rechnungstotal, summe inkl mwst, bruttogesamtbetrag,
        gutschriftsbetrag, gutschriftbetrag, gesamtbrutto, gesamt inkl mwst, gesamt inkl ust, rechnungsgesamtbetrag,
        brutto betrag, brutto endbetrag, gesamtendbetrag, rechnungssumme mit ust, rechnungsbetrag inkl mwst,
        rechnungsbetrag inkl ust, gutschriftssumme, gutschrift betrag, summe inkl ust, gesamtbetrag der rechnung,
        bruttorechnungsbetrag, total inkl, bruttogesamt, total inklusive mwst, rechnungsbetrag gesamt, endpreis,
        gesamtrechnungsbetrag, totalbetrag, rechnungsbetrag total, gesamtsumme inkl mwst, gesamtsumme inkl ust,
        betrag inkl mwst, total inkl ust
    """),
    total_weak=words("gesamt, summe, total, betrag, insgesamt"),
    payable=words("""
        zahlbetrag, zu zahlen, zu zahlender betrag, offener betrag, restbetrag, zahlungsbetrag, zu bezahlen,
        falliger betrag, zu uberweisender betrag, noch zu zahlen, offener rechnungsbetrag, restzahlung,
        uberweisungsbetrag, gesamt zu zahlen, verbleibender betrag, zu begleichen, faelliger betrag, noch offen,
        offen, auszahlungsbetrag, erstattungsbetrag, zu zahlender gesamtbetrag, noch offener betrag, restsumme,
        offener saldo, saldo, abbuchungsbetrag, lastschriftbetrag, verbleibender rechnungsbetrag, verbleibender
        zahlbetrag, zahlbarer betrag, noch zu zahlender betrag, rechnungsbetrag zu zahlen, falliger rechnungsbetrag,
        bitte zahlen
    """),
    paid=words("""
        bereits bezahlt, bereits gezahlt, anzahlung, anzahlungen, erhaltene anzahlungen, erhaltene anzahlung,
        abzuglich anzahlung, bezahlt, gezahlt, vorauszahlung, geleistete zahlungen, erhaltene zahlungen, zahlung
        erhalten, bereits geleistet, geleistete anzahlung, abschlagszahlung, abzgl anzahlung, bereits geleistete
        zahlungen, abzuglich geleistete anzahlung, abzgl bereits gezahlt, abzuglich bereits gezahlt, abzuglich
        zahlung, bereits beglichen, zahlungseingang, abzuglich erhaltene anzahlung, teilzahlung, geleistete
        abschlage, zahlungen, abzgl zahlung, bereits erhalten, abzuglich anzahlungen, bereits geleistete anzahlung,
        bereits bezahlter betrag, bezahlt am
    """),
    previous=words("""
        saldo vormonat, alter saldo, vorheriger saldo, saldovortrag, ubertrag, offener betrag vormonat, vortrag,
        letzte rechnung
    """),
    withheld=words("abzugssteuer, bauabzugsteuer"),
    added=words("versandkosten, versand, fracht, porto, rabatt, skonto, gebuhr, verpackung, lieferkosten"),
    buyer=words("""
        kunde, rechnung an, rechnungsempfanger, kaufer, rechnungsadresse, rechnungsanschrift, empfanger,
        leistungsempfanger, kaufer leistungsempfanger, auftraggeber, kundenadresse, kundenanschrift, an, firma,
        besteller, kundendaten, gutschrift an, herrn, frau, kundin, name des kunden, abnehmer, rechnung fur,
        rechnungsadressat, vertragspartner, debitor, zahlbar durch, in rechnung gestellt an, abrechnung an
    """),
    seller=words("""
        verkaufer, lieferant, rechnungssteller, von, absender, leistungserbringer, auftragnehmer, anbieter,
        aussteller, rechnung von, dienstleister, ihr ansprechpartner, rechnungsersteller, kontoinhaber,
        begunstigter, zahlbar an, zahlungsempfanger, konto zahlbar an, verkauft von, verkauf durch
    """),
    delivery=words("""
        lieferadresse, lieferanschrift, warenempfanger, lieferung an, abweichender warenempfanger, versand an,
        abweichender zahlungsempfanger, leistungsort, lieferort, abweichender rechnungsempfanger, versandadresse
    """),
    yours=words("kunde, kunden, ihre, ihr, empfanger, kaufer, leistungsempfanger, besteller"),
    day=r"(?:kalender|werk|arbeits)?-?tag(?:en?)?",
    before_days=words("""
        zahlbar, zahlungsziel, zahlung, zahlen, zahlungsbedingung, uberweis, netto, fallig, faellig, begleich,
        zahlungsfrist, rechnungsbetrag, innerhalb, binnen
    """),
    after_days=words("""
        netto, rein netto, ohne abzug, nach rechnung, ab rechnung, nach erhalt, dato, nach zugang,
        zum monatsende
    """),
    at_once=(
        (
            r"(?:zahlbar|fallig|zahlung|faellig|betrag)[^.\d]{0,40}\b(?:sofort|umgehend|unverzuglich"
            r"|bei erhalt|nach erhalt|bei lieferung|mit rechnungserhalt)"
        ),
        r"\bsofort (?:rein )?(?:netto|fallig|zahlbar|ohne abzug)",
    ),
    end_of_month=(r"\bmonatsende\b", r"\bende des monats\b"),
    late=words("""
        verzug, mahnung, mahn, nach falligkeit, verzugszins, reklamation, beanstandung, widerspruch
    """),
    discount=words("skonto, abzug"),
    company_forms=words("gmbh, ag, kg, ohg, ug, gbr, ev, e v, e k, ek, kgaa, mbh, eg, se, partg"),
)
