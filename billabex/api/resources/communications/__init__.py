"""Communications: messages in and out, those that are planned, and members' own."""

from django.urls import path

from billabex.api.resources.communications.views import (
    AccountCommunicationsView,
    CommunicationsView,
    CommunicationView,
    SendNowView,
)

urlpatterns = [
    path("communications", CommunicationsView.as_view(), name="communications"),
    path("communications/<key:communication_id>", CommunicationView.as_view(), name="communication"),
    path("communications/<key:communication_id>/send-now", SendNowView.as_view(), name="communication-send-now"),
    path(
        "accounts/<key:account_id>/communications", AccountCommunicationsView.as_view(), name="account-communications"
    ),
]
