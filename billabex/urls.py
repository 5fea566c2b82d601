"""Every address of the site, assembled from the apps."""

from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView

from billabex.api.resources.status import NowhereView
from billabex.core.styleguide import styleguide

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="accounts:list"), name="home"),
    path("", include("billabex.organizations.urls")),
    path("", include("billabex.organizations.oauth.urls")),
    path("accounts/", include("accounts.urls")),
    path("accounts/", include("contacts.urls")),
    path("", include("invoices.urls")),
    path("", include("invoices.spreadsheets.urls")),
    path("", include("communications.urls")),
    path("", include("tasks.urls")),
    path("api/public/v1/", include("billabex.api.urls")),
    path("api/docs/", include("billabex.api.documentation")),
    path("api/", include([re_path("^(?!docs$)", NowhereView.as_view())])),  # programs read JSON, and follow nothing
    path("styleguide/", styleguide, name="styleguide"),
    path("admin/", admin.site.urls),
]
