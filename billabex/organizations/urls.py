"""Addresses for signing in and out, for the settings, and for one's own profile."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from billabex.organizations import views

settings_urls = [
    path("", views.organization, name="organization"),
    path("domains/add/", views.add_domain, name="add-domain"),
    path("domains/<uuid:pk>/remove/", views.remove_domain, name="remove-domain"),
    path("agent/", views.agent, name="agent"),
    path("closures/add/", views.add_closure, name="add-closure"),
    path("closures/<uuid:pk>/remove/", views.remove_closure, name="remove-closure"),
    path("profile/", views.profile, name="profile"),
    path("profile/password/", views.password, name="password"),
    path("api/", views.api_access, name="api-access"),
    path("api/applications/<uuid:pk>/disconnect/", views.disconnect, name="disconnect"),
    path("api/tokens/<uuid:pk>/revoke/", views.revoke_token, name="revoke-token"),
]

urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("profile/language/", views.language, name="profile-language"),
    path("settings/", include((settings_urls, "settings"))),
]
