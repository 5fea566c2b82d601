"""French."""

from __future__ import annotations

from invoices.reading.text.vocabulary import Vocabulary, words

WORDS = Vocabulary(
    code="fr",
    months=(
        ("janvier", "janv", "jan"),
        ("fevrier", "fevr", "fev"),
        ("mars", "mar"),
        ("avril", "avr"),
        ("mai",),
        ("juin",),
        ("juillet", "juil", "jul"),
        ("aout", "aou"),
        ("septembre", "sept", "sep"),
        ("octobre", "oct"),
        ("novembre", "nov"),
        ("decembre", "dec"),
    ),
    hints=words("""
        le, la, les, et, du, des, facture, client, tva, montant, reglement, paiement, votre, quantite,
        designation, pour, en, echeance, ttc, ht, par, nous, vous, avoir, est, une
    """),
    invoice_titles=words("""
        facture d'acompte, facture de solde, facture proforma, facture de vente, facture commerciale, facture,
        note d'honoraires
    """),
    credit_titles=words("facture d'avoir, facture avoir, avoir, note de credit, facture rectificative"),
    number=words("""
        facture #, # de facture, # facture, numero de facture, numero facture, ref facture, reference facture,
        reference de la facture, # de la facture, numero de la facture, # de piece, facture numero, piece #, # du
        document, document #, fact #, facture reference, facture ref, note d'honoraires #, numero date
    """),
    credit_number=words("""
        avoir #, # d'avoir, # avoir, numero d'avoir, numero avoir, # de l'avoir, note de credit #,
        # de note de credit, # note de credit, numero de l'avoir, ref avoir, facture d'avoir #, # de la note de
        credit
    """),
    number_weak=words("#, numero, reference, nos references, notre reference, n ref, ref, piece"),
    related=words("""
        associee, d'origine, origine, liee, initiale, annule, annulee, rectifiee, sur facture, relatif a,
        concernant, precedente, facture concernee, avoir sur, reference a la facture
    """),
    issued=words("""
        date de facture, date facture, date de la facture, date d'emission, date emission, emise le, emis le,
        facture du, date de facturation, date facturation, facturee le, facture le, date du document, date d'avoir,
        date de l'avoir, date avoir, etabli le, etablie le, en date du, avoir du, date d'etablissement, date de
        piece, date d'edition, date de creation, emission, facture emise le, facture etablie le
    """),
    issued_weak=words("date, le"),
    due=words("""
        date d'echeance, echeance, date echeance, date limite de paiement, date limite de reglement, a payer avant
        le, a regler avant le, payable le, echeance le, a regler le, reglement le, date de reglement, date de
        paiement, payable avant le, paiement du au, payable au plus tard le, a payer pour le, a payer le, echeance
        de paiement, a payer au plus tard le, echeance au, date d'exigibilite, paiement le, date d'echeance du
        paiement, paiement avant le, a regler avant, date d'exigibilite du paiement, payable jusqu'au, echeance de
        reglement, a regler pour le, date limite, prelevement le, preleve le, preleve a partir du, date de
        prelevement, paiement attendu le, paiement attendu avant le, net a payer avant le, payable au, exigible le,
        date echeance paiement
    """),
    due_phrases=(
        (
            r"(?:payer|regler|reglement|paiement|payable|virement|echeance)\b[^.\d]{0,70}?\b(?:avant le"
            r"|au plus tard le|jusqu'au|pour le|d'ici le|le|au)"
        ),
    ),
    order=words("""
        # bon de commande, # de bon de commande, bon de commande, bon de commande #, commande #, # commande, # de
        commande, votre commande, votre commande #, ref commande, reference commande, reference client, votre
        reference, vos references, v ref, numero de commande, commande client, reference acheteur, engagement #, #
        d'engagement, bdc, ref client, votre ref, reference de commande, commande, votre # de commande, # bc, bc #,
        po, po #, cde #, votre bon de commande, votre commande du, # d'engagement juridique
    """),
    net=words("""
        total ht, total h t, montant ht, montant total ht, sous total, sous total ht, net ht, total hors taxes,
        total hors taxe, montant hors taxes, total net ht, base ht, total hors tva, montant net ht, total general
        ht, montant hors taxe, montant hors tva, somme ht, total htva, base imposable, total brut ht, prix total ht,
        total net hors taxes, ht, base hors taxe, net total, total ht net, total net, prix ht, sous total hors
        taxes, net commercial, montant net, ht total, base h t, base tva, total base ht, montant h t, total ht apres
        remise
    """),
    tax=words("""
        tva, total tva, montant tva, montant de la tva, t v a, dont tva, taxes, total taxes, total des taxes, taxe,
        total de la tva, montant total tva, tva a, montant des taxes, tps, tvq, montant t v a, tva totale, total t v
        a, taxe sur la valeur ajoutee, sous total tva
    """),
    total=words("""
        total ttc, total t t c, montant ttc, montant total ttc, total toutes taxes comprises, total general, net
        ttc, total de la facture, total facture, montant total, montant de la facture, total general ttc, montant
        toutes taxes comprises, prix total ttc, somme ttc, total tvac, total de l'avoir, total avoir, montant total
        de la facture, montant de l'avoir, total tva comprise, total tva incluse, montant facture, ttc, montant
        total t t c, total facture ttc, total ttc de la facture, prix ttc, total avoir ttc, montant avoir, montant
        de la facture ttc, montant ttc de la facture, montant t t c, montant de la periode, total de la periode,
        total ttc de la periode
    """),
    total_weak=words("total, montant, totaux, somme"),
    payable=words("""
        net a payer, net a payer ttc, total a payer, reste a payer, solde a payer, montant a payer, solde du, solde,
        a payer, reste du, montant du, total du, net a regler, a regler, solde restant du, reste a regler, net a
        deduire, total a regler, montant a regler, net a crediter, montant net a payer, total net a payer, net a
        votre credit, net a rembourser, a deduire, montant restant du, solde a regler, montant net a regler, montant
        a prelever, solde net a payer, restant du, montant exigible, net du, montant ttc a payer, a payer ttc, total
        a payer ttc, montant total a payer, montant total du
    """),
    paid=words("""
        acompte, acomptes, acompte verse, acomptes verses, deja paye, deja regle, montant deja paye, montant paye,
        montant deja regle, regle, total paye, paiement recu, paiements recus, avance, deja verse, acompte recu,
        acompte paye, montant regle, paye, reglements recus, deja percu, acompte deja regle, acompte deja verse,
        total paiements, a deduire acompte, montant verse, versement, acompte percu, paye le, regle le, deja payes,
        paiement effectue, avance versee, moins acompte
    """),
    previous=words("""
        solde anterieur, solde precedent, ancien solde, report, solde reporte, facture precedente, report a nouveau,
        montant reporte
    """),
    withheld=words("retenue a la source, retenue de garantie"),
    added=words("""
        frais de port, port, frais, remise, escompte, eco participation, eco contribution, debours
    """),
    buyer=words("""
        client, facture a, adresse de facturation, facturer a, adresse a, adressee a, destinataire, acheteur,
        adresse du client, adresse client, facturation, a l'attention de, doit, coordonnees client, nom du client,
        factures a, societe, vos coordonnees, facture pour, adresse facturation, a, preneur, votre client, pour,
        facture adressee a, client facture, informations client, donneur d'ordre, nom client, payable par, a
        facturer a
    """),
    seller=words("""
        emetteur, vendeur, fournisseur, de, prestataire, emis par, expediteur, nos coordonnees, emise par, societe
        emettrice, etabli par, facture par, emetteur de la facture, titulaire du compte, beneficiaire, a l'ordre de,
        payable a, compte payable a, vendu par
    """),
    delivery=words("""
        adresse de livraison, livraison, livre a, livrer a, lieu de livraison, adresse livraison,
        representant fiscal, adresse d'intervention, adresse du chantier, expedie a, chantier
    """),
    yours=words("client, votre, vos, acheteur, destinataire, preneur"),
    day=r"j(?:ours?|rs?)?\b\.?(?: calendaires| ouvres)?",
    before_days=words("""
        paiement, reglement, payable, payer, regler, echeance, virement, cheque, conditions, delai, sous,
        dans les, net, a
    """),
    after_days=words("""
        net, nets, fin de mois, fdm, date de facture, a compter, apres, suivant, a reception, date d'emission,
        de la facture, a partir
    """),
    at_once=(
        (
            r"(?:paiement|reglement|payable|echeance|exigible)[^.\d]{0,30}\b(?:immediat|comptant|a reception"
            r"|a la reception|des reception)"
        ),
        r"\bau comptant\b",
        r"\bcomptant a reception\b",
        r"\bnet a reception\b",
    ),
    end_of_month=(r"\bfin de mois\b", r"\bfdm\b", r"\bfin du mois\b"),
    late=words("retard, penalite, penalites, indemnite, contestation, reclamation, interets"),
    discount=words("escompte, anticipe"),
    company_forms=words("sarl, sas, sasu, sa, eurl, snc, sci, sprl, scop, scp, srl, asbl, selarl"),
)
