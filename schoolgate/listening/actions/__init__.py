"""Writes with a verb. All take keyword arguments and `at` (when), and need a scope."""

from schoolgate.listening.actions.finding import add_alerts, add_by_hand, keep_found, note_trouble, wipe_old
from schoolgate.listening.actions.noticing import choose_how_often, watch_searches
from schoolgate.listening.actions.settling import add_to_inbox, leave, pass_to_press, reopen, report_concern
from schoolgate.listening.actions.watching import Wanted, add_feed, end_watch, remove_feed, start_watch

__all__ = [
    "Wanted",
    "add_alerts",
    "add_by_hand",
    "add_feed",
    "add_to_inbox",
    "choose_how_often",
    "end_watch",
    "keep_found",
    "leave",
    "note_trouble",
    "pass_to_press",
    "remove_feed",
    "reopen",
    "report_concern",
    "start_watch",
    "watch_searches",
    "wipe_old",
]
