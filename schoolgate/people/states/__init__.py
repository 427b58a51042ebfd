"""States of this app's objects and their allowed transitions."""

from schoolgate.people.states.importing import FILE_LASTS, IMPORT_MOVES, UNPROVEN, ImportState, Outcome
from schoolgate.people.states.leads import LEAD_MOVES, LeadPlace, LeadState
from schoolgate.people.states.leaving import LEAVING_MOVES, AbsenceKind, DepartureState, HowKnown
from schoolgate.people.states.people import (
    FACTOR_COMPULSORY,
    IDLE_AFTER,
    INVITATION_LASTS,
    PASSKEY_LASTS,
    RESET_LASTS,
    RESET_MOVES,
    Relation,
    ResetState,
    ScopeKind,
    SignedInWith,
    session_ends_at,
    session_is_over,
)
from schoolgate.people.states.turn import TurnPoint

__all__ = [
    "FACTOR_COMPULSORY",
    "FILE_LASTS",
    "IDLE_AFTER",
    "IMPORT_MOVES",
    "INVITATION_LASTS",
    "LEAD_MOVES",
    "LEAVING_MOVES",
    "PASSKEY_LASTS",
    "RESET_LASTS",
    "RESET_MOVES",
    "UNPROVEN",
    "AbsenceKind",
    "DepartureState",
    "HowKnown",
    "ImportState",
    "LeadPlace",
    "LeadState",
    "Outcome",
    "Relation",
    "ResetState",
    "ScopeKind",
    "SignedInWith",
    "TurnPoint",
    "session_ends_at",
    "session_is_over",
]
