"""One check's line, and the registry of checks.

The machine: disk, folders, keys, clock, and the address under which people come.

The program: settings, tables and their protection, the record, mail, backups, and what has to run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from schoolgate.cli.database import check_can_be_upgraded
from schoolgate.core import heartbeats
from schoolgate.core.backups import making
from schoolgate.core.backups.making import backup_folder
from schoolgate.core.backups.sealing import BackupTrouble, recipient
from schoolgate.core.clock import LONDON
from schoolgate.core.env import Env, env, unknown_settings
from schoolgate.core.files import FILES, PASSING, StoreTrouble, in_the_home, the_store, try_out
from schoolgate.core.home import GIGABYTE, LEAST_ROOM, free_at, home, keys, nothing_yet, typed
from schoolgate.core.ledger import BadAnchor, absent, heads_lost_since, own_heads
from schoolgate.core.models import Backup, Federation, LedgerRow
from schoolgate.core.postgres import reaching
from schoolgate.core.postgres.for_django import is_lost
from schoolgate.core.postgres.server import ServerTrouble
from schoolgate.core.protect import INSTALLATION_TABLES
from schoolgate.core.tenancy import scope
from schoolgate.media import faces, films, words
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.signing_in import endings, offered
from schoolgate.notices import mail_server
from schoolgate.notices.mail_server import MailTrouble
from schoolgate.rulebook import BadPack, book, proof
from schoolgate.rulebook.book import BOTH_FOR_ALL
from schoolgate.rulebook.packs import known_keys


@dataclass(frozen=True)
class Line:
    """The result of one check: `ok`, or what to look at and what to do. `what` is a short, stable name."""

    what: str
    ok: bool
    says: str
    to_do: str = ""
    last: bool = False
    """Whether nothing else can be checked after it."""

    def to_json(self) -> dict[str, Any]:
        """As `--json` prints it."""
        return {name: value for name, value in asdict(self).items() if name != "last"}


Look = Callable[[datetime], Line]
LOOKS: dict[str, Look] = {}
T = TypeVar("T")
ORDER = (
    "database", "settings", "parts", "policies", "protection", "record", "keeping", "files", "disk",
    "folders", "keys", "clock", "address", "examples", "mail", "networks", "backups", "heartbeats",
)  # fmt: skip
"""What the rest rests on comes first."""


def looks_at(what: str) -> Callable[[Look], Look]:
    """Register a function as the check of `what`; it has its place in ORDER."""

    def enter(look: Look) -> Look:
        LOOKS[what] = look
        return look

    return enter


def well(what: str, says: str) -> Line:
    """Nothing to do."""
    return Line(what, ok=True, says=says)


def look_at_this(what: str, says: str, to_do: str) -> Line:
    """Something to do."""
    return Line(what, ok=False, says=says, to_do=to_do)


def if_database_answers(ask: Callable[[], T], otherwise: T) -> T:
    """Return what a check asks the database besides, or `otherwise` where that's gone: it hides no more than
    that."""
    try:
        return ask()
    except Exception as error:
        if not is_lost(error):
            raise
        connection.close()
        return otherwise


def all_lines(clock: Callable[[], datetime]) -> Iterator[Line]:
    """Run the checks one after the other, each with its own instant: all of them take a while.

    A check that fails is itself something to look at; only the kind of the error is told, because its text
    may quote a row. Checks that need a database that has gone are one line, at the end.
    """
    without = []
    for what in ORDER:
        try:
            line = LOOKS[what](clock())
        except Exception as error:  # noqa: BLE001 - one that breaks hides nothing of the others
            if is_lost(error):
                without.append(what)
                connection.close()  # the next one connects anew, if it can
                continue
            line = look_at_this(
                what,
                f"this could not be checked ({type(error).__name__})",
                "Fix the problems above first.",
            )
        yield line
        if line.last:
            return
    if without:
        yield look_at_this(
            "database",
            f"it stopped responding, so these weren't checked: {', '.join(without)}",
            f"Start it, then run {typed('check')} again.",
        )


CLOCKS_DIFFER = timedelta(seconds=5)
AHEAD = timedelta(minutes=5)
CLOSED = ("keys", "files", "logs", "run", "record", "backups")
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


EACH = "Each of these is a problem: docs/operations.md."
UNPROTECTED = """
SELECT c.relname FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'federation_id' AND NOT a.attisdropped
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relname = ANY(%s)
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity
           AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
