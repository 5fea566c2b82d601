"""Constraints of accounts and what people attach to them."""

from datetime import UTC, date, datetime

from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from tests.data.cases.case import SAME, Case, currency, filled, one_of
from tests.factories import AccountFactory, NoteFactory, PauseFactory, SourceFactory, TagFactory

NOW = datetime(2026, 2, 3, 10, tzinfo=UTC)

CASES = {
    "accounts_account_name_not_blank": filled(AccountFactory, "name"),
    "accounts_account_country_code": Case(
        factory=AccountFactory,
        good=[{"country": "FR"}, {"country": ""}],
        bad=[{"country": "fr"}, {"country": "F"}],
    ),
    "accounts_account_currency_code": currency(AccountFactory),
    "accounts_account_language_known": Case(
        factory=AccountFactory, good=[{"language": "nl"}, {"language": ""}], bad=[{"language": "xx"}]
    ),
    "accounts_account_status_known": one_of(AccountFactory, "status", *AccountStatus),
    "accounts_account_follow_up_owner_known": one_of(AccountFactory, "follow_up_owner", *FollowUpOwner),
    "accounts_source.account_id": Case(
        factory=SourceFactory, good=[{"account__organization": SAME}], bad=[{"account": SAME}]
    ),
    "accounts_source_external_id": Case(
        factory=SourceFactory,
        first={"external_id": "C-1"},
        good=[{"account__organization": SAME, "external_id": "C-2"}, {"external_id": "C-1"}],
        bad=[{"account__organization": SAME, "external_id": "C-1"}],
    ),
    "accounts_source_external_id_not_blank": filled(SourceFactory, "external_id"),
    "accounts_source_system_known": one_of(SourceFactory, "system", "Custom"),
    "accounts_pause_one_open": Case(
        factory=PauseFactory,
        good=[{}, {"account": SAME, "ended_at": NOW, "ended_by": "Maud Petit"}],
        bad=[{"account": SAME}, {"account": SAME, "until": date(2026, 1, 20)}],
    ),
    "accounts_pause_reason_known": one_of(PauseFactory, "reason", *PauseReason),
    "accounts_pause_until_later": Case(
        factory=PauseFactory,
        good=[{"started_on": date(2026, 1, 12), "until": date(2026, 1, 13)}, {"until": None}],
        bad=[{"started_on": date(2026, 1, 12), "until": date(2026, 1, 12)}],
    ),
    "accounts_pause_ended_by": Case(
        factory=PauseFactory, good=[{"ended_at": NOW, "ended_by": "Maud Petit"}], bad=[{"ended_at": NOW}]
    ),
    "accounts_tag_name": Case(
        factory=TagFactory,
        first={"name": "late payer"},
        good=[{"name": "late payer"}, {"organization": SAME, "name": "early payer"}],
        bad=[{"organization": SAME, "name": "Late Payer"}],
    ),
    "accounts_tag_name_not_blank": filled(TagFactory, "name"),
    "accounts_note_text_not_blank": filled(NoteFactory, "text"),
}
