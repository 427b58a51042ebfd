"""The email server of this installation: its settings, whether mail through it is proven to arrive, one
mail handed to it, and what can go wrong, as codes with one plain sentence each.

Each thing that can happen to a mail is told apart: taken, refused, or unknown whether it was sent.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import secrets
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid, parseaddr
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core import vault
from schoolgate.core.clock import check_aware
from schoolgate.core.env import env
from schoolgate.core.errors import BadInput, NotNow, SchoolgateError, Text
from schoolgate.core.outside.client import NotTaken, Reach
from schoolgate.core.reading_once import read_once
from schoolgate.core.restored import awaiting_release
from schoolgate.core.tenancy import in_scope
from schoolgate.core.vault import CannotOpen, also_sealed
from schoolgate.notices.kinds import Security
from schoolgate.notices.models import MailServer


@dataclass(frozen=True)
class ServerSettings:
    """How to reach the email server. `sender` is the address that mails come from, with or without a name.

    `from_surroundings`: set in the machine's environment, so pages can't change it.
    """

    host: str
    port: int
    security: str
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)
    from_surroundings: bool = False

    @property
    def digest(self) -> str:
        """Return a digest that tells servers apart, for the proof that mail arrives. It leaves out the
        password: a wrong one shows at once."""
        said = "\n".join((self.host.lower(), str(self.port), self.security, self.sender, self.user))
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True)
class Trouble:
    """One kind of trouble.

    `of_address`: it is about this one address, and the next mail may well go out. `for_good`: trying again
    changes nothing. `unknown`: the mail may have been taken.
    """

    sentence: str | Promise
    next_step: str | Promise
    of_address: bool = False
    for_good: bool = False
    unknown: bool = False


TROUBLES: Mapping[str, Trouble] = {
    "none_set": Trouble(_("No email server has been set up."), _("An administrator needs to set one up.")),
    "keys": Trouble(
        _("The email server’s password can’t be opened with the keys of this installation."),
        _("Enter it again, so that it’s sealed with a current key."),
    ),
    "restored": Trouble(
        _("This installation was restored from a backup and sends nothing until it’s released."),
        _("Release it first, on the page about backups."),
    ),
    "no_answer": Trouble(
        _("The email server can’t be reached."), _("Check its name and port, and that it’s running.")
    ),
    "slow": Trouble(
        _("The email server did not respond in time."), _("Try again later, or ask the person who runs it.")
    ),
    "tls": Trouble(
        _("A secure connection to the email server could not be made or trusted."),
        _("Check the encryption type and the port, and that the certificate matches this name."),
    ),
    "password": Trouble(
        _("The email server doesn’t accept the user name or password."),
        _("Enter both again. Some services need an app password."),
    ),
    "sender": Trouble(
        _("The email server doesn’t accept our sender address."),
        _("Enter an address that this user name may send from."),
    ),
    "address": Trouble(
        _("The email server refuses this address."),
        _("Check the spelling of the address."),
        of_address=True,
        for_good=True,
    ),
    "address_later": Trouble(
        _("The email server isn’t accepting email for this address at the moment."),
        _("It will be tried again."),
        of_address=True,
    ),
    "refused": Trouble(
        _("The email server refused the email."),
        _("Ask the person who runs it why."),
        of_address=True,
        for_good=True,
    ),
    "refused_later": Trouble(
        _("The email server isn’t accepting the email at the moment."),
        _("It will be tried again."),
        of_address=True,
    ),
    "broken_off": Trouble(
        _("The connection to the email server was lost before the email was sent."),
        _("It will be tried again."),
    ),
    "unknown": Trouble(
        _("The connection was lost while the email was being sent, so we can’t tell whether it was sent."),
        _("It won’t be sent again, so that no one gets it twice."),
        of_address=True,
        for_good=True,
        unknown=True,
    ),
}


class MailTrouble(SchoolgateError):
    """A mail did not go out, or it is unknown whether it did. `code` is one of `TROUBLES`."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.trouble = TROUBLES[code]
        super().__init__(self.trouble.sentence, self.trouble.next_step)


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


CODE_LIVES = timedelta(hours=2)
"""How long the code of a test mail can be entered."""
MOST_TRIES = 5
"""Wrong codes accepted before another mail is needed; a code has six digits."""
WITHIN_THE_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.:_-]{0,252}[A-Za-z0-9])?")


