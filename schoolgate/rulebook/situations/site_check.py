"""A site that runs is looked over: what stands on its pages, and who looks after it on which days?"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate, groupby
from typing import Annotated, Literal

from pydantic import Field

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Tri, Whole, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

LONGEST = 1_000
"""How many days are looked over at once."""


class DaysAway(Part):
    """Away from the first day to the last, both included."""

    first: Day
    last: Day


class Minder(Part, asked_of="site_team"):
    """Somebody who looks after the site. `moderator`: one of its moderators; `approved`: for that part.
    `away`: absences entered, empty where none, None where nobody has said."""

    key: Name
    moderator: Tri = fact(_("who is an approved moderator"), need="approved_moderator")
    approved: Tri = fact(need="approved_moderator")
    away: tuple[DaysAway, ...] | None = None

    @derived("approved_moderator")
    def is_approved_moderator(self, _facts: Facts) -> bool | None:
        """Whether they are a moderator and approved for that part."""
        if self.moderator is False or self.approved is False:
            return False
        return None if self.moderator is None else self.approved


class Stretch(Part, asked_of="site_team"):
    """Days, both included, on which equally many are there."""

    first: Day
    last: Day
    people: Whole

    @derived("absences")
    def is_bare(self, _facts: Facts) -> bool:
        """Whether nobody is there."""
        return self.people == 0


@moment(
    "site.check",
    _("A site is looked over"),
    "rules_found logo_leads looked_after_in_absence moderators_on_hand",
)
class SiteCheck(Facts, asked_of="site_team"):
    """`first`, `last`: the days looked over. `house_rules_found`, `terms_found`: a look at the site found
    them. `logo_can_link`: the site lets a logo lead somewhere; `logo_leads_to`: where it does."""

    host: Literal["school", "third party"] | None = fact(need="who_hosts", of="office")
    house_rules_found: Tri = fact(_("whether the house rules can be found"))
    terms_found: Tri = fact(_("whether the terms of use can be found"), need="terms_of_use_found")
    logo_can_link: Tri = fact(_("whether the logo can lead somewhere"))
    logo_leads_to: Literal["fitting_page", "other_page", "nowhere"] | None = fact(_("where the logo leads"))
    minders: Annotated[tuple[Minder, ...], Field(max_length=10_000)] | None = fact(
        _("who looks after the site"), need="site_minders"
    )
    first: Day | None = None
    last: Day | None = None

    @derived("days_looked_over", _("which days are looked over"))
    def days_looked_over(self, _facts: Facts) -> int | None:
        """How many days are looked over; not known where they are none or too many."""
        if self.first is None or self.last is None:
            return None
        days = (self.last - self.first).days + 1
        return days if 1 <= days <= LONGEST else None

    @derived("absences", _("who is away on which days"))
    def minders_there(self, facts: Facts) -> tuple[Stretch, ...] | None:
        """How many of those who look after the site are there, from day to day; none where nobody says who
        they are or which days are looked over."""
        return self._there(self.minders or (), facts) if self.minders is not None else ()

    @derived("absences")
    def moderators_there(self, facts: Facts) -> tuple[Stretch, ...] | None:
        """How many approved moderators are there, from day to day; none where nobody says who they are or
        which days are looked over."""
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
    """How many are there on each day. An absence that overlaps another counts once."""
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
