"""Writes with a verb. All take keyword arguments, `by` (who) and `at` (when), and need a scope."""

from schoolgate.press.actions.closing import close, reopen
from schoolgate.press.actions.expecting import end_expectation, expect_attention
from schoolgate.press.actions.keeping import Entered, keep_by_hand, keep_item, say
from schoolgate.press.actions.passing import note_passed_by_hand
from schoolgate.press.actions.statements import (
    ask_for_statement,
    draft,
    give_holding_line,
    note_reply,
    release,
)

__all__ = [
    "Entered",
    "ask_for_statement",
    "close",
    "draft",
    "end_expectation",
    "expect_attention",
    "give_holding_line",
    "keep_by_hand",
    "keep_item",
    "note_passed_by_hand",
    "note_reply",
    "release",
    "reopen",
    "say",
]
