"""Who may do what with proposals, accounts and their keys."""

from schoolgate.accounts.rules.accounts import (
    check_may_hold_keys,
    check_may_open,
    check_may_set_up,
    check_waiting,
)
from schoolgate.accounts.rules.handover import check_may_run, check_still_open
from schoolgate.accounts.rules.keys import check_has_part, check_live, check_takes_keys
from schoolgate.accounts.rules.opening import (
    check_may_advise,
    check_may_attach,
    check_may_look_after,
    check_may_want_training,
    check_not_closed,
    clauses_of_conditions,
)
from schoolgate.accounts.rules.proposals import (
    check_may_decide,
    check_may_propose,
    check_may_talk_over,
    check_own_draft,
    check_own_refused,
    check_own_waiting,
    check_ready,
    check_signs_as,
    may_see_proposal,
    part_to_sign,
)

__all__ = [
    "check_has_part",
    "check_live",
    "check_may_advise",
    "check_may_attach",
    "check_may_decide",
    "check_may_hold_keys",
    "check_may_look_after",
    "check_may_open",
    "check_may_propose",
    "check_may_run",
    "check_may_set_up",
    "check_may_talk_over",
    "check_may_want_training",
    "check_not_closed",
    "check_own_draft",
    "check_own_refused",
    "check_own_waiting",
    "check_ready",
    "check_signs_as",
    "check_still_open",
    "check_takes_keys",
    "check_waiting",
    "clauses_of_conditions",
    "may_see_proposal",
    "part_to_sign",
]
