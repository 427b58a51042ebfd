"""What can go wrong with a backup, in words for the machine's operator."""

from __future__ import annotations


class BackupTrouble(Exception):
    """A backup that was not made, or cannot be used.

    `code` is stored in rows and worded by the page; the message is for the command line.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


NO_KEY, NO_SPACE, CANNOT_WRITE = "no_key", "no_space", "cannot_write"
WRONG_KEY, DAMAGED, NEWER, NOT_EMPTY = "wrong_key", "damaged", "newer", "not_empty"
NOT_SOUND, BROKE, BUSY = "not_sound", "broke", "busy"
CODES = (
    NO_KEY,
    NO_SPACE,
    CANNOT_WRITE,
    WRONG_KEY,
    DAMAGED,
    NEWER,
    NOT_EMPTY,
    NOT_SOUND,
    BROKE,
    BUSY,
)
