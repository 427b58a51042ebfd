"""The federations that left this installation with their record: a signed line for each, in the home."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from cryptography.exceptions import InvalidSignature

from schoolgate.core.home import folder
from schoolgate.core.ledger import heads
from schoolgate.core.line_files import add_lines, whole_lines


@dataclass(frozen=True)
class Left:
    """A line of the file. `done`: whether its files are gone too. `number`, `hash`: the record's last row."""

    federation: int
    slug: str
    at: str
    rows: int
    number: int
    hash: str
    done: bool
    signature: str = ""

    def signed_bytes(self) -> bytes:
        """Return what the signature covers: everything else."""
        said = {name: value for name, value in asdict(self).items() if name != "signature"}
        return json.dumps(said, sort_keys=True, separators=(",", ":")).encode()

    def is_signed(self) -> bool:
        """Return whether this installation's key signed it."""
        try:
            heads.public_key().verify(bytes.fromhex(self.signature), self.signed_bytes())
        except (ValueError, InvalidSignature):
            return False
        return True


def left_file() -> Path:
    """Return the file in the home."""
    return folder("record") / "left.jsonl"


def note(left: Left) -> None:
    """Sign a line and add it."""
    signed = replace(left, signature=heads.sign_bytes(left.signed_bytes()))
    add_lines(left_file(), [json.dumps(asdict(signed), sort_keys=True)])


def those_who_left() -> list[Left]:
    """Return the lines in the file's order."""
    return [Left(**json.loads(line)) for line in whole_lines(left_file())]
