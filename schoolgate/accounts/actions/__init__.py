"""Actions of this app, grouped by stage of an account's life."""

from schoolgate.accounts.actions.allowing import allow_part, end_part
from schoolgate.accounts.actions.care import look_in, note_reading, say_friends_may_comment
from schoolgate.accounts.actions.changing import change_proposal, would_change
from schoolgate.accounts.actions.chasing import chase_proposals
from schoolgate.accounts.actions.closing import (
    ask_for_archive,
    begin_closing,
    call_off_closing,
    finish_closing,
    note_archive_taken,
    note_followers_told,
    note_page_gone,
    save_ending,
)
from schoolgate.accounts.actions.conditions import (
    attach_condition,
    drop_training,
    end_condition,
    want_training,
)
from schoolgate.accounts.actions.connecting import close_account, connect_account, lose_connection, note_read
from schoolgate.accounts.actions.deciding import decide_proposal, record_talk
from schoolgate.accounts.actions.evaluating import evaluate
from schoolgate.accounts.actions.handover import (
    begin_handovers,
    end_handover,
    end_handovers_of_a_closed_account,
    end_parts,
    name_successor,
    take_back_handovers,
)
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
from schoolgate.accounts.actions.left_behind import ask_who_covers, end_asking_who_covers, move_duty_on
from schoolgate.accounts.actions.offering import accept_part, decline_part, offer_part, withdraw_offer
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
from schoolgate.accounts.actions.watching import watch_accounts

__all__ = [
    "accept_part",
    "allow_part",
    "ask_for_archive",
    "ask_where_known",
    "ask_who_covers",
    "attach_condition",
    "begin_closing",
    "begin_handovers",
    "call_off_closing",
    "change_proposal",
    "change_team",
    "chase_proposals",
    "check_account",
    "choose_change_day",
    "close_account",
    "connect_account",
    "decide_proposal",
    "decline_part",
    "destroy_all",
    "destroy_key",
    "drop_training",
    "end_asking_who_covers",
    "end_condition",
    "end_handover",
    "end_handovers_of_a_closed_account",
    "end_part",
    "end_parts",
    "evaluate",
    "finish_closing",
    "give_notice",
    "keep_key",
    "keep_page_picture",
    "keep_seed",
    "look_in",
    "look_over",
    "lose_connection",
    "make_paper",
    "move_duty_on",
    "name_successor",
    "note_archive_taken",
    "note_followers_told",
    "note_page_gone",
    "note_profile",
    "note_read",
    "note_reading",
    "offer_part",
    "open_account",
    "put_word_on_record",
    "record_talk",
    "report_opened",
    "save_ending",
    "save_proposal",
    "save_setup",
    "say_friends_may_comment",
    "say_whereabouts",
    "send_back",
    "settle_site",
    "show_key",
    "sign_proposal",
    "start_proposal",
    "submit_proposal",
    "sweep_keys",
    "take_back_handovers",
    "void_paper",
    "want_training",
    "watch_accounts",
    "withdraw_offer",
    "withdraw_proposal",
    "would_change",
    "write_site_text",
]
