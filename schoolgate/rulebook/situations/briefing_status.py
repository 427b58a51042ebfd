"""Who of those whom the policy binds was shown a part of it that all of them have to know?"""

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Relation, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


class ShownTo(Part):
    """A part of a briefing that a person finished on a day."""

    topic: Name
    on: Day


class Briefed(Part, asked_of="office"):
    """Somebody, and what they were shown; empty where nothing."""

    key: Name
    relation: Relation | None = fact()
    shown: tuple[ShownTo, ...] | None = fact(_("what this person was shown"), need="shown_so_far")


@moment("briefing.status", _("Who was shown what everybody has to know"), "shown_to_everybody")
class BriefingStatus(Facts, asked_of="office"):
    """`people`: everybody in question, judged one by one."""

    people: tuple[Briefed, ...] | None = fact(_("whom the policy binds"), need="people_briefed")
