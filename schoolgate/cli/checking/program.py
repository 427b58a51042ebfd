"""The program: settings, tables and their protection, the record, mail, backups, and what has to run."""

from __future__ import annotations

from datetime import datetime

from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from schoolgate.cli.checking.lines import Line, look_at_this, looks_at, well
from schoolgate.cli.migrate import check_can_be_upgraded
from schoolgate.core import heartbeats
from schoolgate.core.backups import BackupTrouble, keys, making
from schoolgate.core.clock import LONDON
from schoolgate.core.env import env, unknown_settings
from schoolgate.core.home import home
from schoolgate.core.home_trouble import nothing_yet
from schoolgate.core.ledger.heads import BadAnchor, own_heads
from schoolgate.core.ledger.verifying import absent, heads_lost_since
from schoolgate.core.models import Federation, LedgerRow
from schoolgate.core.postgres import powers
from schoolgate.core.postgres.server import ServerTrouble
from schoolgate.core.tenancy import scope
from schoolgate.core.tenancy.protect import INSTALLATION_TABLES
from schoolgate.core.typed import typed
from schoolgate.media import faces, films, words
from schoolgate.notices import mail_server
from schoolgate.notices.mail_server import MailTrouble
from schoolgate.rulebook import BadPack, book, proof
from schoolgate.rulebook.book import BOTH_FOR_ALL
from schoolgate.rulebook.packs import known_keys

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
        cursor.execute(powers.ASKED)
        open_to, _, to_do = powers.unbound(cursor.fetchone(), connection.settings_dict["USER"]).partition(
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


def _begun_small(sentence: str) -> str:
    """As it goes on a line, unless it begins with a setting's name."""
    return sentence if sentence[1:2].isupper() else sentence[0].lower() + sentence[1:]


def _has_key() -> bool:
    try:
        keys.recipient()
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
