"""How an account or a site will be looked after is being settled, before it goes live."""

from typing import Literal

from schoolgate.rulebook.facts import Act, Given, Name, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment(
    "site.prepare",
    _("How an account or site will be looked after is settled"),
    """users_text users_pictures comments_dealt_with moderation_set_up answerable_for_moderation
    platform_known own_plan online_friends""",
)
class SitePrepare(Act, asked_of="site_author"):
    """`by` settles it. `host`: who hosts it. `made_for_pupils`: it is for pupils to use.

    `users_may_write`, `users_may_add_pictures`: yes or no, None where nobody has settled it yet.
    `answers_given_by`: who deals with comments and messages, empty where nobody. `moderation`: whether what
    stands there is read before or after it appears, "none" where nobody reads it; `moderators`: their keys.
    `started_by`, `answers_for_moderation`: the team that set it up, the one that answers for moderating;
    `handovers`: signed ones from the first to the other. `reporting_route`, `steps_in_how`: the way to report
    to the platform, and how it steps in, stand in the table of platforms. `own_plan`: what is done on top of
    the platform's own measures is written down. `friends_note`: what the author did with the note on online
    friends, None where nobody has decided."""

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
        _("whether it is moderated before or after it appears"),
        need="when_moderated",
        say="site_care.not_moderated",
    )
    moderators: tuple[Name, ...] | None = fact(
        _("the names of those who moderate"), need="named_moderators", say="site_care.not_moderated"
    )
    started_by: Name | None = fact(_("which team set the site up"), need="team_that_started")
    answers_for_moderation: Name | None = fact(
        _("which team answers for moderating"), need="team_that_answers"
    )
    handovers: tuple[Given, ...] | None = fact(_("a signed handover"), need="handover_signed")
    reporting_route: Tri = fact(_("the way to report to the platform"), say="site_care.platform_unknown")
    steps_in_how: Tri = fact(_("how the platform steps in"), say="site_care.platform_unknown")
    own_plan: Tri = fact(
        _("a plan on top of the platform's own measures"),
        need="own_plan_written",
        say="site_care.own_plan_missing",
    )
    friends_note: Literal["pinned", "left_out"] | None = fact(
        _("whether the note about online friends is to stand there"),
        need="friends_note_settled",
        say="site_care.offer_friends_note",
    )
