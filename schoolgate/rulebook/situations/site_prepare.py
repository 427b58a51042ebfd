"""How an account or a site will be looked after is being settled, before it goes live."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Given, Name, Tri
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points


class SitePrepare(Act):
    """`by` settles it. `host`: who hosts it. `made_for_pupils`: it is for pupils to use.

    `users_may_write`, `users_may_add_pictures`: yes or no, None where nobody has settled it yet.
    `answers_given_by`: who deals with comments and messages, empty where nobody. `moderation`: whether what
    stands there is read before or after it appears, "none" where nobody reads it; `moderators`: their keys.
    `started_by`, `answers_for_moderation`: the team that set it up, the one that answers for moderating;
    `handovers`: signed ones from the first to the other. `reporting_route`, `steps_in_how`: the way to report
    to the platform, and how it steps in, stand in the table of platforms. `own_plan`: what is done on top of
    the platform's own measures is written down. `friends_note`: what the author did with the note on online
    friends, None where nobody has decided."""

    host: Annotated[
        Literal["school", "third party"] | None, Ask("who_hosts", "site_author", _("who hosts the site"))
    ] = None
    made_for_pupils: Annotated[Tri, Ask("made_for_pupils", "site_author")] = None
    users_may_write: Annotated[
        Tri,
        Ask(
            "users_text",
            "site_author",
            _("whether users may add text or comments"),
            say="site_care.settle_text",
        ),
    ] = None
    users_may_add_pictures: Annotated[
        Tri,
        Ask(
            "users_pictures",
            "site_author",
            _("whether users may add pictures"),
            say="site_care.settle_pictures",
        ),
    ] = None
    answers_given_by: Annotated[
        tuple[Name, ...] | None,
        Ask(
            "who_answers",
            "creator_of_account",
            _("who deals with comments and messages"),
            say="site_care.nobody_replies",
        ),
    ] = None
    moderation: Annotated[
        Literal["before", "after", "none"] | None,
        Ask(
            "when_moderated",
            "site_author",
            _("whether it is moderated before or after it appears"),
            say="site_care.not_moderated",
        ),
    ] = None
    moderators: Annotated[
        tuple[Name, ...] | None,
        Ask(
            "named_moderators",
            "site_author",
            _("the names of those who moderate"),
            say="site_care.not_moderated",
        ),
    ] = None
    started_by: Annotated[
        Name | None, Ask("team_that_started", "site_author", _("which team set the site up"))
    ] = None
    answers_for_moderation: Annotated[
        Name | None, Ask("team_that_answers", "site_author", _("which team answers for moderating"))
    ] = None
    handovers: Annotated[
        tuple[Given, ...] | None, Ask("handover_signed", "site_author", _("a signed handover"))
    ] = None
    reporting_route: Annotated[
        Tri,
        Ask(
            "reporting_route",
            "site_author",
            _("the way to report to the platform"),
            say="site_care.platform_unknown",
        ),
    ] = None
    steps_in_how: Annotated[
        Tri,
        Ask("steps_in_how", "site_author", _("how the platform steps in"), say="site_care.platform_unknown"),
    ] = None
    own_plan: Annotated[
        Tri,
        Ask(
            "own_plan_written",
            "site_author",
            _("a plan on top of the platform's own measures"),
            say="site_care.own_plan_missing",
        ),
    ] = None
    friends_note: Annotated[
        Literal["pinned", "left_out"] | None,
        Ask(
            "friends_note_settled",
            "site_author",
            _("whether the note about online friends is to stand there"),
            say="site_care.offer_friends_note",
        ),
    ] = None


SITE_PREPARE = Situation(
    key="site.prepare",
    title=_("How an account or site will be looked after is settled"),
    facts=SitePrepare,
    points=points(
        """
        users_text users_pictures comments_dealt_with moderation_set_up answerable_for_moderation
        platform_known own_plan online_friends
        """
    ),
)
