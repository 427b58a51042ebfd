"""The words of a decision. Closed lists: machines rely on them, pages never print them."""

from enum import StrEnum


class Kind(StrEnum):
    """What a finding says about one point."""

    MET = "met"  # the rule applies and is met
    PERMITS = "permits"  # the policy allows it in words
    ADVISES = "advises"  # a reminder; changes nothing
    ADVISES_AGAINST = "advises_against"  # so does this, of what the policy would rather have otherwise
    OBLIGES = "obliges"  # there is a duty to fulfil by some time
    REQUIRES = "requires"  # something is still to come, or is not known
    REFERS = "refers"  # the words leave it to a role
    FORBIDS = "forbids"
    BREACHED = "breached"  # a rule that should have been met by now was not


class Outcome(StrEnum):
    """The answer at a point, and overall by the worst."""

    SILENT = "silent"
    PERMITTED = "permitted"
    HOLD = "hold"
    REFER = "refer"
    BREACHED = "breached"
    NOT_PERMITTED = "not_permitted"

    @property
    def weight(self) -> int:
        """0 (silent) to 5 (not permitted): the greater, the worse."""
        return _WEIGHT[self]


_WEIGHT = {outcome: weight for weight, outcome in enumerate(Outcome)}

REFUSED = frozenset({Outcome.BREACHED, Outcome.NOT_PERMITTED})
"""Findings that no answer changes: a state that breaks a rule, and an act that one forbids. Both stop a
step."""


class SilentBecause(StrEnum):
    """Why a policy has no answer."""

    NO_RULE = "no_rule"
    NOT_BOUND = "not_bound"
    EXCLUDED = "excluded"


class Basis(StrEnum):
    """The authority a finding rests on. Each point belongs to one basis, so none can pass for another."""

    POLICY = "policy"
    LAW = "law"
    HOUSE = "house"
    CHOSEN = "chosen"


class Modality(StrEnum):
    """How strongly a clause is worded."""

    MUST = "must"
    MUST_NOT = "must_not"
    SHOULD = "should"
    SHOULD_NOT = "should_not"
    ADVISED = "advised"
    ADVISED_NOT = "advised_not"
    MAY = "may"
    STATES = "states"


DEMANDS = (Modality.MUST, Modality.MUST_NOT)
"""The wording of a clause from which nothing departs."""
SHOULDS = (Modality.SHOULD, Modality.SHOULD_NOT)
"""The wording of a clause from which a permission may depart."""
ADVICE = (Modality.ADVISED, Modality.ADVISED_NOT)
"""The wording of a clause that recommends, urges or discourages. Nothing waits for it, and nothing is late or
wrong by it."""


class Enforce(StrEnum):
    """The strongest thing that the program does with a clause."""

    GATE = "gate"
    WATCH = "watch"
    RECORD = "record"
    GUIDE = "guide"
