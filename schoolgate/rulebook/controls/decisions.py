"""Who says yes or no to an account, in what order it is signed, and what has to be on record before."""

from collections.abc import Iterator

from schoolgate.rulebook.controls.base import Control, NoSettings, RuleResult, forbids, met, unknown
from schoolgate.rulebook.situations.accounts import AccountDecide


class ByRole(Control):
    """Does the person who decides hold a role that the policy lets decide?

    Settings: `roles` - one is enough; `perhaps` - roles of which the policy's words leave open whether
    they do as well."""

    key = "decision.by_role"
    version = 2
    listens_to = ("account.decide",)
    points = ("decider",)
    plumbing = frozenset({"perhaps"})
    reads = ("by",)

    class Settings(NoSettings):
        roles: tuple[str, ...]
        perhaps: tuple[str, ...]

    def evaluate(self, facts: AccountDecide, settings: Settings) -> Iterator[RuleResult]:
        if facts.by is None:
            yield unknown("decider", "office")
        elif facts.by.holds(*settings.roles):
            yield met("decision.right_role", roles=settings.roles)
        else:
            perhaps = facts.by.holds(*settings.perhaps)
            yield forbids("decision.wrong_role", turns=perhaps, roles=settings.roles)
