"""Sites for young or vulnerable people, and taking part in the sites of others."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    met,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.site_suits import GuidanceCheck, SiteSuits
from schoolgate.rulebook.situations.site_take_part import SiteTakePart


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
