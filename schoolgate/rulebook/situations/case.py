"""The case that is made for an account: every point that one of the policies asks for, under one name each.

A policy asks for its own points only; what it does not ask for stays None.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator

from schoolgate.rulebook.facts import Ask, Day, Facts, Name, Part, Relation, Text, Tri, Whole, derived
from schoolgate.rulebook.sentences import gettext_noop as _

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
PUPILS: frozenset[Group] = frozenset({"own_pupils", "other_school_pupils"})


def _nothing_where_blank(text: Any) -> Any:
    return None if isinstance(text, str) and not text.strip() else text


Written = Annotated[Text | None, BeforeValidator(_nothing_where_blank)]
"""What is written of a point. Blanks are nothing."""


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
    has_read: Annotated[Tri, Ask("has_read", "runner", _("that they have read the policy in force"))] = None
    has_understood: Annotated[
        Tri, Ask("has_understood", "runner", _("that they understand the policy in force"))
    ] = None
    trained: Annotated[Tri, Ask("trained", "runner", _("training"))] = None
    authorised: Annotated[Tri, Ask("relation", "applicant")] = None
    private_login: Tri = None

    @derived("relation", "applicant")
    def may_take_part(self, _facts: Facts) -> bool | None:
        """Whether they are employed or authorised; somebody whose authority has ended may not, employed or
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


class Audience(Part):
    """The groups that are to see it, with what is said of some of them."""

    marked: tuple[Group, ...]
    pupil_ages: Annotated[
        Ages | None, Ask("audience.pupil_ages", "applicant", _("Ages of the pupils who are to see it"))
    ] = None
    school_names: Annotated[
        tuple[Name, ...],
        Ask("audience.school_names", "applicant", _("Names of the other schools whose pupils are to see it")),
    ] = ()
    others: Annotated[Written, Ask("audience.others", "applicant", _("Who else is to see it"))] = None


class Contributors(Part):
    """The groups that are to contribute, with what is said of some of them. `what_each_may_do`: those of
    which it is written down."""

    marked: tuple[Group, ...]
    pupil_ages: Annotated[
        Ages | None,
        Ask("contributors.pupil_ages", "applicant", _("Ages of the pupils who are to contribute")),
    ] = None
    school_names: Annotated[
        tuple[Name, ...],
        Ask(
            "contributors.school_names",
            "applicant",
            _("Names of the other schools whose pupils are to contribute"),
        ),
    ] = ()
    others: Annotated[Written, Ask("contributors.others", "applicant", _("Who else is to contribute"))] = None
    what_each_may_do: tuple[Group, ...] | None = None

    @derived(
        "contributors.what_each_may_do",
        "applicant",
        _("Groups for which it is written down what they may do"),
    )
    def without_rights(self, _facts: Facts) -> tuple[Group, ...]:
        """The groups of which it is not written down yet what they may do."""
        return tuple(one for one in self.marked if one not in (self.what_each_may_do or ()))


class Host(Part):
    """Who hosts the site, and its name."""

    kind: Literal["school", "third_party"]
    name: Annotated[Written, Ask("host.name", "applicant", _("Name of the host"))] = None


class Ending(Part):
    """How an account will come to its end."""

    what_happens_to_content: Annotated[
        Written,
        Ask("ending.what_happens_to_content", "applicant", _("At the end: what happens to the content")),
    ] = None
    who_closes_it: Annotated[
        Written, Ask("ending.who_closes_it", "applicant", _("At the end: who closes it"))
    ] = None
    what_followers_are_told: Annotated[
        Written, Ask("ending.what_followers_are_told", "applicant", _("At the end: what followers are told"))
    ] = None


