"""Email: hands one message to whatever `MAILERS` says, and tells the kinds of failure apart."""

from __future__ import annotations

import email.policy
import smtplib
from dataclasses import dataclass
from email.message import MIMEPart
from email.utils import formataddr
from typing import TYPE_CHECKING, Protocol

from django.core.mail import EmailMultiAlternatives, mailers

from billabex.core.errors import PermanentGatewayError, TemporaryGatewayError
from communications.errors import OutcomeUnknown

if TYPE_CHECKING:
    from datetime import datetime
    from email.message import EmailMessage

    from django.core.mail.backends.base import BaseEmailBackend

    from communications.ports import Picture

_TEMPORARY = range(400, 500)


@dataclass(frozen=True, slots=True)
class Address:
    """A name and an email address."""

    name: str
    email: str

    def __str__(self) -> str:
        return formataddr((self.name, self.email)) if self.name else self.email


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One message, ready to go.

    Attributes:
        message_id: Made from the communication's own id, so that the same message is always the same.
        date: The instant at which it leaves.
        images: The pictures that the HTML shows by `cid:`.
    """

    message_id: str
    date: datetime
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    reply_to: str = ""
    subject: str
    text: str
    html: str = ""
    language: str = ""
    images: tuple[Picture, ...] = ()


class Mailer(Protocol):
    """A way out for email."""

    def deliver(self, envelope: Envelope) -> None:
        """Hand the message over, once.

        Raises:
            TemporaryGatewayError: Nothing was handed over; later may help.
            PermanentGatewayError: It was refused for good.
            OutcomeUnknown: It may or may not have left.
        """


class DjangoMailer:
    """Delivers through Django's configured mailer: files, SMTP, or a provider."""

    def deliver(self, envelope: Envelope) -> None:
        """Hand the message over; see `Mailer`."""
        headers = {
            "Message-ID": envelope.message_id,
            "Auto-Submitted": "auto-generated",
            "Date": envelope.date.strftime("%a, %d %b %Y %H:%M:%S %z"),
        }
        if envelope.language:
            headers["Content-Language"] = envelope.language
        message = _Illustrated(
            subject=envelope.subject,
            body=envelope.text,
            from_email=str(envelope.sender),
            to=[str(address) for address in envelope.to],
            cc=[str(address) for address in envelope.cc],
            reply_to=[envelope.reply_to] if envelope.reply_to else None,
            headers=headers,
        )
        if envelope.html:
            message.attach_alternative(envelope.html, "text/html")
        for image in envelope.images:
            message.attach(_inline(image))
        _send(message)


class _Illustrated(EmailMultiAlternatives):
    """A message whose inline pictures go beside the HTML that shows them (RFC 2387).

    They are attached all the same: a provider's backend takes them from there, and never asks for the whole message.
    """

    def message(self, *, policy: email.policy.Policy | None = email.policy.default) -> EmailMessage:
        """Return the message as it is handed to a server, or written to a file."""
        attached = self.attachments
        pictures = [part for part in attached if _is_inline(part)]
        self.attachments = [part for part in attached if not _is_inline(part)]
        try:
            message = super().message(policy=policy)
        finally:
            self.attachments = attached
        html = message.get_body(("html",))
        if pictures and html is not None:
            html.make_related()
            html.set_param("type", "text/html")
            for picture in pictures:
                html.attach(picture)
        return message


def _is_inline(part: object) -> bool:
    return isinstance(part, MIMEPart) and part.get_content_disposition() == "inline"


def _inline(image: Picture) -> MIMEPart:
    part = MIMEPart(email.policy.default)
    filename = f"{image.cid}.png"
    part.set_content(
        image.png, maintype="image", subtype="png", disposition="inline", cid=f"<{image.cid}>", filename=filename
    )
    return part


def _send(message: EmailMultiAlternatives) -> None:
    mailer = mailers.default
    try:
        _connect(mailer)
        _offer(mailer, message)
    finally:
        mailer.close()


def _connect(mailer: BaseEmailBackend) -> None:
    """Open the connection: whatever fails here, nothing has been offered yet."""
    try:
        mailer.open()
    except (OSError, smtplib.SMTPException) as error:
        raise TemporaryGatewayError(str(error)) from error


def _offer(mailer: BaseEmailBackend, message: EmailMultiAlternatives) -> None:
    """Hand the message over an open connection, and tell the kinds of failure apart."""
    try:
        mailer.send_messages([message])
    except smtplib.SMTPRecipientsRefused as error:
        codes = {code for code, _ in error.recipients.values()}
        detail = "; ".join(f"{who}: {code} {said!r}" for who, (code, said) in error.recipients.items())
        raise _refusal(max(codes, default=0), detail) from error
    except smtplib.SMTPResponseException as error:
        raise _refusal(error.smtp_code, f"{error.smtp_code} {error.smtp_error!r}") from error
    except smtplib.SMTPException as error:
        raise OutcomeUnknown(str(error)) from error
    except OSError as error:  # not the network, whose failures smtplib makes its own: the disk of the file outbox
        raise TemporaryGatewayError(str(error)) from error
    except ValueError as error:  # an address or header that no mail can carry: nothing was offered
        raise PermanentGatewayError(str(error)) from error


def _refusal(code: int, detail: str) -> TemporaryGatewayError | PermanentGatewayError:
    return TemporaryGatewayError(detail) if code in _TEMPORARY else PermanentGatewayError(detail)
