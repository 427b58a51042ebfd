"""A person is about to act on an item from outside, or to close it. Is everything done that goes with it?"""

from typing import Literal

from pydantic import Field

from schoolgate.rulebook.facts import (
    Act,
    Attested,
    Facts,
    Instant,
    Part,
    Person,
    Text,
    Tri,
    derived,
    fact,
)
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Asks, moment
from schoolgate.rulebook.situations.comments import Fault, Judged, found_to_be

Step = Literal["hide", "delete", "block", "report", "leave"]
NoticePart = Literal["reason for removal", "promise to respond", "request for respect"]
Reason = Literal[
    "offensive",
    "defamatory",
    "libellous",
    "improper",
    "abusive",
    "personal details",
    "against the rules",
    "advertising",
    "no listed reason",
    "disagreement",
]


GRAVE: frozenset[Fault] = frozenset({"grossly_offensive", "endangers_young_person", "endangers_adult"})


class RemovalNotice(Part, asked_of="moderator"):
    """What its readers are told. `words`: the policy's own, others, or none at all. `says`: which parts it
    has."""

    words: Literal["prescribed", "own", "none"]
    says: tuple[NoticePart, ...] | None = fact(_("what the notice says"), need="notice_parts")


class Reported(Part, asked_of="moderator"):
    """A report to the platform: under what number, when, and what the platform said so far."""

    number: Text | None = Field(None, description=_("the number of the report"))
    at: Instant | None = Field(None, description=_("when it was done"))
    answer: Text | None = Field(None, description=_("what the network replied"))

    @derived("platform_report_number", _("the number and time of the report to the platform"))
    def on_record(self, _facts: Facts) -> bool:
        """Whether its number and time are known."""
        return bool(self.number and self.at)


@moment(
    "item.remove",
    _("Finishing a step on what others wrote"),
    """reason_for_removal readers_told_why removal_notice notice_says left_standing kept_beforehand
    platform_first who_blocks warned_first""",
    house="other_views",
    asks=Asks.ACT,
)
class ItemRemove(Act, asked_of="moderator"):
    """`act`: "leave" is to leave it up. `explanation_precise`: by a person's judgment. `judged`: what a
    person found it to be. `kept`: beforehand. `reports`: to the platform, empty where none."""

    by: Person | None = fact(_("who takes the step"), need="step_taker", of="office")
    act: Step | None = fact(_("what you want to do with it"), need="step_on_it")
    hosting: Literal["school", "third party"] | None = fact(
        question=_("Who hosts the site?"), need="who_hosts", of="office"
    )
    reason: Reason | None = fact(
        _("a reason from the list"), _("Why?"), need="removal_reason", say="removing.reason_needed"
    )
    explained: Tri = fact(_("whether readers were told why"), _("Were readers told why, in public?"))
    explanation_precise: Attested | None = fact(
        _("does the explanation say precisely why?"),
        _("In your judgement, were they told the precise reason?"),
    )
    explanation_demanded: Tri = fact(_("whether anyone asked for an explanation"), _("Did someone ask why?"))
    notice: RemovalNotice | None = fact(_("a removal notice"), need="removal_notice")
    judged: tuple[Judged, ...] | None = Field(
        None, description=_("what the person who read the comment found")
    )
    may_show_abuse: Tri = fact(_("whether the comment may contain an illegal picture of a child"))
    kept: tuple[Literal["text", "link", "time"], ...] | None = fact(
        _("what was saved as evidence"), _("What was saved of it beforehand?"), need="kept_of_it"
    )
    warned: Tri = fact(_("a warning to the person"), _("Was the person warned before?"), need="author_warned")
    harmful: Tri = fact(_("whether the comment may cause someone harm"), _("Could it cause someone harm?"))
    reports: tuple[Reported, ...] | None = fact(
        _("whether the comment was reported to the platform"), need="platform_reports"
    )

    @derived("judged_by_person", label=_("what people who read the comment found"))
    def found(self, _facts: Facts) -> tuple[Fault, ...] | None:
        """What people found it to be as it is."""
        return found_to_be(self.judged)

    @derived("judged_by_person", label=_("whether the comment may be very serious"))
    def perhaps_grave(self, _facts: Facts) -> bool:
        """Whether it may be grossly offensive or put a person in danger: yes as long as no one has looked."""
        found = found_to_be(self.judged)
        return found is None or not GRAVE.isdisjoint(found)
