"""What this room asks of rows of the rooms above it."""

from __future__ import annotations

from typing import Any, Protocol


class HasSchool(Protocol):
    """An account, as far as a scope needs it (the accounts app depends on this one)."""

    pk: Any
    school_id: Any


class OfFederation(Protocol):
    """A row of a federation."""

    federation_id: Any
    federation: Any
