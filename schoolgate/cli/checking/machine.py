"""The machine: disk, folders, keys, clock, and the address under which people come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection

from schoolgate.cli.checking.lines import Line, if_database_answers, look_at_this, looks_at, well
from schoolgate.core.backups.making import backup_folder
from schoolgate.core.env import Env, env
from schoolgate.core.home import home, keys
from schoolgate.core.home_trouble import GIGABYTE, LEAST_ROOM, free_at
from schoolgate.core.models import Backup, Federation, LedgerRow
from schoolgate.core.places import StoreTrouble
from schoolgate.core.store import FILES, PASSING, in_the_home, the_store, try_out
from schoolgate.core.tenancy import scope
from schoolgate.core.typed import typed

CLOCKS_DIFFER = timedelta(seconds=5)
AHEAD = timedelta(minutes=5)
CLOSED = ("keys", "files", "passing", "logs", "run", "record", "backups")
OTHERS = 0o077
MOST_NAMED = 3


@looks_at("disk")
def disk(at: datetime) -> Line:
    """Room for twice the newest backup, and never less than a gigabyte."""
    done = Backup.objects.filter(trouble="", gone_at=None).order_by("-number")
    newest = if_database_answers(done.first, None)
    wanted = max(LEAST_ROOM, 2 * newest.size if newest else 0)
    free = min(free_at(place) for place in (home(), backup_folder()))
    says = f"{free / GIGABYTE:.1f} GB free, {wanted / GIGABYTE:.1f} GB needed"
    if free < wanted:
        return look_at_this("disk", says, "Free up space, or move the backups to another disk.")
    return well("disk", says)


@looks_at("files")
def files(at: datetime) -> Line:
    """Where files lie; a bucket takes a file, gives it again and erases it."""
    if env().files is None:
        return well("files", "they are in this installation's own folder")
    try:
        try_out(the_store())
    except StoreTrouble as trouble:
        return look_at_this(
            "files",
            f"the bucket that SCHOOLGATE_FILES names can't be used ({trouble.why})",
            "Check its address, key and rights: it has to take, give, list and erase files.",
        )
    left = sum(1 for which in (FILES, PASSING) for _laid in in_the_home(which).laid())
    if left:
        return look_at_this(
            "files",
            f"{left} files are still in this installation's own folder, where no other machine finds them",
            f"Run {typed('move-files', '--to-bucket')}.",
        )
    return well("files", "the bucket takes files, gives them again and erases them")


@looks_at("folders")
def folders(at: datetime) -> Line:
    """Check that private files are closed to every other user of the machine."""
    places = [home() / name for name in CLOSED if (home() / name).is_dir()]
    open_ones = [place for place in (*places, *_keys()) if place.stat().st_mode & OTHERS]
    if open_ones:
        named = ", ".join(str(place.relative_to(home())) for place in open_ones[:MOST_NAMED])
        return look_at_this(
            "folders",
            f"other users of this machine can read: {named}",
            f"Run chmod -R go-rwx on these, in {home()}. Then change the keys if others have accounts here.",
        )
    return well("folders", "only the program's own user can read keys, files and logs")


@looks_at("keys")
def keys_apart(at: datetime) -> Line:
    """Check that the vault can be opened, and that its keys are not stored with the backups."""
    if not (keys() / "vault.keys").exists() and if_database_answers(_sealed_something, otherwise=False):
        return look_at_this(
            "keys",
            "the keys are missing, so encrypted data can't be opened",
            "Restore the `keys` folder from its own backup.",
        )
    there, inside = backup_folder().resolve(), keys().resolve()
    copied = [place.name for place in _keys() if _lies_in(there, place.name)]
    if inside.is_relative_to(there) or there.is_relative_to(inside) or copied:
        return look_at_this(
            "keys",
            "there are keys in the backup folder",
            "Store keys and backups separately: anyone who takes both can read everything.",
        )
    return well("keys", "the keys are present and not stored with the backups")


@looks_at("clock")
def clock(at: datetime) -> Line:
    """This machine's clock against the database's and against the newest row of the record."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        differs = abs(cursor.fetchone()[0] - at)
    if differs > CLOCKS_DIFFER:
        return look_at_this(
            "clock",
            f"this machine's clock and the database's differ by {differs.total_seconds():.0f} s",
            "Set both from the network (NTP), then restart the program.",
        )
    if any(moment - at > AHEAD for moment in _newest_rows()):
        return look_at_this(
            "clock",
            "the newest row of the record is in the future: this clock is wrong, or was",
            "Set the clock from the network (NTP). The record stays as it is.",
        )
    return well("clock", "the clock agrees with the database and the record")


@looks_at("address")
def address(at: datetime) -> Line:
    """Whether the address, https, listening and proxies go together."""
    trouble = _address_trouble(env())
    if trouble:
        return look_at_this("address", *trouble)
    return well("address", env().public_address or "this machine only")


@looks_at("examples")
def examples(at: datetime) -> Line:
    """Report example people: their password is public."""
    if env().public_address and Federation.objects.filter(is_example=True).exists():
        return look_at_this(
            "examples",
            "example federations can be reached from outside, and their password is public",
            "Start a separate installation with SCHOOLGATE_EXAMPLES=0.",
        )
    return well("examples", "no example federation can be reached from outside")


def _address_trouble(around: Env) -> tuple[str, str] | None:
    here = around.listen_on in ("127.0.0.1", "::1", "localhost")
    if around.public_address is None:
        if here:
            return None
        return (
            "the pages can be reached from other machines, but SCHOOLGATE_PUBLIC_ADDRESS is not set",
            "Set it to the https address people use.",
        )
    if not around.public_address.startswith("https:"):
        return (
            "people connect without https",
            "Put a proxy with a certificate in front of it (docs/operations.md).",
        )
    if "*" in around.allowed_hosts:
        return ("the program responds to any host name", "Leave SCHOOLGATE_ALLOWED_HOSTS empty.")
    if around.trusted_proxies == 0:
        return (
            (
                "https needs a proxy in front of the program, but "
                "SCHOOLGATE_TRUSTED_PROXIES says there is none"
            ),
            ("Set it to the number of proxies, usually 1. Otherwise all callers look the same."),
        )
    return None


def _keys() -> Iterable[Path]:
    return [place for place in keys().iterdir() if place.is_file()]


def _lies_in(there: Path, name: str) -> bool:
    return (there / name).is_file() or (there / "keys" / name).is_file()


def _sealed_something() -> bool:
    from schoolgate.core.models import VaultSecret

    for pk in Federation.objects.values_list("pk", flat=True):
        with scope(pk):
            if VaultSecret.objects.exists():
                return True
    return False


def _newest_rows() -> Iterable[datetime]:
    for pk in Federation.objects.values_list("pk", flat=True):
        with scope(pk):
            row = LedgerRow.objects.order_by("-number").first()
        if row is not None:
            yield row.at
