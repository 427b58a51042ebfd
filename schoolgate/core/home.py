"""The home: the one folder (`SCHOOLGATE_HOME`) for everything the program must not lose."""

import secrets
from collections.abc import Callable
from pathlib import Path

from schoolgate.core.env import env
from schoolgate.core.home_trouble import open_folder


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
