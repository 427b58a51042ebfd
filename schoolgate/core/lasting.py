"""Digests that are stored or printed, and have to stay the same for years: codes of letters and of reports,
links of governors, what marks a destroyed comment.

They have a key of their own, `keys/lasting`. It begins as the program's secret, with which they were made
before, and stays as it is when that secret changes. It goes with the home's keys into their backup.

Codes that people read from paper and type.
"""

from __future__ import annotations

import secrets
from hmac import HMAC

from django.conf import settings
from django.utils.crypto import salted_hmac

from schoolgate.core.home import kept_secret, keys

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No letter that is taken for another when it is written down."""


def letters_of(number: bytes, length: int) -> str:
    """Return a code of this length made from random or keyed bytes, of which there must be enough."""
    rest, letters = int.from_bytes(number), []
    for _ in range(length):
        rest, letter = divmod(rest, len(LETTERS))
        letters.append(LETTERS[letter])
    return "".join(letters)


def plain(code: str) -> str:
    """Return a code as it was made: without blanks and hyphens, ignoring case."""
    return "".join(letter for letter in code.upper() if letter in LETTERS)


FILE = "lasting"
SECRET = "django"  # noqa: S105 - the name of a file


def keyed(salt: str, value: str) -> HMAC:
    """Return the digest of a value for one purpose, which `salt` names."""
    return salted_hmac(salt, value, secret=lasting_key(), algorithm="sha256")


def lasting_key() -> bytes:
    """Return their key; it's made once."""
    return kept_secret(FILE, settings.SECRET_KEY.encode)


def renew_secret() -> None:
    """Put a new secret in front of the program's own, for the next start. Sessions and links that were signed
    with older ones stay valid until `drop_old_secrets`."""
    lasting_key()
    _write([secrets.token_urlsafe(50), *secrets_of_home()])


def drop_old_secrets() -> int:
    """Keep the newest secret alone; return how many went. What they signed ends at the next start."""
    lasting_key()
    known = secrets_of_home()
    _write(known[:1])
    return len(known) - 1


def secrets_of_home() -> list[str]:
    """Return the program's own secrets, the newest first."""
    return kept_secret(SECRET).decode().split()


def _write(known: list[str]) -> None:
    path = keys() / SECRET
    draft = path.with_name(f".{SECRET}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text("\n".join(known), "ascii")
    draft.replace(path)
