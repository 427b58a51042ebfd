"""The channels for notices, all behind one interface: email through the school's own server, push to the
browser of a device, and the mail catcher of example federations, from which nothing leaves the machine.

A push message is encrypted for one browser alone (RFC 8291) and signed as ours (VAPID, RFC 8292). The
push service in between can read neither words nor keys. Every message has the same length.
"""

from __future__ import annotations

import base64
import binascii
import os
import smtplib
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Protocol

import jwt
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from schoolgate.core.env import env
from schoolgate.core.home import kept_secret
from schoolgate.core.models import Federation
from schoolgate.core.surroundings import parts_of
from schoolgate.core.tenancy import scope
from schoolgate.networks.port import NetworkError
from schoolgate.networks.transport import Transport
from schoolgate.notices import mail_server
from schoolgate.notices.mail_server import MailTrouble, ServerSettings
from schoolgate.notices.models import CaughtMail


@dataclass(frozen=True)
class Letter:
    """One message, in the language of its reader.

    `message_id`: its own name, the same however often it is tried.
    """

    to_name: str
    to_address: str
    subject: str
    body: str
    language: str
    message_id: str
    written_at: datetime


class Door(Protocol):
    """An open channel: several letters go through it, one after the other."""

    def hand_over(self, letter: Letter, before_handing_over: Callable[[], None]) -> None:
        """Send one letter. Calls `before_handing_over` once, when from then on it may arrive.

        Raises MailTrouble if it did not go out, or it is unknown whether it did.
        """


class Way(Protocol):
    """A channel for notices."""

    @property
    def key(self) -> str:
        """Its name, stored with what was sent that way."""
        ...

    def opened(self) -> AbstractContextManager[Door]:
        """Open it, outside any transaction. Raises MailTrouble if it is down."""


@dataclass(frozen=True)
class Catcher:
    """Stores the mails of one example federation as rows."""

    federation_id: int
    key: str = "catcher"

    @contextmanager
    def opened(self) -> Iterator[Door]:
        """Always open."""
        yield self

    def hand_over(self, letter: Letter, before_handing_over: Callable[[], None]) -> None:
        """Store it; the same letter twice is stored once."""
        before_handing_over()
        with scope(self.federation_id):
            CaughtMail.objects.get_or_create(
                message_id=letter.message_id,
                defaults={
                    "to_name": letter.to_name,
                    "to_address": letter.to_address,
                    "subject": letter.subject[:300],
                    "body": letter.body,
                    "caught_at": letter.written_at,
                },
            )


@dataclass(frozen=True)
class Email:
    """The way through one email server."""

    server: ServerSettings
    patience: float = mail_server.PATIENCE
    key: str = "email"

    @contextmanager
    def opened(self) -> Iterator[Door]:
        """One connection for all letters."""
        with mail_server.connected(self.server, patience=self.patience) as client:
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
            mail_server.hand_over(
                self.client,
                message,
                sender=mail_server.address_only(self.server.sender),
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


KEY = "push.pem"
RECORD = 4096
LENGTH = 256
"""Bytes of every message before it is encrypted: how long it is says nothing about what it says."""
TOKEN_LIVES = timedelta(hours=12)
CURVE = ec.SECP256R1()
POINT = 65
SECRET = 16


@dataclass(frozen=True)
class Subscription:
    """What a browser gives: where to send, and the keys to encrypt with. Raises ValueError where these are
    none."""

    endpoint: str = field(repr=False)
    p256dh: bytes = field(repr=False)
    auth: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.p256dh) != POINT or len(self.auth) != SECRET:
            raise ValueError("keys of another length")
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, self.p256dh)

    @property
    def origin(self) -> str:
        """Scheme, host and port of the push service."""
        parts = parts_of(self.endpoint)
        return f"{parts.scheme}://{parts.netloc}"


def encrypted(message: bytes, to: Subscription, *, salt: bytes | None = None) -> bytes:
    """The body that the push service passes on. `salt` is given by tests only.

    Raises ValueError for a message that is too long.
    """
    if len(message) >= LENGTH:
        raise ValueError("too long to be sent")
    salt = salt or os.urandom(16)
    ours = ec.generate_private_key(CURVE)
    our_point = point_of(ours.public_key())
    shared = ours.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, to.p256dh))
    key, nonce = content_keys(shared, auth=to.auth, salt=salt, theirs=to.p256dh, ours=our_point)
    padded = message + b"\x02" + bytes(LENGTH - len(message) - 1)
    head = salt + RECORD.to_bytes(4, "big") + bytes([POINT]) + our_point
    return head + AESGCM(key).encrypt(nonce, padded, None)