ORDER BY 1
"""


@looks_at("database")
def database(at: datetime) -> Line:
    """It answers, and its tables are those of this release."""
    executor = MigrationExecutor(connection)
    if not executor.loader.applied_migrations:
        says, _, to_do = nothing_yet(home()).partition(". ")
        return Line("database", ok=False, says=says[0].lower() + says[1:], to_do=to_do, last=True)
    try:
        check_can_be_upgraded()
    except ServerTrouble as trouble:
        says, _, to_do = str(trouble).partition(". ")
        return look_at_this("database", says[0].lower() + says[1:], to_do)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        says = f"it responds, but {len(missing)} migrations are missing"
        return look_at_this("database", says, f"Stop the program, then run {typed('upgrade')}.")
    return well("database", "it responds, and its tables match this release")


@looks_at("settings")
def settings(at: datetime) -> Line:
    """Settings, rooms, events and the powers of the database's role: Django's checks, and ours in them. A
    variable that is no setting is mostly one that was misspelt."""
    found = [
        (each.msg, each.hint)
        for each in checks.run_checks(databases=["default"])
        if each.level >= checks.WARNING and not each.is_silenced()
    ]
    found += [(says, to_do) for says, _, to_do in (one.partition(". ") for one in unknown_settings())]
    if found:
        says = "; ".join(_begun_small(str(said).strip().rstrip(".")) for said, _hint in found)
        to_do = " ".join(dict.fromkeys(str(hint).strip() for _said, hint in found if hint))
        return look_at_this("settings", says, to_do or EACH)
    return well("settings", "settings, rooms and database roles are consistent")


@looks_at("parts")
def parts(at: datetime) -> Line:
    """Which optional parts are installed. None is needed, so that a missing one is nothing to do."""
    there = {
        "film": films.can_read(),
        "faces": faces.can_look(),
        "words": words.can_read(),
        "prove": proof.can_prove(),
    }
    installed, missing = (
        ", ".join(part for part in there if there[part] is answer) for answer in (True, False)
    )
    says = f"optional parts: {installed or 'none'} installed; without {missing or 'none'}"
    return well("parts", says)


@looks_at("policies")
def policies(at: datetime) -> Line:
    """Every rule of the policies that come with the program, and of those in this home's own folder."""
    keys_of_policies = [key for key in known_keys() if key not in BOTH_FOR_ALL]
    unusable = 0
    for key in keys_of_policies:
        try:
            book(key).check()
        except BadPack:
            unusable += 1
    if unusable:
        says = f"{unusable} of {len(keys_of_policies)} policies can't be used"
        return look_at_this("policies", says, f"{typed('policy', 'lint')} KEY says in which file and line.")
    return well("policies", f"every rule of {len(keys_of_policies)} policies was read and fits the program")


@looks_at("protection")
def protection(at: datetime) -> Line:
    """In the database's own catalogue: no table of a federation is open to another one, nor to the role that
    the program works as."""
    with connection.cursor() as cursor:
        cursor.execute(reaching.ASKED)
        open_to, _, to_do = reaching.unbound(cursor.fetchone(), connection.settings_dict["USER"]).partition(
            ". "
        )
        if open_to:
            return look_at_this("protection", open_to, f"{to_do} (docs/operations.md).")
        cursor.execute(UNPROTECTED, [list(INSTALLATION_TABLES)])
        bare = [name for (name,) in cursor.fetchall()]
    if bare:
        return look_at_this(
            "protection",
            f"tables without row protection: {', '.join(bare)}",
            f"Stop the program and run {typed('migrate')}, which restores it. Find out who removed it.",
        )
    return well("protection", "every federation's tables are closed to the others")


@looks_at("keeping")
def keeping(at: datetime) -> Line:
    """Which machine signs the record's heads, keeps the journal and makes the backups: one."""
    names, here = heartbeats.keepers(at), heartbeats.this_machine()
    if len(names) > 1:
        return look_at_this(
            "keeping",
            f"several machines keep signed heads, journal and backups: {', '.join(names)}",
            "Leave one as it is, set SCHOOLGATE_KEEPS_RECORD=0 on the others and start their workers again.",
        )
    if env().keeps_record:
        if names not in ([], [here]):
            return look_at_this(
                "keeping",
                f"{names[0]} keeps signed heads, journal and backups; this one ({here}) is told to as well",
                "Set SCHOOLGATE_KEEPS_RECORD=0 on one of them and start its worker again.",
            )
        return well("keeping", "this machine keeps signed heads, journal and backups")
    if not names:
        return look_at_this(
            "keeping",
            "no machine keeps signed heads, journal and backups",
            "Start the worker of the one without SCHOOLGATE_KEEPS_RECORD=0, or let another one keep them "
            "(docs/operations/scale.md).",
        )
    return well("keeping", f"{names[0]} keeps signed heads, journal and backups")


