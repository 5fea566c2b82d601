"""Country names as they stand under addresses, in the seven languages, folded."""

from __future__ import annotations

from .vocabulary import words

NAMES = {
    "AT": words("austria, autriche, osterreich, oostenrijk"),
    "AU": words("australia, australie, australien"),
    "BE": words("belgium, belgique, belgien, belgica, belgio, belgie"),
    "BG": words("bulgaria, bulgarie, bulgarien, bulgarije"),
    "BR": words("brazil, bresil, brasilien, brasil, brasile, brazilie"),
    "CA": words("canada, kanada"),
    "CH": words("switzerland, suisse, schweiz, suiza, svizzera, zwitserland, suica"),
    "CY": words("cyprus, chypre, zypern, chipre, cipro"),
    "CZ": words("czech republic, czechia, republique tcheque, tschechien, tschechische republik, chequia, tsjechie"),
    "DE": words("germany, allemagne, deutschland, alemania, germania, duitsland, alemanha"),
    "DK": words("denmark, danemark, danemark, dinamarca, danimarca, denemarken, danmark"),
    "EE": words("estonia, estonie, estland"),
    "ES": words("spain, espagne, spanien, espana, spagna, spanje, espanha"),
    "FI": words("finland, finlande, finnland, finlandia, suomi"),
    "FR": words("france, frankreich, francia, frankrijk, franca"),
    "GB": words("""
        united kingdom, uk, great britain, england, scotland, wales, royaume uni, vereinigtes konigreich, reino unido,
        regno unito, verenigd koninkrijk, grossbritannien, inglaterra, angleterre
    """),
    "GR": words("greece, grece, griechenland, grecia, griekenland"),
    "HR": words("croatia, croatie, kroatien, croacia, croazia, kroatie, hrvatska"),
    "HU": words("hungary, hongrie, ungarn, hungria, ungheria, hongarije"),
    "IE": words("ireland, irlande, irland, irlanda, ierland"),
    "IT": words("italy, italie, italien, italia"),
    "LT": words("lithuania, lituanie, litauen, lituania, litouwen"),
    "LU": words("luxembourg, luxemburg, luxemburgo, lussemburgo"),
    "LV": words("latvia, lettonie, lettland, letonia, lettonia, letland"),
    "MA": words("morocco, maroc, marokko, marruecos, marocco, marrocos"),
    "MC": words("monaco"),
    "MT": words("malta, malte"),
    "NL": words("""
        netherlands, the netherlands, pays bas, niederlande, paises bajos, paesi bassi, nederland, holland,
        paises baixos
    """),
    "NO": words("norway, norvege, norwegen, noruega, norvegia, noorwegen, norge"),
    "PL": words("poland, pologne, polen, polonia, polska"),
    "PT": words("portugal, portogallo"),
    "RO": words("romania, roumanie, rumanien, rumania, roemenie"),
    "SE": words("sweden, suede, schweden, suecia, svezia, zweden, sverige"),
    "SI": words("slovenia, slovenie, slowenien, eslovenia"),
    "SK": words("slovakia, slovaquie, slowakei, eslovaquia, slovacchia, slowakije"),
    "US": words("""
        united states, united states of america, usa, etats unis, vereinigte staaten, estados unidos, stati uniti,
        verenigde staten
    """),
}
CODE_BY_NAME = {name: code for code, names in NAMES.items() for name in names}
PREFIXES = {
    "D": "DE",
    "F": "FR",
    "A": "AT",
    "B": "BE",
    "I": "IT",
    "E": "ES",
    "L": "LU",
    "P": "PT",
    "NL": "NL",
    "CH": "CH",
}
"""Old car-plate letters before a postal code."""


EURO = (
    *("AT", "BE", "CY", "DE", "EE", "EL", "ES", "FI", "FR", "GR", "HR"),
    *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PT", "SI", "SK"),
)
CURRENCIES = {
    **dict.fromkeys(EURO, "EUR"),
    "CH": "CHF",
    "GB": "GBP",
}
"""What is paid in, where a document that names no currency was written."""


def country_code(folded: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code that a line names, or None when it names no country."""
    name = " ".join(folded.replace("-", " ").replace("'", " ").strip(" .,()").split())
    if len(name) == len("FR") and name.upper() in NAMES:
        return name.upper()
    for part in (name, *name.split(" / ")):
        if part in CODE_BY_NAME:
            return CODE_BY_NAME[part]
    return None
