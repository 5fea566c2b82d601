"""Users, organizations and memberships."""
# mypy: untyped-calls-exclude=factory

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.hashers import make_password
from factory.declarations import LazyFunction, Sequence, SubFactory, Transformer

from billabex.core import clock
from billabex.organizations.enums import Role
from billabex.organizations.hashing import hash_of_token
from billabex.organizations.models import (
    Application,
    Closure,
    EmailDomain,
    Membership,
    Organization,
    PersonalAccessToken,
    User,
)
from tests.factories.rows import RowFactory

PASSWORD = "correct horse battery"


class OrganizationFactory(RowFactory[Organization]):
    class Meta:
        model = Organization

    name = Sequence(lambda n: f"Atelier {n}")
    slug = Sequence(lambda n: f"atelier-{n}")


class EmailDomainFactory(RowFactory[EmailDomain]):
    class Meta:
        model = EmailDomain

    organization = SubFactory(OrganizationFactory)
    name = Sequence(lambda n: f"atelier-{n}.example")


class ClosureFactory(RowFactory[Closure]):
    class Meta:
        model = Closure

    organization = SubFactory(OrganizationFactory)
    starts_on = date(2026, 8, 3)
    ends_on = date(2026, 8, 21)
    label = "Summer break"


class UserFactory(RowFactory[User]):
    class Meta:
        model = User

    email = Sequence(lambda n: f"user{n}@atelier.example")
    full_name = Sequence(lambda n: f"User {n}")
    password = Transformer(PASSWORD, transform=make_password)


class MembershipFactory(RowFactory[Membership]):
    class Meta:
        model = Membership

    organization = SubFactory(OrganizationFactory)
    user = SubFactory(UserFactory)
    role = Role.MEMBER


class PersonalAccessTokenFactory(RowFactory[PersonalAccessToken]):
    class Meta:
        model = PersonalAccessToken

    user = SubFactory(UserFactory)
    name = "Nightly import"
    secret_hash = Transformer(Sequence(lambda n: f"bbx_secret-{n}"), transform=hash_of_token)
    prefix = "bbx_secr"
    scope = "accounts:read"
    expires_at = LazyFunction(lambda: clock.now() + timedelta(days=30))


class ApplicationFactory(RowFactory[Application]):
    class Meta:
        model = Application

    name = Sequence(lambda n: f"Ledger {n}")
    redirect_uris = "https://ledger.example/callback"
    authentication = "none"
    client_type = "public"
    client_secret = ""
    hash_client_secret = False
    authorization_grant_type = "authorization-code"
    algorithm = "RS256"
    registration_source = "dcr"
    registration_token_hash = Transformer(Sequence(lambda n: f"registration-{n}"), transform=hash_of_token)
