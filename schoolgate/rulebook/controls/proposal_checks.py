"""Whether what a proposal states is enough: people, plans, dates and ages."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Asked,
    Control,
    NoSettings,
    Said,
    forbids,
    met,
    requires,
    unknown,
)
from schoolgate.rulebook.controls.proposals import missing, stated
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.account_decide import AccountDecide
from schoolgate.rulebook.situations.account_open import AccountOpen
from schoolgate.rulebook.situations.account_propose import AccountPropose
from schoolgate.rulebook.situations.case import Case, Group, Runner

CHILDREN: tuple[Group, ...] = ("own_pupils", "other_school_pupils")
MAYBE_CHILDREN: tuple[Group, ...] = ("pupils_family", "external_organisations", "public", "others")


class Vetter(Control):
    """Where anybody from outside is to contribute, is it said who vets them?

    Settings: `external` - the groups that count as from outside.
    """

    key = "proposal.vetter"
    listens_to = ("account.propose",)
    points = ("vetter",)
    plumbing = frozenset({"external"})

    class Settings(NoSettings):
        external: tuple[Group, ...]

    def judge(self, facts: AccountPropose, settings: Settings) -> Iterator[Said]:
        groups = facts.case.contributors
        if groups is None:
            yield unknown("contributors", "applicant")
        elif set(groups.marked) & set(settings.external):
            yield met() if facts.case.vetter else missing("vetter")

    def asks(self, settings: Settings) -> Iterable[Asked]:
        return (Asked("vetter", required_if={"contributors": settings.external}),)


class PlanForFamilies(Control):
    """Where children, or adults with learning disabilities, are to contribute, is there this plan for their
    families?

    Pupils are children. Whether children are among relatives, outside bodies, the public or others is asked.
    Settings: `field` - where the plan stands in the case; `groups` - whose contributing counts.
    """

    key = "proposal.plan_for_families"
    listens_to = ("account.propose",)
    points = ("parent_information", "consent_plan")
    plumbing = frozenset({"field"})

    class Settings(NoSettings):
        field: Literal["parent_information_plan", "consent_plan"]
        groups: tuple[Literal["children", "adults with learning disabilities"], ...]

    def judge(self, facts: AccountPropose, settings: Settings) -> Iterator[Said]:
        wanted = self._wanted(facts.case, settings)
        if wanted is None:
            yield unknown("vulnerable_contributors", "applicant")
        elif wanted:
            yield met() if stated(facts.case, settings.field) else missing(settings.field)

    @staticmethod
    def _wanted(case: Case, settings: Settings) -> bool | None:
        answers: list[bool | None] = []
        if "children" in settings.groups:
            answers.append(children_contribute(case))
        if "adults with learning disabilities" in settings.groups:
            answers.append(case.vulnerable_adults_contribute)
        if True in answers:
            return True
        return None if None in answers else False

    def asks(self, settings: Settings) -> Iterable[Asked]:
        perhaps: dict[str, tuple[str, ...]] = {"contributors": MAYBE_CHILDREN}
        return (
            Asked(settings.field, required_if={"contributors": CHILDREN}),
            Asked("children_contribute", required_if=perhaps),
            Asked(settings.field, required_if={**perhaps, "children_contribute": ("true",)}),
            Asked("vulnerable_adults_contribute"),
            Asked(settings.field, required_if={"vulnerable_adults_contribute": ("true",)}),
        )


def children_contribute(case: Case) -> bool | None:
    """Whether children are to contribute: pupils are; of other outsiders somebody has to say."""
    if case.contributors is None:
        return case.children_contribute
    marked = set(case.contributors.marked)
    if marked & set(CHILDREN):
        return True
    return case.children_contribute if marked & set(MAYBE_CHILDREN) else False


class NumberOfPeople(Control):
    """Are enough different people named?

    Settings: `who` - where in the case; `least` - how many; `staff_only` - whether only staff count. The same
    person twice counts once. Somebody of whom it is not known whether they are staff is asked about.
    """

    key = "proposal.number_of_people"
    listens_to = ("account.propose", "account.decide")
    points = ("staff_number", "administrator_number", "moderator_number")
    plumbing = frozenset({"who"})

    class Settings(NoSettings):
        who: Literal["run_by", "administrators", "moderators"]
        least: int
        staff_only: bool | None

    def judge(self, facts: AccountPropose | AccountDecide, settings: Settings) -> Iterator[Said]:
        named: tuple[Runner, ...] | None = getattr(facts.case, settings.who)
        if isinstance(facts, AccountDecide) and facts.act == "reject":
            return
        if named is None:
            yield unknown(settings.who, "applicant")
            return
        sure = {one.key for one in named if not settings.staff_only or one.relation == "staff"}
        perhaps = {one.key for one in named if settings.staff_only and one.relation is None} - sure
        if len(sure) >= settings.least:
            yield met("proposal.enough_people", least=settings.least, given=len(sure))
        elif len(sure | perhaps) >= settings.least:
            yield unknown("relation", "applicant")
        else:
            yield requires(
                "proposal.too_few_staff" if settings.staff_only else "proposal.too_few_people",
                Need(settings.who, "applicant"),
                turns=bool(named),
                least=settings.least,
                given=len(sure),
            )

    def asks(self, settings: Settings) -> Iterable[Asked]:
        return (Asked(settings.who, minimum=settings.least),)


class DateInOrder(Control):
    """Does this date not lie before that one?

    Settings: `field` - the date; `not_before` - the other one: a date of the case, or the day of the
    proposal."""

    key = "proposal.date_in_order"
    listens_to = ("account.propose",)
    points = ("opening_date", "closing_date")
    plumbing = frozenset({"field", "not_before"})

    class Settings(NoSettings):
        field: Literal["go_live_date", "closure_date"]
        not_before: Literal["submission", "go_live_date"]

    def judge(self, facts: AccountPropose, settings: Settings) -> Iterator[Said]:
        given: date | None = getattr(facts.case, settings.field)
        other = facts.day if settings.not_before == "submission" else facts.case.go_live_date
        if given is None:
            return  # that it has to be stated is another rule's business
        if other is None:
            yield unknown("day" if settings.not_before == "submission" else "go_live_date", "applicant")
        elif given < other or (given == other and settings.not_before == "go_live_date"):
            yield forbids("proposal.too_early", what=settings.field, other=other)
        else:
            yield met()


class AgesFit(Control):
    """Are all pupils whom it is for old enough for its network, as this policy itself asks?

    Settings: `default_age` - the age in years that counts where none is known for the network.
    """

    key = "proposal.ages_fit_network"
    listens_to = ("account.propose", "account.open")
    points = ("audience_age",)

    class Settings(NoSettings):
        default_age: int

    def judge(self, facts: AccountPropose | AccountOpen, settings: Settings) -> Iterator[Said]:
        placed, least = facts.placed, facts.placed.network_age
        least = settings.default_age if least is None else least
        youngest, for_pupils = placed.youngest_pupil, placed.pupils_in_audience
        if facts.case.audience is not None:
            ages = facts.case.audience.pupil_ages
            youngest = ages.youngest if youngest is None and ages is not None else youngest
            for_pupils = bool(set(CHILDREN) & set(facts.case.audience.marked)) or for_pupils or False
        if for_pupils is None:
            yield unknown("pupils_in_audience", "applicant")
        elif for_pupils and youngest is None:
            yield unknown("youngest_pupil", "applicant")
        elif for_pupils and youngest is not None and youngest < least:
            yield forbids("proposal.too_young", youngest=youngest, least=least)
        elif for_pupils:
            yield met("proposal.old_enough", least=least)
