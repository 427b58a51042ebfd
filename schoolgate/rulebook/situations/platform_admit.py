"""Posting or commenting on a learning platform is about to be switched on for somebody."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Ask, Facts, Instant, Part, Relation, Tri
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points


class Told(Part):
    """They were shown how the platform may be used, or something else."""

    what: Literal["acceptable use", "other"]
    at: Annotated[
        Instant | None,
        Ask("acceptable_use_notice", "office", _("the notice on how the platform may be used")),
    ] = None


class PlatformAdmit(Facts):
    """`relation`: what the person is to the school. `may_post`: posting or commenting would be switched on.
    `told`: what they were shown, empty where nothing."""

    relation: Annotated[Relation | None, Ask("relation", "office", question=_("Who is to write there?"))] = (
        None
    )
    may_post: Annotated[
        Tri, Ask("may_post_on_platform", "office", _("whether posting is to be switched on"))
    ] = None
    told: Annotated[
        tuple[Told, ...] | None,
        Ask("told_acceptable_use", "office", _("whether the parent was told how the platform may be used")),
    ] = None


PLATFORM_ADMIT = Situation(
    key="platform.admit",
    title=_("Somebody is to be able to post on the learning platform"),
    facts=PlatformAdmit,
    points=points("told_acceptable_use"),
)
