"""A message for one browser, encrypted for it alone (RFC 8291) and signed as ours (VAPID, RFC 8292).

The push service in between can read neither words nor keys. Every message has the same length.
"""

from __future__ import annotations

import base64
import binascii
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import jwt
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from schoolgate.core.home import kept_secret
from schoolgate.core.web_address import parts_of

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
