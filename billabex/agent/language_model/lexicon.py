"""Words that weigh: numbers and times that no digit shows, and what a message must not threaten, charge or give away.

A table by language. None of these may come into a message that its draft has not got. What stands here twice or
has a harmless meaning beside costs a wording at worst: the built-in text leaves instead. `*` stands for any letters.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from billabex.agent.writing.language import language

if TYPE_CHECKING:
    from re import Pattern

_NUMBERS = {
    "de": """
        zwei drei vier fünf sechs sieben acht neun zehn elf zwölf *zehn zwanzig dreißig vierzig fünfzig sechzig
        siebzig achtzig neunzig *hundert *tausend dutzend* hälfte doppelt*
    """,
    "en": """
        two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred* thousand* million* dozen*
        half twice double*
    """,
    "es": """
        dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieci* veint* treinta
        cuarenta cincuenta sesenta setenta ochenta noventa cien ciento* *cientos mil millón millones docena* mitad
        doble
    """,
    "fr": """
        deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt* trente quarante
        cinquante soixante cent cents mille million* dizaine* huitaine* quinzaine* moitié tiers double*
    """,
    "it": """
        due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici dicia*
        diciotto venti* trenta* quaranta* cinquanta* sessanta* settanta* ottanta* novanta* *cento mille *mila
        decina* metà doppio
    """,
    "nl": """
        twee drie vier vijf zes zeven acht negen tien elf twaalf *tien twintig dertig veertig vijftig zestig
        zeventig tachtig negentig *honderd *duizend dozijn* helft dubbel*
    """,
    "pt": """
        dois duas três quatro cinco seis sete oito nove dez onze doze treze catorze quinze deza* deze* dezoito vinte
        trinta quarenta cinquenta sessenta setenta oitenta noventa cem cento* *centos mil milhão milhões dezena*
        dúzia* metade dobro
    """,
}

_TIMES = {
    "de": "heute morgen gestern *woche *wochen *wochenende *monat* *quartal* *jahr* stunde* mittag mitternacht",
    "en": """
        today tomorrow yesterday tonight week weeks weekend* fortnight* month* quarter* year* hour* noon midnight
    """,
    "es": "hoy mañana ayer semana* mes meses trimestre* quincena* año* hora* mediodía medianoche",
    "fr": "aujourd demain hier semaine* mois trimestre* an ans année* heure* midi minuit",
    "it": "oggi domani ieri settiman* mese mesi trimestr* anno anni ore mezzogiorno mezzanotte",
    "nl": "vandaag morgen gisteren week weken weekend* maand* kwartaal* jaar jaren uur uren middag middernacht",
    "pt": "hoje amanhã ontem semana* mês meses trimestre* quinzena* ano anos hora* meia",
}

_WEIGHTY = {
    "de": """
        *anwalt* *anwält* *gericht *gerichts gerichtlich* *klage *klagen verklag* *inkasso* *mahnbescheid*
        *vollstreck* pfänd* *zins* *gebühr* *kosten strafe* schadens* rabatt* skonto nachlass erlass* storn* rate
        raten *raten* *stundung* aufschub gutschrift* kostenlos* kündig* sperr* insolvenz*
    """,
    "en": """
        court* lawyer* attorney* solicitor* legal* litigat* sue bailiff* collector* collection interest* fee fees
        penalt* surcharge* charge* compensation damages discount* waive* cancel* forgiv* instalment* installment*
        postpon* defer* refund* bankrupt* insolven* suspend* terminat*
    """,
    "es": """
        abogad* tribunal* juzgad* judicial* jurídic* legal* demanda* embarg* interés intereses recargo* penaliz*
        comisi* gastos indemniz* descuento* rebaja* anul* cancel* fraccion* plazo* aplaz* prórroga* reembols*
        condon* gratuit* suspen* rescis* rescind*
    """,
    "fr": """
        avocat* tribuna* justice judiciair* juridi* contentieu* huissier* poursuite* saisie* recouvr* pénalit*
        intérêt* frais majoration* indemnit* remise* rabais ristourne* escompte* annul* échelonn* échéancier*
        acompte* report* différer rembours* dispens* gratuit* suspen* résili* faillite
    """,
    "it": """
        avvocat* tribunal* legal* giudiz* contenzios* pignorament* recuper* interess* mora penal* spese commission*
        sconto sconti abbuon* annull* rateizz* rata rate dilazion* rinvi* rimbors* condon* gratuit* sospen*
        risoluzion*
    """,
    "nl": """
        advoca* rechtbank* rechter* gerechtelijk* juridisch* dagvaard* deurwaarder* *incasso* beslag* rente* boete*
        *kosten toeslag* schadevergoeding* korting* kwijt* annule* *termijn* *regeling uitstel* opschort*
        terugbetal* gratis faillissement*
    """,
    "pt": """
        advogad* tribuna* judicia* juríd* legal legais contencios* cobranç* penhor* juro juros coima* multa*
        penaliz* encargo* taxa* despesa* indemniz* desconto* anul* cancel* prestaç* adia* reembols* perdo* perdão
        gratuit* suspen* rescis*
    """,
}

_ALSO_A_VERB = "may"


def is_known(code: str) -> bool:
    """Tell whether the weighty words of a language are known: without them, nothing can be called faithful."""
    return code in _WEIGHTY


def weights_in(text: str, code: str) -> frozenset[str]:
    """Return the weighty words in a text, in lower case, by their entries in the tables."""
    return frozenset(entry for entry, pattern in _patterns(code) if pattern.search(text))


@cache
def _patterns(code: str) -> tuple[tuple[str, Pattern[str]], ...]:
    entries = f"{_NUMBERS[code]} {_TIMES[code]} {_WEIGHTY[code]}".split()
    return tuple((entry, _pattern(entry)) for entry in [*entries, *_days_and_months(code)])


def _pattern(entry: str) -> Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(entry).replace(r'\*', r'\w*')}(?!\w)", re.IGNORECASE)


def _days_and_months(code: str) -> list[str]:
    locale = language(code).locale
    names = [*locale.days["format"]["wide"].values(), *locale.months["format"]["wide"].values()]
    return [name.casefold() for name in names if name.casefold() != _ALSO_A_VERB]
