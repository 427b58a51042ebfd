"""Reads of this room, scoped to who asks, and what everybody may read."""

from schoolgate.accounts.queries.accounts import (
    SEES_ALL,
    NameKey,
    account_for,
    accounts_page,
    leads,
    may_set_up,
    open_accounts,
    parts_of,
    proposal_for,
    proposals,
    register_page,
)

__all__ = [
    "SEES_ALL",
    "NameKey",
    "account_for",
    "accounts_page",
    "leads",
    "may_set_up",
    "open_accounts",
    "parts_of",
    "proposal_for",
    "proposals",
    "register_page",
]
