"""Writes of posts, each with a verb."""

from schoolgate.publishing.actions.approving import approve_post, send_back
from schoolgate.publishing.actions.drafting import (
    TargetText,
    draft_post,
    edit_post,
    submit_post,
    withdraw_post,
)
from schoolgate.publishing.actions.starting import begin_sending, send_again
from schoolgate.publishing.actions.taking_down import done_by_hand, say_how_it_stands, take_down

__all__ = [
    "TargetText",
    "approve_post",
    "begin_sending",
    "done_by_hand",
    "draft_post",
    "edit_post",
    "say_how_it_stands",
    "send_again",
    "send_back",
    "submit_post",
    "take_down",
    "withdraw_post",
]
