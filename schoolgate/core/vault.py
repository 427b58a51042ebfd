"""Credentials, sealed with keys that lie outside the database; and the change of these keys while the
program runs.

`keys/vault.keys` in the home holds one Fernet key a line; the first one seals, every one of them opens.
The sealed text contains federation, row and purpose, which are checked: a sealed text copied into
another row opens nothing. The database alone gives no access; with the home's keys as well, everything
opens.

A rotation adds the new key, reseals everything and drops old keys. Every sealed text can be opened
throughout: until the last step the file holds old and new keys, and each process reads it for each text.
A note in the home says that a rotation is under way, so that a run that was killed continues with the
same new key. Texts that belong to no federation are resealed by the apps that store them
(`also_sealed`).

What people write about people: checked, sealed in the vault as one text, opened and removed again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.db import connection
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, SchoolgateError, Text
from schoolgate.core.home import kept_secret, keys
from schoolgate.core.models import Federation, VaultSecret
from schoolgate.core.rows import reserve
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope

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


NOTE = "vault.changing"
AT_ONCE = 200
"""Rows in one transaction, so that its locks are short."""
_LOCK = 0x5C400165
"""The number of the database's lock that one change at a time holds."""

SealAnew = Callable[[Callable[[str], str | None]], Iterator[str]]
_ELSEWHERE: list[SealAnew] = []


class AlreadyChanging(RuntimeError):
    """Another process is changing the vault's key."""


@dataclass
class Changed:
    """Progress of a key change. `cannot`: what no key opens, as `federation/row` or an app's own name."""

    total: int = 0
    done: int = 0
    cannot: list[str] = field(default_factory=list)
    dropped: int = 0


def also_sealed(anew: SealAnew) -> SealAnew:
    """Register an app's function that reseals its own texts. It gets a function that returns the new text, or
    None for one that has the new key already, and yields the name of each text that cannot be opened."""
    _ELSEWHERE.append(anew)
    return anew


def change_key(
    tell: Callable[[Changed], None], *, wait: Callable[[], None], keep_old: bool = False
) -> Changed:
    """Put a new key in front, seal everything with it, and drop the old keys.

    Args:
        tell: called after every batch.
        wait: called between the sealing and the dropping, for requests that read the keys before.
        keep_old: leave the old keys in the file, for backups.

    Old keys stay where something could not be opened. Raises AlreadyChanging.
    """
    with _alone():
        _begin()
        told = Changed(total=_left())
        _seal_all(told, tell)
        wait()
        _seal_all(told, tell)  # what was sealed with an old key during the first round
        if not told.cannot and not keep_old:
            told.dropped = _drop_old()
        (keys() / NOTE).unlink(missing_ok=True)
    return told


def standing() -> tuple[int, int, bool]:
    """How many keys there are, how many rows are not sealed with the newest, and whether a change is under
    way."""
    return len(known_keys()), _left(), (keys() / NOTE).exists()


def _begin() -> None:
    """Add a key, unless a run before this one did and did not come to its end."""
    note = keys() / NOTE
    if note.exists():
        return
    add_key()
    note.touch(mode=0o600)


def _left() -> int:
    newest = name_of(known_keys()[0])
    count = 0
    for federation_id in _federations():
        with scope(federation_id):
            count += VaultSecret.objects.exclude(sealed_with=newest).count()
    return count


def _seal_all(told: Changed, tell: Callable[[Changed], None]) -> None:
    told.cannot = []
    for federation_id in _federations():
        after: int | None = 0
        while after is not None:
            after = _seal_some(federation_id, after, told)
            tell(told)
    for anew in _ELSEWHERE:
        told.cannot += anew(_sealed_anew)
    tell(told)


def _seal_some(federation_id: int, after: int, told: Changed) -> int | None:
    """One batch of one federation, in a transaction of its own; returns where the next begins."""
    known = known_keys()
    with scope(federation_id):
        rows = VaultSecret.objects.select_for_update().filter(pk__gt=after)
        batch = list(rows.exclude(sealed_with=name_of(known[0])).order_by("pk")[:AT_ONCE])
        for row in batch:
            try:
                seal_row_again(row, known)
            except CannotOpen:
                told.cannot.append(f"{federation_id}/{row.pk}")
            else:
                told.done += 1
    return batch[-1].pk if len(batch) == AT_ONCE else None


def _sealed_anew(sealed: str) -> str | None:
    """The same text under the newest key; None where it has it already. Raises CannotOpen."""
    text = unseal(sealed)
    try:
        Fernet(known_keys()[0]).decrypt(sealed.encode("ascii"))
    except InvalidToken:
        return seal(text)
    return None


def _drop_old() -> int:
    known = known_keys()
    write_keys(known[:1])
    return len(known) - 1


def _federations() -> list[int]:
    return list(Federation.objects.values_list("pk", flat=True).order_by("pk"))


@contextmanager
def _alone() -> Iterator[None]:
    """One change at a time. The lock belongs to the connection: a killed process leaves none behind."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        if cursor.fetchone() != (True,):
            raise AlreadyChanging
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


LONGEST = 4000
CANNOT_OPEN: dict[str, Any] = {"cannot_open": True}
"""What `opened` returns where no key opens the text: the home's keys were lost."""


def check_words(*, longest: int = LONGEST, **given: tuple[str, Text]) -> dict[str, str]:
    """Return what a person wrote in each field, without blanks around it.

    Args:
        longest: how many characters each may have.
        given: for each field its text, and what to say if it is empty; "" where it may be.

    Raises BadInput beside the fields.
    """
    wrong: dict[str, Text] = {}
    for name, (words, empty) in given.items():
        if empty and not words.strip():
            wrong[name] = empty
        elif len(words) > longest:
            wrong[name] = _("This is too long. Shorten it.")
        elif "\x00" in words:
            wrong[name] = _("This contains a character that can’t be saved. Type it again.")
    if wrong:
        raise BadInput(wrong)
    return {name: words.strip() for name, (words, _empty) in given.items()}


def seal_words(purpose: str, words: Mapping[str, Any], *, about: Model | str) -> int:
    """Seal these texts as one and return its reference; see `vault.put`."""
    return put(purpose, json.dumps(dict(words), ensure_ascii=False), about=about)


def opened(ref: int | None) -> dict[str, Any]:
    """Return the texts behind a reference: empty where there is none, CANNOT_OPEN where no key opens it."""
    return opened_each([ref])[ref]


def opened_each(refs: Iterable[int | None]) -> dict[int | None, dict[str, Any]]:
    """Return the texts behind each of these references, as `opened` does. One query for all."""
    wanted = {ref for ref in refs if ref is not None}
    texts = {ref: json.loads(secret) for ref, secret in reveal_each(wanted).items()} if wanted else {}
    found: dict[int | None, dict[str, Any]] = {None: {}}
    for ref in wanted:
        text = texts.get(ref)
        found[ref] = text if isinstance(text, dict) else CANNOT_OPEN
    return found


def wipe(*refs: int | None) -> None:
    """Remove these texts from the vault for good."""
    for ref in refs:
        if ref is not None:
            forget(ref)
