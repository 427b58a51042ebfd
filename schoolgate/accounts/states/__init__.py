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

__all__ = [
    "ACCOUNT_MOVES",
    "LEADS_TO_AN_ACCOUNT",
    "PROPOSAL_MOVES",
    "AccountKind",
    "AccountState",
    "Part",
    "ProposalState",
]
