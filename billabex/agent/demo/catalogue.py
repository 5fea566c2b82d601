"""What Atelier Lumen bills to whom, in days before and after the first day of the demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from billabex.agent.demo import companies
from billabex.agent.demo.documents import Kind, Layout, PaperLine, Unit
from billabex.core.money import ZERO

if TYPE_CHECKING:
    from billabex.agent.demo.companies import Customer


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A document of the story.

    Attributes:
        key: What the story calls it; never printed.
        issued: Day of issue, counted from the first day of the story.
        imported: Day of import, likewise.
        corrects: Key of the invoice that a credit note corrects.
    """

    key: str
    customer: Customer
    issued: int
    imported: int
    lines: tuple[PaperLine, ...]
    kind: Kind = Kind.INVOICE
    terms_days: int = 30
    currency: str = "EUR"
    layout: Layout = Layout.LETTER
    is_facturx: bool = False
    purchase_order: str = ""
    subject: str = ""
    paid: Decimal = ZERO
    corrects: str = ""


def _line(description: str, quantity: str, unit: Unit, price: str, *, vat: str = "20", detail: str = "") -> PaperLine:
    return PaperLine(description, Decimal(quantity), unit, Decimal(price), Decimal(vat), detail)


def _abroad(description: str, quantity: str, unit: Unit, price: str, *, detail: str = "") -> PaperLine:
    return _line(description, quantity, unit, price, vat="0", detail=detail)


