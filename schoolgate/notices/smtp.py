"""One mail, handed to one mail server, with each thing that can happen told apart.

Python's own client sends the mail and reads the answer in one step; here the two are taken apart, because
only what breaks off between them leaves it unknown whether the mail was sent.
"""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from typing import IO, Any

from schoolgate.notices.settings import ServerSettings
from schoolgate.notices.states import Security
from schoolgate.notices.troubles import MailTrouble

PATIENCE = 20.0
"""Seconds that the server may take for each answer."""
MOST_LINES = 100
"""Lines of one answer. Each is cut at 8 KB by the library, which takes as many as come."""
OUR_NAME = "schoolgate.invalid"
TAKEN, GO_ON = 250, 354


class _Lines:
    """What the server says, read line by line up to a limit."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._left = file, MOST_LINES

    def readline(self, size: int) -> bytes:
        """The next line. Raises OSError where an answer has no end."""
        self._left -= 1
        if self._left < 0:
            raise OSError("an answer without end")
        return self._file.readline(size)

    def begin(self) -> None:
        """Another answer begins."""
        self._left = MOST_LINES

    def close(self) -> None:
        """Nothing more is read."""
        self._file.close()


class _Bounded:
    """A client that gives up on an answer without end."""

    file: Any
    sock: Any

    def getreply(self) -> tuple[int, bytes]:
        """The next answer of the server. Raises OSError, SMTPException."""
        if self.file is None:
            self.file = _Lines(self.sock.makefile("rb"))
        self.file.begin()
        return super().getreply()  # type: ignore[misc, no-any-return]


class _Client(_Bounded, smtplib.SMTP):
    """In clear, or encrypted later."""


class _EncryptedClient(_Bounded, smtplib.SMTP_SSL):
    """Encrypted from the beginning."""


def nothing() -> None:
    """The default of `before_handing_over`."""


@contextmanager
def connected(server: ServerSettings, *, patience: float = PATIENCE) -> Iterator[smtplib.SMTP]:
    """An open, signed-in connection. Raises MailTrouble: what is wrong is wrong for every mail."""
    with _told_plainly():
        client = _reach(server, patience)
    try:
        with _told_plainly():
            if server.security == Security.STARTTLS:
                _start_tls(client)
            if server.user:
                client.login(server.user, server.password)
        yield client
    finally:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            client.quit()
        client.close()


def _reach(server: ServerSettings, patience: float) -> smtplib.SMTP:
    if server.security == Security.TLS:
        return _EncryptedClient(
            server.host,
            server.port,
            local_hostname=OUR_NAME,
            timeout=patience,
            context=ssl.create_default_context(),
        )
    return _Client(server.host, server.port, local_hostname=OUR_NAME, timeout=patience)


def _start_tls(client: smtplib.SMTP) -> None:
    try:
        client.starttls(context=ssl.create_default_context())
    except (smtplib.SMTPNotSupportedError, smtplib.SMTPResponseException) as error:
        # Never on in the clear: whoever strips the offer of encryption would get the password.
        raise MailTrouble("tls") from error


def hand_over(
    client: smtplib.SMTP,
    message: EmailMessage,
    *,
    sender: str,
    to: str,
    before_handing_over: Callable[[], None] = nothing,
) -> None:
    """Send one mail over an open connection; `before_handing_over` is called just before the mail leaves.

    Returns where the server took it. Raises MailTrouble otherwise.
    """
    if not to.isascii():
        raise MailTrouble("address")
    with _told_plainly():
        client.ehlo_or_helo_if_needed()
        status, _words = client.mail(sender)
        if status != TAKEN:
            raise MailTrouble("refused_later" if status < 500 else "sender")
        status, _words = client.rcpt(to)
        if status not in (TAKEN, 251):
            raise MailTrouble("address_later" if status < 500 else "address")
        status, _words = client.docmd("DATA")
        if status != GO_ON:
            raise MailTrouble("refused_later" if status < 500 else "refused")
    before_handing_over()
    try:
        client.send(as_bytes(message))
        status, _words = client.getreply()
    except (OSError, smtplib.SMTPException) as error:
        raise MailTrouble("unknown") from error
    if status != TAKEN:
        raise MailTrouble("refused_later" if status < 500 else "refused")


def as_bytes(message: EmailMessage) -> bytes:
    """The mail as it travels: lines end in CRLF, a line of one dot is doubled, and a dot ends it."""
    text = message.as_bytes(policy=SMTP)
    lines = (b"." + line if line.startswith(b".") else line for line in text.split(b"\r\n"))
    return b"\r\n".join(lines).removesuffix(b"\r\n") + b"\r\n.\r\n"


def address_only(sender: str) -> str:
    """The address of a sender that may carry a name."""
    return parseaddr(sender)[1]


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Whatever the connection raises before the mail itself is on its way, as one of our own sentences."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise MailTrouble("password") from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailTrouble("password") from error
    except TimeoutError as error:
        raise MailTrouble("slow") from error
    except ssl.SSLError as error:
        raise MailTrouble("tls") from error
    except smtplib.SMTPServerDisconnected as error:
        raise MailTrouble("slow" if "timed out" in str(error) else "broken_off") from error
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        raise MailTrouble("no_answer") from error
