"""Credentials, sealed with keys that lie outside the database.

`keys/vault.keys` in the home holds one Fernet key a line; the first one seals, every one of them opens. The
sealed text contains federation, row and purpose, which are checked: a sealed text copied into another row
opens nothing. The database alone gives no access; with the home's keys as well, everything opens.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import secrets
from collections.abc import Collection, Sequence
from contextlib import suppress

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import SchoolgateError
from schoolgate.core.home import kept_secret, keys
from schoolgate.core.ids import reserve
from schoolgate.core.models.keeping import VaultSecret
from schoolgate.core.subjects import subject_of

FILE = "vault.keys"
NO_ROW = "text"
WORDS = frozenset(
    {
        "breach",
        "conduct",
        "do_not_publish",
        "fake_evidence",
        "found_page",
        "live_change",
        "report",
        "rights",
        "search",
    }
)
"""What people wrote, or copied, and only some may read: it belongs to the federation."""
KEYS = frozenset({"account_key", "account_keys", "network", "push", "school_records"})
"""What opens another service: it never leaves the installation but in a backup."""


class CannotOpen(SchoolgateError):
    """There is no such secret here, none of our keys opens it, or it was sealed for another row."""

    def __init__(self) -> None:
        super().__init__(_("A stored key can’t be decrypted."), _("Enter it again to store a new one."))


def put(purpose: str, secret: str, *, about: Model | str) -> int:
    """Seal a secret of the federation in scope; returns the reference that `reveal` takes.

    Args:
        purpose: what it is, one of WORDS or KEYS.
        about: the row it belongs to, such as an account.
    """
    if purpose not in WORDS | KEYS:
        raise LookupError(f"say in core.vault what {purpose!r} is: words, or a key")
    known, row = known_keys(), VaultSecret(purpose=purpose, about=subject_of(about))
    (row.pk,) = reserve(VaultSecret, 1)  # it's sealed for this row
    _seal(row, secret, known)
    row.save(force_insert=True)
    return row.pk


def reveal(ref: int) -> str:
    """The secret behind a reference, within the federation in scope. Raises CannotOpen."""
    found = reveal_each([ref]).get(ref)
    if found is None:
        raise CannotOpen
    return found


def reveal_each(refs: Collection[int]) -> dict[int, str]:
    """The secrets behind these references, but for those that aren't here or that none of our keys opens. One
    query."""
    found, known = {}, known_keys()
    for row in VaultSecret.objects.filter(pk__in=refs):
        with suppress(CannotOpen):
            found[row.pk] = _open_row(row, known)
    return found


def forget(ref: int) -> None:
    """Remove a secret that is no longer needed; removing one that is gone is no error."""
    VaultSecret.objects.filter(pk=ref).delete()


def forget_all(refs: Sequence[int]) -> None:
    """Remove many secrets that are no longer needed; those that are gone are no error."""
    VaultSecret.objects.filter(pk__in=refs).delete()


def seal(text: str) -> str:
    """Seal a text that belongs to no federation, such as a secret for two-step verification; the caller
    stores it."""
    return _fernet(known_keys()).encrypt(json.dumps([NO_ROW, text]).encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Open what `seal` returned.

    Raises CannotOpen; also for a text that was sealed for a row of the vault.
    """
    kind, text = _opened(sealed.encode("ascii", "replace"), known_keys(), parts=2)
    if kind != NO_ROW:
        raise CannotOpen
    return text


def seal_piece(place: str, content: bytes, known: list[bytes]) -> bytes:
    """Seal a piece of a large file with the newest of these keys; it opens only as the piece of this place.

    `place` has no NUL. The caller stores it (`core.sealed_files`).
    """
    return base64.urlsafe_b64decode(Fernet(known[0]).encrypt(place.encode() + b"\0" + content))


def open_piece(place: str, sealed: bytes, known: list[bytes]) -> bytes:
    """Open what `seal_piece` returned. Raises CannotOpen, also for a piece of another place."""
    try:
        found = _fernet(known).decrypt(base64.urlsafe_b64encode(sealed))
    except (InvalidToken, binascii.Error) as error:
        raise CannotOpen from error
    said, _nul, content = found.partition(b"\0")
    if said != place.encode():
        raise CannotOpen
    return content


def seal_row_again(row: VaultSecret, known: list[bytes]) -> None:
    """Seal a row with the newest of these keys, inside its federation's scope. Raises CannotOpen."""
    _seal(row, _open_row(row, known), known)
    row.save(update_fields=["sealed", "sealed_with"])


def seal_for(federation: int | None, pk: int, purpose: str, secret: str, known: list[bytes]) -> bytes:
    """Seal a text with the newest of these keys for one row of the vault."""
    return _fernet(known).encrypt(json.dumps([f"{federation}/{pk}", purpose, secret]).encode())


def open_sealed(sealed: bytes, federation: int | None, pk: int, purpose: str, known: list[bytes]) -> str:
    """Open what was sealed for one row of the vault. Raises CannotOpen, also for that of another row."""
    place, said, secret = _opened(sealed, known, parts=3)
    if (place, said) != (f"{federation}/{pk}", purpose):
        raise CannotOpen
    return secret


def _seal(row: VaultSecret, secret: str, known: list[bytes]) -> None:
    row.sealed = seal_for(row.federation_id, row.pk, row.purpose, secret, known)
    row.sealed_with = name_of(known[0])


def _open_row(row: VaultSecret, known: list[bytes]) -> str:
    return open_sealed(bytes(row.sealed), row.federation_id, row.pk, row.purpose, known)


def _opened(sealed: bytes, known: list[bytes], *, parts: int) -> list[str]:
    try:
        found = json.loads(_fernet(known).decrypt(sealed))
    except (InvalidToken, ValueError) as error:
        raise CannotOpen from error
    if not isinstance(found, list) or len(found) != parts:
        raise CannotOpen
    return [str(part) for part in found]


def _fernet(known: list[bytes]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in known])


def known_keys() -> list[bytes]:
    """The keys in the file, the newest first; read each time, because another process may have added one."""
    return kept_secret(FILE, Fernet.generate_key).split()


def name_of(key: bytes) -> str:
    """A name for a key that gives nothing of it away."""
    return hashlib.sha256(b"vault key " + key).hexdigest()[:16]


def add_key() -> None:
    """Put a new key in front of those in the file: from now on everything is sealed with it."""
    write_keys([Fernet.generate_key(), *known_keys()])


def write_keys(known: list[bytes]) -> None:
    """Replace the keys in the file, atomically: a reader sees either all old or all new keys."""
    draft = keys() / f".{FILE}.{secrets.token_hex(4)}"
    draft.touch(mode=0o600)
    with draft.open("wb") as file:
        file.write(b"\n".join(known) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(keys() / FILE)
