"""Something that others wrote stands there. Has somebody to look at it, or to act, and by when?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Ask, Facts, Instant, Name, Part, Person, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.chosen_time import AtLeastOne, ChosenTime
from schoolgate.rulebook.situations.judged import Judged
from schoolgate.rulebook.working_time import Calendar

Suspicion = Literal["bullying", "inappropriate", "personal_details", "slur", "rude"]
"""What a first reading took it for, by a program or a person. It is no judgment."""
StepTaken = Literal["hide", "delete", "block", "report", "no_action_because"]


class SeenBy(Part):
    """Somebody opened it."""

    by: Name
    at: Instant


class Taken(Part):
    """A step that was taken and logged. Leaving it as it is counts where it was logged with a reason."""

    what: StepTaken
    by: Name
    at: Instant


class ItemLook(Facts):
    """`writer`: who wrote it, with what they are to the school. `writer_named`: under a real name.

    `suspected`: by the first reading, empty where nothing. `seen`, `taken`: who opened it and what was done,
    empty where nobody and nothing. `judged`: what a person found it to be, None where nobody has looked.
    `abusive`: the conversation has turned abusive. `for_pupils`: the site is made for pupils. `hosting`: who
    hosts it. `stands`: others can read it. `from_friend`: of a friend of the site. `reported_at`: when
    somebody reported it to those who run the site, `plan_hours`: within how many hours their own plan has
    them step in (`plan_names_no_time`: it names none). `choices`: times that the federation chose, `what`
    being "read", "take_down", "take_down_friends" or "take_down_at_once"."""

    writer: Person | None = None
    writer_named: Annotated[
        Tri, Ask("writer_named", "moderator", gettext_noop("whether the writer gives a real name"))
    ] = None
    account_is_official: Annotated[
        Tri, Ask("account_is_official", "moderator", gettext_noop("whether it reached an official account"))
    ] = None
    hosting: Literal["school", "third party"] | None = None
    for_pupils: Annotated[
        Tri, Ask("made_for_pupils", "moderator", gettext_noop("whether it is made for pupils"))
    ] = None
    received_at: Instant | None = None
    stands: Tri = None
    from_friend: Tri = None
    suspected: Annotated[
        tuple[Suspicion, ...] | None,
        Ask("first_reading", "moderator", gettext_noop("what the first reading found")),
    ] = None
    abusive: Tri = None
    seen: Annotated[
        tuple[SeenBy, ...] | None, Ask("seen_by", "moderator", gettext_noop("who has opened it"))
    ] = None
    taken: tuple[Taken, ...] | None = None
    judged: tuple[Judged, ...] | None = None
    reported_at: Instant | None = None
    reported: Tri = None
    plan_hours: AtLeastOne | None = None
    plan_names_no_time: Tri = None
    choices: tuple[ChosenTime, ...] = ()
    calendar: Calendar | None = None

    @derived("first_reading", "moderator")
    def foremost_suspicion(self, _facts: Facts) -> str | None:
        """What to name of the suspicions: bullying before what is improper, a slur or rude."""
        if self.suspected is None:
            return None
        order = ("bullying", "inappropriate", "slur", "rude")
        return next((f"suspected_{one}" for one in order if one in self.suspected), "")

    @property
    def actor(self) -> Person | None:
        """Whose act is judged: the writer's."""
        return self.writer


ITEM_LOOK = Situation(
    key="item.look",
    title=gettext_noop("What others wrote waits to be looked at"),
    facts=ItemLook,
    points=points(
        """
        first_look acted_on abusive_conversation writer_unnamed kept_back_for_risk kept_back_for_abuse
        read_in_time taken_down_in_time stepped_in rudeness
        """
    ),
)
