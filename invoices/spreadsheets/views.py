"""The pages of spreadsheets: upload, preview, import; and the lists as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from billabex.core import clock
from billabex.organizations.access import for_members, today_for

from .columns import COLUMNS
from .enums import ExportKind, Format, ImportKind
from .errors import InvalidSpreadsheet
from .exporting import export_of
from .forms import MappingForm, UploadForm
from .matching import find_titles, match_columns
from .presenting import preview_rows, summary
from .services import import_spreadsheet, preview_spreadsheet
from .storage import drop_table, keep_table, kept_table
from .writing import csv_lines, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from billabex.organizations.access import MemberRequest

    from .services import Outcome
    from .storage import KeptTable
    from .writing import Written

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LISTS = {
    ImportKind.ACCOUNTS: "accounts:list",
    ImportKind.CONTACTS: "accounts:list",
    ImportKind.INVOICES: "invoices:list",
    ImportKind.PAYMENTS: "invoices:list",
}


@for_members
def upload(request: MemberRequest) -> HttpResponse:
    """Take a file in, read it, and go on to its preview."""
    form = UploadForm(
        request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "invoices")}
    )
    if request.method == "POST" and form.is_valid():
        token = keep_table(
            organization=request.member.organization,
            rows=form.rows,
            file_name=form.cleaned_data["file"].name,
            now=clock.now(),
        )
        return redirect("spreadsheets:preview", form.cleaned_data["kind"], token)
    return render(request, "spreadsheets/upload.html", {"form": form}, status=422 if form.is_bound else 200)


@for_members
def preview(request: MemberRequest, kind: str, token: UUID) -> HttpResponse:
    """Show what a file would do, with its columns to choose; import it, or discard it."""
    kind = ImportKind(kind)
    table = kept_table(organization=request.member.organization, token=token, now=clock.now())
    if request.method == "POST" and request.POST.get("action") == "discard":
        drop_table(organization=request.member.organization, token=token)
        return redirect("spreadsheets:upload")
    form = _mapping_form(request.POST if request.method == "POST" else request.GET, kind, table)
    if form.is_bound and not form.is_valid():
        return _shown(request, kind, table, form, None, status=422)
    chosen = form.places() if form.is_bound else None
    if request.method != "POST":
        return _shown(request, kind, table, form, _previewed(request, kind, table, chosen))
    if request.POST.get("action") != "import":
        return redirect(f"{request.path}?{urlencode(form.cleaned_data)}")
    try:
        outcome = _imported(request, kind, table, chosen)
    except InvalidSpreadsheet as error:
        messages.error(request, str(error))
        return _shown(request, kind, table, form, _previewed(request, kind, table, chosen), status=422)
    drop_table(organization=request.member.organization, token=token)
    messages.success(request, summary(outcome))
    return redirect(LISTS[kind])


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


def _imported(request: MemberRequest, kind: ImportKind, table: KeptTable, chosen: Mapping[str, int] | None) -> Outcome:
    return import_spreadsheet(
        organization=request.member.organization,
        rows=table.rows,
        kind=kind,
        file_name=table.file_name,
        actor=request.member.actor,
        now=clock.now(),
        chosen=chosen,
    )


def _shown(
    request: MemberRequest,
    kind: ImportKind,
    table: KeptTable,
    form: MappingForm,
    outcome: Outcome | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"kind": kind, "table": table, "form": form, "outcome": outcome}
    if outcome is not None:
        context |= preview_rows(outcome, language=get_language() or "en")
    return render(request, "spreadsheets/preview.html", context, status=status)


@for_members
@require_safe
def template(request: MemberRequest, kind: str, format: str) -> HttpResponseBase:  # noqa: A002 - the address's word
    """Hand out an empty table of that kind with two rows as examples."""
    columns = COLUMNS[ImportKind(kind)]
    titles = [str(column.label) for column in columns]
    examples: Sequence[Sequence[str]] = list(zip(*(column.examples for column in columns), strict=True))
    return _file(f"billabex-{kind}", format, str(ImportKind(kind).label), titles, examples)


@for_members
@require_safe
def export(request: MemberRequest, kind: str, format: str) -> HttpResponseBase:  # noqa: A002 - the address's word
    """Hand out a whole list."""
    list_kind = ExportKind(kind)
    today = today_for(request.member)
    found = export_of(list_kind, request.member.organization, today=today, language=get_language() or "en")
    return _file(f"{kind}-{today}", format, str(list_kind.label), found.titles, found.rows)


def _file(
    name: str, ending: str, title: str, titles: Sequence[str], rows: Iterable[Sequence[Written]]
) -> HttpResponseBase:
    filename = f"{name}.{ending}"
    if ending == Format.XLSX:
        return FileResponse(
            write_workbook(title, titles, rows), as_attachment=True, filename=filename, content_type=XLSX_TYPE
        )
    lines = csv_lines(titles, rows, get_language() or "en")
    headers = {"Content-Disposition": f'attachment; filename="{filename}"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
