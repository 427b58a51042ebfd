"""The keys of backups.

Backups are sealed to a key pair of which the home has only the public key: a thief with a backup and the
machine can't open last year's. Each backup is also sealed to a key of its own, which the home deletes when it
makes the next one. So the newest backup can be read through and rehearsed without opening the safe."""

from __future__ import annotations

import io
import os
import secrets
import tarfile
from datetime import datetime
from pathlib import Path

import pyrage

from schoolgate.core.backups.shelf import DAMAGED, NO_KEY, NOT_EMPTY, WRONG_KEY, BackupTrouble
from schoolgate.core.home import folder, keys
from schoolgate.core.outside.tars import BrokenTar, members
from schoolgate.core.typed import typed

RECIPIENT = "recipient.txt"
NEWEST = "backup-newest.txt"
NEVER_KEPT = frozenset({NEWEST})
SHORTEST_PASSPHRASE = 16
"""Characters. House rule: anyone with the key file can try as often as they like."""
LARGEST = 64 << 20


def new_key(at: datetime) -> tuple[str, str]:
    """Make the key pair that backups are sealed to from now on; return its private key, as the text of a key
    file, and its public key, which the home stores."""
    made = pyrage.x25519.Identity.generate()
    public = str(made.to_public())
    write_private(folder("backup") / RECIPIENT, f"# made {at:%Y-%m-%dT%H:%M:%SZ}\n{public}\n", again=True)
    private = (
        f"# Opens the backups of Schoolgate made from {at:%d.%m.%Y}. Keep it in the safe, "
        "never on the machine.\n"
        f"# public key: {public}\n{made}\n"
    )
    return private, public


def take_over_recipient(public: str) -> None:
    """Have a restored installation continue to seal to the key that its backup was sealed to."""
    if public:
        write_private(folder("backup") / RECIPIENT, f"{public}\n", again=True)


def recipient() -> str:
    """The public key that backups are sealed to. Raises BackupTrouble where none was made."""
    path = folder("backup") / RECIPIENT
    if not path.exists():
        raise BackupTrouble(
            NO_KEY,
            "There is no key to encrypt backups with yet. Make one: "
            f"{typed('backup', 'key-new', '--to')} FILE",
        )
    return [line for line in path.read_text().splitlines() if line and not line.startswith("#")][-1].strip()


def key_of_one_backup() -> tuple[str, str]:
    """A fresh key for one backup: private and public part."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def keep_newest(private: str) -> None:
    """Save the key of the newest backup in place of the previous one."""
    write_private(keys() / NEWEST, private + "\n", again=True)


def newest() -> str | None:
    """The key of the newest backup; None where there is none."""
    path = keys() / NEWEST
    return path.read_text() if path.exists() else None


def seal_keys(passphrase: str) -> bytes:
    """The home's keys as one file, sealed with a passphrase. Raises BackupTrouble where it is too short."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BackupTrouble(
            WRONG_KEY,
            f"The passphrase must have at least {SHORTEST_PASSPHRASE} characters: four or five words.",
        )
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        for path in sorted(keys().iterdir()):
            if path.is_file() and not path.name.startswith(".") and path.name not in NEVER_KEPT:
                told = tarfile.TarInfo(path.name)
                told.size, told.mode = path.stat().st_size, 0o600
                with path.open("rb") as file:
                    tar.addfile(told, file)
    return bytes(pyrage.passphrase.encrypt(content.getvalue(), passphrase))


def open_keys(sealed: bytes, passphrase: str) -> dict[str, bytes]:
    """The keys in such a file, by name. Raises BackupTrouble: another passphrase, or a file that is none."""
    try:
        content = pyrage.passphrase.decrypt(sealed, passphrase)
    except pyrage.DecryptError as error:
        raise BackupTrouble(
            WRONG_KEY, "This passphrase does not open this key file, or the file is incomplete."
        ) from error
    return keys_in(content)


def keys_in(content: bytes) -> dict[str, bytes]:
    """The keys in such a file once its passphrase opened it. Raises BackupTrouble: it is none."""
    found = {}
    try:
        for each in members(io.BytesIO(content)):
            if each.kind != "file" or "/" in each.name or each.name.startswith(".") or each.size > LARGEST:
                raise BackupTrouble(DAMAGED, "This key file contains something other than keys.")
            found[each.name] = each.content.read()
    except BrokenTar as error:
        raise BackupTrouble(DAMAGED, "This key file can't be read.") from error
    return found


def write_private(path: Path, content: str | bytes, *, again: bool = False) -> None:
    """Write a file that only its owner may read, atomically. Raises BackupTrouble if it exists already,
    unless `again`."""
    if not again and path.exists():
        raise BackupTrouble(NOT_EMPTY, f"{path} already exists. Choose another name.")
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
