"""Writes with a verb. All take keyword arguments, `by` (who) and `at` (when), and need a scope."""

from schoolgate.rota.actions.feeds import end_feed, renew_feed
from schoolgate.rota.actions.serving import check_in, hand_over
from schoolgate.rota.actions.setting import (
    add_shifts,
    call_off,
    end_rota,
    end_shift,
    give,
    make_rota,
    set_rota,
)
from schoolgate.rota.actions.swapping import accept, ask, decline, step_down, take, withdraw
from schoolgate.rota.actions.sweeping import sweep

__all__ = [
    "accept",
    "add_shifts",
    "ask",
    "call_off",
    "check_in",
    "decline",
    "end_feed",
    "end_rota",
    "end_shift",
    "give",
    "hand_over",
    "make_rota",
    "renew_feed",
    "set_rota",
    "step_down",
    "sweep",
    "take",
    "withdraw",
]
