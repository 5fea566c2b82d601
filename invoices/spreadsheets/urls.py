"""Addresses of spreadsheets, on their way in and out."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from invoices.spreadsheets import downloads, views
from invoices.spreadsheets.enums import Format, ImportKind

app_name = "spreadsheets"


class ImportKindConverter(StringConverter):
    """What spreadsheets bring in, by its word."""

    regex = "|".join(ImportKind.values)


class ExportKindConverter(StringConverter):
    """The lists that go out, by their words."""

    regex = "[a-z-]+"


class FormatConverter(StringConverter):
    """The formats, by their endings."""

    regex = "|".join(Format.values)


register_converter(ImportKindConverter, "import-kind")
register_converter(ExportKindConverter, "export-kind")
register_converter(FormatConverter, "spreadsheet-format")

urlpatterns = [
    path("import/", views.upload, name="upload"),
    path("import/template/<import-kind:kind>.<spreadsheet-format:format>", downloads.template, name="template"),
    path("import/<import-kind:kind>/<uuid:token>/", views.preview, name="preview"),
    path("imports/<uuid:pk>/", views.progress, name="import"),
    path("export/<export-kind:kind>.<spreadsheet-format:format>", downloads.export, name="export"),
]
