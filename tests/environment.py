"""What every test run starts from, read by pytest before anything else (`-p tests.environment`).

A home of its own, so that no test ever sees the data of an installation, and the program's own database
server: whatever the shell around the run says is not heard.
"""

import atexit
import base64
import gc
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

gc.disable()  # until all is read: conftest.py
OWNER = os.getpid()
MEMORY = Path("/dev/shm")
ROOM = 3 * 1024**3
"""Bytes that have to be free in it."""
NAME = "schoolgate-tests-"


def in_memory() -> Path | None:
    """Where a home needs no disk: hundreds of tests copy a whole database, which takes a disk ten times.

    None: this machine has no such place, or too little room. What killed runs left there is removed first.
    """
    if not MEMORY.is_dir():
        return None
    for left in MEMORY.glob(f"{NAME}*"):
        if not Path("/proc", left.name.removeprefix(NAME).partition("-")[0]).exists():
            shutil.rmtree(left, ignore_errors=True)
    return MEMORY if shutil.disk_usage(MEMORY).free > ROOM else None


def give_keys(home: Path) -> None:
    """Give a home the keys of all test runs: what one has sealed and kept, another opens."""
    folder = home / "keys"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in ("django", "vault.keys"):
        if not (folder / name).exists():
            key = base64.urlsafe_b64encode(hashlib.sha256(f"{name} of the tests".encode()).digest())
            (folder / name).touch(mode=0o600)
            (folder / name).write_bytes(key)


THIS_MACHINE = "localhost,127.0.0.1,[::1]"
"""The hosts to which tests with servers of their own may speak, as SCHOOLGATE_PRIVATE_HOSTS names them."""
HOME = Path(tempfile.mkdtemp(prefix=f"{NAME}{OWNER}-", dir=in_memory()))
KEPT = ("SCHOOLGATE_TEST_",)

for name in list(os.environ):
    if name in ("DATABASE_URL", "DATABASE_OWNER_URL", "PORT") or (
        name.startswith("SCHOOLGATE_") and not name.startswith(KEPT)
    ):
        del os.environ[name]
os.environ["SCHOOLGATE_HOME"] = str(HOME)
give_keys(HOME)
os.environ["CI"] = "true"  # hypothesis draws the same values in each run, and isn't hurried (conftest.py)
os.environ["DJANGO_SETTINGS_MODULE"] = "schoolgate.config.settings"


def a_home(name: str) -> Path:
    """A place for another home, gone with this run.

    Not in pytest's own folder: each run of pytest closes that one anew, whoever's server runs in it.
    """
    return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=HOME)) / "h"


def put_away() -> None:
    """End this run's database server and remove its home."""
    if os.getpid() == OWNER:
        from schoolgate.core.postgres.server import release_server, server_of

        release_server(HOME)
        server_of(HOME).stop()
        shutil.rmtree(HOME, ignore_errors=True)


atexit.register(put_away)
