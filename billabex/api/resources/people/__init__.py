"""People of accounts: contacts, internal representatives, and whoever it is. Source: seed 004; api.md 4."""

from django.urls import path

from billabex.api.resources.people.kinds import CONTACTS, REPRESENTATIVES
from billabex.api.resources.people.views import PartyView, list_view, person_view, upsert_view

urlpatterns = [
    path("accounts/<key:account_id>/contacts", list_view(CONTACTS), name="api-contacts"),
    path("accounts/<key:account_id>/contacts/upsert", upsert_view(CONTACTS), name="api-contact-upsert"),
    path("accounts/<key:account_id>/contacts/<key:person_id>", person_view(CONTACTS), name="api-contact"),
    path(
        "accounts/<key:account_id>/internal-representatives",
        list_view(REPRESENTATIVES),
        name="api-representatives",
    ),
    path(
        "accounts/<key:account_id>/internal-representatives/upsert",
        upsert_view(REPRESENTATIVES),
        name="api-representative-upsert",
    ),
    path(
        "accounts/<key:account_id>/internal-representatives/<key:person_id>",
        person_view(REPRESENTATIVES),
        name="api-representative",
    ),
    path("accounts/<key:account_id>/party/upsert", PartyView.as_view(), name="api-party-upsert"),
]
