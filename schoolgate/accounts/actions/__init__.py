"""Writes of this room, by the part of an account's life that they belong to."""

from schoolgate.accounts.actions.changing import change_proposal, would_change
from schoolgate.accounts.actions.chasing import chase_proposals
from schoolgate.accounts.actions.conditions import attach_condition, end_condition, want_training
from schoolgate.accounts.actions.connecting import close_account, connect_account, note_read
from schoolgate.accounts.actions.deciding import decide_proposal, record_talk
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
)
from schoolgate.accounts.actions.papers import make_paper, report_opened, void_paper
from schoolgate.accounts.actions.proposing import (
    save_proposal,
    start_proposal,
    submit_proposal,
    withdraw_proposal,
)
from schoolgate.accounts.actions.seeing import keep_page_picture, note_profile, save_setup
from schoolgate.accounts.actions.signing import send_back, sign_proposal
from schoolgate.accounts.actions.sites import (
    look_over,
    put_word_on_record,
    say_whereabouts,
    settle_site,
    write_site_text,
)

__all__ = [
    "ask_where_known",
    "attach_condition",
    "change_proposal",
    "change_team",
    "chase_proposals",
    "check_account",
    "choose_change_day",
    "close_account",
    "connect_account",
    "decide_proposal",
    "destroy_all",
    "destroy_key",
    "end_condition",
    "give_notice",
    "keep_key",
    "keep_page_picture",
    "keep_seed",
    "look_over",
    "make_paper",
    "note_profile",
    "note_read",
    "open_account",
    "put_word_on_record",
    "record_talk",
    "report_opened",
    "save_proposal",
    "save_setup",
    "say_whereabouts",
    "send_back",
    "settle_site",
    "show_key",
    "sign_proposal",
    "start_proposal",
    "submit_proposal",
    "sweep_keys",
    "void_paper",
    "want_training",
    "withdraw_proposal",
    "would_change",
    "write_site_text",
]
