"""The writes of this room."""

from schoolgate.incidents.actions.adding import add_to_report, note_own_done
from schoolgate.incidents.actions.answering import answer_reporter
from schoolgate.incidents.actions.authority import enter_authority, save_word
from schoolgate.incidents.actions.casework import (
    close,
    confirm_closing,
    reopen,
    restrict,
    save_stage,
    send_back,
    tell_body,
)
from schoolgate.incidents.actions.containing import contain
from schoolgate.incidents.actions.gathering import (
    Added,
    add_file,
    add_interview,
    add_note_on_evidence,
    add_quotation,
    ask_capture,
    lift_stop,
    refuse_if_stopped,
    stop_pictures,
)
from schoolgate.incidents.actions.handling import (
    end_report,
    hand_on,
    note,
    open_report,
    take,
)
from schoolgate.incidents.actions.harming import know_who_helps, say_harmed
from schoolgate.incidents.actions.keeping_out import keep_out, may_know, mean_no_one
from schoolgate.incidents.actions.opening import answer_opening, ask_to_open, end_opening
from schoolgate.incidents.actions.passing import mark_as_passed
from schoolgate.incidents.actions.picturing import answer_picture, picture_deleted, picture_told
from schoolgate.incidents.actions.reporting import Copy, ReportContent, report_wrong
from schoolgate.incidents.actions.rising import go_up

__all__ = [
    "Added",
    "Copy",
    "ReportContent",
    "add_file",
    "add_interview",
    "add_note_on_evidence",
    "add_quotation",
    "add_to_report",
    "answer_opening",
    "answer_picture",
    "answer_reporter",
    "ask_capture",
    "ask_to_open",
    "close",
    "confirm_closing",
    "contain",
    "end_opening",
    "end_report",
    "enter_authority",
    "go_up",
    "hand_on",
    "keep_out",
    "know_who_helps",
    "lift_stop",
    "mark_as_passed",
    "may_know",
    "mean_no_one",
    "note",
    "note_own_done",
    "open_report",
    "picture_deleted",
    "picture_told",
    "refuse_if_stopped",
    "reopen",
    "report_wrong",
    "restrict",
    "save_stage",
    "save_word",
    "say_harmed",
    "send_back",
    "stop_pictures",
    "take",
    "tell_body",
]