@looks_at("record")
def record(at: datetime) -> Line:
    """The newest signed head of each federation against the row that it speaks of: quick, and not all."""
    again = (
        f"Run {typed('audit', 'verify')} to check all of it. Change nothing before "
        "that, and don't delete any backups."
    )
    try:
        heads = {head.federation: head for head in own_heads()}
    except BadAnchor as error:
        return look_at_this("record", str(error), again)
    there = [*Federation.objects.values_list("pk", flat=True).order_by("pk")]
    for pk, signed in absent(heads, there).items():
        says = f"federation {pk}, of which row {signed.number} was signed at {signed.at}, is gone with it"
        return look_at_this("record", says, again)
    for pk in there:
        head = heads.get(pk)
        if head is None:
            if heads_lost_since(pk):
                says = f"the file of signed heads has none of federation {pk}, whose rows were signed"
                return look_at_this("record", says, again)
            continue
        with scope(pk):
            row = LedgerRow.objects.filter(number=head.number).first()
        if row is None or bytes(row.hash).hex() != head.hash:
            says = f"row {head.number} of federation {pk} is not the one that was signed"
            return look_at_this("record", says, again)
    if not heads:
        return well("record", "no row has been signed yet: the program signs them hourly while it runs")
    return well("record", f"the newest signed rows of {len(heads)} federations are unchanged")


@looks_at("mail")
def mail(at: datetime) -> Line:
    """There is a mail server, mail goes out, and a mail through it was proven to arrive."""
    server, failing = mail_server.in_use(), mail_server.trouble_since()
    if isinstance(server, MailTrouble):
        return look_at_this("mail", str(server.message), str(server.next_step))
    if failing is not None:
        return look_at_this(
            "mail", f"since {_when(failing[0])}: {failing[1].message}", str(failing[1].next_step)
        )
    if mail_server.proven_at() is None:
        return look_at_this(
            "mail",
            "email delivery has not been confirmed yet",
            "Send the test email from the set-up pages and enter its code.",
        )
    return well("mail", "email is being sent, and a test email was confirmed to have arrived")


@looks_at("networks")
def networks(at: datetime) -> Line:
    """The applications of the operator, through which accounts are connected; no network is asked."""
    through = ", ".join(can.name for key, can in all_capabilities().items() if offered(key))
    if soon := endings(at):
        says = "; ".join(
            f"{one.network} may soon end the version {one.version} that is spoken" for one in soon
        )
        names = " and ".join(one.setting for one in soon)
        return look_at_this(
            "networks", says, f"Install a newer Schoolgate, or set {names} to a later one: its how-to."
        )
    return well("networks", f"connected through your applications: {through or 'none'}")


def _begun_small(sentence: str) -> str:
    """As it goes on a line, unless it begins with a setting's name."""
    return sentence if sentence[1:2].isupper() else sentence[0].lower() + sentence[1:]


def _has_key() -> bool:
    try:
        recipient()
    except BackupTrouble:
        return False
    return True


@looks_at("backups")
def backups(at: datetime) -> Line:
    """There is a new one, and the newest was restored by way of trial."""
    found = making.standing(at)
    if found.newest is None:
        # A restored installation continues with the key of its backup: the one in the safe would not open
        # another's.
        first = typed("backup")
        if not _has_key():
            first = f"{typed('backup', 'key-new', '--to')} FILE, then {first}"
        return look_at_this("backups", "there are none", f"{first}: docs/operations/backup.md")
    made = f"the newest was made on {_when(found.newest.began_at)}"
    if found.trouble == "old":
        return look_at_this(
            "backups",
            made,
            f"To see why none was made since, check logs/worker.log. Then run {typed('backup')}.",
        )
    if found.rehearsed is None:
        return look_at_this(
            "backups",
            f"{made}, and no test restore has been done",
            "Leave the program running: it tests the newest within a day. If it "
            "doesn't, check logs/worker.log.",
        )
    if found.trouble == "rehearsal":
        return look_at_this(
            "backups",
            f"{made}, and its test restore failed",
            "Check logs/worker.log for the reason. It is tested again the next day. "
            f"Run {typed('backup')} to make another.",
        )
    return well("backups", f"{made}, and a test restore succeeded on {_when(found.rehearsed.began_at)}")


@looks_at("heartbeats")
def running(at: datetime) -> Line:
    """What has to run again and again was heard of."""
    still = heartbeats.standing_still(at)
    if still:
        named = ", ".join(f"{one.what} (since {_when(one.since) if one.since else 'ever'})" for one in still)
        return look_at_this(
            "heartbeats",
            f"these have stopped: {named}",
            f"See logs/worker.log. Start it again: {typed('up')}",
        )
    if not heartbeats.ages(at):
        return look_at_this("heartbeats", "no worker has ever reported", f"Start it with: {typed('up')}")
    return well("heartbeats", "everything that should be running has reported")


def _when(moment: datetime) -> str:
    return moment.astimezone(LONDON).strftime("%d %B %Y, %H:%M")