class Case(Part):
    """The case for one account. Texts as written; people picked one by one."""

    # what it is for
    aim: Annotated[Written, Ask("aim", "applicant", _("What the account is to achieve"))] = None
    purpose_reason: Annotated[Written, Ask("purpose_reason", "applicant", _("Why the account is wanted"))] = (
        None
    )
    content_description: Annotated[
        Written, Ask("content_description", "applicant", _("What will be put on the account"))
    ] = None
    intended_audience: Annotated[
        Written, Ask("intended_audience", "applicant", _("Whom it is meant to reach"))
    ] = None
    promotion: Annotated[Written, Ask("promotion", "applicant", _("How people will hear of it"))] = None
    visibility: Annotated[
        Literal["open", "private_closed"] | None,
        Ask("visibility", "applicant", _("Who will be able to see it")),
    ] = None
    reason_kind: Annotated[
        Literal["pedagogical", "business", "other"] | None,
        Ask("reason_kind", "applicant", _("What kind of reason there is for it")),
    ] = None
    # who applies and who runs it
    department: Annotated[Written, Ask("department", "applicant", _("Department"))] = None
    author: Annotated[Name | None, Ask("author", "office", _("Author of the site"))] = None
    line_manager: Annotated[
        Name | None, Ask("line_manager", "applicant", _("Line manager of the author"))
    ] = None
    accountable_manager: Annotated[
        Name | None, Ask("accountable_manager", "applicant", _("Manager who answers for staffing and time"))
    ] = None
    run_by: Annotated[tuple[Runner, ...] | None, Ask("run_by", "applicant")] = None
    administrators: Annotated[
        tuple[Runner, ...] | None, Ask("administrators", "applicant", _("Administrators"))
    ] = None
    moderators: Annotated[tuple[Runner, ...] | None, Ask("moderators", "applicant", _("Moderators"))] = None
    vetter: Annotated[Name | None, Ask("vetter", "applicant", _("Who vets contributors from outside"))] = None
    # for whom and with whom
    audience: Annotated[Audience | None, Ask("audience", "applicant", _("Every group that is to see it"))] = (
        None
    )
    contributors: Annotated[
        Contributors | None, Ask("contributors", "applicant", _("Every group that is to contribute"))
    ] = None
    vulnerable_adults_contribute: Annotated[
        Tri,
        Ask(
            "vulnerable_adults_contribute",
            "applicant",
            _("Are there adults with learning disabilities among them?"),
        ),
    ] = None
    children_contribute: Annotated[
        Tri, Ask("children_contribute", "applicant", _("Are there children among them?"))
    ] = None
    contributor_advertising: Annotated[
        Written,
        Ask("contributor_advertising", "applicant", _("How contributors from outside will be sought")),
    ] = None
    parent_information_plan: Annotated[
        Written,
        Ask("parent_information_plan", "applicant", _("How parents or responsible adults will be told")),
    ] = None
    consent_plan: Annotated[Written, Ask("consent_plan", "applicant", _("How their consent will be got"))] = (
        None
    )
    security_contributing: Annotated[
        Written,
        Ask("security_contributing", "applicant", _("How unsuitable people are kept from contributing")),
    ] = None
    security_friends: Annotated[
        Written,
        Ask(
            "security_friends",
            "applicant",
            _("How unsuitable people are kept from becoming friends of the site"),
        ),
    ] = None
    under_age_prevention: Annotated[
        Written, Ask("under_age_prevention", "applicant", _("How younger children are kept out"))
    ] = None
    under_age_response: Annotated[
        Written, Ask("under_age_response", "applicant", _("What happens if a younger child gets in"))
    ] = None
    # how long and with how much work
    host: Annotated[Host | None, Ask("host", "applicant", _("Who hosts it"))] = None
    go_live_date: Annotated[Day | None, Ask("go_live_date", "applicant", _("Planned opening date"))] = None
    closure_date: Annotated[Day | None, Ask("closure_date", "applicant")] = None
    hours_per_week: Annotated[Whole | None, Ask("hours_per_week", "applicant", _("Hours of work a week"))] = (
        None
    )
    effort_weighed: Annotated[
        Written, Ask("effort_weighed", "applicant", _("Expected effort against expected result"))
    ] = None
    ending: Ending | None = None
    success_measure: Annotated[
        Written, Ask("success_measure", "applicant", _("How you will know that it worked"))
    ] = None
    evaluation_date: Annotated[Day | None, Ask("evaluation_date", "applicant")] = None
    intervention_safeguarding: Annotated[
        Written,
        Ask(
            "intervention_safeguarding",
            "applicant",
            _("What is done about content that raises a worry about a child"),
        ),
    ] = None
    intervention_offence: Annotated[
        Written,
        Ask("intervention_offence", "applicant", _("What is done about comments that are likely to offend")),
    ] = None
    uses_logo_or_brand: Tri = None

    @derived("run_by", "applicant")
    def people(self, _facts: Facts) -> tuple[Runner, ...] | None:
        """Everybody who is to have a part in it, nobody twice; None where nobody is named yet."""
        if self.run_by is None and self.administrators is None:
            return None
        people: dict[str, Runner] = {}
        for one in (*(self.run_by or ()), *(self.administrators or ()), *(self.moderators or ())):
            people.setdefault(one.key, one)
        return tuple(people.values())

    @derived("audience", "applicant")
    def audience_named(self, _facts: Facts) -> tuple[Group, ...]:
        """The groups that are named so far as those who are to see it."""
        return self.audience.marked if self.audience is not None else ()

    @derived("contributors", "applicant")
    def contributors_named(self, _facts: Facts) -> tuple[Group, ...] | None:
        """The groups that are named as those who are to contribute."""
        return self.contributors.marked if self.contributors is not None else None

    @derived("run_by", "applicant")
    def staff_to_run_it(self, _facts: Facts) -> int | None:
        """How many different members of staff are to run it, so far as is known of them."""
        if self.run_by is None:
            return None
        return _different(one for one in self.run_by if one.relation == "staff")

    @derived("administrators", "applicant")
    def administrators_named(self, _facts: Facts) -> int | None:
        """How many different people are to administer it."""
        return None if self.administrators is None else _different(self.administrators)

    @derived("administrators", "applicant")
    def administrators_trained(self, _facts: Facts) -> int | None:
        """How many different trained people are to administer it, so far as is known of them."""
        if self.administrators is None:
            return None
        return _different(one for one in self.administrators if one.trained)

    @derived("moderators", "applicant")
    def moderators_named(self, _facts: Facts) -> int | None:
        """How many different people are to moderate it."""
        return None if self.moderators is None else _different(self.moderators)

    @derived("filled_form", "applicant", _("the form, filled in"))
    def left_blank(self, _facts: Facts) -> tuple[str, ...]:
        """The names of all points of which nothing is stated."""
        return tuple(
            name for name, value in self if value in (None, ()) or getattr(value, "marked", None) == ()
        )

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
    pupils_in_audience: Annotated[
        Tri, Ask("pupils_in_audience", "applicant", _("Is it meant for pupils?"))
    ] = None
    youngest_pupil: Annotated[
        Whole | None, Ask("youngest_pupil", "applicant", _("Age of the youngest pupil whom it is meant for"))
    ] = None
    network_age: Whole | None = None

    @derived("pupils_in_audience", "applicant")
    def for_pupils(self, facts: Any) -> bool | None:
        """Whether it is for pupils, as is said of it or by the groups that are to see it."""
        audience = facts.case.audience
        if audience is None:
            return self.pupils_in_audience
        return not PUPILS.isdisjoint(audience.marked) or bool(self.pupils_in_audience)

    @derived("youngest_pupil", "applicant")
    def youngest(self, facts: Any) -> int | None:
        """The age of the youngest pupil whom it is for, also where only their ages are stated."""
        audience = facts.case.audience
        if self.youngest_pupil is not None or audience is None or audience.pupil_ages is None:
            return self.youngest_pupil
        return int(audience.pupil_ages.youngest)

    @derived("network", "applicant")
    def too_young_for_network(self, facts: Any) -> bool | None:
        """Whether the youngest pupil is younger than the network itself takes; no where no lowest age is kept
        for a network that is known."""
        youngest = self.youngest(facts)
        if youngest is None or (self.network is None and self.network_age is None):
            return None
        return self.network_age is not None and youngest < self.network_age

    @derived("network", "applicant")
    def platform(self, _facts: Facts) -> str | None:
        """The network, in small letters without blanks, by the name that rules know."""
        return None if self.network is None else platform_named(self.network)
