"""Writes about many accounts at once, and the list's bulk bar that asks for them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import services
from accounts.enums import AccountStatus, FollowUpOwner, PauseReason
from accounts.errors import PauseEndsInPast
from accounts.models import Account, Pause, Tag
from billabex.core import clock
from billabex.core.events import account_changed
from billabex.core.models import AuditEntry
from tests.factories import AccountFactory, PauseFactory, TagFactory

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client
    from django.test.client import _MonkeyPatchedWSGIResponse as Response
    from pytest_django import DjangoCaptureOnCommitCallbacks

    from billabex.organizations.models import Membership

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
TODAY = date(2026, 3, 2)
BULK = reverse("accounts:bulk")


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def three(member: Membership) -> list[Account]:
    """Return three accounts, in the order of their ids."""
    return [AccountFactory.create(organization=member.organization, name=name) for name in ("Ada", "Bea", "Cleo")]


def of(member: Membership, accounts: list[Account]) -> dict[str, Any]:
    return {
        "organization": member.organization,
        "account_ids": [account.pk for account in accounts],
        "actor": member.actor,
    }


def pause(given: dict[str, Any]) -> services.Outcome:
    return services.pause_accounts(reason=PauseReason.DISPUTE, note="Court", now=NOW, **given)


def resume(given: dict[str, Any]) -> services.Outcome:
    return services.resume_accounts(now=NOW, **given)


def take_back(given: dict[str, Any]) -> services.Outcome:
    return services.set_follow_up_owners(owner=FollowUpOwner.IN_HOUSE, **given)


def write_off(given: dict[str, Any]) -> services.Outcome:
    return services.set_statuses(status=AccountStatus.WRITTEN_OFF, note="Bankrupt", **given)


def tag(given: dict[str, Any]) -> services.Outcome:
    return services.tag_accounts(name=" VIP ", **given)


# --- The services -------------------------------------------------------------------------------------------


def test_pause_accounts_pauses_those_that_are_not(member: Membership, three: list[Account]) -> None:
    held = PauseFactory.create(account=three[0])
    over = PauseFactory.create(account=three[1], until=TODAY)
    assert pause(of(member, three)) == services.Outcome(changed=2, skipped=1)
    over.refresh_from_db()
    assert (over.ended_at, over.ended_by) == (NOW, "Billabex")
    standing = Pause.objects.filter(ended_at=None)
    assert {one.account_id for one in standing} == {one.pk for one in three}
    assert standing.exclude(pk=held.pk).values_list("reason", "note", "started_on", "started_by").distinct().get() == (
        PauseReason.DISPUTE,
        "Court",
        TODAY,
        member.actor.label,
    )


def test_pause_accounts_until_today_is_refused_before_anything_is_written(
    member: Membership, three: list[Account]
) -> None:
    with pytest.raises(PauseEndsInPast):
        services.pause_accounts(reason=PauseReason.OTHER, until=TODAY, now=NOW, **of(member, three))
    assert not Pause.objects.exists()


def test_resume_accounts_ends_the_pauses(member: Membership, three: list[Account]) -> None:
    for account in three[:2]:
        PauseFactory.create(account=account)
    assert resume(of(member, three)) == services.Outcome(changed=2, skipped=1)
    assert set(Pause.objects.values_list("ended_at", "ended_by")) == {(NOW, member.actor.label)}


def test_take_back_hands_over_those_of_the_agent(member: Membership, three: list[Account]) -> None:
    Account.objects.filter(pk=three[0].pk).update(follow_up_owner=FollowUpOwner.IN_HOUSE)
    assert take_back(of(member, three)) == services.Outcome(changed=2, skipped=1)
    assert set(Account.objects.values_list("follow_up_owner", flat=True)) == {FollowUpOwner.IN_HOUSE}


def test_write_off_keeps_why_and_from_what(member: Membership, three: list[Account]) -> None:
    Account.objects.filter(pk=three[0].pk).update(status=AccountStatus.SUSPENDED)
    Account.objects.filter(pk=three[1].pk).update(status=AccountStatus.WRITTEN_OFF)
    assert write_off(of(member, three)) == services.Outcome(changed=2, skipped=1)
    assert set(Account.objects.values_list("status", flat=True)) == {AccountStatus.WRITTEN_OFF}
    told = AuditEntry.objects.get(account_id=three[0].pk).changes
    assert told == {"status": {"from": "suspended", "to": "written_off"}, "note": "Bankrupt"}


def test_tag_accounts_uses_a_known_tag_again(member: Membership, three: list[Account]) -> None:
    known = TagFactory.create(organization=member.organization, name="vip")
    three[0].tags.add(known)
    assert tag(of(member, three)) == services.Outcome(changed=2, skipped=1)
    assert Tag.objects.get() == known
    assert Account.objects.filter(tags=known).count() == 3


@pytest.mark.parametrize("act", [pause, resume, take_back, write_off, tag])
def test_each_leaves_the_trail_that_its_sibling_leaves(
    member: Membership, three: list[Account], act: Callable[[dict[str, Any]], services.Outcome]
) -> None:
    single = AccountFactory.create(organization=member.organization, name="Alone")
    siblings: dict[Any, Callable[[], object]] = {
        pause: lambda: services.pause_account(
            account=single, reason=PauseReason.DISPUTE, note="Court", actor=member.actor, now=NOW
        ),
        resume: lambda: services.resume_account(account=single, actor=member.actor, now=NOW),
        take_back: lambda: services.set_follow_up_owner(
            account=single, owner=FollowUpOwner.IN_HOUSE, actor=member.actor
        ),
        write_off: lambda: services.set_status(
            account=single, status=AccountStatus.WRITTEN_OFF, note="Bankrupt", actor=member.actor
        ),
        tag: lambda: services.add_tag(account=single, name="VIP", actor=member.actor),
    }
    if act is resume:
        for account in (single, *three):
            PauseFactory.create(account=account)
    act(of(member, three))
    siblings[act]()
    fields = ("organization_id", "actor_kind", "actor_id", "actor_label", "action", "object_type", "changes")
    kept = {entry.object_label: {name: getattr(entry, name) for name in fields} for entry in AuditEntry.objects.all()}
    assert set(kept) == {"Ada", "Bea", "Cleo", "Alone"}
    assert kept["Ada"] == kept["Bea"] == kept["Cleo"] == kept["Alone"]
    assert set(AuditEntry.objects.values_list("account_id", flat=True)) == {one.pk for one in (*three, single)}


@pytest.mark.parametrize(("act", "cause"), [(pause, "pause"), (take_back, "account"), (write_off, "account")])
def test_each_tells_the_house_once_of_those_that_changed(
    member: Membership,
    three: list[Account],
    act: Callable[[dict[str, Any]], services.Outcome],
    cause: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    told: list[tuple[list[Any], str]] = []

    def hear(*, account_ids: list[Any], cause: str, **_: Any) -> None:
        told.append((account_ids, cause))

    account_changed.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):
        act(of(member, three))
    account_changed.disconnect(hear)
    assert told == [([account.pk for account in three], cause)]
    told.clear()
    account_changed.connect(hear)
    with django_capture_on_commit_callbacks(execute=True):
        act(of(member, three))  # all as asked for already
    account_changed.disconnect(hear)
    assert told == []


@pytest.mark.parametrize("act", [pause, resume, take_back, write_off, tag])
def test_accounts_of_others_are_left_alone(
    member: Membership, outsider: Membership, act: Callable[[dict[str, Any]], services.Outcome]
) -> None:
    theirs = AccountFactory.create(organization=outsider.organization)
    PauseFactory.create(account=theirs)
    assert act(of(member, [theirs])) == services.Outcome()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(("act", "statements"), [(pause, 6), (resume, 5), (take_back, 4), (write_off, 4), (tag, 6)])
def test_each_takes_the_same_statements_for_one_and_for_fifty(
    member: Membership, act: Callable[[dict[str, Any]], services.Outcome], statements: int
) -> None:
    TagFactory.create(organization=member.organization, name="vip")
    for count in (1, 50):
        accounts = AccountFactory.create_batch(count, organization=member.organization)
        if act is resume:
            for account in accounts:
                PauseFactory.create(account=account)
        with CaptureQueriesContext(
            connection,
        ) as caught:
            assert act(of(member, accounts)).changed == count
        sql = [query["sql"] for query in caught if "SAVEPOINT" not in query["sql"]]
        assert len(sql) == statements, sql


# --- The list -----------------------------------------------------------------------------------------------


def do(client: Client, word: str, accounts: list[Account], query: str = "", **more: str) -> Response:
    return client.post(BULK + query, {"act": word, "selected": [str(one.pk) for one in accounts]} | more)


def toasts(response: Response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_list_offers_the_bar_to_those_who_may_write(
    member_client: Client, read_only_client: Client, three: list[Account]
) -> None:
    page = member_client.get(reverse("accounts:list"), {"q": "a"}).text
    assert f'action="{BULK}?q=a"' in page
    assert f'value="{three[0].pk}"' in page
    readers = read_only_client.get(reverse("accounts:list")).text
    assert BULK not in readers
    assert 'name="selected"' not in readers


def test_what_needs_no_word_is_done_at_once_and_told(member_client: Client, three: list[Account]) -> None:
    PauseFactory.create(account=three[0])
    response = do(member_client, "resume", three, "?sort=-name")
    assert response.headers["Location"] == reverse("accounts:list") + "?sort=-name"
    assert toasts(response) == ["Follow-ups of 1 account resume.", "2 were skipped: not paused."]


@pytest.mark.parametrize("word", ["pause", "tag", "suspend", "write_off", "reactivate"])
def test_what_needs_a_word_asks_for_it_first(member_client: Client, three: list[Account], word: str) -> None:
    page = do(member_client, word, three[:2])
    assert page.status_code == 200
    assert "data-modal-open" in page.text
    assert "2 accounts" in page.context["asked"].title
    assert page.text.count('type="hidden" name="selected"') == 2
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("word", "said", "toast"),
    [
        ("pause", {"reason": "Dispute", "until": "2026-04-01", "note": ""}, "Follow-ups of 2 accounts are paused."),
        ("tag", {"name": "VIP"}, "2 accounts are tagged."),
        ("suspend", {"note": "Merger"}, "2 accounts are suspended."),
        ("write_off", {"note": "Bankrupt"}, "2 accounts are written off."),
        ("entrust", {}, "2 were skipped: entrusted already."),
        ("take_back", {}, "2 accounts are taken back in-house."),
        ("reactivate", {"note": "Sorry"}, "2 were skipped: active already."),
    ],
)
def test_what_was_asked_is_done(
    member_client: Client, three: list[Account], word: str, said: dict[str, str], toast: str
) -> None:
    assert toasts(do(member_client, word, three[:2], confirmed="1", **said)) == [toast]


def test_what_is_missing_stands_beside_its_field_and_the_selection_stays(
    member_client: Client, three: list[Account]
) -> None:
    page = do(member_client, "write_off", three, confirmed="1", note="")
    assert page.status_code == 422
    assert page.context["asked"].form.errors["note"]
    assert page.text.count('type="hidden" name="selected"') == 3


def test_what_a_service_refuses_stands_beside_its_field(member_client: Client, three: list[Account]) -> None:
    page = do(member_client, "pause", three, confirmed="1", reason="Dispute", until="2026-03-02")
    assert page.context["asked"].form.errors["until"]
    assert not Pause.objects.exists()


def test_selection_spans_all_pages_of_what_the_list_holds(member_client: Client, member: Membership) -> None:
    accounts = AccountFactory.create_batch(30, organization=member.organization, name="Acme")
    zebra = AccountFactory.create(organization=member.organization, name="Zebra")
    page = do(member_client, "write_off", accounts[:1], "?q=acme", all="1")
    assert "30 accounts" in page.context["asked"].title
    assert 'type="hidden" name="all"' in page.text
    response = do(member_client, "write_off", [], "?q=acme", all="1", confirmed="1", note="Bankrupt")
    assert toasts(response) == ["30 accounts are written off."]
    zebra.refresh_from_db()
    assert zebra.status == AccountStatus.ACTIVE


def exported(response: Response, client: Client) -> list[str]:
    """Return the names in the CSV file that the answer leads to."""
    text = b"".join(client.get(response.headers["Location"])).decode("utf-8-sig")
    return [line.partition(",")[0] for line in text.splitlines()[1:]]


def test_selected_accounts_are_exported_as_the_list_sorts_them(member_client: Client, three: list[Account]) -> None:
    response = do(member_client, "export-csv", three[1:], "?sort=-name&page=2")
    assert exported(response, member_client) == ["Cleo", "Bea"]
    assert ".xlsx?" in do(member_client, "export-xlsx", three).headers["Location"]


def test_all_that_the_list_holds_is_exported(member_client: Client, three: list[Account]) -> None:
    assert exported(do(member_client, "export-csv", three[:1], "?q=e", all="1"), member_client) == ["Bea", "Cleo"]


def test_export_of_others_accounts_is_empty(outsider_client: Client, three: list[Account]) -> None:
    assert exported(do(outsider_client, "export-csv", three), outsider_client) == []


@pytest.mark.parametrize("word", ["export-csv", "take_back"])
def test_nothing_selected_does_nothing(member_client: Client, three: list[Account], word: str) -> None:
    assert toasts(do(member_client, word, [])) == ["Select accounts first."]


def test_nothing_selected_changes_nothing(member_client: Client, three: list[Account]) -> None:
    response = member_client.post(BULK, {"act": "take_back", "selected": ["nonsense"]})
    assert toasts(response) == ["Select accounts first."]
    assert not AuditEntry.objects.exists()


def test_unknown_action_is_refused(member_client: Client, three: list[Account]) -> None:
    assert do(member_client, "explode", three).status_code == 400


def test_dialog_takes_the_same_queries_whatever_is_selected(member_client: Client, member: Membership) -> None:
    counts = []
    for count in (1, 40):
        AccountFactory.create_batch(count, organization=member.organization)
        with CaptureQueriesContext(connection) as caught:
            do(member_client, "write_off", [], all="1")
        counts.append(len(caught))
    assert counts == [11, 11]
