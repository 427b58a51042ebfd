"""`schoolgate restore FILE --identity KEYFILE --into HOME`: a home from a backup. It starts stopped.

What a restore does with the database, once the home is chosen: Django is set up here.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schoolgate.cli.database import finish, leave, make_tables, owner_url, prepare_empty, verify
from schoolgate.cli.terminal import Words, passphrase
from schoolgate.core.backups import journal, restoring, sealing
from schoolgate.core.backups.journal import Newer
from schoolgate.core.backups.sealing import BackupTrouble
from schoolgate.core.backups.snapshot import Loaded
from schoolgate.core.days import stored_instant
from schoolgate.core.env import env, use_home
from schoolgate.core.home import folder, is_service, typed
from schoolgate.core.postgres.reaching import check_database
from schoolgate.core.postgres.server import ServerTrouble, database_url

if TYPE_CHECKING:
    from schoolgate.core.ledger import SignedHead


EVER = datetime(1, 1, 1, tzinfo=UTC)
MOVE_IT = "  (move it to where the service has its home first: docs/operations/backup.md)"
RECORD_KEY = "record-heads.pem"
"""As `core.ledger` names it, which cannot be read before the home is known."""


@dataclass
class Outcome:
    """What a restore came to, as `--json` prints it. `bad`: a federation's first row that is not as it was
    written."""

    number: int
    at: str
    rows: int
    files: int
    sound: bool
    vouched: bool
    bad: dict[str, str]
    lost: dict[str, int]
    told: dict[str, int]
    since: int | None = None
    """How much the journal knows from after the backup, and is done again; None: no journal was found."""
    elsewhere: int = 0
    torn: bool = False
    federation: str = ""
    """The federation whose export it is; empty for a backup of an installation."""


def restore_arguments(parser: argparse.ArgumentParser) -> None:
    """The backup, its key, and where to."""
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup, or the export of a federation")
    parser.add_argument(
        "--identity", type=Path, required=True, metavar="KEYFILE", help="the key from the safe"
    )
    parser.add_argument(
        "--into", type=Path, metavar="HOME", help="the installation to create: a new or empty folder"
    )
    parser.add_argument(
        "--keys", type=Path, metavar="FILE", help="the file from `backup keys`, to add to the installation"
    )
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="FILE", help="the passphrase for that file, instead of asking"
    )
    parser.add_argument(
        "--anchors", type=Path, metavar="FILE", help="newer signed heads, as sent to governors"
    )
    parser.add_argument(
        "--journal", "--erasures", type=Path, metavar="FILE",
        help="what was erased, refused and taken down since the backup (otherwise journal.jsonl beside it)",
    )  # fmt: skip
    parser.add_argument(
        "--record-key", type=Path, metavar="FILE", help="what `audit key` printed, stored elsewhere"
    )
    parser.add_argument("--check", action="store_true", help="only read it through and report what is in it")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def run_restore(options: argparse.Namespace) -> int:
    """Restore; 0: done, 1: not done, with the reason in a line, 3: done, but the record is not sound."""
    from schoolgate.core.clock import now

    said = Words()
    try:
        identity = options.identity.read_text()
        found = restoring.read_sealed(options.file, identity, said)
        if options.check:
            print("\n".join(_contents(found)))
            return 0
        if options.into is None:
            raise BackupTrouble("not_empty", "Give the folder for the new installation: --into HOME")
        outcome = _restore(options, identity, found, at=now(), said=said)
    except (BackupTrouble, ServerTrouble, OSError, ValueError) as trouble:
        print(f"schoolgate restore: {trouble}", file=sys.stderr)
        return 1
    said.end()
    print(json.dumps(asdict(outcome)) if options.json else "\n".join(lines(outcome, options.into)))
    return 0 if outcome.sound else 3


def _contents(found: Loaded) -> list[str]:
    return [
        f"{_name_of(found.head)}, of {found.head['at']}: whole.",
        f"  {sum(found.rows.values())} rows, {found.files} files",
        *(f"  record of federation {owner}: {said[0]} rows" for owner, said in found.end["record"].items()),
    ]


def _name_of(head: dict[str, Any]) -> str:
    if "federation" in head:
        return f"Export of {head['federation']['name']}"
    return f"Backup {head['number']}"


def _restore(
    options: argparse.Namespace, identity: str, found: Loaded, *, at: datetime, said: Words
) -> Outcome:
    into = options.into.absolute()
    journal = _journal(options)
    own_server = None if env().embedded_database else _addresses()
    apart = {}
    if options.keys is not None:
        apart = sealing.open_keys(options.keys.read_bytes(), passphrase(options.passphrase_file))
    restoring.check_space(into, options.file)
    with restoring.beside(into) as draft:
        use_home(draft, **(own_server or {}))
        same_record = RECORD_KEY in apart  # not in a file of keys from before the home had signed anything
        for name, content in apart.items():
            sealing.write_private(_folder(draft / "keys") / name, content)

        prepare_empty(found)
        vouched = restoring.check_signature(found, _known_key(options.record_key, with_keys=same_record))
        loaded = restoring.fill_database(
            options.file, identity, owner_url(), make_tables=make_tables,
            files=_folder(draft / "files"), at=at, tell=said,
        )  # fmt: skip
        finish()
        heads = keep_heads(loaded, vouched.key, same_key=same_record)
        sealing.take_over_recipient(loaded.recipient)
        lost = restoring.rows_lost(loaded, newer_heads(options.anchors, vouched.key))
        bad = verify(heads)
        newer = None if journal is None else take_journal(journal, loaded, at=at)
        told = begin(loaded, at=at, sound=not bad, lost=lost)
        _mark_examples(draft)
        leave()
    return Outcome(
        number=int(loaded.head["number"]), at=str(loaded.head["at"]), rows=sum(loaded.rows.values()),
        files=loaded.files, sound=not bad, vouched=vouched.known, bad=bad, lost=lost, told=told,
        since=None if newer is None else len(newer.entries), elsewhere=newer.elsewhere if newer else 0,
        torn=newer.torn if newer else False,
        federation=str(loaded.head["federation"]["name"]) if loaded.one_federation else "",
    )  # fmt: skip


def lines(outcome: Outcome, into: Path) -> list[str]:
    """What is printed of a restore."""
    what = f"the export of {outcome.federation}" if outcome.federation else f"backup {outcome.number}"
    told = [f"Restored {what}, of {outcome.at}: {outcome.rows} rows, {outcome.files} files."]
    told += [f"  THE RECORD IS NOT SOUND: {slug}: {why}" for slug, why in outcome.bad.items()]
    if outcome.sound:
        told.append("  The record was recomputed and matches the signed heads in the backup.")
    if not outcome.vouched:
        told.append(
            "  Only the file itself says that it is ours. Give --keys, or "
            "--record-key with what `audit key` printed once."
        )
    told += [
        f"  Federation {owner}: {more} rows of the record are lost" for owner, more in outcome.lost.items()
    ]
    told.append(
        f"  {outcome.told['doubted']} posts and replies may have been sent since, "
        f"{outcome.told['mails']} emails were dropped, {outcome.told['tokens']} access keys of programs "
        "were ended. Everyone must sign in again."
    )
    if outcome.since is None:
        told.append(
            "  NO JOURNAL was found beside the backup (journal.jsonl). What was refused, taken down, ended "
            "or erased since is not known: parents' noes and do-not-publish entries too. Give it with "
            "--journal, or ask the schools before you release."
        )
    else:
        told.append(
            f"  Refusals, take-downs, ended roles and erasures since then: {outcome.since}. They are done "
            "again, erasures at the release."
        )
    if outcome.torn:
        told.append("  The last line of the journal was cut off. What it was about is not known.")
    if outcome.elsewhere:
        told.append(
            f"  {outcome.elsewhere} more happened in an installation that went on from an older backup. "
            "Their numbers may be those of other things here: check them by hand."
        )
    if outcome.federation:
        told.append(
            "  Everyone chooses a new password with “Forgot your password?”, and each account needs its keys "
            "to its network again. Links and codes from before no longer work."
        )
    if outcome.told["keys"]:
        told.append(
            f"  The keys of {outcome.told['keys']} accounts can't be opened: they must be entered again."
        )
    return [
        *told,
        (
            "It is stopped: nothing is sent until you release it. Start it, check "
            "the Backups page, then release it:"
        ),
        *([MOVE_IT] if is_service() else []),
        f"  {typed('up', home=into)}",
        f"  {typed('release', home=into)}",
    ]


def _journal(options: argparse.Namespace) -> Path | None:
    """The journal: the one that was given, or the one beside the backup. Raises BackupTrouble."""
    from schoolgate.core.backups import journal

    beside: Path = options.journal or journal.beside(options.file.absolute().parent)
    if options.journal is None and not beside.exists():
        return None
    try:
        journal.newer_than(beside, EVER)
    except (ValueError, KeyError, TypeError) as error:
        raise BackupTrouble(
            "damaged", f"{beside} is not a journal, or is damaged. Nothing was restored."
        ) from error
    return beside


def _addresses() -> dict[str, str]:

    check_database(env(), "app", "owner")
    return {
        "database_url": database_url(env(), "app"),
        "database_owner_url": database_url(env(), "owner"),
    }


def _known_key(file: Path | None, *, with_keys: bool) -> Any:
    """The record's public key from elsewhere than the backup, where there is one."""
    from schoolgate.core import ledger

    if file is not None:
        return ledger.key_from_pem(file.read_text())
    return ledger.public_key() if with_keys else None


