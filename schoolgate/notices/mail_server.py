"""The email server of this installation: its settings, whether mail through it is proven to arrive, its
health.

The machine's environment takes precedence over settings entered on a page. The interfaces check who may
change them: the server belongs to no federation, so no role of a policy applies. Functions that connect to
the server must not run inside a scope.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.core import vault
from schoolgate.core.clock import check_aware
from schoolgate.core.env import env
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.reading_once import read_once
from schoolgate.core.tenancy import in_scope
from schoolgate.core.vault import CannotOpen
from schoolgate.core.vault_rotation import also_sealed
from schoolgate.notices import smtp
from schoolgate.notices.models.server import MailServer
from schoolgate.notices.settings import ServerSettings
from schoolgate.notices.states import Security
from schoolgate.notices.troubles import MailTrouble

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
            _("The email server is set on the machine itself and can’t be changed here."),
            _("Ask the person who runs the server."),
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


def send_test(to: str, at: datetime, *, patience: float = smtp.PATIENCE) -> None:
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
        with smtp.connected(server, patience=patience) as client:
            smtp.hand_over(
                client, _test_mail(server, to, code, at), sender=smtp.address_only(server.sender), to=to
            )
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
            wrong = _("Send a test email first.")
        elif row.code_sent_at is None or at - row.code_sent_at > CODE_LIVES or at < row.code_sent_at:
            wrong = _("This code has expired. Send another test email.")
        elif row.code_tries >= MOST_TRIES:
            wrong = _("Too many wrong codes. Send another test email.")
        elif not secrets.compare_digest(vault.unseal(row.sealed_code), _digits(code)):
            row.code_tries += 1
            row.save(update_fields=["code_tries"])
            wrong = _("This code is wrong. Use the one in the latest test email.")
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
    message["Subject"] = _("Schoolgate: test message")
    message["From"], message["To"] = server.sender, to
    message["Date"] = format_datetime(at)
    message["Message-ID"] = make_msgid(domain=smtp.OUR_NAME)
    message["Auto-Submitted"] = "auto-generated"
    lines = [
        _("This message shows that Schoolgate can send email."),
        _("Enter this code on the page that asked for it: {code}").format(code=code),
        _("If you didn’t expect this, ignore it."),
    ]
    message.set_content("\n\n".join(lines) + "\n")
    return message


def _digits(code: str) -> str:
    return "".join(character for character in code if character.isascii() and character.isdigit())


def _check(host: str, port: int, security: str, sender: str, user: str, *, has_password: bool) -> None:
    wrong: dict[str, Text] = {}
    if not HOST.fullmatch(host):
        wrong["host"] = gettext_lazy("Enter the name of the email server, such as smtp.example.org.")
    if not 1 <= port <= 65535:
        wrong["port"] = gettext_lazy("Enter a port from 1 to 65535. Most servers use 587 or 465.")
    if security not in Security.values:
        wrong["security"] = gettext_lazy("Choose how the connection is encrypted.")
    if has_password and not user:
        wrong["user"] = gettext_lazy("Enter the user name that the password belongs to.")
    if has_password and security == Security.NONE and host not in WITHIN_THE_MACHINE:
        wrong["security"] = gettext_lazy(
            "A password can only be sent over an encrypted connection. Choose one, "
            "or leave the password blank."
        )
    for part in (sender, user):
        if "\n" in part or "\r" in part:
            wrong["sender"] = gettext_lazy("Enter one email address.")
    try:
        validate_email(smtp.address_only(sender))
    except ValidationError:
        wrong["sender"] = gettext_lazy("Enter the email address that messages come from.")
    if wrong:
        raise BadInput(wrong)


def _check_address(field: str, address: str) -> None:
    try:
        validate_email(address)
    except ValidationError:
        raise BadInput({field: gettext_lazy("Enter an email address, such as office@example.org.")}) from None


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
