"""A site for young or vulnerable people is planned. Was thought given to them, and does the internet suit?"""

from typing import Literal

from schoolgate.rulebook.facts import Day, Facts, Given, Name, Part, Person, Text, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Risk = Literal[
    "skills ahead of judgement",
    "posting sensitive personal information",
    "treating online friends as real friends",
    "grooming",
    "cyberbullying",
]


class GuidanceCheck(Part):
    """A site was held against a published guidance. `replaces`: the guidance that this one has taken the
    place of. `open_points`: what is not yet as it says, None where that was not written down."""

    guidance: Name
    replaces: Name | None = None
    on: Day | None = None
    by: Name | None = None
    open_points: tuple[Text, ...] | None = None


class SiteSuits(Facts):
    """`for_young_people`: whether young people are among those it is for. `risks_answered`: the dangers
    for which it is written down what is done; `other_risks`: what is written down of further ones.
    `taught_safely`: how pupils are taught to use it safely. `known_of_them`: what is known of those it is
    for.

    `vulnerable`: they are vulnerable; `in_doubt`: the author is not sure whether the internet suits them.
    `confidential_help_from`: from whom they get confidential help, empty where from nobody. `channel_reason`:
    why no other channel is used. `advice`: given on that doubt. `host`: who hosts it."""

    by: Person | None = None
    for_young_people: Tri = None
    risks_answered: tuple[Risk, ...] | None = None
    other_risks: Text | None = None
    taught_safely: Text | None = None
    known_of_them: Text | None = None
    vulnerable: Tri = None
    confidential_help_from: tuple[Literal["school", "County Council", "other"], ...] | None = None
    channel_reason: Text | None = None
    in_doubt: Tri = None
    advice: tuple[Given, ...] | None = None
    host: Literal["school", "third party"] | None = None
    checks: tuple[GuidanceCheck, ...] | None = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


SITE_SUITS = Situation(
    key="site.suits",
    title=gettext_noop("A site for young or vulnerable people"),
    facts=SiteSuits,
    points=points(
        "site_dangers taught_to_use_it site_guidance pupils_known right_channel weak_privacy channel_doubt"
    ),
)
