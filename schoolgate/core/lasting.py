"""Digests that are stored or printed, and have to stay the same for years: codes of letters and of reports,
links of governors, what marks a destroyed comment.

They have a key of their own, `keys/lasting`. It begins as the program's secret, with which they were made
before, and stays as it is when that secret changes. It goes with the home's keys into their backup.
"""

from __future__ import annotations

import secrets
from hmac import HMAC

from django.conf import settings
from django.utils.crypto import salted_hmac

from schoolgate.core.home import kept_secret, keys

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
