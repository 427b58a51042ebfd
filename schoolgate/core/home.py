"""The home: the one folder (`SCHOOLGATE_HOME`) for everything the program must not lose; where this
installation is reached; and how its commands are typed here, for every hint that a person copies:
`.venv/bin/schoolgate` in a checkout, `schoolgate` where it is a service, with the home in front where it
isn't the one it takes by itself.

Where the home can't be used, or nothing was set up in it, one sentence says why, and what to do.

Some files of it only ever get more lines of JSON: signed heads, what left, the journal. A machine that dies,
or a disk that fills up, can leave a last line that was cut off. It says nothing: it is left out where lines
are read, and taken off before others are added, so that it never runs into the next.
"""

from __future__ import annotations

import errno
import fcntl
import json
import logging
import os
import pwd
import secrets
import shlex
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from schoolgate.core.env import USUAL_HOME, env
from schoolgate.core.surroundings import SurroundingsTrouble

WRAPPER: Final = Path("/usr/local/bin/schoolgate")
"""What runs commands as the service does (docs/operations/schoolgate.sh)."""
SETTINGS_OF_SERVICE: Final = "/etc/schoolgate/environment"
OF_SERVICE: Final = {"up": "start", "down": "stop"}


def typed(*words: str, home: Path | str | None = None, **settings: str) -> str:
    """Return what to type for `schoolgate WORDS`, with these settings in front, in the terminal that this
    process was started in. `home`: another than the one it works with."""
    if is_service():
        return _by_systemd(words[0], settings) if words[0] in OF_SERVICE else " ".join(["schoolgate", *words])
    home = env().home if home is None else home
    if Path(home).expanduser().resolve() != USUAL_HOME.resolve():
        # `~` is for the shell to read, so it isn't quoted.
        settings |= {"SCHOOLGATE_HOME": str(home) if str(home).startswith("~") else shlex.quote(str(home))}
    return " ".join([*(f"{name}={value}" for name, value in settings.items()), program(), *words])


def is_service() -> bool:
    """Whether this process runs as the service does: then its commands have one name, for root."""
    try:
        ours = f"runuser -u {pwd.getpwuid(os.geteuid()).pw_name} -- {_here()} "
        return ours in WRAPPER.read_text("utf-8")
    except (OSError, KeyError, ValueError):
        return False


def program() -> str:
    """Return how a terminal in this folder calls the program that runs."""
    here = _here()
    if shutil.which("schoolgate") == str(here):
        return "schoolgate"
    try:
        return shlex.quote(str(here.relative_to(Path.cwd())))
    except (OSError, ValueError):
        return shlex.quote(str(here))


def _here() -> Path:
    return Path(sys.executable).with_name("schoolgate")


def _by_systemd(word: str, settings: dict[str, str]) -> str:
    if settings:
        named = " and ".join(f"{name}={value}" for name, value in settings.items())
        return f"systemctl restart schoolgate (with {named} in {SETTINGS_OF_SERVICE})"
    return f"systemctl {OF_SERVICE[word]} schoolgate"


NOTE_OF_UP = "up.json"
"""What runs, in the home's `run` folder: written by `schoolgate up`, gone when it stops."""


def origin() -> str:
    """Return the address under which people reach the pages, without a slash at its end: without a public
    one, this machine's own."""
    return env().public_address or f"http://localhost:{port_here()}"


def port_here() -> int:
    """Return the port at which the pages are served: for a command that wasn't told one, that of what runs
    in its home."""
    if "port" not in env().model_fields_set:
        try:
            said = json.loads((env().home.expanduser() / "run" / NOTE_OF_UP).read_bytes())["port"]
        except (OSError, ValueError, KeyError, TypeError):
            return env().port
        if type(said) is int and 1 <= said <= 65535:
            return said
    return env().port


def home() -> Path:
    """The folder itself, as an absolute path; made on first use, closed to other people of the machine.

    Raises SurroundingsTrouble where it can't be used, as `folder` does.
    """
    path = env().home.expanduser().absolute()
    return open_folder(path, home=path, mode=0o711)


def folder(*parts: str) -> Path:
    """Return a folder inside the home, made on first use and readable only by its owner."""
    at = home()
    return open_folder(at.joinpath(*parts), home=at, mode=0o700)


def keys() -> Path:
    """Keys and other secrets. Belongs into a backup of its own: without it the vault cannot be opened."""
    return folder("keys")


def files() -> Path:
    """Pictures and documents, by their digest."""
    return folder("files")


def drafts() -> Path:
    """Files that are being written, before they have a place in the store: on the same disk as `files`."""
    return folder("evidence")


def logs() -> Path:
    """What the database and the background examples write."""
    return folder("logs")


def kept_secret(name: str, make: Callable[[], bytes] = lambda: secrets.token_urlsafe(50).encode()) -> bytes:
    """Return a secret that is made once and stays: read from `keys/<name>`, or written there (0600) if
    missing.

    Two processes that start together get the same one: the second reads what the first has written.
    """
    path = keys() / name
    if not path.exists():
        draft = path.with_name(f".{name}.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_bytes(make())
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_bytes()


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


logger = logging.getLogger("schoolgate.core.home")


def whole_lines(path: Path) -> list[str]:
    """Return the lines of a file but for a last one that was cut off; none where there is no file."""
    if not path.exists():
        return []
    content = path.read_bytes()
    return content[: _whole(content)].decode(errors="replace").splitlines()


def is_torn(path: Path) -> bool:
    """Return whether the last line was cut off while it was written."""
    content = path.read_bytes() if path.exists() else b""
    return _whole(content) < len(content)


def add_lines(path: Path, lines: Iterable[str], *, once: bool = False) -> None:
    """Add lines and have them reach the disk; a last line that was cut off is taken off, which the log says.

    `once`: not those that are there already.
    """
    path.touch(mode=0o600)
    with path.open("r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        content = file.read()
        whole = _whole(content)
        if whole < len(content):
            logger.warning("the last line of %s was cut off while it was written: taken off", path.name)
            file.truncate(whole)
        there = {*content[:whole].decode(errors="replace").splitlines()} if once else set()
        new = [f"{line}\n".encode() for line in dict.fromkeys(lines) if line not in there]
        if new and whole and not content[:whole].endswith(b"\n"):
            new.insert(0, b"\n")
        file.seek(0, os.SEEK_END)
        file.writelines(new)
        file.flush()
        os.fsync(file.fileno())


def _whole(content: bytes) -> int:
    """Return how many bytes are whole lines: a last one without its end is whole where it can be read."""
    end = content.rfind(b"\n") + 1
    try:
        json.loads(content[end:])
    except ValueError:
        return end
    return len(content)
