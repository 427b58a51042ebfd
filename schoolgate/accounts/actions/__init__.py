"""Writes of this room, by the part of an account's life that they belong to."""

from schoolgate.accounts.actions.connecting import close_account, connect_account, note_read
from schoolgate.accounts.actions.deciding import decide_proposal, record_talk, sign_proposal
from schoolgate.accounts.actions.opening import (
    change_team,
    check_account,
    give_notice,
    open_account,
    save_setup,
)
from schoolgate.accounts.actions.proposing import (
    save_proposal,
    start_proposal,
    submit_proposal,
    withdraw_proposal,
)

__all__ = [
    "change_team",
    "check_account",
    "close_account",
    "connect_account",
    "decide_proposal",
    "give_notice",
    "note_read",
    "open_account",
    "record_talk",
    "save_proposal",
    "save_setup",
    "sign_proposal",
    "start_proposal",
    "submit_proposal",
    "withdraw_proposal",
]
