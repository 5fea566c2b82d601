"""Addresses of OAuth, under the name by which the toolkit knows them. None ends with a slash, none redirects."""

from django.urls import path

from billabex.organizations.oauth.views.authorization import AuthorizationView
from billabex.organizations.oauth.views.metadata import ResourceMetadataView, ServerMetadataView
from billabex.organizations.oauth.views.registration import RegistrationManagementView, RegistrationView
from billabex.organizations.oauth.views.tokens import (
    IntrospectionView,
    KeysView,
    RevocationView,
    TokenView,
    UserInfoView,
)

app_name = "oauth2_provider"

urlpatterns = [
    path("api/oauth/authorize", AuthorizationView.as_view(), name="authorize"),
    path("api/oauth/token", TokenView.as_view(), name="token"),
    path("api/oauth/revoke", RevocationView.as_view(), name="revoke"),
    path("api/oauth/introspect", IntrospectionView.as_view(), name="introspect"),
    path("api/oauth/userinfo", UserInfoView.as_view(), name="userinfo"),
    path("api/oauth/jwks", KeysView.as_view(), name="jwks"),
    path("api/oauth/register", RegistrationView.as_view(), name="register"),
    path("api/oauth/register/<str:client_id>", RegistrationManagementView.as_view(), name="manage"),
    path(".well-known/oauth-authorization-server", ServerMetadataView.as_view(), name="server-metadata"),
    path(".well-known/openid-configuration", ServerMetadataView.as_view(), name="oidc-connect-discovery-info"),
    path(".well-known/oauth-protected-resource", ResourceMetadataView.as_view(), name="resource-metadata"),
    path(".well-known/oauth-protected-resource/<path:path>", ResourceMetadataView.as_view()),
]
