"""Sites for pupils and families: prepared, assessed, checked, joined."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, groupby
from typing import Annotated, Any, Literal, get_args

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Day,
    Facts,
    Given,
    Name,
    Part,
    Text,
    Tri,
    Whole,
    Written,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.accounts import FormState
from schoolgate.rulebook.situations.base import Asks, moment


@moment(
    "site.prepare",
    _("Deciding how an account or site will be looked after"),
    """users_text users_pictures comments_dealt_with moderation_set_up answerable_for_moderation
    platform_known own_plan online_friends""",
    asks=Asks.ACT,
)
class SitePrepare(Act, asked_of="site_author"):
    """`by` settles it; None: not settled yet. `answers_given_by`: empty where no one. `moderation`: "none"
    where no one reads what is posted there; `moderators`: keys. `handovers`: signed ones, from `started_by`
    to `answers_for_moderation`. `reporting_route`, `steps_in_how`: in the table of platforms."""

    host: Literal["school", "third party"] | None = fact(_("who hosts the site"), need="who_hosts")
    made_for_pupils: Tri = fact()
    users_may_write: Tri = fact(
        _("whether users may add text or comments"), need="users_text", say="site_care.settle_text"
    )
    users_may_add_pictures: Tri = fact(
        _("whether users may add pictures"), need="users_pictures", say="site_care.settle_pictures"
    )
    answers_given_by: tuple[Name, ...] | None = fact(
        _("who deals with comments and messages"),
        need="who_answers",
        of="creator_of_account",
        say="site_care.nobody_replies",
    )
    moderation: Literal["before", "after", "none"] | None = fact(
        _("whether content is moderated before or after it appears"),
        need="when_moderated",
        say="site_care.not_moderated",
    )
    moderators: tuple[Name, ...] | None = fact(
        _("the moderators’ names"), need="named_moderators", say="site_care.not_moderated"
    )
    started_by: Name | None = fact(_("which team set up the site"), need="team_that_started")
    answers_for_moderation: Name | None = fact(
        _("which team is responsible for moderating"), need="team_that_answers"
    )
    handovers: tuple[Given, ...] | None = fact(_("a signed handover"), need="handover_signed")
    reporting_route: Tri = fact(
        _("how to report to the platform"), say="site_care.platform_unknown", row=True
    )
    steps_in_how: Tri = fact(
        _("what the platform does when something goes wrong"), say="site_care.platform_unknown", row=True
    )
    own_plan: Tri = fact(
        _("a plan on top of the platform’s own measures"),
        need="own_plan_written",
        row=True,
        say="site_care.own_plan_missing",
    )
    friends_note: Literal["pinned", "left_out"] | None = fact(
        _("whether the site shows the note about online friends"),
        need="friends_note_settled",
        say="site_care.offer_friends_note",
    )


Risk = Literal[
    "skills ahead of judgement",
    "posting sensitive personal information",
    "treating online friends as real friends",
    "grooming",
    "cyberbullying",
]


class GuidanceCheck(Part, asked_of="applicant"):
    """A comparison of a site with published guidance. `replaces`: the guidance that this one replaced.
    `open_points`: where it does not comply yet, None where that was not written down."""

    guidance: Name = Field(description=_("which guidance it is"))
    replaces: Name | None = Field(None, description=_("which older guidance this replaced"))
    on: Day | None = fact(_("the date of that check"), need="guidance_day")
    by: Name | None = Field(None, description=_("who did it"))
    open_points: tuple[Text, ...] | None = fact(_("what that check left open"), need="guidance_gaps")

    @derived("guidance_check")
    def held_against(self, _facts: Facts) -> tuple[Name, ...]:
        """The guidance that the site was held against, and what this one has taken the place of."""
        return (self.guidance,) if self.replaces is None else (self.guidance, self.replaces)

    @derived("guidance_check")
    def is_latest(self, facts: Any) -> bool:
        """Whether no later check was made against the same guidance."""
        held = set(self.held_against(facts))
        same = [one for one in facts.checks if not held.isdisjoint(one.held_against(facts))]
        return same[-1] is self


def still_open(checks: "tuple[GuidanceCheck, ...] | None", facts: Any) -> tuple[Text, ...] | None:
    """What the latest checks left open."""
    if checks is None:
        return None
    return tuple(point for one in checks if one.is_latest(facts) for point in one.open_points or ())


@moment(
    "site.suits",
    _("A site for young or vulnerable people"),
    "site_dangers taught_to_use_it site_guidance pupils_known right_channel weak_privacy channel_doubt",
    asks=Asks.MATTER,
)
class SiteSuits(Act, asked_of="applicant"):
    """`risks_answered`: the dangers with a written plan; `other_risks`: further ones that are written down.
    `taught_safely`: how. `known_of_them`: of the people it is for. `confidential_help_from`: empty where
    from no one. `channel_reason`: why no other channel is used."""

    for_young_people: Tri = fact(_("whether young people are part of the site’s audience"))
    risks_answered: tuple[Risk, ...] | None = fact(
        _("how each risk is reduced"), _("For which dangers have you written down what to do?")
    )
    other_risks: Written = Field(None, description=_("other risks written down"))
    taught_safely: Written = Field(None, description=_("how the young people are taught to stay safe"))
    known_of_them: Written = Field(None, description=_("what is known about the site’s audience"))
    vulnerable: Tri = fact(
        _("whether they are vulnerable or receive confidential help"),
        _("Are the people it is for vulnerable?"),
    )
    confidential_help_from: tuple[Literal["school", "County Council", "other"], ...] | None = fact(
        question=_("Who gives them confidential help?"), need="vulnerable"
    )
    channel_reason: Written = Field(None, description=_("why no other channel meets the need"))
    in_doubt: Tri = fact(
        _("whether the author is sure that the internet suits them"),
        _("Are you unsure whether the internet is suitable for them?"),
        need="channel_in_doubt",
    )
    advice: tuple[Given, ...] | None = fact(
        _("advice on whether the internet suits them"), need="channel_advice"
    )
    host: Literal["school", "third party"] | None = fact(need="who_hosts", of="site_author")
    checks: tuple[GuidanceCheck, ...] | None = fact(need="guidance_check")

    @derived("risks_answered")
    def dangers_open(self, _facts: Facts) -> tuple[str, ...] | None:
        """The dangers without a written plan."""
        if self.risks_answered is None:
            return None
        named = [f"risk.{one}" for one in get_args(Risk) if one not in self.risks_answered]
        return tuple(named if self.other_risks is not None else [*named, "risk.other"])

    @derived("guidance_gaps")
    def guidance_gaps(self, facts: Facts) -> tuple[Text, ...] | None:
        """What the latest checks against guidance left open."""
        return still_open(self.checks, facts)


LONGEST = 1_000
"""The number of days checked at once."""


class DaysAway(Part):
    """Away from the first day to the last, both included."""

    first: Day = Field(description=_("its first day"))
    last: Day = Field(description=_("its last day"))


class Minder(Part, asked_of="site_team"):
    """A person who looks after the site. `away`: absences entered, empty where none."""

    key: Name = Field(description=_("which person it is"))
    moderator: Tri = fact(_("who is an approved moderator"), need="approved_moderator")
    approved: Tri = fact(need="approved_moderator")
    away: tuple[DaysAway, ...] | None = Field(None, description=_("when this person is away"))

    @derived("approved_moderator")
    def is_approved_moderator(self, _facts: Facts) -> bool | None:
        """Whether they are a moderator and approved for that part."""
        if self.moderator is False or self.approved is False:
            return False
        return None if self.moderator is None else self.approved


class Stretch(Part, asked_of="site_team"):
    """Days, both included, on which equally many are there."""

    first: Day = Field(description=_("its first day"))
    last: Day = Field(description=_("its last day"))
    people: Whole = Field(description=_("how many people can see it there"))

    @derived("absences")
    def is_bare(self, _facts: Facts) -> bool:
        """Whether no one is there."""
        return self.people == 0


@moment(
    "site.check",
    _("Checking a site"),
    "rules_found logo_leads looked_after_in_absence moderators_on_hand",
)
class SiteCheck(Facts, asked_of="site_team"):
    """`first`, `last`: the days checked."""

    host: Literal["school", "third party"] | None = fact(need="who_hosts", of="office")
    house_rules_found: Tri = fact(_("whether the house rules can be found"))
    terms_found: Tri = fact(_("whether the terms of use can be found"), need="terms_of_use_found")
    logo_can_link: Tri = fact(_("whether the logo can link anywhere"))
    logo_leads_to: Literal["fitting_page", "other_page", "nowhere"] | None = fact(
        _("where the logo links to")
    )
    minders: Annotated[tuple[Minder, ...], Field(max_length=10_000)] | None = fact(
        _("who looks after the site"), need="site_minders"
    )
    first: Day | None = Field(None, description=_("its first day"))
    last: Day | None = Field(None, description=_("its last day"))

    @derived("days_looked_over", _("the days in the period under review"))
    def days_looked_over(self, _facts: Facts) -> int | None:
        """How many days are checked; not known where there are none or too many."""
        if self.first is None or self.last is None:
            return None
        days = (self.last - self.first).days + 1
        return days if 1 <= days <= LONGEST else None

    @derived("absences", _("who is away and when"))
    def minders_there(self, facts: Facts) -> tuple[Stretch, ...] | None:
        """How many of the people who look after the site are there, day by day; none where they or the days
        to check are not known."""
        return self._there(self.minders or (), facts) if self.minders is not None else ()

    @derived("absences")
    def moderators_there(self, facts: Facts) -> tuple[Stretch, ...] | None:
        """How many approved moderators are there, day by day; none where they or the days to check are not
        known."""
        people = self.minders or ()
        if self.minders is None or any(one.is_approved_moderator(facts) is None for one in people):
            return ()
        return self._there([one for one in people if one.is_approved_moderator(facts)], facts)

    def _there(self, people: Sequence[Minder], facts: Facts) -> tuple[Stretch, ...] | None:
        days = self.days_looked_over(facts)
        if days is None or self.first is None:
            return ()
        if any(one.away is None for one in people):
            return None
        return tuple(_stretches(self.first, _there_on(self.first, days, people)))


def _stretches(first: date, there: Sequence[int]) -> Iterator[Stretch]:
    for number, some in groupby(range(len(there)), key=lambda day: there[day]):
        days = list(some)
        begins, ends = first + timedelta(days=days[0]), first + timedelta(days=days[-1])
        yield Stretch(first=begins, last=ends, people=number)


def _there_on(first: date, days: int, people: Sequence[Minder]) -> list[int]:
    """Return how many are there on each day. An absence that overlaps another counts once."""
    changes = [0] * (days + 1)
    for one in people:
        covered = -1  # the last day, counted from the first, that is known to be one of absence
        for away in sorted(one.away or (), key=lambda each: each.first):
            begins = max((away.first - first).days, covered + 1, 0)
            ends = min((away.last - first).days, days - 1)
            if begins <= ends:
                changes[begins] -= 1
                changes[ends + 1] += 1
                covered = ends
    return [len(people) + gone for gone in accumulate(changes[:-1])]


@moment(
    "site.take_part",
    _("Taking part in someone else’s site for the school"),
    "taking_part_approved form_approved site_guidance",
    asks=Asks.ACT,
)
class SiteTakePart(Act, asked_of="applicant"):
    """`for_school`: in the school's name or as part of the job. `form`: how far one for it has come."""

    for_school: Tri = fact(need="speaks_for_school")
    approvals: tuple[Given, ...] | None = fact(_("approval"), need="approval")
    form: FormState | None = fact(question=_("What stage is its form at?"))
    checks: tuple[GuidanceCheck, ...] | None = fact(
        _("a check of the site against the guidance"), need="guidance_check"
    )
