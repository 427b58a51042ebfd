"""Somebody is about to take a step on what others wrote, or to finish it. Is everything done that goes with
it?"""

from typing import Literal

from schoolgate.rulebook.facts import Attested, Facts, Instant, Part, Person, Text, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points
from schoolgate.rulebook.situations.judged import Judged

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


class RemovalNotice(Part):
    """What its readers are told. `words`: the policy's own, others, or none at all. `says`: which parts it
    has, as whoever wrote it marked them."""

    words: Literal["prescribed", "own", "none"]
    says: tuple[NoticePart, ...] | None = None


class Reported(Part):
    """It was reported to the platform: under what number, when, and what the platform said so far."""

    number: Text | None = None
    at: Instant | None = None
    answer: Text | None = None


class ItemRemove(Facts):
    """`act`: the step; "leave" is to let it stand. `reason`: why, from the list.

    `explained`: the audience was told in public why; `explanation_precise`: it gives the precise reason, by
    somebody's judgment. `explanation_demanded`: somebody called for one. `judged`: what a person found it to
    be. `kept`: what was kept of it beforehand. `may_show_abuse`: it may hold an illegal image of a child.
    `harmful`: somebody may come to harm by it. `reports`: reports to the platform, empty where none."""

    by: Person | None = None
    act: Step | None = None
    hosting: Literal["school", "third party"] | None = None
    reason: Reason | None = None
    explained: Tri = None
    explanation_precise: Attested | None = None
    explanation_demanded: Tri = None
    notice: RemovalNotice | None = None
    judged: tuple[Judged, ...] | None = None
    may_show_abuse: Tri = None
    kept: tuple[Literal["text", "link", "time"], ...] | None = None
    harmful: Tri = None
    reports: tuple[Reported, ...] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


ITEM_REMOVE = Situation(
    key="item.remove",
    title=gettext_noop("A step on what others wrote is about to be finished"),
    facts=ItemRemove,
    points=points(
        """
        reason_for_removal readers_told_why removal_notice notice_says left_standing kept_beforehand
        platform_first
        """
    ),
)
