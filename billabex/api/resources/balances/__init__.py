"""What accounts owe, per currency, and how old it is."""

from django.urls import path

from billabex.api.resources.balances.views import (
    AccountAgingsView,
    AccountBalancesView,
    AgingView,
    BalancesView,
    BalanceView,
)

urlpatterns = [
    path("accounts/<key:account_id>/balances", AccountBalancesView.as_view(), name="account-balances"),
    path("balances", BalancesView.as_view(), name="balances"),
    path("balances/<key:balance_id>", BalanceView.as_view(), name="balance"),
    path("aging-balance", AgingView.as_view(), name="aging-balance"),
    path("aging-balance/accounts", AccountAgingsView.as_view(), name="aging-balance-accounts"),
]
