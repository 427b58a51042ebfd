"""The case that is made for an account: every point that one of the policies asks for, under one name each.

A policy asks for its own points only; what it does not ask for stays None.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Ask,
    Day,
    Facts,
    Name,
    Part,
    Relation,
    SoFar,
    Tri,
    Whole,
    Written,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.networks import Network

DAYS_OF_A_WEEK = 7
AGES_ON_RECORD: list[Callable[["Placed", date | None], int | None]] = []
"""What gives the lowest age of a network on a day: the law's rules add themselves."""

Group = Literal[
    "own_pupils",
    "own_staff",
    "pupils_family",
    "other_school_pupils",
    "external_organisations",
    "public",
    "others",
]
PUPILS: frozenset[Group] = frozenset({"own_pupils", "other_school_pupils"})


def weeks_between(first: date | None, last: date | None) -> int | None:
    """Return how many weeks there are from one day to a later one, a part of a week counted as one."""
    if first is None or last is None or last < first:
        return None
    return -(-(last - first).days // DAYS_OF_A_WEEK)


class Runner(Part, asked_of="applicant"):
    """A person who will run, administer or moderate an account, with what is on record about them.
    `authorised`: recorded permission for a person who is not employed, or approval for the part, in force
    on the day judged."""

    key: Name = Field(description=_("which person it is"))
    relation: Relation | None = fact()
    has_read: Tri = fact(_("that they have read the policy in force"), of="runner")
    has_understood: Tri = fact(_("that they understand the policy in force"), of="runner")
    trained: Tri = fact(_("training"), of="runner")
    authorised: Tri = fact(need="relation")
    private_login: Tri = Field(None, description=_("whether the person uses a private login"))

    @derived("relation", label=_("whether this person may help run the account"))
    def may_take_part(self, _facts: Facts) -> bool | None:
        """Whether they are employed or authorised; a person whose authority has ended may not, employed or
        not."""
        if self.authorised is not None:
            return self.authorised
        return None if self.relation is None else self.relation == "staff"


def _different(people: Iterable[Runner]) -> int:
    return len({one.key for one in people})


class Ages(Part):
    """From the youngest to the oldest, in whole years."""

    youngest: Whole
    oldest: Whole


class Audience(Part, asked_of="applicant", prefix="audience."):
    """The groups that will see it, with details of some of them."""

    marked: tuple[Group, ...]
    pupil_ages: Ages | None = fact(_("Ages of the pupils who will see it"))
    school_names: tuple[Name, ...] = fact(
        _("Names of the other schools whose pupils will see it"), default=()
    )
    others: Written = fact(_("Who else will see it"))


class Contributors(Part, asked_of="applicant", prefix="contributors."):
    """The groups that will contribute, with details of some of them."""

    marked: tuple[Group, ...]
    pupil_ages: Ages | None = fact(_("Ages of the pupils who will contribute"))
    school_names: tuple[Name, ...] = fact(
        _("Names of the other schools whose pupils will contribute"), default=()
    )
    others: Written = fact(_("Who else will contribute"))
    what_each_may_do: tuple[Group, ...] | None = None

    @derived("contributors.what_each_may_do", _("Groups with special rights in law"))
    def without_rights(self, _facts: Facts) -> tuple[Group, ...]:
        """The groups of which it is not written down yet what they may do."""
        return tuple(one for one in self.marked if one not in (self.what_each_may_do or ()))


class Host(Part, asked_of="applicant"):
    """Who hosts the site, and its name."""

    kind: Literal["school", "third_party"]
    name: Written = fact(_("Name of the host"), need="host.name")


class Ending(Part, asked_of="applicant", prefix="ending."):
    """How an account will end."""

    what_happens_to_content: Written = fact(_("At the end: what happens to the content"))
    who_closes_it: Written = fact(_("At the end: who closes it"))
    what_followers_are_told: Written = fact(_("At the end: what followers are told"))


class Case(Part, asked_of="applicant"):
    """The case for one account. Texts as written; people picked one by one."""

    # what it is for
    aim: Written = fact(_("What the account should achieve"))
    purpose_reason: Written = fact(_("Why the account is needed"))
    content_description: Written = fact(_("What will be posted on the account"))
    intended_audience: Written = fact(_("Who it is meant to reach"))
    promotion: Written = fact(_("How people will hear about it"))
    visibility: Literal["open", "private_closed"] | None = fact(_("Who will be able to see it"))
    reason_kind: Literal["pedagogical", "business", "other"] | None = fact(_("Type of reason"))
    # who applies and who runs it
    department: Written = fact(_("Department"))
    author: Name | None = fact(_("Author of the site"), of="office")
    line_manager: Name | None = fact(_("Line manager of the author"))
    accountable_manager: Name | None = fact(_("Manager accountable for staffing and time"))
    run_by: tuple[Runner, ...] | None = fact()
    administrators: tuple[Runner, ...] | None = fact(_("Administrators"))
    moderators: tuple[Runner, ...] | None = fact(_("Moderators"))
    vetter: Name | None = fact(_("Who vets outside contributors"))
    # audience and contributors
    audience: Audience | None = fact(_("All groups that will see it"))
    contributors: Contributors | None = fact(_("All groups that will contribute"))
    vulnerable_adults_contribute: Tri = fact(_("Are there adults with learning disabilities among them?"))
    children_contribute: Tri = fact(_("Are there children among them?"))
    contributor_advertising: Written = fact(_("How outside contributors will be recruited"))
    parent_information_plan: Written = fact(_("How parents or responsible adults will be told"))
    consent_plan: Written = fact(_("How their consent will be obtained"))
    security_contributing: Written = fact(_("How unsuitable people are prevented from contributing"))
    security_friends: Written = fact(
        _("How unsuitable people are prevented from becoming friends of the site")
    )
    under_age_prevention: Written = fact(_("How under-age children are kept out"))
    under_age_response: Written = fact(_("What happens if an under-age child gets in"))
    # how long and with how much work
    host: Host | None = fact(_("Who hosts it"))
    go_live_date: Day | None = fact(_("Planned opening date"))
    closure_date: Day | None = fact()
    hours_per_week: Whole | None = fact(_("Hours of work a week"))
    effort_weighed: Written = fact(_("How the effort compares with the expected result"))
    ending: Ending | None = Field(None, description=_("what happens at the end"))
    success_measure: Written = fact(_("How you will know that it worked"))
    evaluation_date: Day | None = fact()
    intervention_safeguarding: Written = fact(
        _("How you deal with content that raises a concern about a child")
    )
    intervention_offence: Written = fact(_("How you deal with comments likely to offend"))

    @derived("run_by", label=_("everyone who has a part in the account"))
    def people(self, _facts: Facts) -> tuple[Runner, ...] | None:
        """Everyone who will have a part in it, each person once, as far as it is known; None where no one is
        named yet."""
        parts = {
            "run_by": self.run_by,
            "administrators": self.administrators,
            "moderators": self.moderators,
        }
        people: dict[str, Runner] = {}
        for one in (one for part in parts.values() for one in part or ()):
            people.setdefault(one.key, one)
        unsaid = next((name for name, part in parts.items() if part is None), None)
        if not people or unsaid is None:
            return tuple(people.values()) or None
        return SoFar.of(people.values(), lacks=Ask(unsaid, "applicant"))

    @derived("audience", label=_("the groups that will see the site"))
    def audience_named(self, _facts: Facts) -> tuple[Group, ...]:
        """The groups named so far as its audience."""
        return self.audience.marked if self.audience is not None else ()

    @derived("contributors", label=_("the groups that will contribute to the site"))
    def contributors_named(self, _facts: Facts) -> tuple[Group, ...] | None:
        """The groups named as contributors."""
        return self.contributors.marked if self.contributors is not None else None

    @derived("run_by", label=_("how many members of staff will run the account"))
    def staff_to_run_it(self, _facts: Facts) -> int | None:
        """How many different members of staff will run it, so far as is known of them."""
        if self.run_by is None:
            return None
        return _different(one for one in self.run_by if one.relation == "staff")

    @derived("administrators", label=_("how many administrators are named"))
    def administrators_named(self, _facts: Facts) -> int | None:
        """How many different people will administer it."""
        return None if self.administrators is None else _different(self.administrators)

    @derived("administrators", label=_("how many administrators are trained"))
    def administrators_trained(self, _facts: Facts) -> int | None:
        """How many different trained people will administer it, so far as is known of them."""
        if self.administrators is None:
            return None
        return _different(one for one in self.administrators if one.trained)

    @derived("moderators", label=_("how many moderators are named"))
    def moderators_named(self, _facts: Facts) -> int | None:
        """How many different people will moderate it."""
        return None if self.moderators is None else _different(self.moderators)

    @derived("filled_form", _("the completed form"))
    def left_blank(self, _facts: Facts) -> tuple[str, ...]:
        """The names of all points without a statement."""
        return tuple(
            name for name, value in self if value in (None, ()) or getattr(value, "marked", None) == ()
        )

    @derived("closure_date", label=_("how many weeks the account is planned to last"))
    def weeks_planned(self, _facts: Facts) -> int | None:
        """How many weeks it is planned to last."""
        return weeks_between(self.go_live_date, self.closure_date)

    @derived("closure_date", label=_("whether the account’s start and end dates are given"))
    def has_time_planned(self, _facts: Facts) -> bool:
        """Whether its start and end are given."""
        return weeks_between(self.go_live_date, self.closure_date) is not None


class Placed(Part, asked_of="applicant"):
    """The network of an account, and the ages of its audience. `network` as in the networks' table
    ("facebook", "bluesky", "noticeboard"); `network_age`: the lowest age that it takes, as recorded for it
    on that day."""

    network: Network | None = fact()
    country: Literal["england", "wales"] | None = Field(None, description=_("the country the school is in"))
    pupils_in_audience: Tri = fact(_("Is it meant for pupils?"))
    youngest_pupil: Whole | None = fact(_("Age of the youngest pupil it is meant for"))
    network_age: Whole | None = Field(None, description=_("the network’s minimum age"))

    @derived("pupils_in_audience", label=_("whether the account is for pupils"))
    def for_pupils(self, facts: Any) -> bool | None:
        """Whether it is for pupils, as stated or by its audience."""
        audience = facts.case.audience
        if audience is None:
            return self.pupils_in_audience
        return not PUPILS.isdisjoint(audience.marked) or bool(self.pupils_in_audience)

    @derived("youngest_pupil", label=_("the age of the account’s youngest pupil"))
    def youngest(self, facts: Any) -> int | None:
        """The age of the youngest pupil in its audience, also where only ages are stated."""
        audience = facts.case.audience
        if self.youngest_pupil is not None or audience is None or audience.pupil_ages is None:
            return self.youngest_pupil
        return int(audience.pupil_ages.youngest)

    @derived("network", label=_("whether the account’s youngest pupil is too young for the network"))
    def too_young_for_network(self, facts: Any) -> bool | None:
        """Whether the youngest pupil is younger than the network itself takes; no where no lowest age is
        recorded for a network that is known."""
        youngest = self.youngest(facts)
        if youngest is None or (self.network is None and self.network_age is None):
            return None
        return self.network_age is not None and youngest < self.network_age

    @derived("network_age", _("the network’s minimum age"), of="office")
    def least_age(self, facts: Any) -> int | None:
        """The lowest age that the network takes: as stated, else as the law's pack has it for that day."""
        if self.network_age is not None or self.network is None:
            return self.network_age
        return next((age for on_record in AGES_ON_RECORD if (age := on_record(self, facts.day))), None)

    @derived("network", label=_("the network’s name"))
    def platform(self, _facts: Facts) -> Network | None:
        """The network, by the word that rules know."""
        return self.network
