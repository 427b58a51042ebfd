"""Writes of posts, each with a verb."""

from schoolgate.publishing.actions.approving import approve_post, send_back
from schoolgate.publishing.actions.by_hand import (
    done_by_hand,
    look_after_removal,
    mend_address,
    say_how_it_stands,
    say_removed,
)
from schoolgate.publishing.actions.drafting import (
    TargetText,
    draft_post,
    edit_post,
    submit_post,
    withdraw_post,
)
from schoolgate.publishing.actions.hits import Said, answer_hits, remove_own_detail
from schoolgate.publishing.actions.marking import judge_mark, mark_post
from schoolgate.publishing.actions.news import decline_news, send_news, use_news, withdraw_news
from schoolgate.publishing.actions.permitting import ask_for_post
from schoolgate.publishing.actions.reviewing import answer_comment, comment_on, look_at
from schoolgate.publishing.actions.starting import begin_sending, send_again
from schoolgate.publishing.actions.stopping import lift_stop, stop_everything
from schoolgate.publishing.actions.taking_down import take_down, take_down_all
from schoolgate.publishing.actions.trying import Tried, lapsed_of, try_out

__all__ = [
    "Said",
    "TargetText",
    "Tried",
    "answer_comment",
    "answer_hits",
    "approve_post",
    "ask_for_post",
    "begin_sending",
    "comment_on",
    "decline_news",
    "done_by_hand",
    "draft_post",
    "edit_post",
    "judge_mark",
    "lapsed_of",
    "lift_stop",
    "look_after_removal",
    "look_at",
    "mark_post",
    "mend_address",
    "remove_own_detail",
    "say_how_it_stands",
    "say_removed",
    "send_again",
    "send_back",
    "send_news",
    "stop_everything",
    "submit_post",
    "take_down",
    "take_down_all",
    "try_out",
    "use_news",
    "withdraw_news",
    "withdraw_post",
]
