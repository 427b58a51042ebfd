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
from schoolgate.accounts.states.care import (
    ARCHIVE_MOVES,
    CLOSING_MOVES,
    OFFER_MOVES,
    AimState,
    ArchiveState,
    ClosingState,
    Looked,
    OfferState,
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
    "ARCHIVE_MOVES",
    "CLOSING_MOVES",
    "FAKE_MOVES",
    "FAKE_STANDS",
    "FOUND_ENDS",
    "FOUND_MOVES",
    "LEADS_TO_AN_ACCOUNT",
    "OFFER_MOVES",
    "PAPER_MOVES",
    "PROPOSAL_MOVES",
    "AccountKind",
    "AccountState",
    "AimState",
    "ArchiveState",
    "ChangeReason",
    "ClosingState",
    "ConditionType",
    "FakeState",
    "FakeStep",
    "FoundState",
    "FriendsNote",
    "KeyEnd",
    "KeyKind",
    "LogoLeads",
    "Looked",
    "MadeBy",
    "Mark",
    "Moderation",
    "OfferState",
    "PaperState",
    "Part",
    "ProposalState",
    "Seen",
    "SiteTextKind",
    "SiteWordKind",
]
