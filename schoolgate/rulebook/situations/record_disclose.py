"""Somebody asks for what is held. Does the policy count what was shared on social networks to it?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Ask, Facts, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.sharing_considered import Space


class RecordDisclose(Facts):
    """`under`: the law that the request rests on. `shared_by_staff`: it was shared on a social network by
    staff. `space`: where it stands."""

    under: Annotated[
        Literal["data protection", "freedom of information", "other"] | None,
        Ask(
            "request_under",
            "whoever_asks",
            gettext_noop("which law the request rests on"),
            gettext_noop("On which law does the request rest?"),
        ),
    ] = None
    shared_by_staff: Annotated[
        Tri,
        Ask(
            "shared_by_staff",
            "office",
            gettext_noop("whether staff shared it on a social network"),
            gettext_noop("Was it shared on a social network by staff?"),
        ),
    ] = None
    space: Space | None = None


RECORD_DISCLOSE = Situation(
    key="record.disclose",
    title=gettext_noop("Somebody asks for what is held"),
    facts=RecordDisclose,
    points=points("within_reach private_spaces"),
)
