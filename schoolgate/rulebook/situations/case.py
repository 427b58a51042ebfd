"""The case that is made for an account: every point that one of the policies asks for, under one name each.

A policy asks for its own points only; what it does not ask for stays None.
"""

from datetime import date
from typing import Annotated, Literal

from schoolgate.rulebook.facts import Ask, Day, Facts, Name, Part, Relation, Text, Tri, Whole, derived

DAYS_OF_A_WEEK = 7

Group = Literal[
    "own_pupils",
    "own_staff",
    "pupils_family",
    "other_school_pupils",
    "external_organisations",
    "public",
    "others",
]


def plain_name(name: str) -> str:
    """A platform's name without blanks and capitals, so that "Microsoft Teams" and "microsoft_teams" are
    one."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


SAME_PLATFORM = {
    "teams": "microsoftteams",
    "msteams": "microsoftteams",
    "hwbteams": "microsoftteams",
    "hwbmicrosoftteams": "microsoftteams",
}
"""Other names that people give a platform -> the one by which rules know it."""


def platform_named(name: str) -> str:
    """The platform that is meant, in small letters without blanks."""
    plain = plain_name(name)
    return SAME_PLATFORM.get(plain, plain)


def weeks_between(first: date | None, last: date | None) -> int | None:
    """How many weeks there are from one day to a later one, a part of a week counted as one."""
    if first is None or last is None or last < first:
        return None
    return -(-(last - first).days // DAYS_OF_A_WEEK)


class Runner(Part):
    """Somebody who is to run, administer or moderate an account, with what is on record about them.

    `has_read`, `has_understood`: the version of the policy in force. `authorised`: recorded leave for
    somebody who is not employed, or approval for the part, in force on the day judged."""

    key: Name
    relation: Annotated[Relation | None, Ask("relation", "applicant")] = None
    has_read: Annotated[Tri, Ask("has_read", "runner")] = None
    has_understood: Annotated[Tri, Ask("has_understood", "runner")] = None
    trained: Annotated[Tri, Ask("trained", "runner")] = None
    authorised: Annotated[Tri, Ask("relation", "applicant")] = None
    private_login: Tri = None

    @derived("relation", "applicant")
    def may_take_part(self, _facts: Facts) -> bool | None:
        """Whether they are employed or authorised; somebody whose authority has ended may not, employed or
        not."""
        if self.authorised is not None:
            return self.authorised
        return None if self.relation is None else self.relation == "staff"


class Ages(Part):
    """From the youngest to the oldest, in whole years."""

    youngest: Whole
    oldest: Whole


class Groups(Part):
    """Groups of people, with what is said of each where a form asks for it."""

    marked: tuple[Group, ...]
    pupil_ages: Ages | None = None
    school_names: tuple[Name, ...] = ()
    others: Text | None = None
    what_each_may_do: tuple[Group, ...] | None = None


class Host(Part):
    """Who hosts the site, and its name."""

    kind: Literal["school", "third_party"]
    name: Text | None = None


class Ending(Part):
    """How an account will come to its end."""

    what_happens_to_content: Text | None = None
    who_closes_it: Text | None = None
    what_followers_are_told: Text | None = None


class Case(Part):
    """The case for one account. Texts as written; people picked one by one."""

    # what it is for
    aim: Text | None = None
    purpose_reason: Text | None = None
    content_description: Text | None = None
    intended_audience: Text | None = None
    promotion: Text | None = None
    visibility: Literal["open", "private_closed"] | None = None
    reason_kind: Annotated[
        Literal["pedagogical", "business", "other"] | None, Ask("reason_kind", "applicant")
    ] = None
    # who applies and who runs it
    department: Text | None = None
    author: Annotated[Name | None, Ask("author", "office")] = None
    line_manager: Annotated[Name | None, Ask("line_manager", "applicant")] = None
    accountable_manager: Name | None = None
    run_by: Annotated[tuple[Runner, ...] | None, Ask("run_by", "applicant")] = None
    administrators: Annotated[tuple[Runner, ...] | None, Ask("administrators", "applicant")] = None
    moderators: Annotated[tuple[Runner, ...] | None, Ask("moderators", "applicant")] = None
    vetter: Name | None = None
    # for whom and with whom
    audience: Groups | None = None
    contributors: Annotated[Groups | None, Ask("contributors", "applicant")] = None
    vulnerable_adults_contribute: Tri = None
    children_contribute: Tri = None
    contributor_advertising: Text | None = None
    parent_information_plan: Text | None = None
    consent_plan: Text | None = None
    security_contributing: Text | None = None
    security_friends: Text | None = None
    under_age_prevention: Text | None = None
    under_age_response: Text | None = None
    # how long and with how much work
    host: Annotated[Host | None, Ask("host", "applicant")] = None
    go_live_date: Annotated[Day | None, Ask("go_live_date", "applicant")] = None
    closure_date: Annotated[Day | None, Ask("closure_date", "applicant")] = None
    hours_per_week: Whole | None = None
    effort_weighed: Text | None = None
    ending: Ending | None = None
    success_measure: Text | None = None
    evaluation_date: Day | None = None
    intervention_safeguarding: Text | None = None
    intervention_offence: Text | None = None
    uses_logo_or_brand: Tri = None

    @derived("audience", "applicant")
    def audience_named(self, _facts: Facts) -> tuple[Group, ...]:
        """The groups that are named so far as those who are to see it."""
        return self.audience.marked if self.audience is not None else ()

    @derived("contributors", "applicant")
    def contributors_named(self, _facts: Facts) -> tuple[Group, ...]:
        """The groups that are named so far as those who are to contribute."""
        return self.contributors.marked if self.contributors is not None else ()

    @derived("closure_date", "applicant")
    def weeks_planned(self, _facts: Facts) -> int | None:
        """How many weeks it is to last."""
        return weeks_between(self.go_live_date, self.closure_date)

    @derived("closure_date", "applicant")
    def has_time_planned(self, _facts: Facts) -> bool:
        """Whether it is said from when to when."""
        return weeks_between(self.go_live_date, self.closure_date) is not None


class Placed(Part):
    """Where an account stands, and how old those are whom it is for.

    `network` as in the networks' table ("facebook", "bluesky", "noticeboard"). `youngest_pupil`: age in whole
    years of the youngest pupil whom it is for; `pupils_in_audience` whether it is for pupils at all.
    `network_age`: the lowest age that the network itself takes, as kept for it on that day."""

    network: Annotated[Name | None, Ask("network", "applicant")] = None
    country: Literal["england", "wales"] | None = None
    pupils_in_audience: Tri = None
    youngest_pupil: Whole | None = None
    network_age: Whole | None = None

    @derived("network", "applicant")
    def platform(self, _facts: Facts) -> str | None:
        """The network, in small letters without blanks, by the name that rules know."""
        return None if self.network is None else platform_named(self.network)
