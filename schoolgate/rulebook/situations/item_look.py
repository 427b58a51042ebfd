"""A comment or message from outside is visible. Does anyone have to look at it, or to act, and by when?"""

from datetime import datetime
from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import Facts, Instant, Name, Part, Person, Tri, derived, fact
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.chosen_time import AtLeastOne, ChosenTime
from schoolgate.rulebook.situations.comments import Fault, Judged, found_to_be, standing
from schoolgate.rulebook.working_time import Calendar, after_hours, in_utc, is_past

Suspicion = Literal["bullying", "inappropriate", "personal_details", "slur", "rude"]
"""What a first reading took it for, by a program or a person. It is no judgment."""
StepTaken = Literal["hide", "delete", "block", "report", "no_action_because"]


class SeenBy(Part):
    """A person who opened it."""

    by: Name = Field(description=_("who did it"))
    at: Instant = Field(description=_("when it was done"))


class Taken(Part):
    """A step that was taken and logged. Leaving it as it is counts where it was logged with a reason."""

    what: StepTaken = Field(description=_("what was done"))
    by: Name = Field(description=_("who did it"))
    at: Instant = Field(description=_("when it was done"))


@moment(
    "item.look",
    _("Comments and posts by others, waiting to be checked"),
    """first_look acted_on abusive_conversation writer_unnamed kept_back_for_risk kept_back_for_abuse
    read_in_time taken_down_in_time stepped_in rudeness""",
    asks=Asks.DUTY,
)
class ItemLook(Facts, asked_of="moderator"):
    """`suspected`, `seen`, `taken`: empty where nothing and no one. `judged`: None where no one has looked.
    `from_friend`: of a friend of the site. `plan_hours`: within how many hours the site's own plan has its
    team step in (`plan_names_no_time`: it names none). `choices`: "read", "take_down", "take_down_friends"
    or "take_down_at_once"."""

    writer: Person | None = Field(None, description=_("who wrote it"))
    writer_named: Tri = fact(_("whether the author gives a real name"))
    account_is_official: Tri = fact(_("whether the comment reached an official account"))
    hosting: Literal["school", "third party"] | None = fact(
        _("who hosts the site"), need="who_hosts", of="office"
    )
    for_pupils: Tri = fact(_("whether it is made for pupils"), need="made_for_pupils")
    received_at: Instant | None = fact(need="item_received_at")
    stands: Tri = fact(_("whether others can read the comment"), need="stands_for_others")
    from_friend: Tri = fact()
    suspected: tuple[Suspicion, ...] | None = fact(_("what the first check showed"), need="first_reading")
    abusive: Tri = fact(_("whether the conversation has become abusive"), need="conversation_abusive")
    seen: tuple[SeenBy, ...] | None = fact(_("who has opened the comment"), need="seen_by")
    taken: tuple[Taken, ...] | None = fact(
        _("what was done about the breach"), need="steps_taken", of="account_team"
    )
    judged: tuple[Judged, ...] | None = Field(
        None, description=_("what the person who read the comment found")
    )
    reported_at: Instant | None = fact(_("when the comment was reported"))
    reported: Tri = fact(
        _("whether the comment was reported to those who run the site"), need="reported_to_team"
    )
    plan_hours: AtLeastOne | None = fact(_("the time in the site’s own plan"), of="site_author")
    plan_names_no_time: Tri = Field(None, description=_("whether the site’s plan leaves out a time"))
    choices: tuple[ChosenTime, ...] = Field((), description=_("times the federation chose"))
    calendar: Calendar | None = Field(None, description=_("the school’s calendar"))

    @derived("first_reading", label=_("the most serious suspicion"))
    def foremost_suspicion(self, _facts: Facts) -> str | None:
        """The most serious suspicion: bullying before improper, a slur or rude."""
        if self.suspected is None:
            return None
        order = ("bullying", "inappropriate", "slur", "rude")
        return next((f"suspected_{one}" for one in order if one in self.suspected), "")

    @derived("judged_by_person", label=_("what people who read the comment found"))
    def found(self, _facts: Facts) -> tuple[Fault, ...] | None:
        """What people found it to be as it is."""
        return found_to_be(self.judged)

    @derived("judgment_rude", _("is it rude?"))
    def found_rude(self, _facts: Facts) -> bool:
        """Whether this version was found rude, as far as is known."""
        return "rude" in (found_to_be(self.judged) or ())

    @derived("judgment_rude", label=_("whether this version was judged"))
    def judged_as_it_is(self, _facts: Facts) -> bool:
        """Whether this version was judged."""
        return found_to_be(self.judged) is not None

    @derived("judged_by_person", label=_("since when the comment has broken the house rules"))
    def against_terms_since(self, _facts: Facts) -> datetime | None:
        """Since when it is held to be against the terms or the house rules."""
        return self._held_since("against_terms", "against_house_rules")

    @derived("judged_by_person", label=_("since when the comment has broken the school body’s rules"))
    def against_trust_rules_since(self, _facts: Facts) -> datetime | None:
        """Since when it is held to break the rules of the school's own body."""
        return self._held_since("against_trust_rules")

    @derived("judged_by_person", label=_("since when the comment has been judged very serious"))
    def grave_since(self, _facts: Facts) -> datetime | None:
        """Since when it is judged grossly offensive or a danger to a person."""
        return self._held_since("grossly_offensive", "endangers_young_person", "endangers_adult")

    def _held_since(self, *faults: Fault) -> datetime | None:
        return next((in_utc(one.at) for one in standing(self.judged, faults) or ()), None)

    @derived("relation", of="account_team", label=_("what to call the comment’s author"))
    def writer_to_name(self, _facts: Facts) -> str | None:
        """What to call the writer."""
        relation = self.writer.relation if self.writer is not None else None
        return None if relation is None else f"writer_{relation}"

    @derived("relation", of="account_team", label=_("whether a pupil or parent wrote the comment"))
    def pupil_or_parent_wrote(self, _facts: Facts) -> bool:
        """Whether a pupil or a parent wrote it, as far as is known."""
        return self.writer is not None and self.writer.relation in ("pupil", "parent")

    @derived("plan_hours", of="site_author", label=_("when the site’s team must step in by"))
    def step_in_due(self, _facts: Facts) -> Due | None:
        """By when the site's own plan has its team step in."""
        if self.reported_at is None or self.plan_hours is None:
            return None
        return Due(instant=after_hours(self.reported_at, self.plan_hours))

    @derived("plan_hours", of="site_author", label=_("whether the time to step in is over"))
    def step_in_over(self, _facts: Facts) -> bool | None:
        """Whether that time is over; no while the current time is not known."""
        due = self.step_in_due(self)
        if due is None or due.instant is None:
            return None
        return self.now is not None and is_past(due.instant, self.now)

    @property
    def actor(self) -> Person | None:
        """The person whose act is judged: the author."""
        return self.writer
