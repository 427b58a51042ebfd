"""Sets up what the tests need beside .venv: system packages where it may, and the locked packages from npm.

What cannot be had is named, with the command that brings it, and the run stops: nothing is skipped.

    test_needs.py          brings everything
    test_needs.py beside   lets the Bluesky network be compiled beside the first suites: its own waits for it,
                           and says why where it failed
    test_needs.py network  brings the Bluesky network alone
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import aloud

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

# What is looked for -> the Debian package that brings it.
PROGRAMS = {
    "chromium-headless-shell": "chromium-headless-shell",
    "redis-server": "redis-server",
    "gcc": "gcc",
    "g++": "g++",
    "make": "make",
    "git": "git",
    "msgfmt": "gettext",
}
FILES = {
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf": "fonts-dejavu-core",
    "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf": "fonts-noto-color-emoji",
}
OTHER_NAMES = {"chromium-headless-shell": ("chromium", "chromium-browser", "google-chrome")}


def absent() -> list[str]:
    """The Debian packages of what is not there, each once."""
    missing = [
        package
        for program, package in PROGRAMS.items()
        if not any(shutil.which(name) for name in (program, *OTHER_NAMES.get(program, ())))
    ]
    missing += [package for file, package in FILES.items() if not Path(file).exists()]
    return list(dict.fromkeys(missing))


def may_install() -> list[str] | None:
    """The words before apt-get that make us root, or None where we may not be or there is no apt-get."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def install_system_packages() -> None:
    """Install what is absent; leaves with a sentence where that cannot be done."""
    wanted = absent()
    if not wanted:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *wanted]
    root = may_install()
    if root is not None:
        surroundings = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for words in (["apt-get", "update"], command):
            aloud.run(
                [*root, *words, "-q"],
                " ".join(words),
                say,
                env=surroundings,
                how_far=packages_set_up,
                ends_itself=True,
            )
        # The package starts a server of its own, which no test uses.
        wanted = absent()
    if wanted:
        leave(f"the tests need these packages: {' '.join(wanted)}\nOn Debian, as root: {' '.join(command)}")


def packages_set_up(written: str) -> str:
    """How far apt-get is, by what it writes."""
    done = written.count("\nSetting up ")
    return f"{done} set up" if done else "looking for packages, and fetching them"


def say(sentence: str) -> None:
    """Print a line of ours."""
    print(f"test-needs: {sentence}", flush=True)


def leave(why: str) -> None:
    """Say what is missing, and stop the run."""
    print(f"test-needs: {why}", file=sys.stderr)
    sys.exit(1)


def npm_folders() -> list[Path]:
    """The folders with locked packages from npm (the network's own has its installer, see below)."""
    found = subprocess.run(
        ["git", "ls-files", "*package-lock.json"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    return [(ROOT / name).parent for name in found if not name.startswith("tests/network/")]


def install_from_npm(folder: Path, node: Path, npm: Path) -> None:
    """Install a folder's packages from its lock file, unless that was done for this lock file."""
    state = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    stamp = folder / "node_modules" / ".installed-for"
    if stamp.exists() and stamp.read_text() == state:
        return
    words = [str(node), str(npm), "ci", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    path = f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"
    named = folder.relative_to(ROOT)
    status, written = aloud.run(words, f"npm ci in {named}", say, cwd=folder, env=os.environ | {"PATH": path})
    if status:
        leave(f"the packages of {named} could not be installed from npm. Its last words:\n{written[-2000:]}")
    stamp.write_text(state)


def install_network(words: list[str], folder: Path, around: dict[str, str]) -> tuple[int, str]:
    """Install the packages of the Bluesky network, which takes minutes: one of them is compiled."""

    def how_far(_written: str) -> str:
        there = folder / "node_modules"
        if any(there.glob("better-sqlite3/build*")):
            return "compiling better-sqlite3"
        fetched = sum(1 for _ in there.iterdir()) if there.is_dir() else 0
        return f"{fetched} packages fetched" if fetched else "fetching packages"

    doing = "installing the packages of the Bluesky network (once on this machine; some minutes)"
    return aloud.run(words, doing, say, cwd=folder, env=around, how_far=how_far)


def main(words: list[str]) -> None:
    """Bring everything, in this order: system, npm, network."""
    if words != ["network"]:
        install_system_packages()
    from tests.network import node as network

    try:
        network.check_machine()
        if words != ["network"]:
            npm = network.wheel() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
            for folder in npm_folders():
                install_from_npm(folder, network.node(), npm)
        if words == ["beside"] and not network.is_installed():
            say("the Bluesky network is compiled beside the first suites (once on this machine)")
            begin_beside([sys.executable, __file__, "network"])
        else:
            network.install(run=install_network)
    except network.Missing as missing:
        leave(str(missing))


def begin_beside(words: list[str]) -> None:
    """Start what goes on when this program has ended; a Ctrl-C that ends the suites leaves it to its end."""
    nothing = subprocess.DEVNULL
    subprocess.Popen(words, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        say("stopped")
        sys.exit(130)
