"""Posting or commenting on a learning platform is about to be switched on for somebody."""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Instant, Part, Relation, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class Told(Part):
    """They were shown how the platform may be used, or something else."""

    what: Literal["acceptable use", "other"]
    at: Instant | None = None


class PlatformAdmit(Facts):
    """`relation`: what the person is to the school. `may_post`: posting or commenting would be switched on.
    `told`: what they were shown, empty where nothing."""

    relation: Relation | None = None
    may_post: Tri = None
    told: tuple[Told, ...] | None = None


PLATFORM_ADMIT = Situation(
    key="platform.admit",
    title=gettext_noop("Somebody is to be able to post on the learning platform"),
    facts=PlatformAdmit,
    points=points("told_acceptable_use"),
)