def current() -> ServerSettings | None:
    """The server that mails go through: the environment's, else the one that was entered, else None.

    Raises CannotOpen: the password was sealed with keys that this installation does not have.
    """
    around = env()
    if around.deliver_for_real:
        return ServerSettings(
            host=around.mail_host,
            port=around.mail_port,
            security=Security.STARTTLS if around.mail_tls else Security.NONE,
            sender=around.mail_from,
            user=around.mail_user,
            password=around.mail_password.get_secret_value(),
            from_surroundings=True,
        )
    row = _row()
    if row is None or not row.host:
        return None
    return ServerSettings(
        host=row.host,
        port=row.port,
        security=row.security,
        sender=row.sender,
        user=row.user,
        password=vault.unseal(row.sealed_password) if row.sealed_password else "",
    )


def in_use() -> ServerSettings | MailTrouble:
    """The server that mails go through, or why there is none: none was entered, or its password cannot be
    opened."""
    try:
        return current() or MailTrouble("none_set")
    except CannotOpen:
        return MailTrouble("keys")


def keep(
    *,
    host: str,
    port: int,
    security: str,
    sender: str,
    at: datetime,
    user: str = "",
    password: str | None = "",
) -> ServerSettings:
    """Save the settings, the password sealed; a proof for another server ends with that.

    Args:
        security: one of `states.Security`.
        sender: the address that mails come from.
        password: None leaves the stored one.

    Raises:
        BadInput: fields host, port, security, sender, user, password.
        NotNow: the machine's environment names the email server.
    """
    if env().deliver_for_real:
        raise NotNow(
            gettext("The email server is set on the machine itself and can’t be changed here."),
            gettext("Ask the person who runs the server."),
        )
    host, sender, user = host.strip(), sender.strip(), user.strip()
    with transaction.atomic():
        row = _locked_row()
        sealed = row.sealed_password if password is None else vault.seal(password) if password else ""
        _check(host, port, security, sender, user, has_password=bool(sealed))
        row.host, row.port, row.security, row.sender, row.user = host, port, security, sender, user
        row.sealed_password, row.kept_at = sealed, check_aware(at)
        # Failures with the old settings no longer matter: try the new ones at once.
        row.tries, row.next_try_at = 0, None
        row.save()
    kept = current()
    assert kept is not None
    return kept


def send_test(to: str, at: datetime, *, patience: float = PATIENCE) -> None:
    """Send a mail with a short code to an address, in the language of the moment; `confirm` takes the code.

    `patience`: seconds that the server may take for each answer.

    Raises:
        BadInput: field `to`. MailTrouble: one plain sentence, and what to do. CannotOpen.
        RuntimeError: called inside a scope, which would hold a transaction open for the email server.
    """
    if in_scope():
        raise RuntimeError("a test mail is sent outside any scope")
    to = to.strip()
    _check_address("to", to)
    server = current()
    if server is None:
        raise MailTrouble("none_set")
    code = f"{secrets.randbelow(10**6):06d}"
    with transaction.atomic():
        row = _locked_row()
        row.sealed_code, row.code_for = vault.seal(code), server.digest
        row.code_sent_at, row.code_tries = check_aware(at), 0
        row.save()
    try:
        with connected(server, patience=patience) as client:
            hand_over(client, _test_mail(server, to, code, at), sender=address_only(server.sender), to=to)
    except MailTrouble as trouble:
        note_trouble(trouble, at)
        raise
    note_good(at)


def confirm(code: str, at: datetime) -> None:
    """Check the code from a test mail: mail through this server is proven to arrive.

    Raises BadInput (field `code`): wrong, too old, too often wrong, or for another server.
    """
    server = current()
    wrong: Text = ""
    with transaction.atomic():
        row = _locked_row()
        if not row.sealed_code or server is None or row.code_for != server.digest:
            wrong = gettext("Send a test email first.")
        elif row.code_sent_at is None or at - row.code_sent_at > CODE_LIVES or at < row.code_sent_at:
            wrong = gettext("This code has expired. Send another test email.")
        elif row.code_tries >= MOST_TRIES:
            wrong = gettext("Too many wrong codes. Send another test email.")
        elif not secrets.compare_digest(vault.unseal(row.sealed_code), _digits(code)):
            row.code_tries += 1
            row.save(update_fields=["code_tries"])
            wrong = gettext("This code is wrong. Use the one in the latest test email.")
        else:
            row.proven_at, row.proven_for, row.sealed_code = check_aware(at), server.digest, ""
            row.save(update_fields=["proven_at", "proven_for", "sealed_code"])
    if wrong:
        raise BadInput({"code": wrong})


def proven_at() -> datetime | None:
    """Return when a mail through the current server was last proven to have arrived, or None."""
    server, row = in_use(), _row()
    if isinstance(server, MailTrouble) or row is None or row.proven_for != server.digest:
        return None
    return row.proven_at


# --- How it goes --------------------------------------------------------------------------------------------