CATALOGUE = (
    # --- Overdue from the start: courteous, professional, then firm --------------------------------------------
    Entry(
        key="quais-bar",
        customer=companies.QUAIS,
        issued=-32,
        imported=0,
        is_facturx=True,
        subject="Éclairage du bar et de la salle",
        purchase_order="BC-2290",
        lines=(
            _line(
                "Suspension laiton Halo 40", "12", Unit.PIECE, "184.50", detail="LED 2 700 K, 9 W, câble textile noir"
            ),
            _line("Rail triphasé noir, au mètre", "18.5", Unit.METRE, "42.80"),
            _line("Pose, câblage et réglage des scènes", "3", Unit.DAY, "620.00"),
        ),
    ),
    Entry(
        key="suessmilch-showroom",
        customer=companies.SUESSMILCH,
        issued=-44,
        imported=0,
        subject="Lichtplanung Ausstellungsraum Nürnberg",
        purchase_order="4500-1187",
        lines=(
            _abroad("Lichtplanung und Bemusterung", "38", Unit.HOUR, "95.00"),
            _abroad("Strahler „Öre 25“, schwarz", "24", Unit.PIECE, "139.00", detail="3 000 K, 24°, dimmbar über DALI"),
            _abroad("Übergabe und Einweisung vor Ort", "1.5", Unit.DAY, "640.00"),
        ),
    ),
    # --- Due within the first weeks ----------------------------------------------------------------------------
    Entry(
        key="val-lobby",
        customer=companies.VAL,
        issued=-25,
        imported=0,
        is_facturx=True,
        layout=Layout.LEDGER,
        subject="Hall et réception, hôtel des Hautes-Collines",
        purchase_order="VA-2026-077",
        lines=(
            _line(
                "Lustre sur mesure Cascade", "1", Unit.PIECE, "9480.00", detail="Verre soufflé, 64 éléments, Ø 2,20 m"
            ),
            _line("Applique Rivage, bronze", "22", Unit.PIECE, "265.00"),
            _line("Étude photométrique et mise en lumière", "46", Unit.HOUR, "88.00"),
            _line(
                "Levage et pose en hauteur", "1", Unit.FLAT, "1750.00", vat="10", detail="Locaux de plus de deux ans"
            ),
        ),
    ),
    Entry(
        key="harrow-lamps",
        customer=companies.HARROW,
        issued=-22,
        imported=0,
        currency="GBP",
        subject="Table lamps, Marylebone show flat",
        purchase_order="HF/3316",
        lines=(
            _abroad("Table lamp Petite Ourse, smoked glass", "14", Unit.PIECE, "212.00"),
            _abroad("Floor lamp Héron, brushed brass", "4", Unit.PIECE, "548.00"),
            _abroad("Crating and insured freight to London", "1", Unit.FLAT, "386.40"),
        ),
    ),
    Entry(
        key="menard-hall",
        customer=companies.MENARD,
        issued=-20,
        imported=0,
        layout=Layout.RAIL,
        subject="Atelier et salle de coupe",
        lines=(
            _line("Réglette LED étanche 150 cm", "36", Unit.PIECE, "58.90"),
            _line("Détecteur de présence", "9", Unit.PIECE, "47.25"),
            _line("Installation", "2.5", Unit.DAY, "580.00", vat="10"),
        ),
    ),
    Entry(
        key="pont-atelier",
        customer=companies.PONT,
        issued=-18,
        imported=0,
        is_facturx=True,
        layout=Layout.RAIL,
        subject="Salle de lecture",
        purchase_order="PT-0482",
        lines=(
            _line("Lampe de lecture Marge, chêne", "16", Unit.PIECE, "129.00"),
            _line("Conseil en éclairage", "6", Unit.HOUR, "85.00"),
        ),
    ),
    Entry(
        key="marsh-rooftop",
        customer=companies.MARSH,
        issued=-15,
        imported=0,
        currency="USD",
        layout=Layout.RAIL,
        subject="Rooftop bar, Wexler Street",
        purchase_order="PO-77120",
        lines=(
            _abroad("Outdoor lantern Phare, powder-coated", "30", Unit.PIECE, "318.00", detail="IP65, 2200 K"),
            _abroad("Custom dimming controller", "2", Unit.PIECE, "1465.00"),
            _abroad("Air freight, door to door", "1", Unit.FLAT, "1280.00"),
        ),
    ),
    Entry(
        key="vandersteen-rooms",
        customer=companies.VANDERSTEEN,
        issued=-10,
        imported=0,
        is_facturx=True,
        subject="Éclairage muséal, salles 1 à 4",
        lines=(
            _abroad("Projecteur à découpe Cimaise", "28", Unit.PIECE, "174.00"),
            _abroad("Réglage œuvre par œuvre", "2", Unit.DAY, "690.00"),
        ),
    ),
    Entry(
        key="marsh-paris",
        customer=companies.MARSH,
        issued=-8,
        imported=0,
        subject="Guest suites, Paris pied-à-terre",
        lines=(
            _abroad("Bedside sconce Veilleuse", "18", Unit.PIECE, "146.50"),
            _abroad("Lighting concept and drawings", "24", Unit.HOUR, "110.00"),
        ),
    ),
    Entry(
        key="val-suites",
        customer=companies.VAL,
        issued=-5,
        imported=0,
        subject="Suites du troisième étage",
        purchase_order="VA-2026-091",
        lines=(
            _line("Liseuse Aubépine, cuir et laiton", "34", Unit.PIECE, "118.00"),
            _line("Variateur mural à écran", "17", Unit.PIECE, "96.40"),
            _line("Câblage et mise en service", "4", Unit.DAY, "610.00", vat="10"),
        ),
    ),
    Entry(
        key="suessmilch-office",
        customer=companies.SUESSMILCH,
        issued=-2,
        imported=0,
        is_facturx=True,
        layout=Layout.LEDGER,
        subject="Bürobeleuchtung, 2. Obergeschoss",
        purchase_order="4500-1203",
        lines=(
            _abroad("Pendelleuchte „Fjörd“, 180 cm", "11", Unit.PIECE, "428.00"),
            _abroad("Montagezubehör, verstärkt", "11", Unit.PIECE, "36.50"),
        ),
    ),
    # --- Arriving on the way: reminders before the due date ----------------------------------------------------
    Entry(
        key="nordlicht-stage",
        customer=companies.NORDLICHT,
        issued=2,
        imported=3,
        layout=Layout.LEDGER,
        subject="Bühnenlicht, Gastspiel Hafenfestspiele",
        lines=(
            _abroad("Miete Verfolgerscheinwerfer", "1", Unit.MONTH, "1840.00"),
            _abroad("Lichtprogrammierung", "19.5", Unit.HOUR, "92.00"),
        ),
    ),
    Entry(
        key="ibarrondo-hall",
        customer=companies.IBARRONDO,
        issued=10,
        imported=11,
        is_facturx=True,
        layout=Layout.LEDGER,
        subject="Workshop hall, Bilbao",
        purchase_order="TI-2026/58",
        paid=Decimal("2500.00"),
        lines=(
            _abroad("High-bay luminaire Forge 200 W", "40", Unit.PIECE, "187.00"),
            _abroad("Emergency lighting kit", "12", Unit.PIECE, "74.20"),
            _abroad("Commissioning on site", "2", Unit.DAY, "650.00"),
        ),
    ),
    Entry(
        key="quais-terrasse",
        customer=companies.QUAIS,
        issued=18,
        imported=19,
        layout=Layout.LEDGER,
        subject="Terrasse et façade",
        purchase_order="BC-2341",
        lines=(
            _line("Guirlande extérieure, au mètre", "64", Unit.METRE, "23.60"),
            _line("Projecteur encastré de sol", "10", Unit.PIECE, "152.00"),
            _line("Pose et raccordement", "2", Unit.DAY, "620.00", vat="10"),
        ),
    ),
    Entry(
        key="val-avoir",
        customer=companies.VAL,
        kind=Kind.CREDIT_NOTE,
        issued=21,
        imported=22,
        is_facturx=True,
        layout=Layout.LEDGER,
        subject="Reprise de quatre appliques",
        corrects="val-lobby",
        lines=(_line("Applique Rivage, bronze, retournée", "4", Unit.PIECE, "265.00"),),
    ),
    Entry(
        key="harrow-chandelier",
        customer=companies.HARROW,
        issued=24,
        imported=25,
        currency="GBP",
        layout=Layout.RAIL,
        subject="Stairwell chandelier, Richmond",
        purchase_order="HF/3358",
        lines=(
            _abroad(
                "Chandelier Cascade, 28 elements", "1", Unit.PIECE, "4690.00", detail="Mouth-blown glass, drop of 3.1 m"
            ),
            _abroad("Rigging drawings", "7.5", Unit.HOUR, "84.00"),
        ),
    ),
    Entry(
        key="menard-maintenance",
        customer=companies.MENARD,
        issued=30,
        imported=31,
        subject="Contrat d’entretien",
        lines=(_line("Entretien des éclairages, par mois", "6", Unit.MONTH, "80.00"),),
    ),
    Entry(
        key="suessmilch-gutschrift",
        customer=companies.SUESSMILCH,
        kind=Kind.CREDIT_NOTE,
        issued=33,
        imported=34,
        subject="Rücknahme Montagezubehör",
        corrects="suessmilch-office",
        lines=(_abroad("Montagezubehör, verstärkt, zurückgenommen", "5", Unit.PIECE, "36.50"),),
    ),
    Entry(
        key="marsh-lobby",
        customer=companies.MARSH,
        issued=35,
        imported=36,
        currency="USD",
        layout=Layout.LEDGER,
        subject="Lobby, Wexler Street",
        purchase_order="PO-77384",
        lines=(
            _abroad("Pendant Halo 60, aged brass", "9", Unit.PIECE, "642.00"),
            _abroad("Ocean freight, consolidated", "1", Unit.FLAT, "415.75"),
        ),
    ),
    Entry(
        key="pont-vitrine",
        customer=companies.PONT,
        issued=38,
        imported=39,
        subject="Vitrine de la librairie",
        purchase_order="PT-0519",
        lines=(
            _line("Profilé LED de vitrine", "7.2", Unit.METRE, "118.00"),
            _line("Lumière et papier, catalogue d’exposition", "25", Unit.PIECE, "19.00", vat="5.5"),
        ),
    ),
    Entry(
        key="vandersteen-reserve",
        customer=companies.VANDERSTEEN,
        issued=42,
        imported=43,
        layout=Layout.LEDGER,
        subject="Éclairage des réserves",
        lines=(
            _abroad("Luminaire de réserve, sans UV", "20", Unit.PIECE, "91.00"),
            _abroad("Livraison à Bruxelles", "1", Unit.FLAT, "165.00"),
        ),
    ),
    # --- Not due before the end: nothing to do -----------------------------------------------------------------
    Entry(
        key="nordlicht-winter",
        customer=companies.NORDLICHT,
        issued=51,
        imported=52,
        subject="Lichtkonzept Winterprogramm",
        lines=(_abroad("Lichtkonzept, drei Bühnenbilder", "44", Unit.HOUR, "92.00"),),
    ),
    Entry(
        key="suessmilch-messe",
        customer=companies.SUESSMILCH,
        issued=53,
        imported=54,
        terms_days=45,
        is_facturx=True,
        layout=Layout.RAIL,
        subject="Messestand, Halle 11",
        purchase_order="4500-1260",
        lines=(
            _abroad("Messebeleuchtung, Miete und Aufbau", "1", Unit.FLAT, "7350.00"),
            _abroad("Bereitschaft während der Messe", "4", Unit.DAY, "480.00"),
        ),
    ),
    Entry(
        key="ibarrondo-office",
        customer=companies.IBARRONDO,
        issued=58,
        imported=59,
        terms_days=60,
        subject="Offices and meeting rooms",
        purchase_order="TI-2026/83",
        lines=(
            _abroad("Acoustic pendant Ola, grey felt", "15", Unit.PIECE, "389.00"),
            _abroad("Presence sensor", "15", Unit.PIECE, "41.80"),
        ),
    ),
)
