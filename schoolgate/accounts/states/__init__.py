"""The words of this room's lives, and which may follow which."""

from schoolgate.accounts.states.accounts import (
    ACCOUNT_MOVES,
    LEADS_TO_AN_ACCOUNT,
    PROPOSAL_MOVES,
    AccountKind,
    AccountState,
    Part,
    ProposalState,
)
from schoolgate.accounts.states.found import (
    FOUND_ENDS,
    FOUND_MOVES,
    FoundState,
    MadeBy,
)
from schoolgate.accounts.states.keys import PAPER_MOVES, ChangeReason, KeyEnd, KeyKind, PaperState
from schoolgate.accounts.states.opening import (
    ConditionType,
    FriendsNote,
    Host,
    LogoLeads,
    Moderation,
    SiteTextKind,
    SiteWordKind,
)
from schoolgate.accounts.states.register import (
    FAKE_MOVES,
    FAKE_STANDS,
    FakeState,
    FakeStep,
    Mark,
    Seen,
)

__all__ = [
    "ACCOUNT_MOVES",
    "FAKE_MOVES",
    "FAKE_STANDS",
    "FOUND_ENDS",
    "FOUND_MOVES",
    "LEADS_TO_AN_ACCOUNT",
    "PAPER_MOVES",
    "PROPOSAL_MOVES",
    "AccountKind",
    "AccountState",
    "ChangeReason",
    "ConditionType",
    "FakeState",
    "FakeStep",
    "FoundState",
    "FriendsNote",
    "Host",
    "KeyEnd",
    "KeyKind",
    "LogoLeads",
    "MadeBy",
    "Mark",
    "Moderation",
    "PaperState",
    "Part",
    "ProposalState",
    "Seen",
    "SiteTextKind",
    "SiteWordKind",
]
