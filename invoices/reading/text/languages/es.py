"""Spanish."""

from __future__ import annotations

from invoices.reading.text.vocabulary import Vocabulary, words

WORDS = Vocabulary(
    code="es",
    months=(
        ("enero", "ene"),
        ("febrero", "feb"),
        ("marzo", "mar"),
        ("abril", "abr"),
        ("mayo", "may"),
        ("junio", "jun"),
        ("julio", "jul"),
        ("agosto", "ago"),
        ("septiembre", "setiembre", "sept", "sep", "set"),
        ("octubre", "oct"),
        ("noviembre", "nov"),
        ("diciembre", "dic"),
    ),
    hints=words("""
        el, la, los, del, y, factura, cliente, iva, importe, pago, fecha, cantidad, precio, vencimiento, por,
        con, para, dias, descripcion, concepto, nif, cif, forma, imponible, de, en, pedido, numero
    """),
    invoice_titles=words("factura proforma, factura simplificada, factura de venta, factura comercial, factura"),
    credit_titles=words("""
        factura rectificativa, nota de credito, abono, factura de abono, nota de abono, rectificativa
    """),
    number=words("""
        factura #, # de factura, # factura, numero de factura, numero de la factura,
        # de la factura, numero factura, factura numero, num factura, nro
        factura, nro de factura, num de factura, documento #, # de documento, numero de documento, ref factura,
        referencia de factura, referencia factura, codigo de factura, # fra, fra #, numero fecha
    """),
    credit_number=words("""
        factura rectificativa #, # de factura rectificativa, nota de credito #, abono #, # de abono, # abono,
        numero de abono, numero de nota de credito, # de nota de credito, numero de factura rectificativa,
        # rectificativa, nota de abono #, # de la nota de credito, # de la factura rectificativa
    """),
    number_weak=words("numero, #, referencia, ref"),
    related=words("""
        factura original, factura rectificada, rectifica a, rectifica la, rectificada, original, que rectifica,
        relacionada, corrige, anula, asociada, de la factura, a la factura, factura de origen
    """),
    issued=words("""
        fecha de factura, fecha factura, fecha de emision, fecha emision, fecha de expedicion, emitida el, fecha
        expedicion, fecha de la factura, fecha del documento, fecha documento, fecha de abono, con fecha, fecha de
        facturacion, fecha de la rectificativa, de fecha, expedida el, emision, fecha de creacion, fecha fra, fecha
        de la rectificacion, expedicion
    """),
    issued_weak=words("fecha, a"),
    due=words("""
        fecha de vencimiento, vencimiento, fecha vencimiento, fecha de vto, vto, vence el, vence, fecha limite de
        pago, pagar antes del, fecha de pago, vencimiento el, fecha limite, a pagar antes del, pagadero el,
        vencimientos, pago antes del, fecha tope de pago, f vencimiento, f vto, vence en, fecha de cobro, fecha de
        cargo, pago hasta el, vto factura, fecha prevista de pago, fecha vto, a pagar el, fecha de pago limite
    """),
    due_phrases=(
        (
            r"(?:pag\w*|abon\w*|venc\w*|transferencia|ingres\w*)\b[^.\d]{0,70}?\b(?:antes del?(?: dia)?"
            r"|hasta el|el dia|el)"
        ),
        r"(?:cargar\w*|adeud\w*|domicili\w*|cobrar\w*)\b[^.\d]{0,70}?\b(?:con fecha|el dia|el)",
    ),
    order=words("""
        pedido #, # de pedido, # pedido, numero de pedido, su pedido, orden de compra, orden de compra #, su
        referencia, referencia cliente, referencia del cliente, # orden de compra, referencia pedido, pedido, s ref,
        su pedido #, ref pedido, pedido cliente, referencia de pedido, ref cliente, # pedido cliente, pedido numero,
        su numero de pedido, orden de pedido, num pedido, pedido de compra, po, po #, # su pedido
    """),
    net=words("""
        base imponible, subtotal, importe neto, total neto, neto, total base imponible, base, suma, total sin iva,
        importe sin iva, importe sin impuestos, importe libre de impuestos, total bruto, importe bruto, bases
        imponibles, sub total, suma neta, total antes de impuestos, base imponible total, total base, importe base,
        total imponible, b imponible, total sin impuestos, subtotal sin iva, total antes de iva, importe base
        imponible, suma bases, imponible, total bases imponibles, importe total sin iva
    """),
    tax=words("""
        iva, i v a, total iva, cuota iva, cuota, importe iva, impuestos, igic, total impuestos, cuota de iva,
        importe del iva, cuota total, importe de iva, total cuota, total cuotas, total i v a, impuesto, cuota igic,
        total impuesto, iva total, cuota i v a, importe impuestos, importe i v a, subtotal iva, iva subtotal, cuota
        r e, cuota re, recargo de equivalencia, recargo equivalencia, recargo equiv, total r e
    """),
    total=words("""
        total factura, importe total, total con iva, total iva incluido, total de la factura, total general, importe
        total de la factura, total documento, total importe, importe factura, total incluido iva, importe total
        factura, total iva inc, total abono, total rectificativa, importe con iva, total impuestos incluidos, total
        factura rectificativa, importe de la factura, total del documento, total con impuestos, importe final, total
        fra, total a facturar, importe total con iva, total iva incl, total general factura
    """),
    total_weak=words("total, importe, totales"),
    payable=words("""
        total a pagar, importe a pagar, a pagar, liquido a pagar, saldo pendiente, pendiente de pago, pendiente,
        liquido, importe pendiente, saldo, neto a pagar, total a abonar, importe liquido, resto a pagar, a abonar,
        total pendiente, total a devolver, importe a devolver, total liquido, importe adeudado, pendiente de cobro,
        importe debido, resto pendiente, cantidad a pagar, saldo a pagar, adeudado, total adeudado, cantidad
        pendiente, neto a percibir, importe total a pagar, resto
    """),
    paid=words("""
        pagado, anticipo, a cuenta, entregado a cuenta, importe pagado, pagos recibidos, ya pagado, anticipos,
        cobrado, total pagado, pago a cuenta, pagos anticipados, entrega a cuenta, pago recibido, entregas a cuenta,
        pagos realizados, importe cobrado, anticipo recibido, pagado el, menos anticipo, importe entregado, menos
        pagos recibidos, deposito
    """),
    previous=words("saldo anterior, saldo previo, suma y sigue, suma anterior, factura anterior"),
    withheld=words("""
        irpf, retencion, retencion irpf, i r p f, retenciones, total retencion, retencion i r p f
    """),
    added=words("""
        portes, gastos de envio, envio, descuento, transporte, recargo, recargo de equivalencia, dto
    """),
    buyer=words("""
        cliente, facturar a, datos del cliente, destinatario, comprador, facturado a, datos de facturacion,
        direccion de facturacion, datos cliente, receptor, adquirente, razon social, nombre del cliente, cliente
        facturado, senor es, a la atencion de, factura a, direccion fiscal, para, datos fiscales cliente, datos
        fiscales del cliente, a nombre de, facturado a nombre de
    """),
    seller=words("""
        emisor, vendedor, proveedor, de, datos del emisor, expedidor, datos de la empresa, emitida por, empresa,
        datos del proveedor, prestador, datos emisor, datos del vendedor, emitido por, titular de la cuenta,
        beneficiario, empresa emisora, vendido por, datos del prestador, prestado por
    """),
    delivery=words("""
        direccion de envio, direccion de entrega, enviar a, entregar a, lugar de entrega, domicilio de entrega,
        envio, entrega, datos de envio
    """),
    yours=words("cliente, su, destinatario, comprador, receptor"),
    day=r"dias?",
    before_days=words("""
        pago, pagar, pagadero, vencimiento, plazo, transferencia, recibo, giro, condiciones, abonar, vence,
        confirming, a
    """),
    after_days=words("""
        fecha factura, fecha de factura, f f, ff, neto, netos, desde, a partir, naturales, de la fecha, tras,
        fin de mes, despues
    """),
    at_once=(
        r"\bal contado\b",
        r"\bpago (?:al )?contado\b",
        r"\bpago inmediato\b",
        r"\ba la vista\b",
        r"\bcontado\b",
        r"a la recepcion de (?:la )?factura",
        r"\bvencimiento inmediato\b",
    ),
    end_of_month=(r"\bfin de mes\b", r"\bfinal de mes\b"),
    late=words("demora, mora, retraso, reclamacion, intereses, impago, devolucion, devoluciones"),
    discount=words("pronto pago, descuento"),
    company_forms=words("sl, s l, slu, s l u, sa, s a, sau, s a u, sll, scoop, s coop, sc, cb"),
)
