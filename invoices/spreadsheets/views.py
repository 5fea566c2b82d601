"""The pages of files on their way in: upload, preview, import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from billabex.core import clock
from billabex.organizations.access import for_members, for_writers
from invoices import jobs

from .enums import ImportKind, ImportStatus
from .forms import LoweringForm, MappingForm, UploadForm
from .matching import find_titles, match_columns
from .presenting import import_facts, preview_rows, shown_imports, summary
from .runs import start_import
from .selectors import import_page, latest_imports
from .services import preview_spreadsheet
from .storage import drop_table, keep_table, kept_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from django.http import HttpResponse

    from billabex.organizations.access import MemberRequest
    from invoices.models import SpreadsheetImport

    from .services import Outcome
    from .storage import KeptTable

AT_ONCE = 5_000
"""Rows that are imported while the browser waits; a worker does more."""
LISTS = {
    ImportKind.ACCOUNTS: "accounts:list",
    ImportKind.CONTACTS: "accounts:list",
    ImportKind.INVOICES: "invoices:list",
    ImportKind.CREDIT_NOTES: "invoices:credit-notes",
    ImportKind.PAYMENTS: "invoices:list",
}


@for_writers
def upload(request: MemberRequest) -> HttpResponse:
    """Take a file in, read it, and go on to its preview."""
    organization = request.member.organization
    form = UploadForm(
        request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "invoices")}
    )
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["file"].name
        token = keep_table(organization=organization, rows=form.rows, file_name=name, now=clock.now())
        return redirect("spreadsheets:preview", form.cleaned_data["kind"], token)
    context = {"form": form, "imports": shown_imports(latest_imports(organization))}
    return render(request, "spreadsheets/upload.html", context, status=422 if form.is_bound else 200)


@for_writers
def preview(request: MemberRequest, kind: str, token: UUID) -> HttpResponse:
    """Show what a file would do, with its columns to choose; import it, or discard it."""
    kind = ImportKind(kind)
    table = kept_table(organization=request.member.organization, token=token, now=clock.now())
    if request.method == "POST" and request.POST.get("action") == "discard":
        drop_table(organization=request.member.organization, token=token)
        return redirect("spreadsheets:upload")
    form = _mapping_form(request.POST if request.method == "POST" else request.GET, kind, table)
    if form.is_bound and not form.is_valid():
        return _shown(request, kind, table, {"form": form}, status=422)
    chosen = form.places() if form.is_bound else None
    is_import = request.method == "POST"
    if is_import and request.POST.get("action") != "import":
        return redirect(f"{request.path}?{urlencode(form.cleaned_data)}")
    # Of those only payments ask for more than the button: looking at the others again would take as long as importing.
    is_looked_at = not is_import or kind == ImportKind.PAYMENTS
    outcome = _previewed(request, kind, table, chosen) if is_looked_at else None
    agreement = LoweringForm(request.POST if is_import else None, count=len(outcome.lowering) if outcome else 0)
    if is_import and agreement.is_valid():
        return _started(request, start_import(member=request.member, table=table, kind=kind, chosen=chosen))
    context = {"form": form, "agreement": agreement, "outcome": outcome}
    return _shown(request, kind, table, context, status=422 if is_import else 200)


def _started(request: MemberRequest, row: SpreadsheetImport) -> HttpResponse:
    """Import a small file at once and leave a large one to a worker; lead to what can be seen of it."""
    (jobs.run_import if row.row_count <= AT_ONCE else jobs.run_import.delay)(str(row.pk))
    row.refresh_from_db()
    if row.status == ImportStatus.DONE:
        messages.success(request, summary(row.new_count, row.changed_count))
        return redirect(LISTS[ImportKind(row.kind)])
    return redirect(row)


@for_members
@require_safe
def progress(request: MemberRequest, pk: UUID) -> HttpResponse:
    """Show how far an import is, and what came of it."""
    row = import_page(request.member.organization, pk)
    is_fragment = request.htmx  # type: ignore[attr-defined]  # by django-htmx
    template = "spreadsheets/import.html#state" if is_fragment else "spreadsheets/import.html"
    return render(request, template, import_facts(row) | {"list_url": LISTS[ImportKind(row.kind)]})


def _mapping_form(data: Mapping[str, Any], kind: ImportKind, table: KeptTable) -> MappingForm:
    titles = find_titles(table.rows, kind)
    is_chosen = any(key.startswith("column-") for key in data)
    return MappingForm(
        data if is_chosen else None,
        kind=kind,
        titles=titles.texts,
        places=match_columns(titles.texts, kind),
        below=table.rows[titles.index + 1 : titles.index + 100],
    )


def _previewed(request: MemberRequest, kind: ImportKind, table: KeptTable, chosen: Mapping[str, int] | None) -> Outcome:
    return preview_spreadsheet(
        organization=request.member.organization,
        rows=table.rows,
        kind=kind,
        actor=request.member.actor,
        now=clock.now(),
        chosen=chosen,
    )


def _shown(
    request: MemberRequest, kind: ImportKind, table: KeptTable, context: dict[str, Any], *, status: int
) -> HttpResponse:
    if outcome := context.get("outcome"):
        context |= preview_rows(outcome, language=get_language() or "en")
    return render(request, "spreadsheets/preview.html", context | {"kind": kind, "table": table}, status=status)
