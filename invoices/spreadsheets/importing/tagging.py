"""The tags that a file puts on accounts. It takes none away: a person may have put them there.

The set-based sibling of `accounts.services.add_tag`.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import batched
from typing import TYPE_CHECKING, Any

from accounts.models import Account, Tag
from invoices.spreadsheets.directory import BATCH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from billabex.organizations.models import Organization
    from invoices.spreadsheets.importing.base import Importer


class Tagging:
    """Tags to put on accounts, each by its name whatever its case."""

    def __init__(self) -> None:
        self._standing: dict[UUID, set[str]] = defaultdict(set)
        self._wanted: list[tuple[Account, str]] = []

    def load(self, account_ids: Iterable[UUID]) -> None:
        """Take up the tags that accounts have. A query for a batch of them."""
        for batch in batched(account_ids, BATCH, strict=False):
            pairs = Account.objects.filter(pk__in=batch, tags__isnull=False).values_list("pk", "tags__name")
            for account_id, name in pairs:
                self._standing[account_id].add(name.casefold())

    def want(self, account: Account, names: Iterable[str]) -> bool:
        """Note the tags for an account; tell whether it has not all of them yet."""
        new = [name for name in names if name.casefold() not in self._standing[account.pk]]
        self._wanted += [(account, name) for name in new]
        return bool(new)

    def write(self, importer: Importer) -> None:
        """Put them on, making those that the organization does not know yet; the first spelling stays."""
        known = _tags(importer.setting.organization, [name for _account, name in self._wanted])
        through: Any = Account.tags.through
        rows = [through(account_id=account.pk, tag_id=known[name.casefold()].pk) for account, name in self._wanted]
        through.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        for account, name in self._wanted:
            importer.trace("account.tag-added", account, account.pk, {"tag": known[name.casefold()].name})


def _tags(organization: Organization, names: Iterable[str]) -> dict[str, Tag]:
    """Return the organization's tags of those names: insert, and take the other's where one is there."""
    if not (wanted := {name.casefold(): name for name in names}):
        return {}
    known = {tag.name.casefold(): tag for tag in Tag.objects.filter(organization=organization)}
    missing = [Tag(organization=organization, name=name) for key, name in wanted.items() if key not in known]
    if missing:
        Tag.objects.bulk_create(missing, batch_size=BATCH, ignore_conflicts=True)
        known = {tag.name.casefold(): tag for tag in Tag.objects.filter(organization=organization)}
    return known
