"""Who of those whom the policy binds was shown a part of it that all of them have to know?"""

from typing import Annotated

from schoolgate.rulebook.facts import Ask, Day, Facts, Name, Part, Relation
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points


class ShownTo(Part):
    """A part of a briefing that a person finished on a day."""

    topic: Name
    on: Day


class Briefed(Part):
    """Somebody, and what they were shown; empty where nothing."""

    key: Name
    relation: Annotated[Relation | None, Ask("relation", "office")] = None
    shown: Annotated[
        tuple[ShownTo, ...] | None, Ask("shown_so_far", "office", _("what this person was shown"))
    ] = None


class BriefingStatus(Facts):
    """`people`: everybody in question, judged one by one."""

    people: Annotated[
        tuple[Briefed, ...] | None, Ask("people_briefed", "office", _("whom the policy binds"))
    ] = None


BRIEFING_STATUS = Situation(
    key="briefing.status",
    title=_("Who was shown what everybody has to know"),
    facts=BriefingStatus,
    points=points("shown_to_everybody"),
)
