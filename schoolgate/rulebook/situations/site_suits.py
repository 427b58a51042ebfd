"""A site for young or vulnerable people is planned. Was thought given to them, and does the internet suit?"""

from typing import Annotated, Literal, get_args

from schoolgate.rulebook.facts import Act, Ask, Day, Facts, Given, Name, Part, Text, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points

Risk = Literal[
    "skills ahead of judgement",
    "posting sensitive personal information",
    "treating online friends as real friends",
    "grooming",
    "cyberbullying",
]


def is_written(text: str | None) -> bool:
    """Whether anything but blanks stands there."""
    return bool(text and text.strip())


class GuidanceCheck(Part):
    """A site was held against a published guidance. `replaces`: the guidance that this one has taken the
    place of. `open_points`: what is not yet as it says, None where that was not written down."""

    guidance: Name
    replaces: Name | None = None
    on: Day | None = None
    by: Name | None = None
    open_points: tuple[Text, ...] | None = None


class SiteSuits(Act):
    """`for_young_people`: whether young people are among those it is for. `risks_answered`: the dangers
    for which it is written down what is done; `other_risks`: what is written down of further ones.
    `taught_safely`: how pupils are taught to use it safely. `known_of_them`: what is known of those it is
    for.

    `vulnerable`: they are vulnerable; `in_doubt`: the author is not sure whether the internet suits them.
    `confidential_help_from`: from whom they get confidential help, empty where from nobody. `channel_reason`:
    why no other channel is used. `advice`: given on that doubt. `host`: who hosts it."""

    for_young_people: Annotated[
        Tri,
        Ask("for_young_people", "applicant", gettext_noop("whether young people are among those it is for")),
    ] = None
    risks_answered: Annotated[
        tuple[Risk, ...] | None,
        Ask(
            "risks_answered",
            "applicant",
            gettext_noop("what is done about each danger"),
            gettext_noop("For which dangers is it written down what is done?"),
        ),
    ] = None
    other_risks: Text | None = None
    taught_safely: Text | None = None
    known_of_them: Text | None = None
    vulnerable: Annotated[
        Tri,
        Ask(
            "vulnerable",
            "applicant",
            gettext_noop("whether they are vulnerable or get confidential help"),
            gettext_noop("Are those it is for vulnerable?"),
        ),
    ] = None
    confidential_help_from: Annotated[
        tuple[Literal["school", "County Council", "other"], ...] | None,
        Ask("vulnerable", "applicant", question=gettext_noop("From whom do they get confidential help?")),
    ] = None
    channel_reason: Text | None = None
    in_doubt: Annotated[
        Tri,
        Ask(
            "channel_in_doubt",
            "applicant",
            gettext_noop("whether the author is sure that the internet suits them"),
            gettext_noop("Are you in doubt whether the internet suits them?"),
        ),
    ] = None
    advice: Annotated[tuple[Given, ...] | None, Ask("channel_advice", "applicant")] = None
    host: Annotated[Literal["school", "third party"] | None, Ask("who_hosts", "site_author")] = None
    checks: tuple[GuidanceCheck, ...] | None = None

    @derived("risks_answered", "applicant")
    def dangers_open(self, _facts: Facts) -> tuple[str, ...] | None:
        """The dangers about which nothing is written down yet."""
        if self.risks_answered is None:
            return None
        named = [f"risk.{one}" for one in get_args(Risk) if one not in self.risks_answered]
        return tuple(named if is_written(self.other_risks) else [*named, "risk.other"])

    @derived("risk.other", "applicant")
    def has_other_risks(self, _facts: Facts) -> bool:
        """Whether anything is written down of further dangers."""
        return is_written(self.other_risks)

    @derived("taught_safely", "applicant")
    def has_teaching(self, _facts: Facts) -> bool:
        """Whether it is written down how pupils are taught."""
        return is_written(self.taught_safely)

    @derived("known_of_them", "applicant")
    def has_readers_described(self, _facts: Facts) -> bool:
        """Whether it is written down whom it is for."""
        return is_written(self.known_of_them)

    @derived("channel_reason", "applicant")
    def has_channel_reason(self, _facts: Facts) -> bool:
        """Whether it is written down why no other channel is used."""
        return is_written(self.channel_reason)


SITE_SUITS = Situation(
    key="site.suits",
    title=gettext_noop("A site for young or vulnerable people"),
    facts=SiteSuits,
    points=points(
        "site_dangers taught_to_use_it site_guidance pupils_known right_channel weak_privacy channel_doubt"
    ),
)
