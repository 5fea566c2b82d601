"""English."""

from __future__ import annotations

from invoices.reading.text.vocabulary import Vocabulary, words

WORDS = Vocabulary(
    code="en",
    months=(
        ("january", "jan"),
        ("february", "feb"),
        ("march", "mar"),
        ("april", "apr"),
        ("may",),
        ("june", "jun"),
        ("july", "jul"),
        ("august", "aug"),
        ("september", "sept", "sep"),
        ("october", "oct"),
        ("november", "nov"),
        ("december", "dec"),
    ),
    hints=words("""
        the, and, of, invoice, payment, please, thank, you, your, quantity, description, amount, due, within,
        to, account, vat, from, bill, net, terms, credit, unit, price
    """),
    invoice_titles=words("commercial invoice, tax invoice, vat invoice, sales invoice, invoice, bill"),
    credit_titles=words("credit note, credit memo, credit memorandum, tax credit note, credit invoice"),
    number=words("""
        invoice #, invoice number, invoice id, invoice ref, invoice reference, inv #, tax invoice #, number of
        invoice, bill #, document #, invoice id #, our invoice #, sales invoice #, invoice code, number date,
        invoice number date, invoice # date, document number date
    """),
    credit_number=words("""
        credit note #, credit memo #, credit note ref, credit note id, credit #, cn #, credit note # date, credit
        memo # date
    """),
    number_weak=words("number, reference #, reference, our reference, our ref, ref, doc #, no"),
    related=words("""
        original invoice, related invoice, related, associated, refers to, credited invoice, corrects, against
        invoice, previous, relating to, in respect of, for invoice, applies to, invoice credited, credit for
        invoice, re invoice, original document
    """),
    issued=words("""
        invoice date, date of invoice, date of issue, issue date, issued on, issued at, issued, date issued,
        invoiced on, billing date, bill date, document date, tax date, dated, inv date, credit note date, credit
        memo date, date of credit note, tax point, invoice issued, invoice date tax point, date tax point, date
        raised, date created, created on, invoice raised, date invoiced, invoice issue date, credit date, billed on
    """),
    issued_weak=words("date"),
    due=words("""
        due date, payment due date, payment due, due on, due by, date due, pay by, pay before, payable by, payable
        until, payment deadline, payment date, settlement date, due, payable on, please pay by, invoice due date,
        maturity date, to be paid by, payment is due, invoice due, payment due on, due for payment, due for payment
        by, latest payment date, please pay before, net due date, direct debit date, collection date, payment to be
        made by, pay on or before, payment by, due before
    """),
    due_phrases=(
        (
            r"(?:pay|be paid|remit|settle|settled|transfer|payment|payable|due)\b[^.\d]{0,70}?\b(?:by|until"
            r"|before|on|than)(?: the)?"
        ),
        r"\b(?:up to|until)(?=\s\S{6,12} (?:without|no) deduction)",
        r"\b(?:collect\w*|debit\w*|taken)\b[^.\d]{0,60}?\bon(?: or (?:around|about|after|before))?",
    ),
    order=words("""
        purchase order, purchase order #, po #, p o s o #, po so #, p o #, po number, your order,
        your order #, customer order #, order
        #, order reference, customer po, your po, po, your reference, your ref, customer reference, buyer reference,
        order ref, customer ref, client po, customer po #, your po #, buyer order #, buyers order #, cust order #,
        customer order, purchase order reference, po reference, po ref, your order ref, customers order #, client
        reference, your purchase order, purchase order no
    """),
    net=words("""
        subtotal, sub total, net total, total net, net amount, total excl vat, total excluding vat, total ex vat,
        total before tax, amount before tax, taxable amount, total excl tax, net, subtotal excl vat, total without
        vat, amount excl vat, net invoice amount, total excluding tax, total net amount, goods total, taxable,
        taxable value, total ex tax, subtotal before tax, total exclusive of vat, total exc vat, amount exc vat, net
        value, untaxed amount, taxable total, total taxable amount, subtotal net, sum net, net subtotal, total
        before vat, total before gst, total ex gst, items total, subtotal less discount, total goods, nett, nett
        total, total nett, total amount excluding vat, total amount excl vat, total amount before tax, amount before
        vat, amount excluding vat, value excl vat, total excl gst, total excluding gst, vatable amount, amount ex
        vat, net sales
    """),
    tax=words("""
        vat, total vat, vat total, vat amount, tax, total tax, tax total, sales tax, gst, hst, tax amount, plus vat,
        value added tax, vat at, tax due, amount of vat, gst amount, total gst, vat payable, total sales tax, state
        tax, taxes, total taxes, cgst, sgst, igst, pst, qst, consumption tax, sales tax amount, vat charged, vat
        subtotal, tax subtotal, subtotal vat, vat sum, total tax amount, tax total amount, vat total amount
    """),
    total=words("""
        grand total, gross total, total gross, gross amount, total incl vat, total including vat, total inc vat,
        invoice total, total invoice, total amount, total with vat, total incl tax, total including tax, invoice
        amount, total invoice amount, total after tax, total inc tax, amount incl vat, amount including vat, total
        gross amount, total value, total inc gst, final total, credit total, total credit, credit note total, total
        credited, amount credited, overall total, total inclusive of vat, order total, total charges, sum total,
        amount total, total amount incl vat, total amount including vat, total incl gst, total including gst, total
        inc, gross, total price, invoice value, total invoice value, total for this invoice, total this invoice,
        total of this invoice, credit amount, total credit amount, total refund, amount refunded, total cost, total
        fees, grand total incl vat, total with tax, total amount of invoice, total new charges, total current
        charges, current charges, new charges, total charges this bill, total this bill, total due this bill
    """),
    total_weak=words("total, totals, sum, amount, total due now"),
    payable=words("""
        amount due, total due, balance due, due payable, amount payable, total payable, amount to pay, balance,
        please pay, payable, to pay, total to pay, outstanding, outstanding balance, outstanding amount, amount
        outstanding, remaining balance, now due, payable amount, amount owed, total amount due, invoice balance,
        total amount payable, balance to pay, pay this amount, net payable, due now, balance outstanding, balance
        payable, credit balance, to be paid, new balance, amount now due, please remit, total balance due, total
        outstanding, balance now due, net amount due, unpaid balance, open balance, total amount outstanding, amount
        remaining, remaining amount, amount to be paid, balance remaining, remaining due, total to be paid
    """),
    paid=words("""
        already paid, amount paid, paid, deposit, deposit paid, prepaid, prepayment, down payment, payments
        received, payment received, paid to date, less deposit, less payments, advance payment, payment, payments,
        total paid, less paid, amount already paid, less payment received, payments made, payment made, less
        payments received, less amount paid, paid amount, paid on, paid by card, less deposits, deposits, deposit
        received, retainer, advance, advance paid, amount received, prepayments, paid in advance, less advance,
        received with thanks
    """),
    previous=words("""
        previous balance, prior balance, balance brought forward, balance forward, brought forward, opening balance,
        previous bill, your previous bill, last bill, amount brought forward, balance from last bill, previous
        amount due, last invoice, carried forward
    """),
    withheld=words("withholding tax, tax withheld, wht, less withholding tax"),
    added=words("""
        shipping, freight, delivery, postage, handling, discount, fee, surcharge, carriage, carriage net, net
        carriage
    """),
    buyer=words("""
        bill to, billed to, invoice to, invoiced to, sold to, customer, client, buyer, to, billing address, invoice
        address, recipient, customer details, bill to address, customer name, issued to, credit to, attention,
        customer address, client name, client details, prepared for, company name, invoice recipient, for, charge
        to, billing details, billing information, customer information, debtor, purchaser,
        invoiced party, bill to party
    """),
    seller=words("""
        from, seller, vendor, supplier, issued by, remit to, bill from, invoice from, sender, payable to, supplier
        details, our details, seller details, provider, billed by, sold by, issuer, service provider, company
        details, account name, account holder, beneficiary, payee, pay to, remit payment to, make payment to, make
        checks payable to, make cheques payable to, bank account name
    """),
    delivery=words("""
        ship to, deliver to, delivery address, shipping address, delivered to, shipped to, ship from,
        site address, place of delivery, consignee, delivery, shipping, service address
    """),
    yours=words("customer, client, your, buyer, bill to, purchaser, recipient"),
    day=r"(?:calendar |banking |working |business )?days?",
    before_days=words("""
        payment, pay, payable, paid, due, settle, remit, terms, net, within
    """),
    after_days=words("""
        net, strictly net, after, from, of, following, eom, end of month, without deduction, no deduction
    """),
    at_once=(
        (
            r"(?:due|payable|payment|pay)\s*(?:is )?(?:due )?(?:up)?(?:on|at) (?:receipt|presentation"
            r"|delivery)"
        ),
        r"(?:due|payable|payment)[^.\d]{0,15}\bimmediate(?:ly)?\b",
        r"\bimmediate payment\b",
        r"\bcash on delivery\b",
        r"\bterms:? (?:due )?(?:up)?on receipt\b",
    ),
    end_of_month=(r"\beom\b", r"end of (?:the )?month"),
    late=words("late payment, overdue, interest, after the due date, past due, dispute, complaint, return"),
    discount=words("discount, early payment, if paid within"),
    company_forms=words("ltd, limited, llc, inc, plc, llp, corp, corporation, company, co, pty, lp"),
)
