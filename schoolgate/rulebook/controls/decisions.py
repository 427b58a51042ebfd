"""Who says yes or no to an account, in what order it is signed, and what has to be on record before."""

from collections.abc import Iterable, Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Asked,
    Control,
    NoSettings,
    Said,
    forbids,
    met,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.facts import Relation
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.account_decide import AccountDecide
from schoolgate.rulebook.situations.account_open import AccountOpen
from schoolgate.rulebook.situations.case import Case, Runner


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


def people_of(case: Case) -> Iterator[tuple[str, Runner]]:
    """Everybody who is to have a part in the account, with where they stand in the facts. Nobody twice."""
    seen: set[str] = set()
    for part in ("run_by", "administrators", "moderators"):
        for position, one in enumerate(getattr(case, part) or ()):
            if one.key not in seen:
                seen.add(one.key)
                yield f"case.{part}[{position}]", one


class RunnerProof(Control):
    """Is this on record for everybody who is to run the account?

    Settings: `proof` - that they have read the policy in force, understood it, or been trained for it;
    `relations` - only of whom (None: of everybody). A refusal needs no proof."""

    key = "runners.proof"
    listens_to = ("account.decide", "account.open")
    points = ("read", "understood", "trained")

    class Settings(NoSettings):
        proof: Literal["read", "understood", "trained"]
        relations: tuple[Relation, ...] | None

    plumbing = frozenset({"relations"})
    _fact = {"read": "has_read", "understood": "has_understood", "trained": "trained"}

    def judge(self, facts: AccountDecide | AccountOpen, settings: Settings) -> Iterator[Said]:
        if isinstance(facts, AccountDecide) and facts.act == "reject":
            return
        if facts.case.run_by is None and facts.case.administrators is None:
            yield unknown("run_by", "applicant")
            return
        for about, person in people_of(facts.case):
            if settings.relations is not None and person.relation not in settings.relations:
                if person.relation is None:
                    yield unknown("relation", "applicant", about)
                continue
            fact = self._fact[settings.proof]
            proven = getattr(person, fact)
            if proven is None:
                yield unknown(fact, "runner", about)
            elif proven:
                yield met(f"runners.{fact}", about)
            else:
                yield requires(f"runners.{fact}_missing", Need(fact, "runner"), about=about)


class StrongReason(Control):
    """Has the one who decides last confirmed a strong reason of a kind that the policy accepts?

    Settings: `kinds` - of reasons; `at_final_of` - the role that signs last.
    """

    key = "decision.strong_reason"
    listens_to = ("account.decide",)
    points = ("strong_reason",)
    plumbing = frozenset({"at_final_of"})
    attested = True

    class Settings(NoSettings):
        kinds: tuple[Literal["pedagogical", "business"], ...]
        at_final_of: str | None

    def judge(self, facts: AccountDecide, settings: Settings) -> Iterator[Said]:
        if not _at_final(facts, settings.at_final_of):
            return
        confirmed = standing_answer(facts.reason_is_strong)
        if facts.case.reason_kind is None:
            yield unknown("reason_kind", "applicant")
        elif facts.case.reason_kind not in settings.kinds or confirmed is False:
            yield forbids("decision.weak_reason")
        elif confirmed is None:
            yield requires("decision.reason_unconfirmed", Need("reason_is_strong", "decider"))
        else:
            yield met()

    def asks(self, settings: Settings) -> Iterable[Asked]:
        return (Asked("reason_kind"),)


def _at_final(facts: AccountDecide | AccountOpen, final_role: str | None) -> bool:
    """Whether this is a yes in the part that is signed last; at opening always."""
    if isinstance(facts, AccountOpen):
        return True
    return facts.act != "reject" and (final_role is None or facts.acting_role in (None, final_role))
