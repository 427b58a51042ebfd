"""How an account or a site will be looked after is being settled, before it goes live."""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Given, Name, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class SitePrepare(Facts):
    """`by` settles it. `host`: who hosts it. `made_for_pupils`: it is for pupils to use.

    `users_may_write`, `users_may_add_pictures`: yes or no, None where nobody has settled it yet.
    `answers_given_by`: who deals with comments and messages, empty where nobody. `moderation`: whether what
    stands there is read before or after it appears, "none" where nobody reads it; `moderators`: their keys.
    `started_by`, `answers_for_moderation`: the team that set it up, the one that answers for moderating;
    `handovers`: signed ones from the first to the other. `reporting_route`, `steps_in_how`: the way to report
    to the platform, and how it steps in, stand in the table of platforms. `own_plan`: what is done on top of
    the platform's own measures is written down. `friends_note`: what the author did with the note on online
    friends, None where nobody has decided."""

    by: Person | None = None
    host: Literal["school", "third party"] | None = None
    made_for_pupils: Tri = None
    users_may_write: Tri = None
    users_may_add_pictures: Tri = None
    answers_given_by: tuple[Name, ...] | None = None
    moderation: Literal["before", "after", "none"] | None = None
    moderators: tuple[Name, ...] | None = None
    started_by: Name | None = None
    answers_for_moderation: Name | None = None
    handovers: tuple[Given, ...] | None = None
    reporting_route: Tri = None
    steps_in_how: Tri = None
    own_plan: Tri = None
    friends_note: Literal["pinned", "left_out"] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


SITE_PREPARE = Situation(
    key="site.prepare",
    title=gettext_noop("How an account or site will be looked after is settled"),
    facts=SitePrepare,
    points=points(
        """
        users_text users_pictures comments_dealt_with moderation_set_up answerable_for_moderation
        platform_known own_plan online_friends
        """
    ),
)
