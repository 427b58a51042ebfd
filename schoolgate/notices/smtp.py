"""One mail, handed to one email server, with each thing that can happen told apart.

Python's own client sends the mail and reads the answer in one step; here the two are taken apart, because
only what breaks off between them leaves it unknown whether the mail was sent.
"""

from __future__ import annotations

import contextlib
import io
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr
from typing import Any

from schoolgate.core.outside.answers import NotTaken
from schoolgate.core.outside.reach import Reach
from schoolgate.core.restored import awaiting_release
from schoolgate.notices.settings import ServerSettings
from schoolgate.notices.states import Security
from schoolgate.notices.troubles import MailTrouble

PATIENCE = 20.0
"""Seconds that the server may take for each answer."""
MOST_ANSWERED = 64 * 1024
"""Bytes of one answer. The library cuts its lines at 8 KB, and takes as many as come."""
OUR_NAME = "schoolgate.invalid"
TAKEN, GO_ON = 250, 354


class Answers(io.RawIOBase):
    """Reads the server's answers, limited in time and size."""

    def __init__(
        self, connection: socket.socket, patience: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._connection, self._patience, self._clock = connection, patience, clock
        self.begin()

    def begin(self) -> None:
        """The next answer begins."""
        self._until, self._left = self._clock() + self._patience, MOST_ANSWERED

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, into: Any) -> int:
        """Read what has come. Raises OSError where the answer has no end."""
        seconds = self._until - self._clock()
        if seconds <= 0:
            raise TimeoutError("timed out")
        if self._left <= 0:
            raise OSError("an answer without end")
        self._connection.settimeout(seconds)
        try:
            size = self._connection.recv_into(memoryview(into)[: self._left])
        finally:
            self._connection.settimeout(self._patience)
        self._left -= size
        return size


class _Bounded:
    """A client that gives up on an answer without end."""

    file: Any
    sock: Any
    timeout: float
    _answers: Answers

    def getreply(self) -> tuple[int, bytes]:
        """The next answer of the server. Raises OSError, SMTPException."""
        if self.file is None:
            self._answers = Answers(self.sock, self.timeout)
            self.file = io.BufferedReader(self._answers)
        self._answers.begin()
        return super().getreply()  # type: ignore[misc, no-any-return]

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return _connection(host, port, timeout)


class _Client(_Bounded, smtplib.SMTP):
    """In clear, or encrypted later."""


class _EncryptedClient(_Bounded, smtplib.SMTP_SSL):
    """Encrypted from the beginning."""

    context: ssl.SSLContext

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self.context.wrap_socket(_connection(host, port, timeout), server_hostname=host)


def _connection(host: str, port: int, timeout: float) -> socket.socket:
    """Return a connection to the email server, which only the operator's own people name and which may be in
    the school's own network. Raises OSError."""
    try:
        found = Reach(named=lambda _host, _port: True).connect(host, port, time.monotonic() + timeout)
    except NotTaken as error:
        raise TimeoutError("timed out") if error.why == "too_slow" else ConnectionError(error.why) from error
    found.settimeout(timeout)
    return found


def nothing() -> None:
    """The default of `before_handing_over`."""


@contextmanager
def connected(server: ServerSettings, *, patience: float = PATIENCE) -> Iterator[smtplib.SMTP]:
    """An open, signed-in connection. Raises MailTrouble: what is wrong is wrong for every mail, or a restored
    home isn't released yet."""
    if awaiting_release() is not None:
        raise MailTrouble("restored")
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
        # Never continue unencrypted: an attacker who strips the offer of encryption would get the password.
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
    """Turn what the connection raises before the mail itself is on its way into one of our own sentences."""
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
