"""The writes of this room."""

from schoolgate.rights.actions.dealing import close, extend, note, restart_clock, retime, stop_clock
from schoolgate.rights.actions.entering import Entered, enter

__all__ = ["Entered", "close", "enter", "extend", "note", "restart_clock", "retime", "stop_clock"]
