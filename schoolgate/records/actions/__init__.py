"""Set how long records are kept, hold them, destroy what is due, and erase one before its time."""

from schoolgate.records.actions.destroying import destroy_some, files_gone
from schoolgate.records.actions.erasing import erase_again, erase_one
from schoolgate.records.actions.holding import hold_kind, hold_thing, lift_hold
from schoolgate.records.actions.setting import LONGEST_REASON, MOST_MONTHS, set_period, start, stop

__all__ = [
    "LONGEST_REASON",
    "MOST_MONTHS",
    "destroy_some",
    "erase_again",
    "erase_one",
    "files_gone",
    "hold_kind",
    "hold_thing",
    "lift_hold",
    "set_period",
    "start",
    "stop",
]
