"""Writes of posts, each with a verb."""

from schoolgate.core.leaving import Said
from schoolgate.publishing.actions.approving import approve_post, send_back
from schoolgate.publishing.actions.by_hand import (
    done_by_hand,
    look_after_removal,
    mend_address,
    say_how_it_stands,
    say_removed,
)
from schoolgate.publishing.actions.co_writing import add_writer, be_seen, end_writer, save_words
from schoolgate.publishing.actions.drafting import TargetText, draft_post, edit_post, withdraw_post
from schoolgate.publishing.actions.editing import edit_post_and_cards
from schoolgate.publishing.actions.emergency import (
    approve_text,
    ask_for_text,
    return_text,
    send_emergency,
)
from schoolgate.publishing.actions.hits import (
    agree_own_detail,
    answer_hits,
    keep_own_details,
    remove_own_detail,
)
from schoolgate.publishing.actions.link_cards import ask_for_cards_again, choose_cards
from schoolgate.publishing.actions.marking import judge_mark, mark_post
from schoolgate.publishing.actions.news import decline_news, send_news, use_news, withdraw_news
from schoolgate.publishing.actions.owners import end_owner_permission, record_owner_permission
from schoolgate.publishing.actions.permitting import ask_for_post
from schoolgate.publishing.actions.ready import (
    change_text,
    keep_in_use,
    keep_text,
    retire_text,
    start_from_text,
)
from schoolgate.publishing.actions.reviewing import answer_comment, comment_on, look_at
from schoolgate.publishing.actions.starting import begin_sending, leave_unsent, send_again
from schoolgate.publishing.actions.stopping import lift_stop, stop_everything
from schoolgate.publishing.actions.submitting import submit_post
from schoolgate.publishing.actions.taking_down import take_down, take_down_all
from schoolgate.publishing.actions.threads import send_rest
from schoolgate.publishing.actions.trying import Tried, lapsed_of, try_out
from schoolgate.publishing.actions.versions import ChangedMeanwhile
from schoolgate.publishing.actions.welsh import ask_welsh_reader, choose_post_languages, say_of_welsh

__all__ = [
    "ChangedMeanwhile",
    "Said",
    "TargetText",
    "Tried",
    "add_writer",
    "agree_own_detail",
    "answer_comment",
    "answer_hits",
    "approve_post",
    "approve_text",
    "ask_for_cards_again",
    "ask_for_post",
    "ask_for_text",
    "ask_welsh_reader",
    "be_seen",
    "begin_sending",
    "change_text",
    "choose_cards",
    "choose_post_languages",
    "comment_on",
    "decline_news",
    "done_by_hand",
    "draft_post",
    "edit_post",
    "edit_post_and_cards",
    "end_owner_permission",
    "end_writer",
    "judge_mark",
    "keep_in_use",
    "keep_own_details",
    "keep_text",
    "lapsed_of",
    "leave_unsent",
    "lift_stop",
    "look_after_removal",
    "look_at",
    "mark_post",
    "mend_address",
    "record_owner_permission",
    "remove_own_detail",
    "retire_text",
    "return_text",
    "save_words",
    "say_how_it_stands",
    "say_of_welsh",
    "say_removed",
    "send_again",
    "send_back",
    "send_emergency",
    "send_news",
    "send_rest",
    "start_from_text",
    "stop_everything",
    "submit_post",
    "take_down",
    "take_down_all",
    "try_out",
    "use_news",
    "withdraw_news",
    "withdraw_post",
]
