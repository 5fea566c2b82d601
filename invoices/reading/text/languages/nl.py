"""Dutch."""

from __future__ import annotations

from invoices.reading.text.vocabulary import Vocabulary, words

WORDS = Vocabulary(
    code="nl",
    months=(
        ("januari", "jan"),
        ("februari", "feb"),
        ("maart", "mrt", "maa"),
        ("april", "apr"),
        ("mei",),
        ("juni", "jun"),
        ("juli", "jul"),
        ("augustus", "aug"),
        ("september", "sept", "sep"),
        ("oktober", "okt"),
        ("november", "nov"),
        ("december", "dec"),
    ),
    hints=words("""
        de, het, een, van, en, factuur, klant, btw, bedrag, betaling, datum, aantal, prijs, omschrijving, voor,
        binnen, dagen, gelieve, te, uw, wij, op, kvk, vervaldatum, totaal, onder, graag
    """),
    invoice_titles=words("verkoopfactuur, proformafactuur, factuur, nota"),
    credit_titles=words("creditnota, creditfactuur, credit nota, credit factuur, kredietnota"),
    number=words("""
        factuur #, factuurnummer, factuurnr, # factuur, nummer factuur, factuur nummer, documentnummer,
        document #, factuurreferentie, fact #, notanummer, faktuurnummer, verkoopfactuur #, factuurnum
    """),
    credit_number=words("""
        creditnota #, creditnotanummer, creditfactuur #, creditfactuurnummer, creditnummer, kredietnota #,
        credit nota #, creditnota nummer, creditnotanr, creditfactuurnr, # creditnota, # creditfactuur
    """),
    number_weak=words("nummer, kenmerk, ons kenmerk, referentie, onze referentie, #"),
    related=words("""
        oorspronkelijke, betreft factuur, originele, bij factuur, inzake, gerelateerde, op factuur,
        heeft betrekking op, betreffende factuur, van factuur
    """),
    issued=words("""
        factuurdatum, datum factuur, factuur datum, datum van uitgifte, uitgiftedatum, documentdatum, datum van
        factuur, creditnotadatum, datum creditnota, creditdatum, creditfactuurdatum, opgemaakt op, datum van de
        factuur, datum uitreiking, gefactureerd op, notadatum, factuur van, aanmaakdatum, facturatiedatum, datum
        facturatie, opgesteld op, uitgereikt op
    """),
    issued_weak=words("datum"),
    due=words("""
        vervaldatum, vervaldag, te betalen voor, uiterste betaaldatum, betalen voor, betaaldatum, verval, uiterlijk
        te betalen op, betaling voor, betaal voor, vervalt op, uiterlijk, te voldoen voor, betalen uiterlijk,
        vervaldatum factuur, betaling uiterlijk, te betalen uiterlijk op, betalingsdatum, uiterste betalingsdatum,
        betaaltermijn tot, te betalen op, te betalen uiterlijk, betaling voor of op, betaal uiterlijk, uiterste
        datum, voldoen voor, incassodatum, betaling verwacht voor, betalen tot, vervalt, uiterste betaaldag, te
        voldoen uiterlijk
    """),
    due_phrases=(
        (
            r"(?:betal\w*|voldoen|overma\w*|overgemaakt|betaal\w*|voldaan|verval\w*)\b[^.\d]{0,70}?"
            r"\b(?:uiterlijk op|uiterlijk|voor of op|voor|tot|op)"
        ),
        r"\b(?:incass\w*|geincasseerd|afgeschreven)\b[^.\d]{0,70}?\b(?:op of omstreeks|omstreeks|rond|op)",
        r"\bword(?:t|en) (?:op of omstreeks|omstreeks|rond|op)(?= \d.{0,60}(?:geincasseerd|afgeschreven))",
        r"\b(?:voor|uiterlijk op|uiterlijk)(?= \d[^.]{0,60}(?:betal|voldoen|over te maken|voldaan))",
    ),
    order=words("""
        bestelnummer, ordernummer, inkooporder, inkoopordernummer, uw bestelling, uw order, uw referentie,
        inkooporder #, order #, bestelling #, po nummer, po #, uw bestelnummer, uw ordernummer, bestelbon, uw
        kenmerk, klantreferentie, bestelbonnummer, inkoopnummer, uw ref, bestelling, referentie klant, klantorder,
        ordernr, bestelnr, uw ordernr, uw opdracht, referentie opdrachtgever, po
    """),
    net=words("""
        subtotaal, totaal excl btw, totaal exclusief btw, netto, nettobedrag, bedrag excl btw, totaal netto, netto
        totaal, bedrag exclusief btw, maatstaf van heffing, totaal ex btw, subtotaal excl btw, belastbaar bedrag,
        onbelast bedrag, grondslag, excl btw, totaal zonder btw, factuurbedrag excl btw, subtotaal exclusief btw,
        totaalbedrag excl btw, totaalbedrag exclusief btw, netto bedrag, nettototaal, totaal excl, exclusief btw,
        totaal excl b t w, subtotaal exclusief, netto excl btw, bedrag ex btw, subtotaal ex btw, btw grondslag,
        netto factuurbedrag, som excl btw, totaal netto excl btw
    """),
    tax=words("""
        btw, totaal btw, btw bedrag, b t w, btw totaal, btw hoog, btw laag, belasting, bedrag btw, te betalen btw,
        totaal btw bedrag, plus btw, b t w bedrag, totaal b t w, bedrag b t w, subtotaal btw
    """),
    total=words("""
        totaal incl btw, totaal inclusief btw, totaalbedrag, factuurbedrag, factuurtotaal, totaal factuur,
        eindtotaal, brutobedrag, bedrag incl btw, bruto totaal, totaal bruto, totaalbedrag incl btw, totaal
        generaal, totaalbedrag inclusief btw, algemeen totaal, bedrag inclusief btw, totaal incl, creditbedrag,
        totaal creditnota, incl btw, inclusief btw, totaal factuurbedrag, totale bedrag, brutototaal, totaal te
        crediteren, factuurbedrag incl btw, totaal credit, totaal met btw, totaal incl b t w, totaal van deze
        factuur, totaalprijs, bedrag incl, totaalsom, totaal creditfactuur, totaal te crediteren bedrag, totaal
        factuur incl btw
    """),
    total_weak=words("totaal, bedrag, som"),
    payable=words("""
        te betalen, totaal te betalen, te betalen bedrag, openstaand bedrag, openstaand, te voldoen, restbedrag, nog
        te betalen, saldo, totaal te voldoen, verschuldigd bedrag, totaal verschuldigd, te ontvangen, bedrag te
        betalen, openstaand saldo, te betalen totaal, nog te voldoen, resterend bedrag, netto te betalen, terug te
        ontvangen, totaal te voldoen bedrag, totaal verschuldigd bedrag, nog te betalen bedrag, te incasseren,
        resteert, verschuldigd, door u te betalen, totaal nog te betalen, saldo te betalen, te ontvangen bedrag
    """),
    paid=words("""
        reeds betaald, betaald, aanbetaling, voorschot, reeds voldaan, voldaan, ontvangen betaling, al betaald,
        vooruitbetaald, reeds ontvangen, betaald bedrag, ontvangen betalingen, reeds betaald bedrag,
        vooruitbetaling, ontvangen, aanbetaald, eerder betaald, ontvangen voorschot, voorschotten, vooruit betaald,
        betaald op, betalingen, reeds ontvangen betaling, reeds voldaan bedrag, minus aanbetaling
    """),
    previous=words("""
        vorig saldo, oud saldo, beginsaldo, vorige factuur, transport van vorige pagina, saldo vorige factuur
    """),
    withheld=(),
    added=words("""
        verzendkosten, korting, toeslag, administratiekosten, transport, vrachtkosten, portokosten
    """),
    buyer=words("""
        klant, factuur aan, factuuradres, aan, klantgegevens, afnemer, gefactureerd aan, koper, debiteur, t a v, ter
        attentie van, facturatieadres, opdrachtgever, factuurgegevens, geadresseerde, facturatie aan, bedrijfsnaam,
        factuur voor, factuurontvanger, verzonden aan, factureren aan
    """),
    seller=words("""
        leverancier, van, verkoper, afzender, factuur van, onze gegevens, dienstverlener, opdrachtnemer, ten name
        van, t n v, begunstigde, rekeninghouder, op naam van, verkocht door, gegevens leverancier
    """),
    delivery=words("""
        afleveradres, leveringsadres, verzendadres, bezorgadres, geleverd aan, leveradres, aflevering
    """),
    yours=words("klant, uw, afnemer, koper, debiteur, opdrachtgever"),
    day=r"(?:kalender|werk)?-?dagen",
    before_days=words("""
        betal, betaal, voldoen, voldaan, overma, termijn, netto, over te maken, binnen
    """),
    after_days=words("""
        netto, na, na factuurdatum, na ontvangst, vanaf, einde maand, te rekenen
    """),
    at_once=(
        r"\bcontant\b",
        r"\bdirect (?:te betalen|betaalbaar|te voldoen)\b",
        r"\bper omgaande\b",
        r"\bonmiddellijk\b",
        r"(?:bij|na) ontvangst van (?:de(?:ze)? )?factuur",
        r"\bbetaling bij ontvangst\b",
    ),
    end_of_month=(r"\beinde maand\b", r"\beinde van de maand\b"),
    late=words("""
        te late, te laat, rente, klacht, klachten, verzuim, bezwaar, reclame, reclames, laattijdige
    """),
    discount=words("korting, kredietbeperking"),
    company_forms=words("bv, b v, nv, n v, vof, v o f, cv, bvba, comm v"),
)
