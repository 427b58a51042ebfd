"""The writes of this room."""

from schoolgate.searches.actions.checks import CheckAsked, agree, ask_check, decline, record_result
from schoolgate.searches.actions.copies import destroy_copy, open_copy, store_copy, use_copy
from schoolgate.searches.actions.recruiting import (
    VacancyEntered,
    decide_appointment,
    destroy_results,
    enter_vacancy,
    read_results,
    record_answer,
    record_search,
    record_telling,
    start_search,
)

__all__ = [
    "CheckAsked",
    "VacancyEntered",
    "agree",
    "ask_check",
    "decide_appointment",
    "decline",
    "destroy_copy",
    "destroy_results",
    "enter_vacancy",
    "open_copy",
    "read_results",
    "record_answer",
    "record_result",
    "record_search",
    "record_telling",
    "start_search",
    "store_copy",
    "use_copy",
]
