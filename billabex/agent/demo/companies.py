"""The invented companies of the demonstration, and the people who pay their invoices.

None of them exists. Their numbers have the right check digits, so that whatever validates them has something to do;
their bank is in no register and their addresses end in `.example`, so that nothing ever reaches anybody.
"""

from __future__ import annotations

from dataclasses import dataclass

from billabex.agent.demo.documents import Company


@dataclass(frozen=True, slots=True)
class CustomerContact:
    """A person at a customer's who receives the messages."""

    full_name: str
    email: str
    language: str
    is_primary: bool = False


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer as the organization knows it.

    Attributes:
        language: The language of its documents.
        contacts: Nobody, where the agent has to ask.
    """

    company: Company
    language: str
    contacts: tuple[CustomerContact, ...] = ()


ORGANIZATION = Company(
    name="Atelier Lumen SAS",
    street="14 rue des Souffleurs",
    postcode="69007",
    city="Lyon",
    country="FR",
    registration="SIREN 819 372 640",
    vat_number="FR95819372640",
    legal_form="SAS au capital de 48 000 €",
    email="comptabilite@atelier-lumen.example",
    phone="04 99 31 07 20",
    trade_name="Atelier Lumen",
    bank="Banque des Deux-Fleuves",
    iban="FR7698761004263195074820122",
    bic="BDFLFR2LXXX",
)

QUAIS = Customer(
    Company(
        name="Brasserie des Quais Réunis SARL",
        street="27 quai des Mariniers",
        postcode="69002",
        city="Lyon",
        country="FR",
        registration="SIREN 529 481 731",
        vat_number="FR74529481731",
    ),
    "fr",
    (
        CustomerContact("Hélène Marchetti", "helene.marchetti@quais-reunis.example", "fr", is_primary=True),
        CustomerContact("Bastien Ruffieux", "bastien.ruffieux@quais-reunis.example", "fr"),
    ),
)
PONT = Customer(
    Company(
        name="Éditions du Pont-Tournant SAS",
        street="8 allée des Relieurs",
        postcode="44000",
        city="Nantes",
        country="FR",
        registration="SIREN 408 173 920",
        vat_number="FR77408173920",
    ),
    "fr",
    (CustomerContact("Anaïs Le Goff", "anais.legoff@pont-tournant.example", "fr", is_primary=True),),
)
VAL = Customer(
    Company(
        name="Compagnie hôtelière du Val-d’Ambre et des Hautes-Collines SAS",
        street="112 avenue de la Corniche-des-Tilleuls",
        postcode="74000",
        city="Annecy",
        country="FR",
        registration="SIREN 792 648 156",
        vat_number="FR53792648156",
    ),
    "fr",
    (
        CustomerContact("Édouard de Brissac-Vernet", "e.debrissac@val-ambre.example", "fr", is_primary=True),
        CustomerContact("Comptabilité fournisseurs", "fournisseurs@val-ambre.example", "fr"),
    ),
)
MENARD = Customer(
    Company(
        name="Coopérative Ménard & Filles SCOP",
        street="3 bis rue des Tanneurs",
        postcode="35000",
        city="Rennes",
        country="FR",
        registration="SIREN 337 184 626",
        vat_number="FR60337184626",
    ),
    "fr",
)
SUESSMILCH = Customer(
    Company(
        name="Süßmilch & Größler Möbelwerkstätten GmbH & Co. KG",
        street="Färberstraße 41",
        postcode="90402",
        city="Nürnberg",
        country="DE",
        registration="HRA 18402",
        vat_number="DE284173963",
    ),
    "de",
    (
        CustomerContact("Jürgen Größler", "juergen.groessler@suessmilch-groessler.example", "de", is_primary=True),
        CustomerContact("Käthe Süßmilch", "kaethe@suessmilch-groessler.example", "de"),
    ),
)
NORDLICHT = Customer(
    Company(
        name="Nordlicht Bühnenbau GmbH",
        street="Am Kranhof 7",
        postcode="20457",
        city="Hamburg",
        country="DE",
        registration="HRB 148207",
        vat_number="DE319628459",
    ),
    "de",
    (CustomerContact("Maike Petersen", "petersen@nordlicht-buehnenbau.example", "de", is_primary=True),),
)
HARROW = Customer(
    Company(
        name="Harrow & Finch Interiors Ltd",
        street="19 Tallow Yard",
        postcode="SE1 3QX",
        city="London",
        country="GB",
        registration="Company no. 09481726",
        vat_number="GB371826441",
    ),
    "en",
    (CustomerContact("Oliver Finch", "oliver@harrow-finch.example", "en", is_primary=True),),
)
VANDERSTEEN = Customer(
    Company(
        name="Galerie Vandersteen-Peeters SRL",
        street="rue du Lombard-Vert 26",
        postcode="1000",
        city="Bruxelles",
        country="BE",
        registration="BCE 0741.928.353",
        vat_number="BE0741928353",
    ),
    "fr",
    (CustomerContact("Lieve Peeters", "lieve@vandersteen-peeters.example", "fr", is_primary=True),),
)
IBARRONDO = Customer(
    Company(
        name="Talleres Ibarrondo, S.L.",
        street="Calle del Muelle Viejo 12",
        postcode="48003",
        city="Bilbao",
        country="ES",
        registration="NIF B95718409",
        vat_number="ESB95718409",
    ),
    "en",
    (CustomerContact("Íñigo Ibarrondo Núñez", "inigo@ibarrondo.example", "es", is_primary=True),),
)
MARSH = Customer(
    Company(
        name="Cordelia Marsh Hospitality, Inc.",
        street="418 Wexler Street",
        postcode="10013",
        city="New York, NY",
        country="US",
        registration="EIN 84-2917306",
    ),
    "en",
    (
        CustomerContact("Cordelia Marsh", "cordelia@cordeliamarsh.example", "en", is_primary=True),
        CustomerContact("Accounts Payable", "ap@cordeliamarsh.example", "en"),
    ),
)

CUSTOMERS = (QUAIS, PONT, VAL, MENARD, SUESSMILCH, NORDLICHT, HARROW, VANDERSTEEN, IBARRONDO, MARSH)
