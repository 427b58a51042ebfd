"""Examples of what the public writes: half of them written before any list of phrases, and frozen."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
FROZEN = {
    "danger_unseen.txt": "4fc1ff1c33fc08e7870425a17cdf4fd6e1c215250a44f03225bcb62b71df7ebd",
    "harmless_unseen.txt": "5f18fcff575068fa9f97eff748c3b95f3197a39df47ade577e3098d43035a5a1",
}
"""The SHA-256 of each half that was written first. A file with another one is refused."""


@dataclass(frozen=True)
class Example:
    """A comment, the language that it was written in and, for danger, its kind."""

    text: str
    language: str
    kind: str = ""


def danger(half: str) -> list[Example]:
    """Comments that a person must see first. `half`: "unseen" or "seen"."""
    return [Example(text, language, kind) for kind, language, text in _rows(f"danger_{half}.txt", 3)]


def harmless(half: str) -> list[Example]:
    """Comments with the same words that need no hurry."""
    return [Example(text, language) for language, text in _rows(f"harmless_{half}.txt", 2)]


def _rows(name: str, fields: int) -> list[list[str]]:
    data = (HERE / name).read_bytes()
    if name in FROZEN and hashlib.sha256(data).hexdigest() != FROZEN[name]:
        raise ValueError(f"{name} is not the file that was frozen")
    lines = [line for line in data.decode().splitlines() if line and not line.startswith("#")]
    return [[part.strip() for part in line.split("|", fields - 1)] for line in lines]
