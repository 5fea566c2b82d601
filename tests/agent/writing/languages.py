"""What a reader of each language knows: how it writes dates, amounts and delays, and its most frequent words.

Written down here once more, by hand, so that a message is not checked against its own formatter. A language is one
entry; it is tried as soon as its folder stands in `templates/emails/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

NBSP, NNBSP = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a language writes what a message holds.

    Attributes:
        months: January to December.
        date: Of `day`, `month` and `year`.
        first: How the first day of a month is numbered.
        money: Of `symbol` and `figure`; `negative` the same below zero.
        separators: Between thousands, and before the decimals.
        symbols: Of the currencies that the tests use.
        percent: Of `figure`.
        days: One day, several.
        invoices: What a number of invoices is followed by, as a pattern; all others are checked as figures.
        half_years: The first and the second half of `year`.
        law: How the directive is numbered.
        telltales: Frequent words that none of the other six languages has, not even with another meaning.
        long_ago: Words that call a delay long or grave, as a pattern.
        later: What follows a delay in a sentence about what was still not paid by its end, as a pattern.
    """

    months: str
    date: str = "{day} {month} {year}"
    first: str = "1"
    money: str = f"{{figure}}{NBSP}{{symbol}}"
    negative: str = f"-{{figure}}{NBSP}{{symbol}}"
    separators: tuple[str, str] = (".", ",")
    symbols: dict[str, str] = field(default_factory=lambda: {"EUR": "€", "USD": "US$", "JPY": "JPY"})
    percent: str = f"{{figure}}{NBSP}%"
    days: tuple[str, str]
    invoices: str
    half_years: tuple[str, str]
    law: str = "2011/7/UE"
    telltales: str
    long_ago: str
    later: str


READINGS = {
    "en": Reading(
        months="January February March April May June July August September October November December",
        money="{symbol}{figure}",
        negative="-{symbol}{figure}",
        separators=(",", "."),
        symbols={"EUR": "€", "USD": "US$", "JPY": "JP¥"},
        percent="{figure}%",
        days=("day", "days"),
        invoices=r"(?:overdue |unpaid )?invoices",
        half_years=("1st half of {year}", "2nd half of {year}"),
        law="2011/7/EU",
        telltales="the and to for your our you with from this that been has have or invoice invoices please",
        long_ago="for (?:a )?long|long (?:over|past)|some time|serious|grave|considerable|this length|such a delay",
        later="later",
    ),
    "fr": Reading(
        months="janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        first="1er",
        separators=(NNBSP, ","),
        symbols={"EUR": "€", "USD": "$US", "JPY": "JPY"},
        days=("jour", "jours"),
        invoices="factures",
        half_years=("1er semestre {year}", "2e semestre {year}"),
        telltales="les vous nous votre notre une pour avec au ce et facture factures sur est sont cette",
        long_ago="longue date|longtemps|trop tardé|important|considérable|tel retard|grave",
        later="plus tard|après",
    ),
    "de": Reading(
        months="Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        date="{day}. {month} {year}",
        symbols={"EUR": "€", "USD": "$", "JPY": "¥"},
        days=("Tag", "Tage"),
        invoices=r"(?:\w+ )?Rechnungen",
        half_years=("1. Halbjahr {year}", "2. Halbjahr {year}"),
        law="2011/7/EU",
        telltales="der und ist nicht sie wir ihre ihren unsere mit für auf bitte von zum rechnung rechnungen",
        long_ago=r"geraumer|lange[mr]?\b|längst|erheblich|dieser Dauer|beträchtlich",
        later="später|danach",
    ),
    "es": Reading(
        months="enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        date="{day} de {month} de {year}",
        days=("día", "días"),
        invoices="facturas",
        half_years=("1.er semestre de {year}", "2.º semestre de {year}"),
        telltales="el usted ustedes nuestra nuestro nuestros hemos pendiente gracias sin factura facturas muy",
        long_ago=r"tiempo|considerable|importante|demora así|graves?\b",
        later="después|más tarde",
    ),
    "it": Reading(
        months="gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        first="1°",
        symbols={"EUR": "€", "USD": "USD", "JPY": "JPY"},
        percent="{figure}%",
        days=("giorno", "giorni"),
        invoices="fatture",
        half_years=("1° semestre {year}", "2° semestre {year}"),
        telltales="di che della delle gli alla nostra nostro vostra sono questo questa fattura fatture grazie",
        long_ago="da tempo|da molto|rilevante|notevole|ritardo simile|grave",
        later="dopo|più tardi|non abbiamo",
    ),
    "nl": Reading(
        months="januari februari maart april mei juni juli augustus september oktober november december",
        money=f"{{symbol}}{NBSP}{{figure}}",
        negative=f"{{symbol}}{NBSP}-{{figure}}",
        symbols={"EUR": "€", "USD": "US$", "JPY": "JP¥"},
        percent="{figure}%",
        days=("dag", "dagen"),
        invoices=r"(?:\w+ )?facturen",
        half_years=("1e halfjaar {year}", "2e halfjaar {year}"),
        law="2011/7/EU",
        telltales="het een wij ons onze niet voor zijn wordt deze aan hebben factuur facturen uw bij",
        long_ago="geruime|al lang|aanzienlijk|deze duur|ernstig",
        later="later|daarna",
    ),
    "pt": Reading(
        months="janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        date="{day} de {month} de {year}",
        separators=(NBSP, ","),
        symbols={"EUR": "€", "USD": "US$", "JPY": "JP¥"},
        percent="{figure}%",
        days=("dia", "dias"),
        invoices="faturas",
        half_years=("1.º semestre de {year}", "2.º semestre de {year}"),
        telltales="uma não os fatura faturas pelo pela nosso nossa são foi obrigado através",
        long_ago="há muito|considerável|desta ordem|importante|grave",
        later="depois|mais tarde",
    ),
}
