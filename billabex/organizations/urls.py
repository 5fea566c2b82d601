"""Addresses for signing in and out, and for one's own profile."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from billabex.organizations import views

urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("profile/language/", views.language, name="profile-language"),
]
