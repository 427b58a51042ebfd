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
    register_page,
)
from schoolgate.accounts.queries.keys import (
    inside_of_keys,
    key_for,
    key_to_show,
    last_showing,
    leads_here,
    live_keys,
    paper_for,
    papers,
    showings,
    who_is_told,
)
from schoolgate.accounts.queries.proposals import (
    Ladder,
    Rung,
    ladder,
    proposal_for,
    proposals,
)

__all__ = [
    "SEES_ALL",
    "Ladder",
    "NameKey",
    "Rung",
    "account_for",
    "accounts_page",
    "inside_of_keys",
    "key_for",
    "key_to_show",
    "ladder",
    "last_showing",
    "leads",
    "leads_here",
    "live_keys",
    "may_set_up",
    "open_accounts",
    "paper_for",
    "papers",
    "parts_of",
    "proposal_for",
    "proposals",
    "register_page",
    "showings",
    "who_is_told",
]
