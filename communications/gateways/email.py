"""Email: hands one message to whatever `MAILERS` says, and tells the kinds of failure apart."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from email.utils import formataddr
from typing import TYPE_CHECKING, Protocol

from django.core.mail import EmailMultiAlternatives, mailers

from billabex.core.errors import PermanentGatewayError, TemporaryGatewayError
from communications.errors import OutcomeUnknown

if TYPE_CHECKING:
    from datetime import datetime

    from django.core.mail.backends.base import BaseEmailBackend

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
        message = EmailMultiAlternatives(
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
        _send(message)


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
