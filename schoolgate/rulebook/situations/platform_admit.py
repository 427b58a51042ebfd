"""Posting or commenting on a learning platform is about to be switched on for somebody."""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Instant, Part, Relation, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


class Told(Part, asked_of="office"):
    """They were shown how the platform may be used, or something else."""

    what: Literal["acceptable use", "other"]
    at: Instant | None = fact(_("the notice on how the platform may be used"), need="acceptable_use_notice")


@moment("platform.admit", _("Somebody is to be able to post on the learning platform"), "told_acceptable_use")
class PlatformAdmit(Facts, asked_of="office"):
    """`relation`: what the person is to the school. `may_post`: posting or commenting would be switched on.
    `told`: what they were shown, empty where nothing."""

    relation: Relation | None = fact(question=_("Who is to write there?"))
    may_post: Tri = fact(_("whether posting is to be switched on"), need="may_post_on_platform")
    told: tuple[Told, ...] | None = fact(
        _("whether the parent was told how the platform may be used"), need="told_acceptable_use"
    )
