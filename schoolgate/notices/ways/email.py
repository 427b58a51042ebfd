"""By e-mail, through the school's own email server."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from schoolgate.notices import smtp
from schoolgate.notices.settings import ServerSettings
from schoolgate.notices.troubles import MailTrouble
from schoolgate.notices.ways.port import Door, Letter


@dataclass(frozen=True)
class Email:
    """The way through one email server."""

    server: ServerSettings
    patience: float = smtp.PATIENCE
    key: str = "email"

    @contextmanager
    def opened(self) -> Iterator[Door]:
        """One connection for all letters."""
        with smtp.connected(self.server, patience=self.patience) as client:
            yield _Connected(client, self.server)


@dataclass(frozen=True)
class _Connected:
    client: smtplib.SMTP
    server: ServerSettings

    def hand_over(self, letter: Letter, before_handing_over: Callable[[], None]) -> None:
        """Send it; a refusal of one letter leaves the connection ready for the next."""
        try:
            message = written(letter, self.server.sender)
        except ValueError as error:  # the address is not valid in a mail at all
            raise MailTrouble("address") from error
        try:
            smtp.hand_over(
                self.client,
                message,
                sender=smtp.address_only(self.server.sender),
                to=letter.to_address,
                before_handing_over=before_handing_over,
            )
        except MailTrouble as trouble:
            if trouble.trouble.of_address and not trouble.trouble.unknown:
                self._ready_again()
            raise

    def _ready_again(self) -> None:
        try:
            self.client.rset()
        except (smtplib.SMTPException, OSError) as error:
            raise MailTrouble("broken_off") from error


def written(letter: Letter, sender: str) -> EmailMessage:
    """Return the letter as a plain-text mail. Raises ValueError if an address is not valid in a header."""
    message = EmailMessage()
    name, address = parseaddr(sender)
    message["From"] = Address(one_line(name), addr_spec=address)
    message["To"] = Address(one_line(letter.to_name), addr_spec=letter.to_address)
    message["Subject"] = one_line(letter.subject)
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = letter.message_id
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(letter.body)
    return message


def one_line(words: str) -> str:
    """Without anything that could begin another line of a mail's head."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
