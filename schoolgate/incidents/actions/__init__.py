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
from schoolgate.incidents.actions.handling import (
    end_report,
    hand_on,
    note,
    open_report,
    take,
)
from schoolgate.incidents.actions.picturing import answer_picture, picture_deleted, picture_told
from schoolgate.incidents.actions.reporting import Copy, ReportContent, report_wrong
from schoolgate.incidents.actions.rising import go_up

__all__ = [
    "Copy",
    "ReportContent",
    "add_to_report",
    "answer_picture",
    "close",
    "confirm_closing",
    "end_report",
    "go_up",
    "hand_on",
    "keep_out",
    "note",
    "open_report",
    "picture_deleted",
    "picture_told",
    "reopen",
    "report_wrong",
    "restrict",
    "save_stage",
    "send_back",
    "take",
    "tell_body",
]
