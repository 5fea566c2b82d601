"""What every route of the API has in common: who asks, in which organization, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.utils import translation
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.views import APIView

from billabex.api.authentication import BearerAuthentication, challenge
from billabex.api.errors import MissingScope, OwnersOnly, PlainHttp, ReadOnlyMember, UnknownOrganization, answer_error
from billabex.api.operations import NOTHING, SAFE, Operation
from billabex.api.pages import page_of
from billabex.api.parsers import FormParser, StrictJsonParser
from billabex.api.throttling import SlidingWindow
from billabex.core import clock
from billabex.core.ids import new_id
from billabex.organizations.models import Membership
from billabex.organizations.oauth.throttle import address_of
from billabex.organizations.rules import local_date
from billabex.organizations.scopes import grants

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime
    from uuid import UUID

    from django.core.files.uploadedfile import UploadedFile
    from django.db.models import Model, QuerySet
    from rest_framework.request import Request

    from billabex.api.pages import Page, Sorts
    from billabex.core.actors import Actor
    from billabex.core.errors import NotFound
    from billabex.organizations.credentials import Credentials
    from billabex.organizations.models import Organization, User


@dataclass(frozen=True, slots=True)
class Entrance:
    """By which key in the address a route enters an organization.

    Attributes:
        model: Whose key it is; it has an `organization`.
        key: The key's name in the address.
        missing: The error when no organization of the token's user has it.
        column: Where its organization stands.
    """

    model: type[Model]
    key: str
    missing: type[NotFound]
    column: str = "organization"

    def one[Row: Model](self, rows: QuerySet[Row], key: UUID) -> Row:
        """Return the one of some rows that has the key.

        Raises:
            NotFound: `missing`: none has it; what was entered by may have gone since.
        """
        if (row := rows.filter(pk=key).first()) is None:
            raise self.missing
        return row


class ApiView(APIView):
    """A route of the API. Its methods are made with `operations.operation`."""

    authentication_classes = (BearerAuthentication,)
    permission_classes = ()
    parser_classes = (StrictJsonParser,)
    http_method_names = ["get", "post", "put", "patch", "delete", "head"]  # CORS answers OPTIONS before
    enters: Entrance | None = None
    request: Request
    member: Membership

    # --- Who asks -----------------------------------------------------------------------------------------------

    @property
    def credentials(self) -> Credentials:
        """Whose token it is, and what it may do."""
        return cast("Credentials", self.request.auth)

    @property
    def user(self) -> User:
        """The user as whom the token acts."""
        return self.credentials.user

    @property
    def actor(self) -> Actor:
        """The client, as the audit log knows it."""
        return self.credentials.actor

    @property
    def organization(self) -> Organization:
        """The organization that was entered."""
        return self.member.organization

    @cached_property
    def memberships(self) -> dict[UUID, Membership]:
        """The user's memberships by organization. One query."""
        found = Membership.objects.filter(user=self.user).select_related("organization", "user")
        return {membership.organization_id: membership for membership in found.order_by("created_at", "id")}

    @cached_property
    def now(self) -> datetime:
        """The instant of the request."""
        return clock.now()

    @property
    def today(self) -> date:
        """The civil date in the organization that was entered."""
        return local_date(self.organization, self.now)

    # --- Doors --------------------------------------------------------------------------------------------------

    def open_doors(self, told: Operation, keys: Mapping[str, Any]) -> None:
        """Let the request in, or refuse it, before its body is looked at.

        Raises:
            MissingScope, OwnersOnly, ReadOnlyMember: The token or its user may not (403).
            NotFound: What the address names is of no organization of theirs (404).
        """
        if not told.scope:
            return
        if not grants(self.credentials.scopes, told.scope):
            raise MissingScope(told.scope)
        if self.enters is not None:
            column = self.enters.column
            found = self.enters.model._default_manager.filter(  # noqa: SLF001 - Django's documented model API
                pk=keys[self.enters.key], **{f"{column}__in": list(self.memberships)}
            )
            organization_id = found.values_list(column, flat=True).first()
            if organization_id is None:
                raise self.enters.missing
            self.enter_organization(organization_id)
        elif self.writes and not any(map(self._may_write, self.memberships.values())):
            raise ReadOnlyMember

    def enter_organization(self, organization_id: UUID) -> None:
        """Enter the organization that a body or a parameter names.

        Raises:
            UnknownOrganization: The token's user is no member of it (404).
            ReadOnlyMember, OwnersOnly: They may not do this there (403).
        """
        if organization_id not in self.memberships:
            raise UnknownOrganization
        self.member = self.memberships[organization_id]
        if self.writes and not self._may_write(self.member):
            raise OwnersOnly if self._told.owners else ReadOnlyMember

    def entered[Row: Model](self, rows: QuerySet[Row], missing: type[NotFound], **key: Any) -> Row:
        """Enter the organization of something that a body or a parameter names, and return it.

        Raises:
            NotFound: `missing`: no organization of the token's user has it (404).
            ReadOnlyMember, OwnersOnly: They may not do this there (403).
        """
        row = rows.filter(organization__in=list(self.memberships), **key).first()
        if row is None:
            raise missing
        self.enter_organization(row.organization_id)  # type: ignore[attr-defined]  # as the filter knows
        return row

    @property
    def writes(self) -> bool:
        """Whether the request may change anything."""
        return self.request.method not in SAFE

    def _may_write(self, member: Membership) -> bool:
        return member.is_owner if self._told.owners else member.can_write

    # --- Lists --------------------------------------------------------------------------------------------------

    def page[Row: Model](
        self, rows: QuerySet[Row], query: Mapping[str, Any], *, sorts: Sorts | None = None, default: str = ""
    ) -> Page[Row]:
        """Return the page of a list that the query asks for. One query; its cost is the same at any depth."""
        return page_of(rows, query, list_name=self.request.path, sorts=sorts or {}, default=default)

    # --- The request's way --------------------------------------------------------------------------------------

    def get_parsers(self) -> list[Any]:
        """Return what reads the body: JSON, or a form where the operation says so."""
        return [FormParser()] if self._told.multipart else [StrictJsonParser()]

    @property
    def _told(self) -> Operation:
        """What the request's method does; one that does not exist does nothing for anybody."""
        method = getattr(getattr(self, "request", None), "method", "")  # there is none while the API describes itself
        handler = getattr(self, str(method).lower(), None)
        told: Operation = getattr(handler, "operation", NOTHING)
        return told

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """Serve the request; then close the files that came with it, and speak the language of before."""
        language = translation.get_language()
        self.uploads: list[UploadedFile[bytes]] = []
        try:
            return super().dispatch(request, *args, **kwargs)
        finally:
            translation.activate(language)
            for file in self.uploads:
                file.close()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find out who asks, count the request, and speak their language."""
        self.format_kwarg = None
        self.request_id = str(new_id())
        neg = self.perform_content_negotiation(request, force=True)
        request.accepted_renderer, request.accepted_media_type = neg
        self.window = SlidingWindow(f"ip:{address_of(request)}")
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            self.window.count()
            raise PlainHttp
        try:
            self.perform_authentication(request)
        except AuthenticationFailed:
            self.window.count()
            raise
        if request.auth is not None:
            self.window = SlidingWindow(self.credentials.key)
        self.window.count()
        if request.auth is None:
            if self._told.scope:
                raise NotAuthenticated
        elif "Accept-Language" not in request.headers:
            translation.activate(self.user.language)

    def handle_exception(self, exc: Exception) -> Any:
        """Answer an error in the API's one shape."""
        response = answer_error(exc, self.request_id)
        response.exception = True
        return response

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Say on every answer whose it is, in which language, and how many more may be asked for."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response["X-Request-Id"] = self.request_id
        response["Cache-Control"] = "no-store"
        response["Content-Language"] = translation.get_language()
        for name, value in self.window.headers().items():
            response[name] = value
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            response["WWW-Authenticate"] = challenge(request, response)
        return response
