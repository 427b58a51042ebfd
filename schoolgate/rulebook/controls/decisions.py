"""Who says yes or no to an account, in what order it is signed, and what has to be on record before."""

from collections.abc import Iterable, Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Asked,
    Control,
    NoSettings,
    Said,
    by_role,
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
from schoolgate.rulebook.situations.account_propose import AccountPropose
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


class Weighed(Control):
    """Was the proposal opened by the person who decides, and does it end in one of the policy's two answers?

    Settings: `outcomes` - the answers that the policy knows, or None where it only wants it read.
    """

    key = "decision.weighed"
    listens_to = ("account.decide",)
    points = ("weighing",)

    class Settings(NoSettings):
        outcomes: tuple[Literal["approved", "rejected"], ...] | None

    def judge(self, facts: AccountDecide, settings: Settings) -> Iterator[Said]:
        if facts.opened_by_decider is None:
            yield unknown("opened_by_decider", "decider")
        elif not facts.opened_by_decider:
            yield requires("decision.not_opened", Need("opened_by_decider", "decider"))
        elif settings.outcomes is not None and facts.act is None:
            yield requires("decision.no_answer", Need("act", "decider"))
        else:
            yield met()


class SigningPart(Control):
    """Does whoever signs in this part hold its role, and is it the person named for it?

    Settings: `role` - the part, by the policy's role; `named_in` - where in the case its holder is named, or
    None."""

    key = "signing.part"
    listens_to = ("account.decide",)
    points = ("decider",)
    plumbing = frozenset({"named_in", "perhaps"})

    class Settings(NoSettings):
        role: str
        named_in: Literal["line_manager"] | None
        perhaps: tuple[str, ...]

    def judge(self, facts: AccountDecide, settings: Settings) -> Iterator[Said]:
        if facts.acting_role != settings.role:
            return
        if facts.by is None:
            yield unknown("decider", "office")
            return
        named = getattr(facts.case, settings.named_in) if settings.named_in else facts.by.key
        if not facts.by.holds(settings.role):
            yield forbids(
                "decision.wrong_role", turns=facts.by.holds(*settings.perhaps), roles=(settings.role,)
            )
        elif named is None:
            yield unknown("line_manager", "applicant")
        elif named != facts.by.key:
            yield forbids("signing.not_the_one_named", role=settings.role)
        else:
            yield met("decision.right_role", roles=(settings.role,))


class SigningOrder(Control):
    """Are the parts that come before this one signed, as the form stands?

    Settings: `steps` - the policy's roles in the order of their signatures. That the last one comes last is
    certain; the order of those before it may be what the words leave open.
    """

    key = "signing.order"
    version = 2
    listens_to = ("account.decide",)
    points = ("order",)

    class Settings(NoSettings):
        steps: tuple[str, ...]

    def judge(self, facts: AccountDecide, settings: Settings) -> Iterator[Said]:
        if facts.acting_role is None:
            yield unknown("acting_role", "decider")
            return
        if facts.acting_role not in settings.steps:
            yield forbids("signing.no_such_part", roles=settings.steps)
            return
        before = settings.steps[: settings.steps.index(facts.acting_role)]
        if facts.signatures is None:
            if before:
                yield unknown("signatures", "office")
            return
        open_steps = [
            step
            for step in before
            if not any(one.role == step and one.of_this_version for one in facts.signatures)
        ]
        for step in open_steps:
            before_last = facts.acting_role != settings.steps[-1]
            yield requires(
                "signing.before", Need("signature", step), about=step, turns=before_last, role=step
            )
        if not open_steps:
            yield met()


class SigningDistinct(Control):
    """Is the signer somebody else than those who signed the other parts, and than the author?"""

    key = "signing.distinct"
    listens_to = ("account.decide",)
    points = ("signers",)

    def judge(self, facts: AccountDecide, settings: NoSettings) -> Iterator[Said]:
        if facts.by is None or facts.signatures is None or facts.case.author is None:
            what = "decider" if facts.by is None else "signatures" if facts.signatures is None else "author"
            yield unknown(what, "office")
        elif facts.by.key == facts.case.author:
            yield forbids("signing.own_site")
        elif any(one.by == facts.by.key and one.role != facts.acting_role for one in facts.signatures):
            yield forbids("signing.twice")
        else:
            yield met()


class LineManagerNotAuthor(Control):
    """Is the line manager named on the form somebody else than the author?"""

    key = "proposal.line_manager_not_author"
    listens_to = ("account.propose",)
    points = ("team",)

    def judge(self, facts: AccountPropose, settings: NoSettings) -> Iterator[Said]:
        if facts.case.author and facts.case.line_manager:
            yield forbids("signing.own_manager") if facts.case.author == facts.case.line_manager else met()


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


class Authorised(Control):
    """Is everybody named for this part employed, or authorised on record?

    Settings: `who` - administrators or moderators; `at_final_of` - the role whose signature comes last:
    before that the question does not arise (None: always). Somebody whose authority has ended may not,
    employed or not."""

    key = "people.authorised"
    listens_to = ("account.decide", "account.open")
    points = ("approved_people",)
    plumbing = frozenset({"who", "at_final_of"})

    class Settings(NoSettings):
        who: Literal["administrators", "moderators"]
        at_final_of: str | None

    def judge(self, facts: AccountDecide | AccountOpen, settings: Settings) -> Iterator[Said]:
        if not _at_final(facts, settings.at_final_of):
            return
        for position, one in enumerate(getattr(facts.case, settings.who) or ()):
            about = f"case.{settings.who}[{position}]"
            if one.authorised is False or (one.authorised is None and one.relation not in (None, "staff")):
                yield forbids("people.not_authorised", about)
            elif one.authorised is None and one.relation is None:
                yield unknown("relation", "applicant", about)
            else:
                yield met("people.authorised", about)


class TalkedOver(Control):
    """Was this talked over, before the last signature, with somebody whom the policy names?

    Settings: `subject` - what; `roles` - with whom, one is enough; `at_final_of` - the role that signs last.
    """

    key = "decision.talked_over"
    listens_to = ("account.decide",)
    points = ("talked_over",)
    plumbing = frozenset({"subject", "at_final_of"})

    class Settings(NoSettings):
        subject: Literal["audience", "contributors", "purpose", "content"]
        roles: tuple[str, ...]
        at_final_of: str | None

    def judge(self, facts: AccountDecide, settings: Settings) -> Iterator[Said]:
        if not _at_final(facts, settings.at_final_of):
            return
        if facts.talks is None:
            yield unknown("talks", "applicant")
        elif any(settings.subject in one.covers for one in by_role(facts.talks, settings.roles)):
            yield met()
        else:
            yield requires(
                "decision.not_talked_over",
                Need("talks", "applicant"),
                what=settings.subject,
                roles=settings.roles,
            )


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
