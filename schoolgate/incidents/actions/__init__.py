"""The writes of this room."""

from schoolgate.incidents.actions.adding import add_to_report
from schoolgate.incidents.actions.handling import (
    end_report,
    hand_on,
    keep_for_handling,
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
    "end_report",
    "go_up",
    "hand_on",
    "keep_for_handling",
    "note",
    "open_report",
    "report_wrong",
    "take",
]
