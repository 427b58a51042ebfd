"""What a holder of a role may do in this program: one closed list for all policies.

A policy names its own roles ("Senior Authoriser", "SLT"); its pack says which of these capacities each of
them carries. Who may act comes from here; whether the act is right is the rulebook's decision."""

from enum import StrEnum


class Capacity(StrEnum):
    """One thing that a role lets its holder do."""

    PROPOSE_ACCOUNT = "propose_account"
    DECIDE_ACCOUNT = "decide_account"
    OPEN_ACCOUNT = "open_account"
    HOLD_KEYS = "hold_keys"
    WRITE_POST = "write_post"
    APPROVE_POST = "approve_post"
    ATTEST_PICTURES = "attest_pictures"
    STOP_EVERYTHING = "stop_everything"
    MODERATE = "moderate"
    ANSWER = "answer"
    SECOND_PERSON = "second_person"
    SEE_INCIDENTS = "see_incidents"
    OWN_POLICY = "own_policy"
    OVERSEE = "oversee"
    ADMINISTER = "administer"
    BE_TOLD = "be_told"
    ADVISE = "advise"


CAPACITIES: frozenset[str] = frozenset(Capacity)
HEAD_MAY = (
    Capacity.OWN_POLICY, Capacity.ADMINISTER, Capacity.OVERSEE, Capacity.DECIDE_ACCOUNT,
    Capacity.APPROVE_POST, Capacity.ATTEST_PICTURES, Capacity.STOP_EVERYTHING, Capacity.SEE_INCIDENTS,
    Capacity.SECOND_PERSON, Capacity.BE_TOLD, Capacity.ADVISE,
)  # fmt: skip
"""The capacities of the headteacher in a newly started policy, until its owner changes them."""
STAFF_MAY = (
    Capacity.PROPOSE_ACCOUNT, Capacity.OPEN_ACCOUNT, Capacity.HOLD_KEYS, Capacity.WRITE_POST,
    Capacity.MODERATE, Capacity.ANSWER,
)  # fmt: skip
"""The same for its staff."""
