"""Who may do what with proposals, accounts and their keys."""

from schoolgate.accounts.rules.accounts import (
    check_may_decide,
    check_may_hold_keys,
    check_may_open,
    check_may_propose,
    check_may_set_up,
    check_may_talk_over,
    check_own_draft,
    check_ready,
    check_waiting,
    may_see_proposal,
    part_to_sign,
)
from schoolgate.accounts.rules.keys import check_has_part, check_live, check_takes_keys

__all__ = [
    "check_has_part",
    "check_live",
    "check_may_decide",
    "check_may_hold_keys",
    "check_may_open",
    "check_may_propose",
    "check_may_set_up",
    "check_may_talk_over",
    "check_own_draft",
    "check_ready",
    "check_takes_keys",
    "check_waiting",
    "may_see_proposal",
    "part_to_sign",
]
