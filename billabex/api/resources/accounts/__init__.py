"""Accounts: customer companies that owe the organization."""

from django.urls import path

from billabex.api.resources.accounts.views import AccountsView, AccountView, SourceView

urlpatterns = [
    path("accounts", AccountsView.as_view(), name="accounts"),
    path("accounts/<key:account_id>", AccountView.as_view(), name="account"),
    path("accounts/<key:account_id>/source", SourceView.as_view(), name="account-source"),
]
