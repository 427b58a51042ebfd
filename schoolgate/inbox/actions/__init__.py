"""The actions on inbox items, each named by its verb."""

from schoolgate.inbox.actions.answering import (
    answer_done_by_hand,
    close_item,
    say_how_the_answer_stands,
    take_back_answer,
    write_answer,
)
from schoolgate.inbox.actions.appealing import decide_appeal, make_appeal
from schoolgate.inbox.actions.ingesting import Pasted, TakenIn, ingest, note_gone
from schoolgate.inbox.actions.looking import look_after_removal
from schoolgate.inbox.actions.moderating import finish_removal, moderate, moderation_done_by_hand
from schoolgate.inbox.actions.noticing import adopt_wording, send_notice
from schoolgate.inbox.actions.pasting import Photo, paste_in
from schoolgate.inbox.actions.permitting import ask_for_reply
from schoolgate.inbox.actions.sorting import set_kind

__all__ = [
    "Pasted",
    "Photo",
    "TakenIn",
    "adopt_wording",
    "answer_done_by_hand",
    "ask_for_reply",
    "close_item",
    "decide_appeal",
    "finish_removal",
    "ingest",
    "look_after_removal",
    "make_appeal",
    "moderate",
    "moderation_done_by_hand",
    "note_gone",
    "paste_in",
    "say_how_the_answer_stands",
    "send_notice",
    "set_kind",
    "take_back_answer",
    "write_answer",
]
