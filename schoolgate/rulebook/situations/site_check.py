"""A site that runs is looked over: what stands on its pages, and who looks after it on which days?"""

from typing import Annotated, Literal

from pydantic import Field

from schoolgate.rulebook.facts import Ask, Day, Facts, Name, Part, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class DaysAway(Part):
    """Away from the first day to the last, both included."""

    first: Day
    last: Day


class Minder(Part):
    """Somebody who looks after the site. `moderator`: one of its moderators; `approved`: for that part.
    `away`: absences entered, empty where none, None where nobody has said."""

    key: Name
    moderator: Tri = None
    approved: Tri = None
    away: tuple[DaysAway, ...] | None = None


class SiteCheck(Facts):
    """`first`, `last`: the days looked over. `house_rules_found`, `terms_found`: a look at the site found
    them. `logo_can_link`: the site lets a logo lead somewhere; `logo_leads_to`: where it does."""

    host: Annotated[Literal["school", "third party"] | None, Ask("who_hosts", "office")] = None
    house_rules_found: Annotated[
        Tri, Ask("house_rules_found", "site_team", gettext_noop("whether the house rules can be found"))
    ] = None
    terms_found: Annotated[
        Tri, Ask("terms_of_use_found", "site_team", gettext_noop("whether the terms of use can be found"))
    ] = None
    logo_can_link: Annotated[
        Tri, Ask("logo_can_link", "site_team", gettext_noop("whether the logo can lead somewhere"))
    ] = None
    logo_leads_to: Annotated[
        Literal["fitting_page", "other_page", "nowhere"] | None,
        Ask("logo_leads_to", "site_team", gettext_noop("where the logo leads")),
    ] = None
    minders: Annotated[tuple[Minder, ...], Field(max_length=10_000)] | None = None
    first: Day | None = None
    last: Day | None = None


SITE_CHECK = Situation(
    key="site.check",
    title=gettext_noop("A site is looked over"),
    facts=SiteCheck,
    points=points("rules_found logo_leads looked_after_in_absence moderators_on_hand"),
)
