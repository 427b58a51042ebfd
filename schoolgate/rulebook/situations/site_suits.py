"""A site for young or vulnerable people is planned. Was thought given to them, and does the internet suit?"""

from typing import Any, Literal, get_args

from schoolgate.rulebook.facts import Act, Day, Facts, Given, Name, Part, Text, Tri, derived, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment

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


class GuidanceCheck(Part, asked_of="applicant"):
    """A site was held against a published guidance. `replaces`: the guidance that this one has taken the
    place of. `open_points`: what is not yet as it says, None where that was not written down."""

    guidance: Name
    replaces: Name | None = None
    on: Day | None = fact(_("the day of that check"), need="guidance_day")
    by: Name | None = None
    open_points: tuple[Text, ...] | None = fact(_("what that check left open"), need="guidance_gaps")

    @derived("guidance_check")
    def held_against(self, _facts: Facts) -> tuple[Name, ...]:
        """The guidance that the site was held against, and what this one has taken the place of."""
        return (self.guidance,) if self.replaces is None else (self.guidance, self.replaces)

    @derived("guidance_check")
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


@moment(
    "site.suits",
    _("A site for young or vulnerable people"),
    "site_dangers taught_to_use_it site_guidance pupils_known right_channel weak_privacy channel_doubt",
)
class SiteSuits(Act, asked_of="applicant"):
    """`for_young_people`: whether young people are among those it is for. `risks_answered`: the dangers
    for which it is written down what is done; `other_risks`: what is written down of further ones.
    `taught_safely`: how pupils are taught to use it safely. `known_of_them`: what is known of those it is
    for.

    `vulnerable`: they are vulnerable; `in_doubt`: the author is not sure whether the internet suits them.
    `confidential_help_from`: from whom they get confidential help, empty where from nobody. `channel_reason`:
    why no other channel is used. `advice`: given on that doubt. `host`: who hosts it."""

    for_young_people: Tri = fact(_("whether young people are among those it is for"))
    risks_answered: tuple[Risk, ...] | None = fact(
        _("what is done about each danger"), _("For which dangers is it written down what is done?")
    )
    other_risks: Text | None = None
    taught_safely: Text | None = None
    known_of_them: Text | None = None
    vulnerable: Tri = fact(
        _("whether they are vulnerable or get confidential help"), _("Are those it is for vulnerable?")
    )
    confidential_help_from: tuple[Literal["school", "County Council", "other"], ...] | None = fact(
        question=_("From whom do they get confidential help?"), need="vulnerable"
    )
    channel_reason: Text | None = None
    in_doubt: Tri = fact(
        _("whether the author is sure that the internet suits them"),
        _("Are you in doubt whether the internet suits them?"),
        need="channel_in_doubt",
    )
    advice: tuple[Given, ...] | None = fact(
        _("advice whether the internet suits them"), need="channel_advice"
    )
    host: Literal["school", "third party"] | None = fact(need="who_hosts", of="site_author")
    checks: tuple[GuidanceCheck, ...] | None = fact(need="guidance_check")

    @derived("risks_answered")
    def dangers_open(self, _facts: Facts) -> tuple[str, ...] | None:
        """The dangers about which nothing is written down yet."""
        if self.risks_answered is None:
            return None
        named = [f"risk.{one}" for one in get_args(Risk) if one not in self.risks_answered]
        return tuple(named if is_written(self.other_risks) else [*named, "risk.other"])

    @derived("guidance_gaps")
    def guidance_gaps(self, facts: Facts) -> tuple[Text, ...] | None:
        """What the latest checks against guidance left open."""
        return still_open(self.checks, facts)

    @derived("risk.other", _("any further danger"))
    def has_other_risks(self, _facts: Facts) -> bool:
        """Whether anything is written down of further dangers."""
        return is_written(self.other_risks)

    @derived("taught_safely", _("how pupils are taught to use it safely"))
    def has_teaching(self, _facts: Facts) -> bool:
        """Whether it is written down how pupils are taught."""
        return is_written(self.taught_safely)

    @derived("known_of_them", _("what is known of the young people whom it is for"))
    def has_readers_described(self, _facts: Facts) -> bool:
        """Whether it is written down whom it is for."""
        return is_written(self.known_of_them)

    @derived("channel_reason", _("why no other way is used"))
    def has_channel_reason(self, _facts: Facts) -> bool:
        """Whether it is written down why no other channel is used."""
        return is_written(self.channel_reason)
