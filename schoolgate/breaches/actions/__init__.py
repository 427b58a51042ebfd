"""The writes of this room."""

from schoolgate.breaches.actions.describing import bring_in, change_aware, describe, note
from schoolgate.breaches.actions.opening import ask_again, open_breach, read_breach
from schoolgate.breaches.actions.telling import (
    close_breach,
    judge_risk,
    reopen,
    tell_authority,
    tell_people,
)

__all__ = [
    "ask_again",
    "bring_in",
    "change_aware",
    "close_breach",
    "describe",
    "judge_risk",
    "note",
    "open_breach",
    "read_breach",
    "reopen",
    "tell_authority",
    "tell_people",
]
