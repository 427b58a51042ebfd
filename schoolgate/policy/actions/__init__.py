"""Writes of the policy room."""

from schoolgate.policy.actions.adopting import (
    adopt,
    adopt_version,
    bring_into_force,
    bring_what_is_due_into_force,
    replace_text,
    start_version,
    withdraw_version,
)
from schoolgate.policy.actions.reading import (
    drop_draft,
    save_draft,
    sign_draft,
    sign_reading,
    start_draft,
    stop_trying,
    try_draft,
)
from schoolgate.policy.actions.reviewing import record_review, watch_reviews
from schoolgate.policy.actions.saying import attest, record_training, rule
from schoolgate.policy.actions.suggesting import answer_suggestion, suggest

__all__ = [
    "adopt",
    "adopt_version",
    "answer_suggestion",
    "attest",
    "bring_into_force",
    "bring_what_is_due_into_force",
    "drop_draft",
    "record_review",
    "record_training",
    "replace_text",
    "rule",
    "save_draft",
    "sign_draft",
    "sign_reading",
    "start_draft",
    "start_version",
    "stop_trying",
    "suggest",
    "try_draft",
    "watch_reviews",
    "withdraw_version",
]
