"""Makes the export of a federation: written beside its name, read back, and only then named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg

from schoolgate.core.backups import keys, sealing
from schoolgate.core.backups.federation import Owner, Written, write_federation
from schoolgate.core.backups.making import private_file, read_again, this_installation
from schoolgate.core.backups.trouble import BROKE, BackupTrouble
from schoolgate.core.ledger import heads
from schoolgate.core.models.directory import Federation

Tells = Callable[[str, int], None]


@dataclass(frozen=True)
class Exported:
    """What was written; the size in bytes and the SHA-256 (hex) of the file."""

    written: Written
    size: int
    digest: str


def export_federation(
    federation: Federation, to: Path, *, at: datetime, tell: Tells = lambda _what, _count: None
) -> tuple[str, Exported]:
    """Write everything of a federation to a file, outside any scope; return the only key that opens it.

    Raises BackupTrouble, OSError: then there is no file.
    """
    private, public = keys.key_of_one_backup()
    draft = to.with_name(f".{to.name}.draft")
    owner = Owner(federation.pk, federation.slug, federation.name, tuple(federation.languages))
    try:
        with private_file(draft) as file:
            try:
                with sealing.sealing(file, [public]) as target:
                    written = write_federation(
                        target, this_installation(), owner, at=at, sign=heads.sign_bytes, tell=tell
                    )
            except OSError as error:
                raise sealing.cannot_write(error) from error
            except psycopg.Error as error:
                raise BackupTrouble(
                    BROKE, f"The database could not be read ({type(error).__name__}). Nothing was exported."
                ) from error
        digest = read_again(draft, private, written.digest)
        size = draft.stat().st_size
        draft.replace(to)
    finally:
        draft.unlink(missing_ok=True)
    return private + "\n", Exported(written, size, digest)
