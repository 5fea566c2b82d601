"""The first courteous follow-up about one invoice, said in other words by a speaker of each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from billabex.agent.language_model.facts import facts_of
from billabex.agent.language_model.phrasing import prose_of
from billabex.agent.writing.composition import compose
from billabex.agent.writing.language import language
from tests.agent.writing.briefs import Case, brief

if TYPE_CHECKING:
    from billabex.agent.writing import Brief

REWORDED = {
    "en": (
        (
            "As far as we can tell, {amount_1} for invoice {invoice_1} from Atelier Lumen, due on {date_1}, has not "
            "arrived yet. Most likely it was simply overlooked."
        ),
        "Would you please arrange the payment, or tell us when we may expect it?",
        (
            "Should your payment already be under way, many thanks: please disregard this reminder. If anything "
            "stands in the way, tell us what it is, and we will gladly help."
        ),
    ),
    "fr": (
        (
            "À notre connaissance, il reste {amount_1} à régler sur la facture {invoice_1} émise par Atelier Lumen et"
            " échue le {date_1}. Sans doute s’agit-il d’un simple oubli."
        ),
        "Pouvez-vous procéder au paiement, ou nous dire quand nous pourrons l’attendre ?",
        (
            "Si vous avez déjà réglé, nous vous en remercions et vous prions d’ignorer ce rappel. Si quelque chose "
            "vous retarde, dites-le-nous : nous vous aiderons volontiers."
        ),
    ),
    "de": (
        (
            "nach unseren Unterlagen sind von Rechnung {invoice_1} von Atelier Lumen, die am {date_1} fällig war, "
            "noch {amount_1} offen. Vermutlich ist sie nur untergegangen."
        ),
        "Könnten Sie den Rechnungsbetrag überweisen oder uns sagen, wann wir mit Ihrer Zahlung rechnen dürfen?",
        (
            "Ist Ihre Überweisung schon unterwegs, danken wir Ihnen, und dieses Schreiben ist gegenstandslos. Wenn es"
            " noch etwas gibt, das Sie aufhält, sagen Sie es uns: Wir helfen gern."
        ),
    ),
    "es": (
        (
            "Según nuestros datos, todavía no hemos recibido el pago de {amount_1} de la factura {invoice_1} de "
            "Atelier Lumen, que venció el {date_1}. Seguramente se trata de un simple descuido."
        ),
        "¿Podría usted ordenar el pago o decirnos para cuándo podemos esperarlo?",
        (
            "Si ya ha hecho el pago, se lo agradecemos y le rogamos que no tenga en cuenta este aviso. Si algo lo "
            "está retrasando, díganoslo: le ayudaremos con mucho gusto."
        ),
    ),
    "it": (
        (
            "Ci risulta che la fattura {invoice_1} di Atelier Lumen, scaduta in data {date_1}, non è ancora stata "
            "saldata per l’importo di {amount_1}. Si tratta di certo di una semplice svista."
        ),
        "Potrebbe farci sapere quando possiamo attendere il pagamento, o disporlo?",
        (
            "Se ha già pagato, La ringraziamo e La preghiamo di non tenere conto di questo promemoria. Se qualcosa "
            "trattiene il pagamento, ci dica di che cosa si tratta: La aiuteremo volentieri."
        ),
    ),
    "nl": (
        (
            "Voor zover wij kunnen nagaan, hebben wij de betaling van {amount_1} voor factuur {invoice_1} van Atelier"
            " Lumen, die uiterlijk op {date_1} te betalen was, nog niet ontvangen. Waarschijnlijk is dat een "
            "vergissing."
        ),
        "Wilt u de betaling in orde brengen, of ons laten weten wanneer wij die van u mogen verwachten?",
        (
            "Hebt u al betaald? Dan danken wij u en hoeft u niets meer te doen. Houdt iets de betaling op, laat het "
            "ons dan weten: wij helpen u graag."
        ),
    ),
    "pt": (
        (
            "Segundo os nossos registos, ainda não recebemos o pagamento de {amount_1} da fatura {invoice_1} emitida "
            "por Atelier Lumen, com vencimento em {date_1}. Deve ser um simples esquecimento."
        ),
        "Pode indicar-nos quando podemos contar com o pagamento, ou proceder a ele?",
        (
            "Se já pagou, agradecemos e pedimos que não tenha em conta este lembrete. Se alguma coisa está a atrasar "
            "o pagamento, diga-nos: teremos todo o gosto em ajudar."
        ),
    ),
}


def follow_up(code: str = "en", **changes: object) -> Brief:
    """Return the brief that the rewordings are of."""
    return brief(Case(language=code), **changes)


def drafted(facts: Brief) -> tuple[str, ...]:
    """Return the built-in prose of a message."""
    return prose_of(compose(facts, language(facts.language)))


def hidden(facts: Brief) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return the prose as a language model gets it, and the facts behind its tokens."""
    return facts_of(facts).hide(drafted(facts))
