"""The writes of this room."""

from schoolgate.incidents.actions.adding import add_to_report, note_own_done
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
from schoolgate.incidents.actions.reporting import Copy, ReportContent, report_wrong
from schoolgate.incidents.actions.rising import go_up

__all__ = [
    "Copy",
    "ReportContent",
    "add_to_report",
    "close",
    "confirm_closing",
    "end_report",
    "go_up",
    "hand_on",
    "keep_out",
    "note",
    "note_own_done",
    "open_report",
    "reopen",
    "report_wrong",
    "restrict",
    "save_stage",
    "send_back",
    "take",
    "tell_body",
]
