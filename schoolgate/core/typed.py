"""How a command of this program is typed here, for every hint that a person copies: `.venv/bin/schoolgate` in
a checkout, `schoolgate` where it is a service, with the home in front where it isn't the one it takes by
itself.

Where this installation is reached, for every address that is printed or sent.
"""

from __future__ import annotations

import json
import os
import pwd
import shlex
import shutil
import sys
from pathlib import Path
from typing import Final

from schoolgate.core.env import USUAL_HOME, env

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
