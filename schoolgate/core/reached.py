"""Where this installation is reached, for every address that is printed or sent."""

import json

from schoolgate.core.env import env

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
