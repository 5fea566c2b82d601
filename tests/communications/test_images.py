"""A picture travels with the message whose HTML shows it, and stays with it."""

from __future__ import annotations

import re
from base64 import b64decode
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from billabex.agent.cycle import plan_organization
from billabex.agent.sending import due_messages, send_communication
from billabex.core import clock
from billabex.core.actors import SYSTEM
from communications.enums import Status
from communications.gateways.email import Address, DjangoMailer, Envelope
from communications.models import LARGEST_IMAGE, Communication, InlineImage
from communications.ports import preview
from communications.rules import with_pictures
from communications.services import claim, edit_message
from tests.agent.scenes import at, customer, letters
from tests.communications.conftest import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage, MIMEPart
    from pathlib import Path

    from django.test import Client

    from billabex.organizations.models import Organization
    from tests.communications.smtp_sink import SmtpSink

NOW = at("03-17")
SHOWN = re.compile(r'<img src="([^"]*)"')
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def planned(organization: Organization) -> Communication:
    """Return a follow-up that is due now, about a debt that a transfer in euros would pay."""
    organization.iban = "FR7630006000011234567890189"
    organization.save()
    account = customer(organization, "03-10")
    plan_organization(organization, now=NOW)
    return Communication.objects.get(account=account)


@pytest.fixture
def sent(planned: Communication, outbox: Path) -> Communication:
    """Return the same message, once it has left for the file outbox."""
    assert send_communication(planned.pk, now=NOW) == Status.SENT
    planned.refresh_from_db()
    return planned


def part_of(message: EmailMessage, preference: str) -> MIMEPart:
    body = message.get_body((preference,))
    assert body is not None
    return body


def structure(part: MIMEPart) -> object:
    """Return the types of a message's parts, nested as they are."""
    kind = part.get_content_type()
    return (kind, [structure(one) for one in part.iter_parts()]) if part.is_multipart() else kind


ILLUSTRATED = ("multipart/alternative", ["text/plain", ("multipart/related", ["text/html", "image/png"])])


def assert_shows_its_picture(message: EmailMessage, png: bytes) -> None:
    """Read the message as a mail program does: the HTML names a part that lies beside it."""
    assert structure(message) == ILLUSTRATED
    related = part_of(message, "related")
    assert related.get_param("type") == "text/html"
    html, picture = related.iter_parts()
    [address] = SHOWN.findall(html.get_content())
    assert picture["Content-ID"] == f"<{address.removeprefix('cid:')}>"
    assert picture.get_content_disposition() == "inline"
    assert picture.get_content() == png


# --- Leaving ------------------------------------------------------------------------------------------------


def test_picture_travels_to_a_mail_server_beside_its_html(planned: Communication, smtp: SmtpSink) -> None:
    assert send_communication(planned.pk, now=NOW) == Status.SENT
    [message] = smtp.messages
    assert_shows_its_picture(message, planned.images.get().png)


def test_picture_travels_to_the_file_outbox_beside_its_html(sent: Communication, outbox: Path) -> None:
    [message] = letters(outbox)
    assert_shows_its_picture(message, sent.images.get().png)


def test_picture_is_attached_where_backends_of_providers_look_for_it(planned: Communication) -> None:
    send_communication(planned.pk, now=NOW)
    [message] = mail.outbox
    [part] = message.attachments
    image = planned.images.get()
    assert (part["Content-ID"], part.get_content_disposition()) == (f"<{image.cid}>", "inline")
    assert part.get_content() == image.png


def test_several_pictures_lie_beside_the_html_that_shows_them(smtp: SmtpSink) -> None:
    envelope = Envelope(
        message_id="<1@billabex.example>",
        date=NOW,
        sender=Address("", "us@billabex.example"),
        to=(Address("", "jane@acme.example"),),
        subject="Two pictures",
        text="Two pictures",
        html='<img src="cid:one"><img src="cid:two">',
        images=(InlineImage(cid="one", png=PNG), InlineImage(cid="two", png=PNG)),
    )
    DjangoMailer().deliver(envelope)
    [message] = smtp.messages
    related = part_of(message, "related")
    assert [part["Content-ID"] for part in related.iter_parts()] == [None, "<one>", "<two>"]


def test_message_without_a_picture_has_no_related_part(organization: Organization, smtp: SmtpSink) -> None:
    customer(organization, "03-10")  # no IBAN: no transfer to draw
    plan_organization(organization, now=NOW)
    [message_id] = due_messages(now=NOW)
    send_communication(message_id, now=NOW)
    [message] = smtp.messages
    assert structure(message) == ("multipart/alternative", ["text/plain", "text/html"])
    assert not InlineImage.objects.exists()


