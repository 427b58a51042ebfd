"""What people and the program do about people's own conduct."""

from schoolgate.conduct.actions.answering import (
    ask_for_leave,
    ask_for_ruling,
    ask_to_talk,
    decide_again,
    forget_leavers_answers,
    keep_answer,
    note_talk,
    note_talk_seen,
    remove_answer,
)
from schoolgate.conduct.actions.leaving import answer_reminder, note_reminder, remind_leavers
from schoolgate.conduct.actions.numbers import enter_number
from schoolgate.conduct.actions.reminding import note_connections_checked, remind_of_own_accounts
from schoolgate.conduct.actions.removing import note_gone, tell_to_remove
from schoolgate.conduct.actions.wording import ask_for_words, give_word

__all__ = [
    "answer_reminder",
    "ask_for_leave",
    "ask_for_ruling",
    "ask_for_words",
    "ask_to_talk",
    "decide_again",
    "enter_number",
    "forget_leavers_answers",
    "give_word",
    "keep_answer",
    "note_connections_checked",
    "note_gone",
    "note_reminder",
    "note_talk",
    "note_talk_seen",
    "remind_leavers",
    "remind_of_own_accounts",
    "remove_answer",
    "tell_to_remove",
]
