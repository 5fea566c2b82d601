"""Constraints of messages, their recipients and the invoices they name."""

from datetime import UTC, date, datetime
from decimal import Decimal

from communications.enums import Kind, RecipientField, Status, Tone
from communications.models import LARGEST_IMAGE
from tests.data.cases.case import SAME, Case, currency, filled, one_of
from tests.factories import CommunicationFactory, InlineImageFactory, NamedInvoiceFactory, RecipientFactory

NOW = datetime(2026, 2, 18, 9, tzinfo=UTC)
OTHER_DAY = date(2026, 2, 25)
EDITED = {"edited_at": NOW, "edited_by": "Maud Petit"}
RELEASED = {"released_at": NOW, "released_by": "Maud Petit"}
CANCELLED = {"cancelled_at": NOW, "cancelled_by": "Maud Petit"}
COMPOSED = {"author": "member", "kind": Kind.MESSAGE, "step": 0, "tone": "", "composed_by": "Maud Petit"}

CASES = {
    "communications_one_scheduled": Case(
        factory=CommunicationFactory,
        good=[
            {},
            {"account": SAME, "author": "member"},
            {"account": SAME, **COMPOSED},
            {"account": SAME, **COMPOSED, **EDITED},
            {"account": SAME, "status": Status.CANCELLED},
            {"account": SAME, "sent": True},
        ],
        bad=[
            {"account": SAME, "planned_on": OTHER_DAY},
            {"account": SAME, "author": "member", **EDITED},
            {"account": SAME, **EDITED},
        ],
    ),
    "communications_one_a_day": Case(
        factory=CommunicationFactory,
        first={"sent": True},
        good=[
            {"sent": True},
            {"account": SAME},
            {"account": SAME, "sent": True, "planned_on": OTHER_DAY},
            {"account": SAME, "sent": True, "author": "member"},
            {"account": SAME, "sent": True, **EDITED},
            {"account": SAME, "sent": True, **RELEASED},
        ],
        bad=[
            {"account": SAME, "sent": True},
            {"account": SAME, "failed": True},
            {"account": SAME, "status": Status.SENDING, "claimed_at": NOW},
        ],
    ),
    "communications_direction_known": Case(
        factory=CommunicationFactory,
        good=[{"direction": "outgoing"}, {"received": True}],
        bad=[{"direction": "sideways"}],
    ),
    "communications_channel_known": one_of(CommunicationFactory, "channel", "email"),
    "communications_status_known": Case(
        factory=CommunicationFactory, good=[{"status": Status.CANCELLED}], bad=[{"status": "lost"}]
    ),
    "communications_author_known": one_of(CommunicationFactory, "author", "agent", "member"),
    "communications_kind_known": Case(
        factory=CommunicationFactory,
        good=[{"kind": kind, "step": 0} for kind in Kind if kind != Kind.FOLLOW_UP],
        bad=[{"kind": "poem", "step": 0}],
    ),
    "communications_language_known": one_of(CommunicationFactory, "language", "en", "pt"),
    "communications_tone_known": Case(
        factory=CommunicationFactory,
        good=[{"tone": Tone.FIRM}, {"tone": "", "author": "member"}],
        bad=[{"tone": "angry"}],
    ),
    "communications_agent_tone": Case(
        factory=CommunicationFactory,
        good=[{"tone": "", "author": "member"}],
        bad=[{"tone": "", "author": "agent"}],
    ),
    "communications_incoming": Case(
        factory=CommunicationFactory,
        good=[{"received": True}],
        bad=[
            {"received": True, "author": "member"},
            {"received": True, "status": Status.CANCELLED},
            {"received": True, "direction": "outgoing"},
            {"author": "customer"},
            {"status": Status.RECEIVED},
        ],
    ),
    "communications_planned": Case(
        factory=CommunicationFactory,
        good=[{"received": True, "planned_on": None, "scheduled_for": None}],
        bad=[{"planned_on": None, "scheduled_for": NOW}, {"scheduled_for": None}],
    ),
    "communications_words": Case(
        factory=CommunicationFactory,
        good=[
            {"subject": "", "body_text": ""},
            {"sent": True, "subject": ""},
            {"sent": True, "body_text": ""},
        ],
        bad=[
            {"sent": True, "subject": "", "body_text": ""},
            {"received": True, "subject": "", "body_text": ""},
        ],
    ),
    "communications_claimed": Case(
        factory=CommunicationFactory,
        good=[{"status": Status.SENDING, "claimed_at": NOW}],
        bad=[
            {"status": Status.SENDING},
            {"sent": True, "claimed_at": None},
            {"failed": True, "claimed_at": None},
        ],
    ),
    "communications_sent": Case(
        factory=CommunicationFactory,
        good=[{"sent": True}, {"received": True, "sent_at": NOW}, {"received": True, "sent_at": None}],
        bad=[
            {"sent": True, "sent_at": None},
            {"sent_at": NOW},
            {"failed": True, "sent_at": NOW},
        ],
    ),
    "communications_failure": Case(
        factory=CommunicationFactory,
        good=[{"failed": True}, {"failed": True, "failure_code": "out_of_reach"}],
        bad=[
            {"failed": True, "failure_code": ""},
            {"failed": True, "failure_code": "gremlins"},
            {"failure_code": "refused"},
        ],
    ),
    "communications_step": Case(
        factory=CommunicationFactory,
        good=[{"step": 12}, {"kind": Kind.PRE_DUE_REMINDER, "step": 0}],
        bad=[{"step": 0}, {"kind": Kind.PRE_DUE_REMINDER, "step": 1}],
    ),
    "communications_edited": Case(
        factory=CommunicationFactory,
        good=[EDITED, {"author": "member", **EDITED}, {"sent": True, **EDITED}],
        bad=[
            EDITED | {"edited_by": ""},
            EDITED | {"edited_at": None},
            {"received": True, **EDITED},
        ],
    ),
    "communications_released": Case(
        factory=CommunicationFactory,
        good=[RELEASED, {"sent": True, **RELEASED}],
        bad=[
            RELEASED | {"released_by": ""},
            RELEASED | {"released_at": None},
            {"received": True, **RELEASED},
        ],
    ),
    "communications_cancelled": Case(
        factory=CommunicationFactory,
        good=[{"status": Status.CANCELLED}, {"status": Status.CANCELLED, **CANCELLED}],
        bad=[
            CANCELLED,
            {"sent": True, **CANCELLED},
            {"status": Status.CANCELLED, **CANCELLED, "cancelled_by": ""},
            {"status": Status.CANCELLED, **CANCELLED, "cancelled_at": None},
        ],
    ),
    "communications_composed": Case(
        factory=CommunicationFactory,
        good=[COMPOSED, {"sent": True, **COMPOSED}],
        bad=[
            COMPOSED | {"author": "agent", "tone": Tone.FIRM},
            COMPOSED | {"kind": Kind.PRE_DUE_REMINDER},
        ],
    ),
    "communications_recipient_address": Case(
        factory=RecipientFactory,
        first={"address": "jane@customer.example"},
        good=[{"communication": SAME}, {"address": "jane@customer.example"}],
        bad=[{"communication": SAME, "field": "cc", "address": "Jane@Customer.example"}],
    ),
    "communications_recipient_field_known": one_of(RecipientFactory, "field", *RecipientField),
    "communications_recipient_address_not_blank": filled(RecipientFactory, "address"),
    "communications_namedinvoice_pair": Case(
        factory=NamedInvoiceFactory,
        good=[{"communication": SAME}, {"invoice": SAME}],
        bad=[{"communication": SAME, "invoice": SAME}],
    ),
    "communications_namedinvoice_currency_code": currency(NamedInvoiceFactory),
    "communications_namedinvoice_remaining": Case(
        factory=NamedInvoiceFactory,
        good=[{"total_amount": Decimal(50), "remaining_amount": Decimal(50)}],
        bad=[
            {"remaining_amount": Decimal(0)},
            {"total_amount": Decimal(50), "remaining_amount": Decimal("50.01")},
        ],
    ),
    "communications_inlineimage_pair": Case(
        factory=InlineImageFactory,
        good=[{"communication": SAME, "cid": "another"}, {"cid": SAME}],
        bad=[{"communication": SAME, "cid": SAME}],
    ),
    "communications_inlineimage_cid": Case(
        factory=InlineImageFactory,
        good=[{"cid": "code.1_a-B@billabex.example"}],
        bad=[{"cid": ""}, {"cid": "two words"}, {"cid": 'quo"ted'}, {"cid": "<code>"}, {"cid": "code\n"}],
    ),
    "communications_inlineimage_size": Case(
        factory=InlineImageFactory,
        good=[{"png": b"\x00"}, {"png": bytes(LARGEST_IMAGE)}],
        bad=[{"png": b""}, {"png": bytes(LARGEST_IMAGE + 1)}],
    ),
}
