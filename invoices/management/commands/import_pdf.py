"""Import PDF invoices and credit notes from the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from billabex.core import clock
from billabex.core.actors import SYSTEM
from billabex.core.console import HouseCommand
from billabex.core.errors import BillabexError, InvalidInput
from billabex.core.templatetags.ui.formats import day_text, money_text
from billabex.organizations.selectors import organization_by_slug
from invoices import rules
from invoices.enums import DocumentKind
from invoices.models import Invoice
from invoices.reading import Limits, Reading
from invoices.selectors import is_new_account, near_accounts
from invoices.services import import_pdf, own_identity

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from billabex.organizations.models import Organization
    from invoices.models import CreditNote


class Command(HouseCommand):
    """`manage.py import_pdf FILE... --organization SLUG`: one line each, status 1 when any failed."""

    help = "Validate and store PDF invoices and credit notes, taking everything as it was read."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the files and the organization."""
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path, help="A PDF.")
        parser.add_argument("--organization", required=True, metavar="SLUG", help="The organization's short name.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import each file; those that fail leave nothing behind and stop no other."""
        organization = organization_by_slug(options["organization"])
        failed = 0
        for path in options["files"]:
            try:
                paper = import_pdf(
                    organization=organization, content=_content(path), name=path.name, actor=SYSTEM, now=clock.now()
                )
            except BillabexError as error:
                failed += 1
                self.stderr.write(f"{path}: {_sentence(error)}")
            else:
                self.stdout.write(f"{path}: {_line(paper, organization)}")
        if failed:
            raise SystemExit(1)


def _content(path: Path) -> bytes:
    """Return the file's bytes, no more than it takes to see that there are too many.

    Raises:
        InvalidInput: It cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(Limits().max_bytes + 1)
    except OSError as error:
        raise InvalidInput(_("The file cannot be opened: %(why)s.") % {"why": error.strerror}) from error


def _sentence(error: BillabexError) -> str:
    """Return what is wrong: by field where the error says it by field."""
    if isinstance(error, InvalidInput) and error.fields:
        return " ".join(str(sentence) for sentence in error.fields.values())
    return str(error)


def _line(paper: Invoice | CreditNote, organization: Organization) -> str:
    language = get_language() or "en"
    account, is_new = paper.account, is_new_account(paper)
    newness = _("new account") if is_new else _("known account")
    kind = DocumentKind.INVOICE if isinstance(paper, Invoice) else DocumentKind.CREDIT_NOTE
    parts = [
        f"{kind.label} {paper.number}",
        f"{account.name} ({newness})",
        money_text(paper.total_amount, paper.currency, language),
    ]
    if isinstance(paper, Invoice):
        parts.append(_("due %(day)s") % {"day": day_text(paper.due_on, language)})
    if is_new and (near := near_accounts(account)):
        names = ", ".join(f"“{other.name}”" for other in near)
        parts.append(_("nearly the name of %(names)s, is it the same company?") % {"names": names})
    if paper.document is not None:
        parts += rules.reading_warnings(Reading.from_json(paper.document.reading), own_identity(organization))
    return " · ".join(parts)
