"""Writes of this room, by the part of an account's life that they belong to."""

from schoolgate.accounts.actions.connecting import close_account, connect_account, note_read
from schoolgate.accounts.actions.deciding import decide_proposal, record_talk, sign_proposal
from schoolgate.accounts.actions.keys import (
    ask_where_known,
    choose_change_day,
    destroy_all,
    destroy_key,
    keep_key,
    keep_seed,
    show_key,
    sweep_keys,
)
from schoolgate.accounts.actions.opening import (
    change_team,
    check_account,
    give_notice,
    open_account,
    save_setup,
)
from schoolgate.accounts.actions.papers import make_paper, report_opened, void_paper
from schoolgate.accounts.actions.proposing import (
    save_proposal,
    start_proposal,
    submit_proposal,
    withdraw_proposal,
)

__all__ = [
    "ask_where_known",
    "change_team",
    "check_account",
    "choose_change_day",
    "close_account",
    "connect_account",
    "decide_proposal",
    "destroy_all",
    "destroy_key",
    "give_notice",
    "keep_key",
    "keep_seed",
    "make_paper",
    "note_read",
    "open_account",
    "record_talk",
    "report_opened",
    "save_proposal",
    "save_setup",
    "show_key",
    "sign_proposal",
    "start_proposal",
    "submit_proposal",
    "sweep_keys",
    "void_paper",
    "withdraw_proposal",
]
