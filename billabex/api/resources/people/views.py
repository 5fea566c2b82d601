"""Reading and writing people: the same views for contacts and internal representatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import F
from django.db.models.functions import Lower

from billabex.api.operations import Answer, operation
from billabex.api.resources.accounts.reading import OF_ACCOUNT, account_of
from billabex.api.resources.people.serializers import PartyOut, PeopleQuery, PersonChanges, PersonOut
from billabex.api.views import ApiView
from contacts import services
from contacts.errors import PersonIncomplete
from contacts.selectors import person_of

if TYPE_CHECKING:
    from uuid import UUID

    from accounts.models import Account
    from billabex.api.pages import Page, Sorts
    from billabex.api.resources.people.kinds import People

SORTS: Sorts = {"createdAt": F("created_at"), "updatedAt": F("updated_at"), "fullName": Lower("full_name")}


class PeopleView(ApiView):
    """What is below an account and about its people."""

    enters = OF_ACCOUNT

    def account(self, account_id: UUID) -> Account:
        """Return the account whose people are meant."""
        return account_of(self.organization, account_id)


def list_view(people: People) -> Any:
    """Return the view of all people of a kind at an account."""

    class ListView(PeopleView):
        @operation(f"List {people.many}", scope="accounts:read", query=PeopleQuery, pages=PersonOut)
        def get(self, account_id: UUID, query: dict[str, Any]) -> Page[Any]:
            """Lists the account's people of this kind, the oldest first unless sorted otherwise."""
            rows = people.kind.model.objects.filter(account=account_id)
            if status := query.get("email_status"):
                rows = rows.filter(email_status=status).exclude(email="")
            return self.page(rows, query, sorts=SORTS, default="createdAt")

        @operation(
            f"Create {people.one}",
            scope="accounts:all",
            takes=people.takes,
            answers=PersonOut,
            status=201,
            refuses=[people.kind.taken],
        )
        def post(self, account_id: UUID, body: dict[str, Any]) -> Any:
            """Adds somebody to the account. A primary one takes the flag from whoever had it."""
            return services.add_person(people.kind, account=self.account(account_id), actor=self.actor, **body)

    return ListView.as_view()


def person_view(people: People) -> Any:
    """Return the view of one person of a kind."""
    kind = people.kind
    writes: dict[str, Any] = {
        "scope": "accounts:all",
        "answers": PersonOut,
        "refuses": [kind.missing, kind.taken],
    }

    class PersonView(PeopleView):
        @operation(f"Read {people.one}", scope="accounts:read", answers=PersonOut, refuses=[kind.missing])
        def get(self, account_id: UUID, person_id: UUID) -> Any:
            """Answers somebody as they are. `email` is null for somebody without an address."""
            return person_of(kind, self.account(account_id), person_id)

        @operation(f"Replace {people.one}", takes=people.takes, **writes)
        def put(self, account_id: UUID, person_id: UUID, body: dict[str, Any]) -> Any:
            """Replaces all of it: what is left out becomes empty, but `doNotContact` and `copyOnly` stay.

            It takes the fields of a creation. An answer cannot be put back as it is: there, `email` is an object, and
            `id` and the instants are not yours to set.
            """
            return self._updated(account_id, person_id, body)

        @operation(f"Change {people.one}", takes=people.changes, **writes)
        def patch(self, account_id: UUID, person_id: UUID, body: dict[str, Any]) -> Any:
            """Changes only what is given."""
            return self._updated(account_id, person_id, body)

        def _updated(self, account_id: UUID, person_id: UUID, body: dict[str, Any]) -> Any:
            person = person_of(kind, self.account(account_id), person_id)
            return services.update_person(person, actor=self.actor, **body)

        @operation(f"Delete {people.one}", scope="accounts:all", refuses=[kind.missing])
        def delete(self, account_id: UUID, person_id: UUID) -> None:
            """Deletes somebody for good. Messages they received keep their name and address."""
            services.delete_person(person_of(kind, self.account(account_id), person_id), actor=self.actor)

    return PersonView.as_view()


def upsert_view(people: People) -> Any:
    """Return the view that updates or creates somebody of a kind."""

    class UpsertView(PeopleView):
        @operation(
            f"Update or create {people.one}",
            scope="accounts:all",
            takes=people.changes,
            answers=PersonOut,
            also=(201,),
            refuses=[PersonIncomplete],
        )
        def put(self, account_id: UUID, body: dict[str, Any]) -> Answer:
            """Updates whom `email` means, else `fullName`; else creates somebody new.

            An address matches whatever its case. A name matches if it differs in two letters at most, and in no more
            than a fifth of the shorter one; the nearest wins, then the oldest. Whoever is known only changes in what is
            given (200); somebody new needs `fullName` and `language` (201). Null is given, too: `"email": null` takes
            the address away from whom the name means. Leave out what you do not know.
            """
            account = self.account(account_id)
            person, is_new = services.upsert_person(people.kind, account=account, actor=self.actor, **body)
            return Answer(person, 201 if is_new else 200)

    return UpsertView.as_view()


class PartyView(PeopleView):
    """Whoever it is."""

    @operation(
        "Update or create a contact or an internal representative",
        scope="accounts:all",
        takes=PersonChanges,
        answers=PartyOut,
        also=(201,),
        refuses=[PersonIncomplete],
    )
    def put(self, account_id: UUID, body: dict[str, Any]) -> Answer:
        """Updates or creates an internal representative or a contact, as the domain of the address tells.

        An address on one of the organization's domains, or below one, is an internal representative's; any other, and
        none, is a contact's. Both match as in their own upserts, and take an address away for null. The answer says
        which it was.
        """
        person, is_new = services.upsert_party(account=self.account(account_id), actor=self.actor, **body)
        return Answer(person, 201 if is_new else 200)
