"""Whether and by whom an account is followed up, and why the agent did or did not act."""

from django.urls import path

from billabex.api.resources.follow_ups.actions import (
    EntrustView,
    PauseView,
    ReinstateView,
    ResumeView,
    TakeBackView,
    WriteOffView,
)
from billabex.api.resources.follow_ups.decisions import DecisionsView

urlpatterns = [
    path("accounts/<key:account_id>/pause", PauseView.as_view(), name="account-pause"),
    path("accounts/<key:account_id>/resume", ResumeView.as_view(), name="account-resume"),
    path("accounts/<key:account_id>/entrust", EntrustView.as_view(), name="account-entrust"),
    path("accounts/<key:account_id>/take-back", TakeBackView.as_view(), name="account-take-back"),
    path("accounts/<key:account_id>/write-off", WriteOffView.as_view(), name="account-write-off"),
    path("accounts/<key:account_id>/reinstate", ReinstateView.as_view(), name="account-reinstate"),
    path("accounts/<key:account_id>/decisions", DecisionsView.as_view(), name="account-decisions"),
]
