"""`archives.yaml`, typed: what each network's download is, and which real files our reader was tested
with."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from schoolgate.core.own_files import said_in

FILE = Path(__file__).with_name("archives.yaml")


class Archive(BaseModel):
    """One network's download."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    network: str
    proven: Literal["real_file", "published_form"]
    tried_on: str
    source: str
    read: str
    files: tuple[str, ...]
    knows_account: Literal["id", "address", "handle", "sometimes"]
    holds: tuple[Literal["key", "address", "language"], ...] = ()


@cache
def archives() -> dict[str, Archive]:
    """By network, in the order of the file."""
    said = said_in(FILE)
    return {network: Archive(network=network, **row) for network, row in said.items()}


def archive_of(network: str) -> Archive | None:
    """Return what this network offers; None where nothing of it can be read here."""
    return archives().get(network)