def content_keys(
    shared: bytes, *, auth: bytes, salt: bytes, theirs: bytes, ours: bytes
) -> tuple[bytes, bytes]:
    """Key and nonce of one message, as both ends work them out."""
    secret = _derived(shared, auth, b"WebPush: info\x00" + theirs + ours, 32)
    return (
        _derived(secret, salt, b"Content-Encoding: aes128gcm\x00", 16),
        _derived(secret, salt, b"Content-Encoding: nonce\x00", 12),
    )


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """A public key as 65 bytes."""
    return key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def public_key() -> str:
    """Our own public key, for the browser that subscribes."""
    return as_text(point_of(_own_key().public_key()))


def signed_for(origin: str, *, contact: str, at: datetime) -> str:
    """The header that shows a push service that a message is ours."""
    claims = {"aud": origin, "exp": int((at + TOKEN_LIVES).timestamp()), "sub": contact}
    return f"vapid t={jwt.encode(claims, _own_key(), algorithm='ES256')}, k={public_key()}"


def _own_key() -> ec.EllipticCurvePrivateKey:
    """Return the key of this installation, made once; it is stored beside the vault's keys, and in their
    backup."""
    key = serialization.load_pem_private_key(kept_secret(KEY, _new_key), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key


def _new_key() -> bytes:
    return ec.generate_private_key(CURVE).private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def as_text(data: bytes) -> str:
    """Bytes as push services write them: base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(data).decode("ascii").rstrip("=")


def as_bytes(text: str) -> bytes:
    """What `as_text` wrote. Raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error


SERVICES = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    ".push.apple.com",
    ".notify.windows.com",
)
"""The push services of the known browsers; a leading dot means all hosts below."""
LONGEST_ENDPOINT = 1000
PATIENCE = 15.0
"""Seconds for one message."""
TOPIC = "schoolgate"
"""A newer message takes the place of one that has not been shown yet."""
GONE = frozenset({404, 410})
LATER = frozenset({408, 425, 429})


class PushTrouble(Exception):
    """A message did not go out. `gone`: the browser takes none any more; `unknown`: it may have gone out;
    `for_good`: trying again changes nothing."""

    def __init__(
        self, code: str, *, gone: bool = False, unknown: bool = False, for_good: bool = False
    ) -> None:
        super().__init__(code)
        self.code, self.gone, self.unknown, self.for_good = code, gone, unknown, for_good


@dataclass(frozen=True)
class PushServices:
    """The way to them. Tests name a service of their own, on this machine."""

    services: tuple[str, ...] = SERVICES
    schemes: frozenset[str] = field(default=frozenset({"https"}))
    patience: float = PATIENCE

    def takes(self, endpoint: str) -> bool:
        """Return whether this is the address of a push service that we know: the program contacts no
        other."""
        parts = parts_of(endpoint)
        host = parts.hostname or ""
        plain = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
        known = any(host == one or (one[0] == "." and host.endswith(one)) for one in self.services)
        ours = parts.username is None and (parts.port in (None, 443) or "http" in self.schemes)
        return plain and known and ours and parts.scheme in self.schemes and len(endpoint) <= LONGEST_ENDPOINT

    def hand_over(self, message: bytes, to: Subscription, *, urgent: bool, lives: int, at: datetime) -> None:
        """Send one message; it is stored for `lives` seconds for a device that is off. Raises PushTrouble."""
        if not self.takes(to.endpoint):
            raise PushTrouble("address", gone=True, for_good=True)
        headers = {
            "TTL": str(lives),
            "Urgency": "high" if urgent else "normal",
            "Topic": TOPIC,
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "Authorization": signed_for(to.origin, contact=_contact(), at=at),
        }
        path = to.endpoint.removeprefix(to.origin)
        try:
            answer = Transport(to.origin, time_out=self.patience).exchange(
                "POST", path, changes=True, content=encrypted(message, to), headers=headers
            )
            status = answer.status
        except NetworkError as error:
            if error.status is None:
                raise PushTrouble(error.code, unknown=error.outcome_unknown) from None
            status = error.status
        if 200 <= status < 300:
            return
        if status in GONE:
            raise PushTrouble("gone", gone=True, for_good=True)
        later = status in LATER or status >= 500
        raise PushTrouble(f"status_{status}", for_good=not later)


def _contact() -> str:
    """Return the contact for push services with questions about our messages."""
    return env().public_address or "mailto:schoolgate@localhost.invalid"


def _email(federation: Federation) -> Way | None:
    server = mail_server.in_use()
    return None if isinstance(server, MailTrouble) else Email(server)


def _catcher(federation: Federation) -> Way | None:
    return Catcher(federation.pk)


WAYS: Mapping[str, Callable[[Federation], Way | None]] = {"email": _email, "catcher": _catcher}
"""By their keys: how each is made for a federation; None where it has not been set up. A new way is a module
here and a line."""


def way_for(federation: Federation) -> Way | None:
    """Return the channel for this federation; None if there is none yet, and mails wait.

    No mail of an example federation ever leaves the machine, whatever email server there is: its people and
    their addresses are made up.
    """
    return WAYS["catcher" if federation.is_example else "email"](federation)
