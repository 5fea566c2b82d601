"""Constraints of users, organizations and memberships."""

from datetime import UTC, date, datetime, time

from tests.data.cases.case import SAME, Case, currency, filled, one_of
from tests.factories import (
    ApplicationFactory,
    ClosureFactory,
    EmailDomainFactory,
    MembershipFactory,
    OrganizationFactory,
    PersonalAccessTokenFactory,
    UserFactory,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)

CASES = {
    "organizations_user.email": Case(
        factory=UserFactory,
        first={"email": "maud@atelier.example"},
        good=[{"email": "max@atelier.example"}],
        bad=[{"email": SAME}],
        stricter="organizations_user_email",
    ),
    "organizations_user_email": Case(
        factory=UserFactory,
        first={"email": "maud@atelier.example"},
        good=[{"email": "maude@atelier.example"}],
        bad=[{"email": "Maud@Atelier.example"}],
    ),
    "organizations_user_email_not_blank": filled(UserFactory, "email"),
    "organizations_user_language_known": one_of(UserFactory, "language", "en", "fr"),
    "organizations_organization.slug": Case(
        factory=OrganizationFactory, first={"slug": "nord"}, good=[{"slug": "sud"}], bad=[{"slug": "nord"}]
    ),
    "organizations_organization_name_not_blank": filled(OrganizationFactory, "name"),
    "organizations_organization_slug_not_blank": filled(OrganizationFactory, "slug"),
    "organizations_organization_agent_name_not_blank": filled(OrganizationFactory, "agent_name"),
    "organizations_organization_country_code": Case(
        factory=OrganizationFactory,
        good=[{"country": "DE"}],
        bad=[{"country": "de"}, {"country": "D"}, {"country": ""}],
    ),
    "organizations_organization_default_currency_code": currency(OrganizationFactory, "default_currency"),
    "organizations_organization_default_language_known": Case(
        factory=OrganizationFactory,
        good=[{"default_language": "pt"}],
        bad=[{"default_language": "xx"}, {"default_language": ""}],
    ),
    "organizations_organization_terms": Case(
        factory=OrganizationFactory,
        good=[{"payment_terms_days": 0}, {"payment_terms_days": 365}],
        bad=[{"payment_terms_days": 366}],
    ),
    "organizations_organization_extra_delay": Case(
        factory=OrganizationFactory,
        good=[{"extra_delay_days": 0}, {"extra_delay_days": 90}],
        bad=[{"extra_delay_days": 91}],
    ),
    "organizations_organization_hours": Case(
        factory=OrganizationFactory,
        good=[{"sends_from": time(9), "sends_until": time(9, 1)}],
        bad=[{"sends_from": time(9), "sends_until": time(9)}, {"sends_from": time(18), "sends_until": time(9)}],
    ),
    "organizations_closure_order": Case(
        factory=ClosureFactory,
        good=[{"starts_on": date(2026, 12, 24), "ends_on": date(2026, 12, 24)}],
        bad=[{"starts_on": date(2026, 12, 24), "ends_on": date(2026, 12, 23)}],
    ),
    "organizations_closure_length": Case(
        factory=ClosureFactory,
        good=[{"starts_on": date(2028, 1, 1), "ends_on": date(2028, 12, 31)}],
        bad=[{"starts_on": date(2028, 1, 1), "ends_on": date(2029, 1, 1)}],
    ),
    "organizations_emaildomain_name": Case(
        factory=EmailDomainFactory,
        first={"name": "atelier.example"},
        good=[{"organization": SAME, "name": "atelier.test"}, {"name": "atelier.example"}],
        bad=[{"organization": SAME, "name": "Atelier.EXAMPLE"}],
    ),
    "organizations_emaildomain_name_not_blank": filled(EmailDomainFactory, "name"),
    "organizations_membership_user": Case(
        factory=MembershipFactory,
        good=[{"organization": SAME}, {"user": SAME}],
        bad=[{"organization": SAME, "user": SAME}],
    ),
    "organizations_membership_role_known": one_of(MembershipFactory, "role", "owner", "member", "read_only"),
    "organizations_personalaccesstoken.secret_hash": Case(
        factory=PersonalAccessTokenFactory,
        first={"secret_hash": "one"},
        good=[{"secret_hash": "another"}],
        bad=[{"secret_hash": "one"}],
    ),
    "organizations_personalaccesstoken_name_not_blank": filled(PersonalAccessTokenFactory, "name"),
    "organizations_personalaccesstoken_scope_not_blank": filled(PersonalAccessTokenFactory, "scope"),
    "organizations_personalaccesstoken_expiry": Case(
        factory=PersonalAccessTokenFactory,
        good=[{"created_at": NOON, "expires_at": NOON.replace(minute=1)}],
        bad=[{"created_at": NOON, "expires_at": NOON}],
    ),
    "organizations_application.client_id": Case(
        factory=ApplicationFactory,
        first={"client_id": "one"},
        good=[{"client_id": "another"}],
        bad=[{"client_id": "one"}],
    ),
    "organizations_application.registration_token_hash": Case(
        factory=ApplicationFactory,
        first={"registration_token_hash": "one"},
        good=[{"registration_token_hash": "another"}],
        bad=[{"registration_token_hash": "one"}],
    ),
    "organizations_application_name_not_blank": filled(ApplicationFactory, "name"),
    "organizations_application_redirect_uris_not_blank": filled(ApplicationFactory, "redirect_uris"),
    "organizations_application_authentication": Case(
        factory=ApplicationFactory,
        good=[
            {"authentication": method, "client_type": "confidential", "client_secret": "hash"}
            for method in ("client_secret_basic", "client_secret_post")
        ],
        bad=[
            {"client_secret": "hash"},
            {"client_type": "confidential"},
            {"authentication": "client_secret_post", "client_type": "confidential"},
            {"authentication": "client_secret_post", "client_secret": "hash"},
            {"authentication": "private_key_jwt", "client_type": "confidential", "client_secret": "hash"},
        ],
    ),
    "organizations_application_kind": Case(
        factory=ApplicationFactory,
        good=[{}],
        bad=[
            {"algorithm": "HS256"},
            {"authorization_grant_type": "implicit"},
            {
                "hash_client_secret": True,
                "client_secret": "hash",
                "client_type": "confidential",
                "authentication": "client_secret_post",
            },
        ],
    ),
}
