"""The actions on inbox items, each named by its verb."""

from schoolgate.inbox.actions.answering import (
    answer_done_by_hand,
    close_item,
    say_how_the_answer_stands,
    show_and_answer,
    take_back_answer,
    write_answer,
)
from schoolgate.inbox.actions.appealing import decide_appeal, make_appeal
from schoolgate.inbox.actions.authors import (
    agree_to_block,
    author_step_by_hand,
    block_author,
    end_block,
    keep_block,
    report_comment,
    tell_readers,
)
from schoolgate.inbox.actions.desk import assign_item, delete_view, save_view, write_note
from schoolgate.inbox.actions.handing import hand_over
from schoolgate.inbox.actions.ingesting import Pasted, TakenIn, ingest, note_gone
from schoolgate.inbox.actions.judging import judge, note_writer_step, read_report
from schoolgate.inbox.actions.locking import Hiding, hide_locked, lock_and_hide, lock_item, unlock_item
from schoolgate.inbox.actions.looking import look_after_removal
from schoolgate.inbox.actions.mailing import Filed, end_address, file_mail, make_address, note_refused
from schoolgate.inbox.actions.messaging import adopt_process, message_sent, write_message
from schoolgate.inbox.actions.moderating import finish_removal, moderate, moderation_done_by_hand
from schoolgate.inbox.actions.noticing import adopt_wording, send_notice
from schoolgate.inbox.actions.pasting import Photo, paste_in
from schoolgate.inbox.actions.permitting import ask_for_reply
from schoolgate.inbox.actions.phrases import add_phrase, end_phrase
from schoolgate.inbox.actions.ranking import danger_again, settle_danger
from schoolgate.inbox.actions.sorting import set_kind
from schoolgate.inbox.actions.taking_off import reply_removed_by_hand
from schoolgate.inbox.actions.wishing_down import wish_down

__all__ = [
    "Filed",
    "Hiding",
    "Pasted",
    "Photo",
    "TakenIn",
    "add_phrase",
    "adopt_process",
    "adopt_wording",
    "agree_to_block",
    "answer_done_by_hand",
    "ask_for_reply",
    "assign_item",
    "author_step_by_hand",
    "block_author",
    "close_item",
    "danger_again",
    "decide_appeal",
    "delete_view",
    "end_address",
    "end_block",
    "end_phrase",
    "file_mail",
    "finish_removal",
    "hand_over",
    "hide_locked",
    "ingest",
    "judge",
    "keep_block",
    "lock_and_hide",
    "lock_item",
    "look_after_removal",
    "make_address",
    "make_appeal",
    "message_sent",
    "moderate",
    "moderation_done_by_hand",
    "note_gone",
    "note_refused",
    "note_writer_step",
    "paste_in",
    "read_report",
    "reply_removed_by_hand",
    "report_comment",
    "save_view",
    "say_how_the_answer_stands",
    "send_notice",
    "set_kind",
    "settle_danger",
    "show_and_answer",
    "take_back_answer",
    "tell_readers",
    "unlock_item",
    "wish_down",
    "write_answer",
    "write_message",
    "write_note",
]
