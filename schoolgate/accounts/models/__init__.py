"""Rows of this room, by what they are about."""

from schoolgate.accounts.models.accounts import (
    ENDED,
    Account,
    Notice,
    Proposal,
    Signature,
    Talk,
    TeamMember,
)

__all__ = [
    "ENDED",
    "Account",
    "Notice",
    "Proposal",
    "Signature",
    "Talk",
    "TeamMember",
]
