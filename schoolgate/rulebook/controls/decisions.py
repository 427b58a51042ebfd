"""Who says yes or no to an account, in what order it is signed, and what has to be on record before."""

from collections.abc import Iterator

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    forbids,
    met,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.account_decide import AccountDecide
from schoolgate.rulebook.situations.account_open import AccountOpen


class ByRole(Control):
    """Does the person who decides hold a role that the policy lets decide?

    Settings: `roles` - one is enough; `perhaps` - roles of which the policy's words leave open whether
    they do as well."""

    key = "decision.by_role"
    version = 2
    listens_to = ("account.decide",)
    points = ("decider",)
    plumbing = frozenset({"perhaps"})

    class Settings(NoSettings):
        roles: tuple[str, ...]
        perhaps: tuple[str, ...]

    def judge(self, facts: AccountDecide, settings: Settings) -> Iterator[Said]:
        if facts.by is None:
            yield unknown("decider", "office")
        elif facts.by.holds(*settings.roles):
            yield met("decision.right_role", roles=settings.roles)
        else:
            perhaps = facts.by.holds(*settings.perhaps)
            yield forbids("decision.wrong_role", turns=perhaps, roles=settings.roles)


class EnoughTrained(Control):
    """Are enough of those who run it trained? Settings: `least` - how many."""

    key = "runners.enough_trained"
    listens_to = ("account.open",)
    points = ("trained",)

    class Settings(NoSettings):
        least: int

    def judge(self, facts: AccountOpen, settings: Settings) -> Iterator[Said]:
        if facts.case.administrators is None:
            yield unknown("administrators", "applicant")
            return
        people = {one.key: one for one in facts.case.administrators}.values()
        trained = sum(1 for one in people if one.trained)
        perhaps = sum(1 for one in people if one.trained is None)
        if trained >= settings.least:
            yield met()
        elif trained + perhaps >= settings.least:
            yield unknown("trained", "runner")
        else:
            yield requires(
                "runners.too_few_trained", Need("trained", "runner"), least=settings.least, given=trained
            )
