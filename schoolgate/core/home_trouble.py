"""The home where it can't be used, or nothing was set up in it: one sentence says why, and what to do."""

from __future__ import annotations

import errno
import os
import pwd
import shutil
from pathlib import Path
from typing import Final

from schoolgate.core.surroundings import SurroundingsTrouble
from schoolgate.core.typed import typed

GIGABYTE: Final = 1_000_000_000
LEAST_ROOM: Final = GIGABYTE
"""Bytes that have to be free where an installation is begun, and should be as long as it runs."""
NOT_OURS: Final = (errno.EACCES, errno.EPERM, errno.EROFS)


def open_folder(path: Path, *, home: Path, mode: int) -> Path:
    """Return a folder of the home, or the home itself, made if it is missing. Raises SurroundingsTrouble
    where it can't be made, read or written."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=mode)
    except OSError as error:
        raise SurroundingsTrouble(
            unusable_home(error, home) or _in_words(home, path, f"can't be used ({error.strerror})")
        ) from error
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise SurroundingsTrouble(_of_another(home, path))
    return path


def unusable_home(error: OSError, home: Path) -> str | None:
    """Return what is wrong with the home where that is what an error is about; None: it's about something
    else."""
    at = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes | Path) else None
    if at is None or not (at == home or home in at.parents or at in home.parents):
        return None
    if error.errno in NOT_OURS:
        return _of_another(home, _nearest(at))
    if isinstance(error, FileExistsError) and at == home:
        return f"SCHOOLGATE_HOME is {home}, and that is a file. Choose a folder."
    if isinstance(error, FileExistsError | NotADirectoryError):
        return _in_words(home, _nearest(at), "is not a folder")
    if error.errno == errno.EDQUOT:
        return f"This user may store no more on the disk of {home}. Free up space, then start again."
    if error.errno == errno.ENOSPC:
        return full_disk(home)
    if at == home or at in home.parents:
        return _in_words(home, None, "no folder can be made there")
    return None


def free_at(path: Path) -> int:
    """Return how many bytes are free where this path is, or will be."""
    return shutil.disk_usage(_nearest(path)).free


def full_disk(home: Path) -> str:
    """Return the sentence about a disk with too little room."""
    return (
        f"The disk of {home} is full ({free_at(home) / 1_000_000:.0f} MB free): make 1 GB free, then start "
        "again."
    )


def nothing_yet(home: Path) -> str:
    """Return the sentence about a home in which nothing was ever started: mostly another one was meant."""
    return (
        f"Nothing was set up in {home} yet. Start it with `{typed('up')}`, or set SCHOOLGATE_HOME to the "
        "installation you want."
    )


def _nearest(path: Path) -> Path:
    """The path, or the nearest above it that is there."""
    for each in (path, *path.parents):
        if os.path.lexists(each):
            return each
    return path


def _of_another(home: Path, at: Path) -> str:
    try:
        owner = pwd.getpwuid(at.lstat().st_uid).pw_name
    except (OSError, KeyError):
        owner = "another user"
    why = f"{at} belongs to {owner}, and you can't write there"
    if home == at or home in at.parents:  # an installation of theirs, and mostly the one that's meant
        return f"SCHOOLGATE_HOME is {home}, but {why}. Give the command as {owner}, or choose another folder."
    return _in_words(home, None, why)


def _in_words(home: Path, at: Path | None, why: str) -> str:
    named = f"{at} " if at is not None else ""
    return (
        f"SCHOOLGATE_HOME is {home}, but {named}{why}. Choose another folder, for instance: "
        f"{typed('up', home='~/schoolgate')}"
    )
