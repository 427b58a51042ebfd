"""Sites for young or vulnerable people, and taking part in the sites of others."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    by_role,
    met,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.site_suits import GuidanceCheck, Risk, SiteSuits
from schoolgate.rulebook.situations.site_take_part import SiteTakePart


class DangersThought(Control):
    """Is it written down for each danger to young people what is done about it, and about further ones?

    Settings: `named_risks`."""

    key = "siteplan.dangers"
    listens_to = ("site.suits",)
    points = ("site_dangers",)

    class Settings(NoSettings):
        named_risks: tuple[Risk, ...]

    def judge(self, facts: SiteSuits, settings: Settings) -> Iterator[Said]:
        if facts.for_young_people is None:
            yield unknown("for_young_people", "applicant")
            return
        if not facts.for_young_people:
            return
        if facts.risks_answered is None:
            yield unknown("risks_answered", "applicant")
            return
        missing = [f"risk.{one}" for one in settings.named_risks if one not in facts.risks_answered]
        if not (facts.other_risks or "").strip():
            missing.append("risk.other")
        for what in missing:
            yield requires("siteplan.danger_open", Need(what, "applicant"), about=what, what=what)
        if not missing:
            yield met("siteplan.dangers_thought_of")


class TaughtToUseIt(Control):
    """Is it written down how pupils are taught to use the site safely? Settings: `risk` - the danger that
    this is about."""

    key = "siteplan.taught_to_use_it"
    listens_to = ("site.suits",)
    points = ("taught_to_use_it",)

    class Settings(NoSettings):
        risk: Literal["skills ahead of judgement"]

    def judge(self, facts: SiteSuits, settings: Settings) -> Iterator[Said]:
        if facts.for_young_people is None:
            yield unknown("for_young_people", "applicant")
        elif not facts.for_young_people:
            return
        elif (facts.taught_safely or "").strip():
            yield met("siteplan.taught")
        else:
            yield requires("siteplan.not_taught", Need("taught_safely", "applicant"))


class PupilsKnown(Control):
    """Is it written down who the young people are for whom the site is to be made?"""

    key = "siteplan.pupils_known"
    listens_to = ("site.suits",)
    points = ("pupils_known",)

    def judge(self, facts: SiteSuits, settings: NoSettings) -> Iterator[Said]:
        if facts.for_young_people is None:
            yield unknown("for_young_people", "applicant")
        elif not facts.for_young_people:
            return
        elif (facts.known_of_them or "").strip():
            yield met("siteplan.known_of_them")
        else:
            yield requires("siteplan.not_known", Need("known_of_them", "applicant"))


class RightChannel(Control):
    """Where those it is for are vulnerable, or get confidential help, is it decided why no other channel
    serves?

    Settings: `services_from` - whose confidential help counts, whatever the age.
    """

    key = "siteplan.right_channel"
    listens_to = ("site.suits",)
    points = ("right_channel",)

    class Settings(NoSettings):
        services_from: tuple[Literal["school", "County Council"], ...]

    def judge(self, facts: SiteSuits, settings: Settings) -> Iterator[Said]:
        helped = confidential_help(facts, settings.services_from)
        wanted = _either(_both(facts.vulnerable, facts.for_young_people), helped)
        if wanted is None:
            yield unknown("vulnerable", "applicant")
        elif not wanted:
            return
        elif (facts.channel_reason or "").strip():
            yield met("siteplan.channel_decided")
        else:
            yield requires("siteplan.why_the_internet", Need("channel_reason", "applicant"))


class WeakPrivacy(Control):
    """What the author of a site for vulnerable people, or about confidential help, is told about
    confidentiality."""

    key = "siteplan.weak_privacy"
    listens_to = ("site.suits",)
    points = ("weak_privacy",)

    def judge(self, facts: SiteSuits, settings: NoSettings) -> Iterator[Said]:
        if facts.vulnerable or facts.confidential_help_from:
            outside = facts.host == "third party"
            yield advises("siteplan.weak_privacy_outside" if outside else "siteplan.weak_privacy")


class ChannelDoubt(Control):
    """Where the author is not sure whether the internet suits these young people, was one of these asked?

    Settings: `roles`."""

    key = "siteplan.channel_doubt"
    listens_to = ("site.suits",)
    points = ("channel_doubt",)

    class Settings(NoSettings):
        roles: tuple[str, ...]

    def judge(self, facts: SiteSuits, settings: Settings) -> Iterator[Said]:
        if facts.for_young_people is False:
            return
        if facts.in_doubt is None:
            yield unknown("channel_in_doubt", "applicant")
        elif not facts.in_doubt:
            return
        elif facts.advice is None:
            yield unknown("channel_advice", "applicant")
        elif by_role(facts.advice, settings.roles):
            yield met("siteplan.advice_there", roles=settings.roles)
        else:
            yield requires(
                "siteplan.ask_first", Need("channel_advice", settings.roles[0]), roles=settings.roles
            )


class FollowsGuidance(Control):
    """Was the site held against this published guidance, or what has taken its place?

    Settings: `guidance` - its title; `replaceable` - a later one may take its place; `gaps_allowed` -
    whether it is enough that the gaps are written down, as for a site that is not ours.
    """

    key = "siteplan.guidance"
    listens_to = ("site.suits", "site.take_part")
    points = ("site_guidance",)
    plumbing = frozenset({"gaps_allowed"})

    class Settings(NoSettings):
        guidance: str
        replaceable: Literal[True]
        gaps_allowed: bool

    def judge(self, facts: SiteSuits | SiteTakePart, settings: Settings) -> Iterator[Said]:
        if isinstance(facts, SiteTakePart):
            if facts.for_school is None:
                yield unknown("speaks_for_school", "applicant")
            if not facts.for_school:
                return
        if facts.checks is None:
            yield unknown("guidance_check", "applicant")
            return
        checks = [one for one in facts.checks if settings.guidance in (one.guidance, one.replaces)]
        if checks:
            yield self._said(checks[-1], settings)
        else:
            need = Need("guidance_check", "applicant")
            yield requires("siteplan.guidance_not_checked", need, guidance=settings.guidance)

    @staticmethod
    def _said(check: GuidanceCheck, settings: Settings) -> Said:
        if check.on is None or check.open_points is None:
            return unknown("guidance_day" if check.on is None else "guidance_gaps", "applicant")
        if check.open_points and not settings.gaps_allowed:
            number, need = len(check.open_points), Need("guidance_points", "applicant")
            return requires("siteplan.guidance_open", need, number=number, what=check.open_points)
        return met("siteplan.guidance_checked", day=check.on, number=len(check.open_points))


class TakingPartApproved(Control):
    """Did somebody whom the policy names approve taking part for the school in this site? Settings:
    `approvers`."""

    key = "siteplan.taking_part"
    listens_to = ("site.take_part",)
    points = ("taking_part_approved",)

    class Settings(NoSettings):
        approvers: tuple[str, ...]

    def judge(self, facts: SiteTakePart, settings: Settings) -> Iterator[Said]:
        if facts.for_school is None:
            yield unknown("speaks_for_school", "applicant")
        elif not facts.for_school:
            return
        elif facts.approvals is None:
            yield unknown("approval", "applicant")
        elif by_role(facts.approvals, settings.approvers):
            yield met("open.approved")
        else:
            yield requires(
                "siteplan.not_approved", Need("approval", settings.approvers[0]), roles=settings.approvers
            )


def confidential_help(facts: SiteSuits, services: tuple[str, ...]) -> bool | None:
    """Whether those it is for get confidential help from one of these; None where that is not known."""
    if facts.confidential_help_from is None:
        return None
    return any(one in services for one in facts.confidential_help_from)


def _either(one: bool | None, other: bool | None) -> bool | None:
    if one or other:
        return True
    return None if None in (one, other) else False


def _both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return False
    return None if None in (one, other) else True
