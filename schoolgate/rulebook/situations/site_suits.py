"""A site for young or vulnerable people is planned. Was thought given to them, and does the internet suit?"""

from typing import Annotated, Any, Literal, get_args

from schoolgate.rulebook.facts import Act, Ask, Day, Facts, Given, Name, Part, Text, Tri, derived
from schoolgate.rulebook.sentences import gettext_noop as _
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
    on: Annotated[Day | None, Ask("guidance_day", "applicant", _("the day of that check"))] = None
    by: Name | None = None
    open_points: Annotated[
        tuple[Text, ...] | None, Ask("guidance_gaps", "applicant", _("what that check left open"))
    ] = None

    @derived("guidance_check", "applicant")
    def held_against(self, _facts: Facts) -> tuple[Name, ...]:
        """The guidance that the site was held against, and what this one has taken the place of."""
        return (self.guidance,) if self.replaces is None else (self.guidance, self.replaces)

    @derived("guidance_check", "applicant")
    def is_latest(self, facts: Any) -> bool:
        """Whether no later check was made against the same guidance."""
        held = set(self.held_against(facts))
        same = [one for one in facts.checks if not held.isdisjoint(one.held_against(facts))]
        return same[-1] is self


def still_open(checks: "tuple[GuidanceCheck, ...] | None", facts: Any) -> tuple[Text, ...] | None:
    """What the latest checks left open."""
    if checks is None:
        return None
    return tuple(point for one in checks if one.is_latest(facts) for point in one.open_points or ())


class SiteSuits(Act):
    """`for_young_people`: whether young people are among those it is for. `risks_answered`: the dangers
    for which it is written down what is done; `other_risks`: what is written down of further ones.
    `taught_safely`: how pupils are taught to use it safely. `known_of_them`: what is known of those it is
    for.

    `vulnerable`: they are vulnerable; `in_doubt`: the author is not sure whether the internet suits them.
    `confidential_help_from`: from whom they get confidential help, empty where from nobody. `channel_reason`:
    why no other channel is used. `advice`: given on that doubt. `host`: who hosts it."""

    for_young_people: Annotated[
        Tri, Ask("for_young_people", "applicant", _("whether young people are among those it is for"))
    ] = None
    risks_answered: Annotated[
        tuple[Risk, ...] | None,
        Ask(
            "risks_answered",
            "applicant",
            _("what is done about each danger"),
            _("For which dangers is it written down what is done?"),
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
            _("whether they are vulnerable or get confidential help"),
            _("Are those it is for vulnerable?"),
        ),
    ] = None
    confidential_help_from: Annotated[
        tuple[Literal["school", "County Council", "other"], ...] | None,
        Ask("vulnerable", "applicant", question=_("From whom do they get confidential help?")),
    ] = None
    channel_reason: Text | None = None
    in_doubt: Annotated[
        Tri,
        Ask(
            "channel_in_doubt",
            "applicant",
            _("whether the author is sure that the internet suits them"),
            _("Are you in doubt whether the internet suits them?"),
        ),
    ] = None
    advice: Annotated[
        tuple[Given, ...] | None,
        Ask("channel_advice", "applicant", _("advice whether the internet suits them")),
    ] = None
    host: Annotated[Literal["school", "third party"] | None, Ask("who_hosts", "site_author")] = None
    checks: Annotated[tuple[GuidanceCheck, ...] | None, Ask("guidance_check", "applicant")] = None

    @derived("risks_answered", "applicant")
    def dangers_open(self, _facts: Facts) -> tuple[str, ...] | None:
        """The dangers about which nothing is written down yet."""
        if self.risks_answered is None:
            return None
        named = [f"risk.{one}" for one in get_args(Risk) if one not in self.risks_answered]
        return tuple(named if is_written(self.other_risks) else [*named, "risk.other"])

    @derived("guidance_gaps", "applicant")
    def guidance_gaps(self, facts: Facts) -> tuple[Text, ...] | None:
        """What the latest checks against guidance left open."""
        return still_open(self.checks, facts)

    @derived("risk.other", "applicant", _("any further danger"))
    def has_other_risks(self, _facts: Facts) -> bool:
        """Whether anything is written down of further dangers."""
        return is_written(self.other_risks)

    @derived("taught_safely", "applicant", _("how pupils are taught to use it safely"))
    def has_teaching(self, _facts: Facts) -> bool:
        """Whether it is written down how pupils are taught."""
        return is_written(self.taught_safely)

    @derived("known_of_them", "applicant", _("what is known of the young people whom it is for"))
    def has_readers_described(self, _facts: Facts) -> bool:
        """Whether it is written down whom it is for."""
        return is_written(self.known_of_them)

    @derived("channel_reason", "applicant", _("why no other way is used"))
    def has_channel_reason(self, _facts: Facts) -> bool:
        """Whether it is written down why no other channel is used."""
        return is_written(self.channel_reason)


SITE_SUITS = Situation(
    key="site.suits",
    title=_("A site for young or vulnerable people"),
    facts=SiteSuits,
    points=points(
        "site_dangers taught_to_use_it site_guidance pupils_known right_channel weak_privacy channel_doubt"
    ),
)