WAITS = (1, 2, 5, 10, 15, 30)
"""Minutes until a server that has stopped is tried again; the last one repeats."""


def note_good(at: datetime) -> None:
    """Record that the server took a mail."""
    with transaction.atomic():
        row = _locked_row()
        if row.last_good_at is None or row.failing_since is not None or at - row.last_good_at > A_WHILE:
            row.last_good_at, row.failing_since, row.failing_code = check_aware(at), None, ""
            row.tries, row.next_try_at = 0, None
            row.save(update_fields=["last_good_at", "failing_since", "failing_code", "tries", "next_try_at"])


A_WHILE = timedelta(minutes=1)
"""Two mails within this time write the row once."""


def note_trouble(trouble: MailTrouble, at: datetime) -> None:
    """Record that a mail did not go out. A trouble with one address doesn't count against the server."""
    if trouble.trouble.of_address:
        return
    with transaction.atomic():
        row = _locked_row()
        wait = timedelta(minutes=WAITS[min(row.tries, len(WAITS) - 1)])
        row.failing_since = row.failing_since or check_aware(at)
        row.failing_code, row.tries, row.next_try_at = trouble.code, row.tries + 1, at + wait
        row.save(update_fields=["failing_since", "failing_code", "tries", "next_try_at"])


def may_try(at: datetime) -> bool:
    """Return whether to try the server now: it worked last time, or its wait is over."""
    row = _row()
    if row is None or row.next_try_at is None:
        return True
    # A wait longer than any in WAITS was set by a wrong clock.
    return row.next_try_at <= at or row.next_try_at > at + timedelta(minutes=WAITS[-1])


def trouble_since() -> tuple[datetime, MailTrouble] | None:
    """Return since when the server has been failing and its message, or None if it worked last time."""
    row = _row()
    if row is None or row.failing_since is None:
        return None
    return row.failing_since, MailTrouble(row.failing_code)


def _row() -> MailServer | None:
    return read_once(("mail server",), MailServer.objects.filter(pk=1).first)


def _locked_row() -> MailServer:
    MailServer.objects.get_or_create(pk=1)
    return MailServer.objects.select_for_update().get(pk=1)


def _test_mail(server: ServerSettings, to: str, code: str, at: datetime) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = gettext("Schoolgate: test message")
    message["From"], message["To"] = server.sender, to
    message["Date"] = format_datetime(at)
    message["Message-ID"] = make_msgid(domain=OUR_NAME)
    message["Auto-Submitted"] = "auto-generated"
    lines = [
        gettext("This message shows that Schoolgate can send email."),
        gettext("Enter this code on the page that asked for it: {code}").format(code=code),
        gettext("If you didn’t expect this, ignore it."),
    ]
    message.set_content("\n\n".join(lines) + "\n")
    return message


def _digits(code: str) -> str:
    return "".join(character for character in code if character.isascii() and character.isdigit())


def _check(host: str, port: int, security: str, sender: str, user: str, *, has_password: bool) -> None:
    wrong: dict[str, Text] = {}
    if not HOST.fullmatch(host):
        wrong["host"] = _("Enter the name of the email server, such as smtp.example.org.")
    if not 1 <= port <= 65535:
        wrong["port"] = _("Enter a port from 1 to 65535. Most servers use 587 or 465.")
    if security not in Security.values:
        wrong["security"] = _("Choose how the connection is encrypted.")
    if has_password and not user:
        wrong["user"] = _("Enter the user name that the password belongs to.")
    if has_password and security == Security.NONE and host not in WITHIN_THE_MACHINE:
        wrong["security"] = _(
            "A password can only be sent over an encrypted connection. Choose one, "
            "or leave the password blank."
        )
    for part in (sender, user):
        if "\n" in part or "\r" in part:
            wrong["sender"] = _("Enter one email address.")
    try:
        validate_email(address_only(sender))
    except ValidationError:
        wrong["sender"] = _("Enter the email address that messages come from.")
    if wrong:
        raise BadInput(wrong)


def _check_address(field: str, address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise BadInput({field: _("Enter an email address, such as office@example.org.")}) from None


@also_sealed
def seal_anew(newly: Callable[[str], str | None]) -> Iterator[str]:
    """Seal the password with the newest key, and forget a code that waits."""
    with transaction.atomic():
        row = MailServer.objects.select_for_update().filter(pk=1).first()
        if row is None:
            return
        try:
            if row.sealed_password and (new := newly(row.sealed_password)):
                row.sealed_password = new
        except CannotOpen:
            yield "the email server's password"
        row.sealed_code = ""
        row.save(update_fields=["sealed_password", "sealed_code"])
