"""The interface of every channel for notices. Email is the first; one test checks every channel."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Letter:
    """One message, in the language of its reader.

    `message_id`: its own name, the same however often it is tried.
    """

    to_name: str
    to_address: str
    subject: str
    body: str
    language: str
    message_id: str
    written_at: datetime


class Door(Protocol):
    """An open channel: several letters go through it, one after the other."""

    def hand_over(self, letter: Letter, before_handing_over: Callable[[], None]) -> None:
        """Send one letter. Calls `before_handing_over` once, when from then on it may arrive.

        Raises MailTrouble if it did not go out, or it is unknown whether it did.
        """


class Way(Protocol):
    """A channel for notices."""

    @property
    def key(self) -> str:
        """Its name, stored with what was sent that way."""
        ...

    def opened(self) -> AbstractContextManager[Door]:
        """Open it, outside any transaction. Raises MailTrouble if it is down."""