# --- Kept ---------------------------------------------------------------------------------------------------


def test_claim_keeps_the_picture_with_the_words(planned: Communication, outbox: Path) -> None:
    words = preview(planned)
    assert words is not None
    send_communication(planned.pk, now=NOW)
    planned.refresh_from_db()
    [image] = planned.images.all()
    assert [(one.cid, one.png) for one in words.images] == [(image.cid, image.png)]
    assert f'"cid:{image.cid}"' in planned.body_html


def test_claim_with_too_large_a_picture_writes_nothing(planned: Communication) -> None:
    heavy = InlineImage(cid="heavy", png=bytes(LARGEST_IMAGE + 1))
    words = replace(WORDS, images=(heavy,))
    with pytest.raises(IntegrityError, match="size"):
        claim(communication=planned, words=words, named_invoices=[], today=NOW.date(), now=NOW)
    planned.refresh_from_db()
    assert planned.status == Status.SCHEDULED


def test_claim_that_comes_second_keeps_no_picture(sent: Communication) -> None:
    words = replace(WORDS, images=(InlineImage(cid="late", png=PNG),))
    assert not claim(communication=sent, words=words, named_invoices=[], today=NOW.date(), now=NOW)
    assert not sent.images.filter(cid="late").exists()


def test_picture_goes_when_the_claim_is_undone_and_comes_with_the_next(planned: Communication, smtp: SmtpSink) -> None:
    smtp.answers = {"BODY": b"451 greylisted"}
    assert send_communication(planned.pk, now=NOW) == Status.SCHEDULED
    assert not planned.images.exists()
    smtp.answers.clear()
    assert send_communication(planned.pk, now=NOW + timedelta(minutes=2)) == Status.SENT
    assert planned.images.count() == 1


def test_persons_words_leave_without_a_picture(planned: Communication, smtp: SmtpSink) -> None:
    to = [one.contact_id for one in planned.recipients.all() if one.contact_id]
    words = ("Please pay", "Dear customer,\n\nplease pay.")
    edit_message(communication=planned, actor=SYSTEM, now=NOW, planned_on=NOW.date(), to=to, words=words)
    assert send_communication(planned.pk, now=NOW) == Status.SENT
    [message] = smtp.messages
    assert structure(message) == ("multipart/alternative", ["text/plain", "text/html"])


def test_picture_takes_one_statement_more_to_keep(organization: Organization, outbox: Path) -> None:
    """To read those of a message takes one, whether or not it has any."""
    counts = []
    for name, iban in (("Plain", ""), ("Illustrated", "FR7630006000011234567890189")):
        organization.iban = iban
        organization.save()
        customer(organization, "03-10", name=name)
        plan_organization(organization, now=NOW)
        [message_id] = due_messages(now=NOW)
        with CaptureQueriesContext(connection) as queries:
            assert send_communication(message_id, now=NOW) == Status.SENT
        counts.append(len(queries))
    assert counts[1] == counts[0] + 1


# --- Looked at ----------------------------------------------------------------------------------------------


def picture_on(client: Client, message: Communication) -> bytes:
    """Open the HTML of the message alone, and return the one picture that it shows."""
    answer = client.get(reverse("communications:html", args=[message.pk]))
    assert "img-src data:;" in answer.headers["Content-Security-Policy"]
    assert "cid:" not in answer.text
    [address] = SHOWN.findall(answer.text)
    return b64decode(address.removeprefix("data:image/png;base64,"), validate=True)


def test_html_of_sent_message_shows_the_picture_that_left(member_client: Client, sent: Communication) -> None:
    assert picture_on(member_client, sent) == sent.images.get().png


def test_html_of_planned_message_shows_the_picture_it_would_leave_with(
    member_client: Client, planned: Communication
) -> None:
    shown = picture_on(member_client, planned)
    send_communication(planned.pk, now=NOW)
    assert shown == planned.images.get().png


def test_picture_is_found_by_its_whole_name() -> None:
    html = '<p>cid:a</p><img src="cid:a"><img src="cid:ab">'
    shown = with_pictures(html, [InlineImage(cid="a", png=b"a"), InlineImage(cid="ab", png=b"b")])
    assert shown == '<p>cid:a</p><img src="data:image/png;base64,YQ=="><img src="data:image/png;base64,Yg==">'
