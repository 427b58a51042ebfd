"""What a proposal for an account has to state, whom it goes to, and how many people it has to name."""

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
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.account_decide import AccountDecide
from schoolgate.rulebook.situations.account_propose import AccountPropose
from schoolgate.rulebook.situations.case import Case, Group, Groups, Host

CASE_POINTS = (
    "aim", "purpose", "content", "intended_audience", "audience", "promotion", "visibility", "team",
    "run_by",
    "administrators", "moderators", "vetter", "contributors", "contributor_rights", "contributor_advertising",
    "parent_information", "consent_plan", "security", "host", "opening_date", "closing_date", "effort",
    "time", "ending", "evaluation", "under_age_plan", "intervention_plan", "resources",
)  # fmt: skip


def stated(case: Case, path: str) -> bool:
    """Whether something stands at `path` of the case; blanks and empty lists are nothing."""
    value: object = case
    for name in path.split("."):
        value = getattr(value, name)
        if value is None:
            return False
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Groups):
        return bool(value.marked)
    return value != ()


def missing(path: str) -> Said:
    """The saying that something is not stated yet."""
    return requires("proposal.missing", Need(path, "applicant"), what=path)


class Recipient(Control):
    """Is the proposal addressed to somebody whom the policy names as its recipient?

    Settings: `roles` - one of these is enough; `perhaps` - roles of which the policy's words leave open
    whether they do as well."""

    key = "proposal.recipient"
    listens_to = ("account.propose",)
    points = ("recipient",)
    plumbing = frozenset({"perhaps"})

    class Settings(NoSettings):
        roles: tuple[str, ...]
        perhaps: tuple[str, ...]

    def judge(self, facts: AccountPropose, settings: Settings) -> Iterator[Said]:
        if facts.addressed_to is None:
            yield unknown("recipient", "applicant")
        elif set(settings.roles) & set(facts.addressed_to):
            yield met("proposal.recipient_right", roles=settings.roles)
        else:
            perhaps = bool(set(settings.perhaps) & set(facts.addressed_to))
            yield requires(
                "proposal.recipient_wrong",
                Need("recipient", "applicant"),
                turns=perhaps,
                roles=settings.roles,
            )


class States(Control):
    """Does the proposal state this? Settings: `field` - where in the case; blank counts as not stated."""

    key = "proposal.states"
    listens_to = ("account.propose", "account.decide")
    points = CASE_POINTS
    plumbing = frozenset({"field"})

    class Settings(NoSettings):
        field: str

    def judge(self, facts: AccountPropose | AccountDecide, settings: Settings) -> Iterator[Said]:
        yield met() if stated(facts.case, settings.field) else missing(settings.field)

    def asks(self, settings: Settings) -> Iterable[Asked]:
        return (Asked(settings.field),)


class StatesAll(Control):
    """Does the proposal state all of these? Settings: `fields` - where in the case; each blank one is
    named."""

    key = "proposal.states_all"
    listens_to = ("account.propose",)
    points = ("ending", "evaluation", "under_age_plan")
    plumbing = frozenset({"fields"})

    class Settings(NoSettings):
        fields: tuple[str, ...]

    def judge(self, facts: AccountPropose, settings: Settings) -> Iterator[Said]:
        open_fields = [field for field in settings.fields if not stated(facts.case, field)]
        for field in open_fields:
            yield missing(field)
        if not open_fields:
            yield met()

    def asks(self, settings: Settings) -> Iterable[Asked]:
        return tuple(Asked(field) for field in settings.fields)


class StatesOneOf(Control):
    """Does the proposal choose one of the answers that the policy allows?

    Settings: `field` - where in the case; `values` - the policy's own words for the answers.
    """

    key = "proposal.states_one_of"
    listens_to = ("account.propose",)
    points = ("visibility",)
    plumbing = frozenset({"field"})

    class Settings(NoSettings):
        field: Literal["visibility"]
        values: tuple[Literal["open", "private/closed"], ...]

    def judge(self, facts: AccountPropose, settings: Settings) -> Iterator[Said]:
        answer = facts.case.visibility
        if answer is None:
            yield missing(settings.field)
        elif answer.replace("_", "/") in settings.values:
            yield met()
        else:
            yield forbids("proposal.no_such_answer", what=settings.field)

    def asks(self, settings: Settings) -> Iterable[Asked]:
        return (Asked(settings.field),)


class StatesForGroup(Control):
    """Where a group is marked, is its detail given?

    Settings: `groups` - audience or contributors; `option` - the group; `detail` - where its detail stands.
    """

    key = "proposal.states_for_group"
    listens_to = ("account.propose",)
    points = ("audience", "contributors")
    plumbing = frozenset({"groups", "option", "detail"})

    class Settings(NoSettings):
        groups: Literal["audience", "contributors"]
        option: Group
        detail: Literal["pupil_ages", "school_names", "others"]

    def judge(self, facts: AccountPropose, settings: Settings) -> Iterator[Said]:
        groups: Groups | None = getattr(facts.case, settings.groups)
        if groups is not None and settings.option in groups.marked:
            path = f"{settings.groups}.{settings.detail}"
            yield met() if stated(facts.case, path) else missing(path)

    def asks(self, settings: Settings) -> Iterable[Asked]:
        return (
            Asked(f"{settings.groups}.{settings.detail}", required_if={settings.groups: (settings.option,)}),
        )


class GroupsAllowed(Control):
    """Is it written down for every marked group of contributors what it may do?"""

    key = "proposal.rights_of_groups"
    listens_to = ("account.propose",)
    points = ("contributor_rights",)

    def judge(self, facts: AccountPropose, settings: NoSettings) -> Iterator[Said]:
        groups = facts.case.contributors
        if groups is None or not groups.marked:
            return
        open_groups = [one for one in groups.marked if one not in (groups.what_each_may_do or ())]
        for group in open_groups:
            yield requires(
                "proposal.rights_missing",
                Need("contributors.what_each_may_do", "applicant"),
                about=f"case.contributors.{group}",
                what=group,
            )
        if not open_groups:
            yield met()

    def asks(self, settings: NoSettings) -> Iterable[Asked]:
        return (Asked("contributors.what_each_may_do"),)


class StatesForHost(Control):
    """Where the host is of this kind, is this stated? Settings: `host` - the kind; `field` - where in the
    case."""

    key = "proposal.states_for_host"
    listens_to = ("account.propose",)
    points = ("host", "intervention_plan")
    plumbing = frozenset({"field", "host"})

    class Settings(NoSettings):
        host: Literal["school", "third_party"]
        field: str

    def judge(self, facts: AccountPropose, settings: Settings) -> Iterator[Said]:
        host: Host | None = facts.case.host
        if host is not None and host.kind == settings.host:
            yield met() if stated(facts.case, settings.field) else missing(settings.field)

    def asks(self, settings: Settings) -> Iterable[Asked]:
        return (Asked(settings.field, required_if={"host": (settings.host,)}),)
