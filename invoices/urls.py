"""Addresses of the pages of documents and money."""

from django.urls import path

from invoices.views import claims, documents, lists, papers

app_name = "invoices"

urlpatterns = [
    path("invoices/", lists.invoices, name="list"),
    path("invoices/add/", documents.add, name="add"),
    path("invoices/documents/<uuid:pk>/verify/", documents.verify, name="verify"),
    path("invoices/documents/<uuid:pk>/contact/", documents.contact, name="contact"),
    path("invoices/documents/<uuid:pk>/discard/", documents.discard, name="discard"),
    path("invoices/documents/<uuid:pk>/pdf/", documents.pdf, name="document"),
    path("invoices/documents/<uuid:pk>/pages/<int:page>.png", documents.page_image, name="page-image"),
    path("invoices/<uuid:pk>/", papers.invoice, name="detail"),
    path("invoices/<uuid:pk>/paid-amount/", papers.paid_amount, name="paid-amount"),
    path("invoices/<uuid:pk>/delete/", papers.delete, name="delete"),
    path("invoices/<uuid:pk>/dispute/", claims.dispute, name="dispute"),
    path("invoices/<uuid:pk>/dispute/resolve/", claims.resolve, name="resolve-dispute"),
    path("invoices/<uuid:pk>/announced-payments/", claims.announce, name="announce-payment"),
    path("invoices/<uuid:pk>/announced-payments/<uuid:declaration_id>/", claims.decide, name="decide-payment"),
    path("credit-notes/", lists.credit_notes, name="credit-notes"),
    path("credit-notes/<uuid:pk>/", papers.credit_note, name="credit-note"),
    path("credit-notes/<uuid:pk>/allocate/", papers.allocate_note, name="allocate"),
    path("credit-notes/<uuid:pk>/remove-allocation/", papers.take_off, name="remove-allocation"),
    path("credit-notes/<uuid:pk>/delete/", papers.delete_note, name="delete-credit-note"),
    path("accounts/<uuid:pk>/invoices/", lists.invoices_of_account, name="of-account"),
    path("accounts/<uuid:pk>/credit-notes/", lists.credit_notes_of_account, name="credit-notes-of-account"),
]
