"""The case that is made for an account: every point that one of the policies asks for, under one name each.

A policy asks for its own points only; what it does not ask for stays None.
"""

from typing import Literal

from schoolgate.rulebook.facts import Day, Name, Part, Relation, Text, Tri, Whole

Group = Literal[
    "own_pupils",
    "own_staff",
    "pupils_family",
    "other_school_pupils",
    "external_organisations",
    "public",
    "others",
]


class Runner(Part):
    """Somebody who is to run, administer or moderate an account, with what is on record about them.

    `has_read`, `has_understood`: the version of the policy in force. `authorised`: recorded leave for
    somebody who is not employed, or approval for the part, in force on the day judged."""

    key: Name
    relation: Relation | None = None
    has_read: Tri = None
    has_understood: Tri = None
    trained: Tri = None
    authorised: Tri = None
    private_login: Tri = None


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
    reason_kind: Literal["pedagogical", "business", "other"] | None = None
    # who applies and who runs it
    department: Text | None = None
    author: Name | None = None
    line_manager: Name | None = None
    accountable_manager: Name | None = None
    run_by: tuple[Runner, ...] | None = None
    administrators: tuple[Runner, ...] | None = None
    moderators: tuple[Runner, ...] | None = None
    vetter: Name | None = None
    # for whom and with whom
    audience: Groups | None = None
    contributors: Groups | None = None
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
    host: Host | None = None
    go_live_date: Day | None = None
    closure_date: Day | None = None
    hours_per_week: Whole | None = None
    effort_weighed: Text | None = None
    ending: Ending | None = None
    success_measure: Text | None = None
    evaluation_date: Day | None = None
    intervention_safeguarding: Text | None = None
    intervention_offence: Text | None = None
    uses_logo_or_brand: Tri = None


class Placed(Part):
    """Where an account stands, and how old those are whom it is for.

    `network` as in the networks' table ("facebook", "bluesky", "noticeboard"). `youngest_pupil`: age in whole
    years of the youngest pupil whom it is for; `pupils_in_audience` whether it is for pupils at all.
    `network_age`: the lowest age that the network itself takes, as kept for it on that day."""

    network: Name | None = None
    country: Literal["england", "wales"] | None = None
    pupils_in_audience: Tri = None
    youngest_pupil: Whole | None = None
    network_age: Whole | None = None