def _mark_examples(home: Path) -> None:
    """A restored home has the federations that it has: `up` adds none."""
    from schoolgate.cli.examples import EXAMPLES

    for key in EXAMPLES:
        (_folder(home / "examples") / key).touch()


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def keep_heads(found: Loaded, key: object, *, same_key: bool) -> list[SignedHead]:
    """Put the signed heads of the backup where they belong; returns those whose signatures hold."""
    from schoolgate.core.ledger import BEFORE_RESTORE, heads_file, read_heads

    path = heads_file() if same_key else folder("record") / BEFORE_RESTORE
    path.write_bytes(found.heads)
    return read_heads(path, key)  # type: ignore[arg-type]


def newer_heads(file: Path | None, key: object) -> list[SignedHead]:
    """Signed heads from elsewhere. Raises BadAnchor, OSError."""
    from schoolgate.core.ledger import read_heads

    return [] if file is None else read_heads(file, key)  # type: ignore[arg-type]


def begin(found: Loaded, *, at: datetime, sound: bool, lost: dict[str, int]) -> dict[str, int]:
    """Record that this home was restored, and what follows from it, before it is first started."""
    from schoolgate.core.models import Restoration
    from schoolgate.reports import after_restore

    pk = restoring.note_restoration(owner_url(), found, at=at, sound=sound, lost=lost)
    return after_restore.begin(Restoration.objects.get(pk=pk), at=at)


def take_journal(source: Path, found: Loaded, *, at: datetime) -> Newer:
    """Begin the home's journal with another; return what of it is newer than the backup."""
    backup_at = stored_instant(str(found.head["at"]))
    newer = journal.newer_than(source, backup_at)
    journal.take_over(source, backup_at=backup_at, at=at)
    return newer
