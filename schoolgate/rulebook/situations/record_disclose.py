"""Somebody asks for what is held. Does the policy count what was shared on social networks to it?"""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment
from schoolgate.rulebook.situations.sharing_considered import Space


@moment("record.disclose", _("Somebody asks for what is held"), "within_reach private_spaces")
class RecordDisclose(Facts, asked_of="whoever_asks"):
    """`under`: the law that the request rests on. `shared_by_staff`: it was shared on a social network by
    staff. `space`: where it stands."""

    under: Literal["data protection", "freedom of information", "other"] | None = fact(
        _("which law the request rests on"), _("On which law does the request rest?"), need="request_under"
    )
    shared_by_staff: Tri = fact(
        _("whether staff shared it on a social network"),
        _("Was it shared on a social network by staff?"),
        of="office",
    )
    space: Space | None = None
