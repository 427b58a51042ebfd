"""Rotates the vault's key while the program runs: add the new key, reseal everything, drop old keys.

Every sealed text can be opened throughout: until the last step the file holds old and new keys, and each
process reads it for each text. A note in the home says that a rotation is under way, so that a run that was
killed continues with the same new key. Texts that belong to no federation are resealed by the apps that store
them (`also_sealed`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from cryptography.fernet import Fernet, InvalidToken
from django.db import connection

from schoolgate.core import vault
from schoolgate.core.home import keys
from schoolgate.core.models.directory import Federation
from schoolgate.core.models.keeping import VaultSecret
from schoolgate.core.tenancy.scoping import scope

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
    return len(vault.known_keys()), _left(), (keys() / NOTE).exists()


def _begin() -> None:
    """Add a key, unless a run before this one did and did not come to its end."""
    note = keys() / NOTE
    if note.exists():
        return
    vault.add_key()
    note.touch(mode=0o600)


def _left() -> int:
    newest = vault.name_of(vault.known_keys()[0])
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
    known = vault.known_keys()
    with scope(federation_id):
        rows = VaultSecret.objects.select_for_update().filter(pk__gt=after)
        batch = list(rows.exclude(sealed_with=vault.name_of(known[0])).order_by("pk")[:AT_ONCE])
        for row in batch:
            try:
                vault.seal_row_again(row, known)
            except vault.CannotOpen:
                told.cannot.append(f"{federation_id}/{row.pk}")
            else:
                told.done += 1
    return batch[-1].pk if len(batch) == AT_ONCE else None


def _sealed_anew(sealed: str) -> str | None:
    """The same text under the newest key; None where it has it already. Raises CannotOpen."""
    text = vault.unseal(sealed)
    try:
        Fernet(vault.known_keys()[0]).decrypt(sealed.encode("ascii"))
    except InvalidToken:
        return vault.seal(text)
    return None


def _drop_old() -> int:
    known = vault.known_keys()
    vault.write_keys(known[:1])
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
