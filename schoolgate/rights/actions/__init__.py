"""The writes of this room."""

from schoolgate.rights.actions.answering import (
    LANGUAGES,
    end_answers,
    make_answer,
    note_answer,
    note_answer_failed,
    take_answer,
)
from schoolgate.rights.actions.dealing import close, extend, mend, note, restart_clock, retime, stop_clock
from schoolgate.rights.actions.entering import Entered, enter
from schoolgate.rights.actions.gathering import gather_some, search_as_lead, start_gathering, stop_gathering
from schoolgate.rights.actions.reviewing import cover, decide, read_found

__all__ = [
    "LANGUAGES",
    "Entered",
    "close",
    "cover",
    "decide",
    "end_answers",
    "enter",
    "extend",
    "gather_some",
    "make_answer",
    "mend",
    "note",
    "note_answer",
    "note_answer_failed",
    "read_found",
    "restart_clock",
    "retime",
    "search_as_lead",
    "start_gathering",
    "stop_clock",
    "stop_gathering",
    "take_answer",
]
