"""Italian."""

from __future__ import annotations

from invoices.reading.text.vocabulary import Vocabulary, words

WORDS = Vocabulary(
    code="it",
    months=(
        ("gennaio", "gen", "genn"),
        ("febbraio", "feb", "febb"),
        ("marzo", "mar"),
        ("aprile", "apr"),
        ("maggio", "mag"),
        ("giugno", "giu"),
        ("luglio", "lug"),
        ("agosto", "ago"),
        ("settembre", "sett", "set"),
        ("ottobre", "ott"),
        ("novembre", "nov"),
        ("dicembre", "dic"),
    ),
    hints=words("""
        il, di, del, della, fattura, cliente, iva, importo, pagamento, scadenza, quantita, prezzo, descrizione,
        per, con, giorni, imponibile, totale, spett, partita, codice, fiscale, bonifico
    """),
    invoice_titles=words("""
        fattura proforma, fattura accompagnatoria, fattura immediata, fattura differita, fattura di vendita,
        fattura di cortesia, fattura commerciale, fattura di acconto, fattura, parcella
    """),
    credit_titles=words("nota di credito, nota credito, nota di accredito, storno fattura"),
    number=words("""
        fattura #, # fattura, numero fattura, numero della fattura, fattura numero, numero documento, documento #, #
        documento, num fattura, rif fattura, ft #, fatt #, nr fattura, # di fattura, numero di fattura, numero doc,
        num doc, # doc, num documento, parcella #, numero data, # fattura elettronica, fattura elettronica #,
        bolletta #, # bolletta, numero bolletta
    """),
    credit_number=words("""
        nota di credito #, nota credito #, # nota di credito, numero nota di credito, numero nota credito, nc #,
        # nota credito, nota di accredito #, numero della nota di credito
    """),
    number_weak=words("numero, #, riferimento, rif, ns riferimento"),
    related=words("""
        rif fattura, riferimento fattura, fattura originale, fattura di riferimento, originale, a storno,
        storno della, relativa alla, fattura collegata, su fattura, a fronte della, della fattura,
        fatture collegate, rettifica
    """),
    issued=words("""
        data fattura, data di emissione, data emissione, data della fattura, data documento, emessa il, data doc,
        data del documento, data di fatturazione, data nota di credito, data nota, fattura del, data di fattura, in
        data, data della nota, data emissione fattura, emessa in data, emissione, data creazione
    """),
    issued_weak=words("data, li"),
    due=words("""
        data di scadenza, scadenza, data scadenza, scadenza pagamento, scadenze, da pagare entro il, entro il,
        pagare entro il, pagamento entro il, termine di pagamento, scadenza il, data di pagamento, data pagamento,
        da pagare entro, scadenza del pagamento, scade il, scadenza al, scad, scadenza fattura, pagabile entro il,
        data addebito, addebito in data, da saldare entro il, entro la data, pagabile entro, entro
    """),
    due_phrases=(
        (
            r"(?:pag\w*|saldar\w*|scad\w*|bonifico|versar\w*)\b[^.\d]{0,70}?\b(?:entro e non oltre il"
            r"|entro il|entro|il|al)"
        ),
        r"(?:addebit\w*|prelev\w*)\b[^.\d]{0,70}?\b(?:in data|il giorno|il)",
    ),
    order=words("""
        ordine #, # ordine, numero ordine, vostro ordine, vs ordine, ordine di acquisto, rif ordine, riferimento
        ordine, vs ordine #, ordine cliente, vostro riferimento, vs riferimento, vs rif, ordine di acquisto #,
        ordine d'acquisto, numero d'ordine, vostro ordine #, ordine, rif vs ordine, # ordine cliente, ordine cliente
        #, ord #, vs ord, codice ordine, ordine nr, rif ordine cliente, po #
    """),
    net=words("""
        imponibile, totale imponibile, subtotale, totale netto, netto, imponibile totale, base imponibile, totale
        iva esclusa, importo netto, totale merce, totale senza iva, sub totale, tot imponibile, totale al netto di
        iva, netto merce, totale netto merce, totale imponibile iva, importo imponibile, totale prestazioni, totale
        esclusa iva, totale escl iva, importo senza iva, importo escluso iva, totale escluso iva, totale prodotti,
        totale servizi, valore imponibile, imponibile netto, totale parziale, importo al netto di iva, totale imp,
        imponibile iva
    """),
    tax=words("""
        iva, totale iva, imposta, totale imposta, importo iva, i v a, imposte, totale imposte, iva totale, di cui
        iva, ammontare iva, tot iva, importo imposta, iva al, totale i v a, importo i v a, imposta iva
    """),
    total=words("""
        totale fattura, totale documento, importo totale, totale iva inclusa, totale ivato, totale complessivo,
        totale generale, totale da fattura, tot fattura, tot documento, totale nota di credito, totale lordo, totale
        nota credito, totale con iva, totale iva compresa, importo totale documento, totale incl iva, totale della
        fattura, ammontare totale, importo fattura, totale incluso iva, importo totale fattura, totale doc, importo
        complessivo, totale accredito, importo della fattura, totale iva incl, totale compresa iva, totale finale,
        totale bolletta
    """),
    total_weak=words("totale, importo, totali, tot"),
    payable=words("""
        netto a pagare, totale da pagare, totale a pagare, da pagare, importo da pagare, saldo, a pagare, totale
        dovuto, importo dovuto, residuo, saldo da pagare, netto da pagare, totale da saldare, residuo da pagare,
        importo a pagare, netto a credito, totale da rimborsare, saldo dovuto, importo residuo, importo totale
        dovuto, totale da versare, da saldare, saldo residuo, da versare, importo da versare, dovuto, residuo a
        pagare, importo ancora dovuto
    """),
    paid=words("""
        acconto, acconti, gia pagato, pagato, importo pagato, acconto versato, anticipo, totale pagato, pagamento
        ricevuto, gia versato, acconto ricevuto, pagamenti ricevuti, acconto gia versato, acconto pagato, pagato il,
        gia corrisposto, anticipi, pagamenti effettuati, versato, caparra, a detrarre acconto, meno acconto, importo
        versato
    """),
    previous=words("saldo precedente, riporto, a riportare, fattura precedente, saldo anteriore"),
    withheld=words("ritenuta d'acconto, ritenuta, rit acconto, ritenuta acconto, totale ritenuta"),
    added=words("""
        spese di trasporto, trasporto, spese, sconto, bollo, imposta di bollo, contributo, cassa, spedizione,
        spese di spedizione, rivalsa, spese bollo, contributo integrativo
    """),
    buyer=words("""
        cliente, spett, spett le, spettabile, destinatario, fatturato a, intestatario, intestata a, fattura a,
        cessionario, committente, cessionario committente, dati cliente, dati del cliente, egr, fatturare a,
        indirizzo di fatturazione, acquirente, intestazione, per, destinatario fattura, ragione sociale,
        intestatario fattura, dati di fatturazione, dati fatturazione, spettabile ditta, pagabile da
    """),
    seller=words("""
        fornitore, cedente, prestatore, cedente prestatore, emittente, venditore, da, mittente, emessa da, dati
        fornitore, dati del fornitore, dati azienda, beneficiario, intestatario conto, venduto da, dati del
        prestatore, dati del cedente, dati del venditore, pagabile a, conto pagabile a
    """),
    delivery=words("""
        destinazione, luogo di destinazione, indirizzo di consegna, consegna, luogo di consegna, spedire a,
        destinazione merce, destinazione della merce, indirizzo di spedizione, spedizione, luogo destinazione
    """),
    yours=words("cliente, vs, vostra, vostro, destinatario, cessionario, committente"),
    day=r"(?:gg|giorni)\b\.?",
    before_days=words("""
        pagamento, pagare, bonifico, scadenza, condizioni, entro, rimessa diretta, riba, termini, ri.ba, r.b,
        saldo, a
    """),
    after_days=words("""
        d.f, data fattura, netto, netti, dalla, fm, f.m, fine mese, dal, df, ffm, dffm, dopo, dall'emissione
    """),
    at_once=(
        r"\brimessa diretta\b(?![^.]{0,25}\d)",
        r"\bvista fattura\b",
        r"\bpagamento immediato\b",
        r"\bin contanti\b",
        r"\ba vista\b",
        r"\ba ricevimento fattura\b",
        r"\bal ricevimento\b",
        r"\bcontestuale\b",
        r"\balla consegna\b",
    ),
    end_of_month=(r"\bfine mese\b", r"\bf\.? ?m\b", r"\bffm\b", r"\bdffm\b"),
    late=words("""
        ritardo, ritardato, mora, interessi, contestazione, contestazioni, reclami, reclamo, recesso
    """),
    discount=words("sconto"),
    company_forms=words("srl, s r l, srls, spa, s p a, sas, s a s, snc, s n c, scarl, coop, ss"),
)
