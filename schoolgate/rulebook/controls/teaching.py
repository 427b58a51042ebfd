"""What is done so that pupils, parents and everybody bound by the policy know what they need to know?"""

from collections.abc import Iterable
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    breached,
    met,
    unknown,
)
from schoolgate.rulebook.facts import Relation
from schoolgate.rulebook.situations.education_status import Activity, EducationStatus

TAUGHT: frozenset[Relation] = frozenset({"pupil", "parent"})
"""For whom education is; what staff are taught is training."""


class EveryYearGroup(Control):
    """Was every year group taught, in the year looked over? Settings: programme."""

    key = "teaching.every_year_group"
    listens_to = ("education.status",)
    points = ("every_year_group",)

    class Settings(NoSettings):
        programme: str

    def judge(self, facts: EducationStatus, settings: Settings) -> Iterable[Said]:
        held = _held(facts, settings.programme)
        if isinstance(held, Said):
            yield held
        elif facts.year_groups is None:
            yield unknown("year_groups", "office")
        else:
            taught = {one.year_group for one in held}
            for position, group in enumerate(facts.year_groups):
                about = f"year_groups[{position}]"
                if group in taught:
                    yield met("teaching.year_group_taught", about)
                else:
                    yield breached("teaching.year_group_missing", about, group=group)


class ParentsPages(Control):
    """Is there a page for parents on as many websites as the policy speaks of?

    Settings: website_information; websites, how many; per_school, each school's own, or None.
    """

    key = "teaching.parents_pages"
    listens_to = ("education.status",)
    points = ("parents_page",)

    class Settings(NoSettings):
        website_information: Literal[True]
        websites: int
        per_school: Literal[True] | None

    def judge(self, facts: EducationStatus, settings: Settings) -> Iterable[Said]:
        if facts.pages is None:
            yield unknown("parents_pages", "office")
            return
        if settings.per_school and any(one.school is None for one in facts.pages):
            yield unknown("school_of_page", "office")
            return
        keyed = [
            (one.school if settings.per_school else str(position), one.found)
            for position, one in enumerate(facts.pages)
        ]
        found = {key for key, there in keyed if there}
        perhaps = {key for key, there in keyed if there is None}
        if len(found) >= settings.websites:
            yield met("teaching.parents_pages_found")
        elif len(found | perhaps) >= settings.websites:
            yield unknown("page_is_there", "office")
        else:
            without = tuple(one for one in facts.schools or () if one not in found)
            if settings.per_school and without:
                yield breached("teaching.schools_without_page", schools=without)
            else:
                yield breached("teaching.page_missing")


def _held(facts: EducationStatus, programme: str) -> list[Activity] | Said:
    """What of a programme took place in the year looked over."""
    if facts.activities is None:
        return unknown("activities", "office")
    if facts.year_from is None or facts.year_to is None:
        return unknown("school_year", "office")
    first, last = facts.year_from, facts.year_to
    return [one for one in facts.activities if one.programme == programme and first <= one.on <= last]
