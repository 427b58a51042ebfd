"""A site that runs: are its rules to be found, where does its logo lead, and who is there on which days?"""

from collections.abc import Iterable
from datetime import date, timedelta

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    met,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Need
from schoolgate.rulebook.situations.site_check import Minder, SiteCheck

ONE_DAY = timedelta(days=1)
LONGEST = 1_000
"""How many days are looked over at once."""


class LookedAfter(Control):
    """Is there a day on which everybody who looks after the site is away?"""

    key = "site_checks.looked_after"
    listens_to = ("site.check",)
    points = ("looked_after_in_absence",)

    def judge(self, facts: SiteCheck, settings: NoSettings) -> Iterable[Said]:
        if facts.minders is None:
            yield unknown("site_minders", "site_team")
        else:
            yield from _gaps(facts, facts.minders, 1, "site_checks.looked_after")


class ModeratorsOnHand(Control):
    """Are enough approved moderators there on each day? Settings: min_present."""

    key = "site_checks.moderators_on_hand"
    listens_to = ("site.check",)
    points = ("moderators_on_hand",)

    class Settings(NoSettings):
        min_present: int

    def judge(self, facts: SiteCheck, settings: Settings) -> Iterable[Said]:
        if facts.minders is None:
            yield unknown("site_minders", "site_team")
            return
        for position, one in enumerate(facts.minders):
            if one.moderator is None or (one.moderator and one.approved is None):
                yield unknown("approved_moderator", "site_team", f"minders[{position}]")
                return
        approved = [one for one in facts.minders if one.moderator and one.approved]
        yield from _gaps(facts, approved, settings.min_present, "site_checks.moderators")


def _gaps(facts: SiteCheck, minders: Iterable[Minder], least: int, key: str) -> Iterable[Said]:
    """One saying for each run of days on which fewer than `least` are there."""
    people = tuple(minders)
    if facts.first is None or facts.last is None or (facts.last - facts.first).days >= LONGEST:
        yield unknown("days_looked_over", "site_team")
        return
    if any(one.away is None for one in people):
        yield unknown("absences", "site_team")
        return
    there = _there_on(facts.first, facts.last, people)
    short = [position for position, number in enumerate(there) if number < least]
    if not short and there:
        yield met(f"{key}_enough")
    start = 0
    for position, day in enumerate(short):
        if position + 1 < len(short) and short[position + 1] == day + 1:
            continue
        first, last = facts.first + short[start] * ONE_DAY, facts.first + day * ONE_DAY
        yield requires(
            f"{key}_gap", Need("stand_in", "site_team"), about=first.isoformat(), first=first, last=last
        )
        start = position + 1


def _there_on(first: date, last: date, people: Iterable[Minder]) -> list[int]:
    """How many are there on each day. An absence that overlaps another counts once."""
    long = (last - first).days + 1
    changes = [0] * (max(long, 0) + 1)
    number = 0
    for one in people:
        number += 1
        covered = -1  # the last day, counted from the first, that is known to be one of absence
        for away in sorted(one.away or (), key=lambda each: each.first):
            begins = max((away.first - first).days, covered + 1, 0)
            ends = min((away.last - first).days, long - 1)
            if begins <= ends:
                changes[begins] -= 1
                changes[ends + 1] += 1
                covered = ends
    present, there = number, []
    for change in changes[:-1]:
        present += change
        there.append(present)
    return there
