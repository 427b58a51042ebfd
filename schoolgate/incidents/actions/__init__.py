"""The writes of this room."""

from schoolgate.incidents.actions.adding import add_to_report
from schoolgate.incidents.actions.casework import (
    close,
    confirm_closing,
    keep_out,
    reopen,
    restrict,
    save_stage,
    send_back,
    tell_body,
)
from schoolgate.incidents.actions.containing import contain
from schoolgate.incidents.actions.handling import (
    end_report,
    hand_on,
    note,
    open_report,
    take,
)
from schoolgate.incidents.actions.opening import answer_opening, ask_to_open, end_opening
from schoolgate.incidents.actions.passing import mark_as_passed
from schoolgate.incidents.actions.reporting import Copy, ReportContent, report_wrong
from schoolgate.incidents.actions.rising import go_up

__all__ = [
    "Copy",
    "ReportContent",
    "add_to_report",
    "answer_opening",
    "ask_to_open",
    "close",
    "confirm_closing",
    "contain",
    "end_opening",
    "end_report",
    "go_up",
    "hand_on",
    "keep_out",
    "mark_as_passed",
    "note",
    "open_report",
    "reopen",
    "report_wrong",
    "restrict",
    "save_stage",
    "send_back",
    "take",
    "tell_body",
]
