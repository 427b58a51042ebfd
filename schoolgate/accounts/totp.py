"""Codes that an app makes from a seed (RFC 6238), from a moment that is passed in. Pure."""

from __future__ import annotations

import base64
import binascii
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import parse_qs

from cryptography.hazmat.primitives.hashes import SHA1, SHA256, SHA512
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput
from schoolgate.core.surroundings import parts_of

Algorithm = Literal["SHA1", "SHA256", "SHA512"]
_ALGORITHMS: dict[str, type[SHA1] | type[SHA256] | type[SHA512]] = {
    "SHA1": SHA1,
    "SHA256": SHA256,
    "SHA512": SHA512,
}
_LEAST_BYTES = 10
"""80 bits: what many networks give. RFC 4226 wants more, but the choice is theirs."""
_MOST_BYTES = 128
"""The longest block that any of the three algorithms takes as it is."""


@dataclass(frozen=True)
class Passing:
    """A code, and for how many more seconds it is the newest one."""

    code: str
    seconds: int


@dataclass(frozen=True)
class Seed:
    """What codes are made from, as a network gives it. It has no repr that could end up in a log."""

    secret: bytes
    digits: int = 6
    period: int = 30
    algorithm: Algorithm = "SHA1"

    def __repr__(self) -> str:
        """Return a text without the secret."""
        return "Seed(...)"

    @classmethod
    def read(cls, typed: str) -> Seed:
        """Read a seed from an otpauth:// address, or from the letters that a network shows beside its QR
        code.

        Raises BadInput (field `seed`), which never repeats what was typed.
        """
        typed = typed.strip()
        if typed.lower().startswith("otpauth:"):
            return cls._from_address(typed)
        return cls(_bytes_of(typed))

    @classmethod
    def _from_address(cls, typed: str) -> Seed:
        parts = parts_of(typed)
        try:
            given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            digits, period = int(given.get("digits", 6)), int(given.get("period", 30))
        except ValueError:
            raise _unusable() from None
        algorithm = given.get("algorithm", "SHA1").upper().replace("-", "")
        usable = digits in (6, 7, 8) and 1 <= period <= 300 and algorithm in _ALGORITHMS
        if parts.netloc.lower() != "totp" or not usable:
            raise _unusable()
        return cls(_bytes_of(given.get("secret", "")), digits, period, algorithm)  # type: ignore[arg-type]

    def to_text(self) -> str:
        """Return the text for the vault."""
        secret = base64.b32encode(self.secret).decode("ascii")
        return json.dumps([secret, self.digits, self.period, self.algorithm])

    @classmethod
    def from_text(cls, text: str) -> Seed:
        """Return the object rebuilt from `to_text`."""
        secret, digits, period, algorithm = json.loads(text)
        return cls(base64.b32decode(secret), digits, period, algorithm)

    def code(self, at: datetime) -> Passing:
        """Return the code at this aware instant."""
        seconds = int(at.timestamp())
        made = self._totp().generate(seconds).decode("ascii")
        return Passing(made, self.period - seconds % self.period)

    def fits(self, code: str, at: datetime) -> bool:
        """Return whether it is the code of this moment, of the one before or of the one after: clocks
        differ."""
        given = re.sub(r"\s", "", code).encode("ascii", "replace")
        for step in (0, -1, 1):
            try:
                self._totp().verify(given, int(at.timestamp()) + step * self.period)
            except InvalidToken:
                continue
            return True
        return False

    def _totp(self) -> TOTP:
        algorithm = _ALGORITHMS[self.algorithm]()
        return TOTP(self.secret, self.digits, algorithm, self.period, enforce_key_length=False)


def _bytes_of(letters: str) -> bytes:
    """Decode base32 as people copy it: with spaces or hyphens, in lower case, without its padding."""
    bare = re.sub(r"[\s=-]", "", letters).upper()
    try:
        secret = base64.b32decode(bare + "=" * (-len(bare) % 8))
    except (binascii.Error, ValueError):
        raise _unusable() from None
    if not _LEAST_BYTES <= len(secret) <= _MOST_BYTES:
        raise _unusable()
    return secret


def _unusable() -> BadInput:
    return BadInput(
        {
            "seed": _(
                "Codes can’t be made from this. Copy the full address starting with "
                "otpauth://totp, or the characters shown beside the network’s QR code."
            )
        }
    )
