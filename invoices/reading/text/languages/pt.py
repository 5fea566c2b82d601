"""Portuguese."""

from __future__ import annotations

from invoices.reading.text.vocabulary import Vocabulary, words

WORDS = Vocabulary(
    code="pt",
    months=(
        ("janeiro", "jan"),
        ("fevereiro", "fev"),
        ("marco", "mar"),
        ("abril", "abr"),
        ("maio", "mai"),
        ("junho", "jun"),
        ("julho", "jul"),
        ("agosto", "ago"),
        ("setembro", "set"),
        ("outubro", "out"),
        ("novembro", "nov"),
        ("dezembro", "dez"),
    ),
    hints=words("""
        o, os, do, da, e, fatura, factura, cliente, iva, valor, pagamento, vencimento, quantidade, preco,
        descricao, por, com, para, dias, nif, contribuinte, total, data, nao, emissao, designacao, nota
    """),
    invoice_titles=words("fatura recibo, fatura simplificada, fatura proforma, fatura de venda, fatura, nota fiscal"),
    credit_titles=words("nota de credito, nota credito, fatura de credito"),
    number=words("""
        fatura #, # da fatura, # de fatura, # fatura, numero da fatura, numero de fatura, numero fatura,
        fatura numero, factura #, documento #, # do documento, numero do documento, fatura recibo #, ref fatura,
        # documento, nota fiscal #, nf #, ft #, fatura referencia, numero de documento, fatura simplificada #
    """),
    credit_number=words("""
        nota de credito #, # da nota de credito, nota credito #, numero da nota de credito, nc #,
        # nota de credito, numero de nota de credito, # de nota de credito
    """),
    number_weak=words("numero, #, referencia, ref"),
    related=words("""
        fatura original, referente a fatura, referente, relativa a, documento de origem, fatura de origem,
        original, retifica, anula, fatura associada, da fatura de origem, relativo a
    """),
    issued=words("""
        data da fatura, data de emissao, data emissao, data fatura, data de fatura, emitida em, emitido em, data do
        documento, data documento, data da factura, data de faturacao, data da nota de credito, data doc, data da
        emissao, data da nota, emissao, data de criacao, data de emissao da fatura
    """),
    issued_weak=words("data"),
    due=words("""
        data de vencimento, vencimento, data vencimento, vence em, pagar ate, data limite de pagamento, a pagar ate,
        pagamento ate, data limite, vencimento em, data de pagamento, prazo de pagamento, data do vencimento,
        vencimento a, pagavel ate, vence a, data venc, venc, liquidar ate, vencimento do pagamento, data limite
        pagamento, vencimento da fatura, vence, data de cobranca, data limite para pagamento, data debito
    """),
    due_phrases=(
        (
            r"(?:pag\w*|liquid\w*|venc\w*|transfer\w*)\b[^.\d]{0,70}?\b(?:ate ao dia|ate ao|ate dia|ate"
            r"|no dia|em)"
        ),
        r"(?:debitad\w*|cobrad\w*)\b[^.\d]{0,70}?\b(?:no dia|a partir de|em|a)",
    ),
    order=words("""
        encomenda #, # da encomenda, # de encomenda, numero da encomenda, numero de encomenda, vossa encomenda, nota
        de encomenda, ordem de compra, ordem de compra #, v referencia, sua referencia, vossa referencia, pedido #,
        # do pedido, requisicao #, requisicao, v encomenda, vossa ref, sua encomenda, nota de encomenda #,
        referencia do cliente, encomenda, v ref, pedido de compra, # encomenda, referencia cliente, numero do
        pedido, nota encomenda, v encomenda #, po #, ordem compra, vosso pedido, compromisso, # compromisso, enc
        cliente
    """),
    net=words("""
        total iliquido, subtotal, valor sem iva, total sem iva, base tributavel, incidencia, total liquido, liquido,
        base de incidencia, total s iva, mercadoria servicos, valor tributavel, base imponivel, soma, valor liquido,
        total antes de iva, montante sem iva, total sem impostos, montante sem impostos, valor sem impostos, total
        incidencia, sub total, total excluindo iva, base, total mercadoria, mercadorias servicos, total s imposto,
        valor iliquido, montante liquido, total antes impostos, base incidencia, iliquido, subtotal s iva, total sem
        imposto, total mercadorias servicos, total liquido sem iva
    """),
    tax=words("""
        iva, total iva, total de iva, total do iva, valor iva, valor do iva, imposto, impostos, i v a, iva total,
        total impostos, montante iva, montante de iva, total de impostos, valor de iva, total imposto, montante do
        iva, total do imposto, valor imposto, valor do imposto
    """),
    total=words("""
        total da fatura, total fatura, total com iva, valor total, total documento, total do documento, total geral,
        total iva incluido, total c iva, montante total, total da factura, importancia total, total bruto, valor da
        fatura, total nota de credito, total da nota de credito, total incluindo iva, valor com iva, total final,
        total do credito, valor total da fatura, total global, total com impostos, total c imposto, total nc, total
        incluindo impostos, valor total com iva
    """),
    total_weak=words("total, valor, totais, montante"),
    payable=words("""
        total a pagar, valor a pagar, a pagar, saldo, montante a pagar, em divida, valor em divida, saldo em divida,
        total em divida, por pagar, por liquidar, a receber, total a liquidar, valor por pagar, total a creditar,
        montante em divida, total a receber, saldo a pagar, valor a liquidar, total a reembolsar, liquido a pagar,
        montante total a pagar, falta pagar, pendente, valor pendente, total pendente, importancia a pagar, valor em
        aberto, em aberto
    """),
    paid=words("""
        pago, ja pago, adiantamento, adiantamentos, sinal, valor pago, pagamento recebido, pagamentos recebidos,
        total pago, montante pago, ja liquidado, valor recebido, entrada, montante ja pago, valor liquidado,
        pagamento efetuado, pago em, adiantamento recebido, sinal pago, valor adiantado, pagamentos efetuados
    """),
    previous=words("saldo anterior, transporte, a transportar, fatura anterior, saldo inicial"),
    withheld=words("retencao, retencao na fonte, irs, retencao irs, retencao de irs, retencao irc"),
    added=words("portes, portes de envio, desconto, descontos, transporte, taxa, ecovalor, descontos comerciais"),
    buyer=words("""
        cliente, faturar a, exmo s sr s, exmos senhores, exmos srs, exmo senhor, destinatario, faturado a, dados do
        cliente, adquirente, fatura para, morada de faturacao, cobrar a, exmo, exmos, comprador, para, nome do
        cliente, dados de faturacao, faturacao, facturar a, dados do adquirente, fatura a, faturado ao cliente
    """),
    seller=words("""
        fornecedor, emitente, vendedor, emissor, prestador, de, dados da empresa, emitida por, dados do emitente,
        prestador de servicos, dados do fornecedor, beneficiario, titular da conta, vendido por, dados do prestador,
        dados do vendedor, dados do emissor
    """),
    delivery=words("""
        morada de entrega, local de entrega, entregar a, local de descarga, endereco de entrega, descarga,
        carga, expedicao, entrega, morada de envio, local de carga
    """),
    yours=words("cliente, v, vosso, vossa, adquirente, seu, destinatario"),
    day=r"dias?",
    before_days=words("""
        pagamento, pagar, vencimento, prazo, transferencia, condicoes, liquidar, pronto, a
    """),
    after_days=words("""
        data fatura, data da fatura, da data, liquidos, apos, a contar, uteis, corridos, fim de mes, da fatura,
        da emissao, data de emissao, net
    """),
    at_once=(
        r"\bpronto pagamento\b",
        r"\bpagamento imediato\b",
        r"\ba vista\b",
        r"\ba pronto\b",
        r"\bna rececao\b",
        r"\bcontra entrega\b",
        r"\bpagamento a pronto\b",
    ),
    end_of_month=(r"\bfim (?:de|do) mes\b",),
    late=words("atraso, mora, juros, reclamacao, reclamacoes, devolucao, devolucoes"),
    discount=words("desconto, antecipado"),
    company_forms=words("lda, l da, limitada, unipessoal, sa, s a, ltda, sgps, unipessoal lda"),
)
