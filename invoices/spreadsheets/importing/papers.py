"""What importing invoices and credit notes has in common: new ones are frozen like validated documents."""

from __future__ import annotations

from abc import abstractmethod
from itertools import batched
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _

from accounts.rules import Company
from billabex.core.money import ZERO
from invoices import rules
from invoices.services import BILLING_PARTS, frozen_facts
from invoices.spreadsheets.directory import BATCH, Reference
from invoices.spreadsheets.enums import Effect
from invoices.spreadsheets.importing.accounts import NewAccounts
from invoices.spreadsheets.importing.arrivals import lift_pauses, settle_accounts
from invoices.spreadsheets.importing.base import Importer, Naming
from invoices.spreadsheets.values import Money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal
    from uuid import UUID

    from django.utils.functional import _StrPromise

    from accounts.models import Account
    from invoices.enums import DocumentKind
    from invoices.models import CreditNote, Invoice
    from invoices.models.money import CreditNoteQuerySet, InvoiceQuerySet
    from invoices.spreadsheets.importing.base import Setting
    from invoices.spreadsheets.understanding import Line, Sheet

ADDRESS = ("street", "postal_code", "city", "country")


class PaperImporter[Paper: (Invoice, CreditNote)](Importer):
    """Creates papers of one kind, and the accounts that they are the first to name. Known papers never change.

    Attributes:
        kind: Invoices or credit notes.
        frozen: What the file may say of a paper that is here already, by its field: it has to agree.
        said_twice, said_otherwise, other_currency: The sentences about this kind.
    """

    kind: ClassVar[DocumentKind]
    frozen: ClassVar[dict[str, str]] = {
        "issued_on": "issued_on",
        "currency": "currency",
        "total": "total_amount",
        "tax": "tax_amount",
    }
    said_twice: ClassVar[_StrPromise]
    said_otherwise: ClassVar[_StrPromise]
    other_currency: ClassVar[_StrPromise]

    def __init__(self, sheet: Sheet, setting: Setting) -> None:
        super().__init__(sheet, setting)
        self._new: list[tuple[Line, Account, rules.Facts]] = []
        self._accounts = NewAccounts(setting.organization)

    @property
    @abstractmethod
    def papers(self) -> InvoiceQuerySet | CreditNoteQuerySet:
        """All papers of the kind."""

    @abstractmethod
    def store(self, batch: Iterable[tuple[Line, Account, rules.Facts]]) -> list[Paper]:
        """Store new papers, with what belongs to them."""

    def plan(self) -> None:
        """Find or prepare each line's account, then compare the line with the paper of that number, if any."""
        placed = list(self._placed())
        known = self._known(placed)
        rows: dict[tuple[UUID, str], int] = {}
        for line, account in placed:
            key = (account.pk, line.values["number"])
            if (row := rows.setdefault(key, line.number)) != line.number:
                self.sheet.refuse(line, "number", self.said_twice % {"row": row})
            elif paper := known.get(key):
                self._compare(line, paper)
            else:
                self._prepare(line, account)

    def _placed(self) -> Iterable[tuple[Line, Account]]:
        directory = self.directory()
        namings: dict[tuple[UUID, str], Naming] = {}
        for line in self.sheet.good_lines:
            reference = Reference.of(line.values)
            account = directory.find(reference)
            if account is None and reference.name:
                account = self._accounts.add(directory, line.values, self._currency(line, None))
            if account is not None:
                self.currencies[line.number] = self._currency(line, account)
                self._take_naming(line, account, namings)
                yield line, account
            elif reference:
                sentence = _("There is no account “%(account)s”, and the row does not say the company's name.")
                self.sheet.refuse(line, "company", sentence % {"account": reference})
            else:
                self.sheet.refuse(line, "company", _("This row does not say which account it is about."))

    def _take_naming(self, line: Line, account: Account, namings: dict[tuple[UUID, str], Naming]) -> None:
        """Note how the line names its account, if that creates it, or is more than another way to write its letters."""
        written = line.values.get("company", "")
        name, plain = (" ".join(text.casefold().split()) for text in (account.name, written))
        is_same = name == plain
        if not written or (is_same and account not in self._accounts):
            return
        key = (account.pk, plain)
        if key not in namings:
            namings[key] = Naming(written, "" if is_same else account.name, [])
            self.namings.append(namings[key])
        namings[key].rows.append(line.number)

    def _known(self, placed: list[tuple[Line, Account]]) -> dict[tuple[UUID, str], Paper]:
        """Return the papers that are there, by account and number."""
        known: dict[tuple[UUID, str], Any] = {}
        papers = self.papers.for_organization(self.setting.organization)
        pairs = dict.fromkeys((account.pk, line.values["number"]) for line, account in placed)
        for batch in batched(pairs, BATCH, strict=False):
            account_ids, numbers = map(set, zip(*batch, strict=True))
            found = papers.filter(account__in=account_ids, number__in=numbers)
            known |= {(paper.account_id, paper.number): paper for paper in found}
        return known

    def _compare(self, line: Line, paper: Paper) -> None:
        """Refuse a line that says something else than the frozen paper does."""
        self.currencies[line.number] = paper.currency
        for name, field in self.frozen.items():
            value = line.values.get(name)
            said = self.amount(value) if isinstance(value, Money) else value
            if said is not None and said != getattr(paper, field):
                facts = {"number": paper.number, "value": _shown(getattr(paper, field))}
                self.sheet.refuse(line, name, self.said_otherwise % facts)
        if line.number not in self.sheet.issues.rows:
            self.note(line, Effect.UNCHANGED, paper.account_id)

    def amount(self, written: Money) -> Decimal:
        """Return an amount of the file as papers of the kind keep it."""
        return written.amount

    def _prepare(self, line: Line, account: Account) -> None:
        """Prepare a new paper, when all that documents are held to is true of it."""
        facts = self.facts(line, account)
        errors = rules.facts_errors(facts) | self.more_errors(line, facts)
        for name, sentence in errors.items():
            self.sheet.refuse(line, name, sentence)
        if not errors:
            self._new.append((line, account, facts))
            self.note(line, Effect.NEW, account.pk)

    def _currency(self, line: Line, account: Account | None) -> str:
        """Return the line's currency: as its own cell says, else as stands at its total, else as is usual."""
        at_total = line.values["total"].currency
        usual = account.currency if account else self.setting.organization.default_currency
        currency: str = line.values.get("currency") or at_total or usual
        return currency

    def facts(self, line: Line, account: Account, **more: Any) -> rules.Facts:
        """Return what a line says of a new paper."""
        values = line.values
        return rules.Facts(
            kind=self.kind,
            number=values["number"],
            issued_on=values["issued_on"],
            currency=self._currency(line, account),
            total=self.amount(values["total"]),
            tax=self.amount(values["tax"]) if "tax" in values else None,
            company=Company(values.get("company") or account.name, *(values.get(name, "") for name in ADDRESS)),
            **({"due_on": None} | more),
        )

    def more_errors(self, line: Line, facts: rules.Facts) -> dict[str, str]:
        """Return what only a file can say wrong: amounts in another currency than the paper's."""
        written = {name: line.values.get(name, Money(ZERO)).currency for name in ("total", "tax", "paid")}
        return {
            name: self.other_currency % {"written": currency, "currency": facts.currency}
            for name, currency in written.items()
            if currency and currency != facts.currency
        }

    def frozen_fields(self, line: Line, account: Account, facts: rules.Facts) -> dict[str, Any]:
        """Return what papers of both kinds are stored with."""
        fields = {
            "organization_id": self.setting.organization.pk,
            "account_id": account.pk,
            **frozen_facts(facts),
            "validated_by": self.setting.actor.label,
        }
        if name := line.values.get("billing_name"):
            fields["billing_name"] = name
        if address := line.values.get("billing_address"):  # its lines, as they are written there
            fields |= dict.fromkeys(BILLING_PARTS, "") | {"billing_street": address}
        return fields

    def new_names(self) -> list[str]:
        """Return the names of the accounts that the file is the first to name."""
        return [account.name for account in self._accounts.accounts]

    def write(self) -> Iterator[int]:
        """Store accounts and papers; then see what they settle."""
        self._accounts.write(self)
        stored = 0
        for batch in batched(self._new, BATCH, strict=False):
            for paper in self.store(batch):
                changes = {"number": paper.number, "total_amount": paper.total_amount, "currency": paper.currency}
                self.trace(f"{self.kind.replace('_', '-')}.validated", paper, paper.account_id, changes)
            self.keep_trail()
            stored += len(batch)
            yield stored
        lift_pauses(self)
        settle_accounts(self)


def _shown(value: Any) -> str:
    return f"{value.normalize():f}" if hasattr(value, "normalize") else "–" if value in {None, ""} else str(value)
