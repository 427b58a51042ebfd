"""What the public says: is it looked for, is that covered, and who is told of what harms the school?"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    advises,
    breached,
    met,
    obliges,
    permits,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.listening_found import ListeningFound
from schoolgate.rulebook.situations.listening_search import IntervalChoice, ListeningSearch, SavedSearch


class SearchedFor(Control):
    """Are public posts looked for, about everything that the policy names, and as often as was chosen?

    Settings: `search_interval_days` - None: the policy names no number, so that it is the federation's own
    choice; `subjects` - what is looked for: the federation as a whole, each school by itself."""

    key = "listening.searched_for"
    listens_to = ("listening.search",)
    points = ("searched_for",)

    class Settings(NoSettings):
        search_interval_days: None
        subjects: tuple[Literal["federation", "individual school"], ...]

    def judge(self, facts: ListeningSearch, settings: Settings) -> Iterable[Said]:
        if facts.searches is None:
            yield unknown("listening_searches", "office")
            return
        if "federation" in settings.subjects:
            yield from self._subject(facts, "federation", None)
        if "individual school" in settings.subjects:
            if facts.schools is None:
                yield unknown("listening_schools", "office")
            for school in facts.schools or ():
                yield from self._subject(facts, "school", school)

    def _subject(self, facts: ListeningSearch, subject: str, school: str | None) -> Iterator[Said]:
        found = [
            (at, one)
            for at, one in enumerate(facts.searches or ())
            if one.subject == subject and one.school == school and one.active
        ]
        for at, one in found:
            yield from self._often(one, f"searches[{at}]", facts)
        need = Need("listening_saved_search", "federation")
        if not found and school is None:
            yield requires("listening.no_search", need)
        elif not found:
            yield requires("listening.no_school_search", need, school=school)

    @staticmethod
    def _often(one: SavedSearch, about: str, facts: ListeningSearch) -> Iterator[Said]:
        chosen = _in_force(facts.interval, facts.day)
        if chosen is None:
            yield met("listening.search_there", about)
            return
        if one.last_run is None or facts.day is None:
            yield unknown("listening_last_run" if one.last_run is None else "day", "office", about)
            return
        last_day = one.last_run + timedelta(days=chosen.days)
        if facts.day <= last_day:
            said = met("listening.search_in_time", about, day=last_day)
        else:
            said = breached("listening.search_overdue", about, day=last_day, days=chosen.days)
        said.chosen = True
        yield said


def _in_force(interval: IntervalChoice | None, day: date | None) -> IntervalChoice | None:
    """The chosen interval, where the choice is in force on the day judged."""
    if interval is None or interval.from_day is None:
        return interval
    return interval if day is not None and interval.from_day <= day else None


class SearchCovered(Control):
    """Is a saved search within what the policy says is watched? Settings: `monitored`, in the policy's
    words: public posts about the school. Of anything else it says nothing."""

    key = "listening.covered"
    listens_to = ("listening.search",)
    points = ("search_covered",)

    class Settings(NoSettings):
        monitored: Literal["public social media activity about the school"]

    def judge(self, facts: ListeningSearch, settings: Settings) -> Iterable[Said]:
        for position, one in enumerate(facts.searches or ()):
            about = f"searches[{position}]"
            if one.reads is None:
                yield unknown("listening_reads", "office", about)
            elif one.reads == "public":
                yield permits("listening.covered", about)


class FoundTold(Control):
    """Does somebody who sees what puts the school in a bad light tell the right role?

    Settings: `recipient`. The policy names no time for it.
    """

    key = "listening.found_told"
    listens_to = ("listening.found",)
    points = ("found_told",)

    class Settings(NoSettings):
        recipient: str

    def judge(self, facts: ListeningFound, settings: Settings) -> Iterable[Said]:
        if facts.bad_light is False:
            return
        if facts.bad_light is None:
            yield unknown("listening_bad_light", "listening_finder")
        elif facts.told is None and facts.route != "whistleblowing":
            yield unknown("listening_told", "listening_finder")
        elif settings.recipient in (facts.told or ()):
            yield met("listening.told", role=settings.recipient)
        else:
            yield obliges(
                "listening_finder", "listening_telling", Due.none_promised(), "listening.tell",
                role=settings.recipient,
            )  # fmt: skip


class FoundElsewhereToo(Control):
    """Is it enough to tell that role, where what was seen is also something that other sentences of the
    policy send elsewhere? Settings: `recipient`."""

    key = "listening.several_routes"
    listens_to = ("listening.found",)
    points = ("found_told",)

    class Settings(NoSettings):
        recipient: str

    def judge(self, facts: ListeningFound, settings: Settings) -> Iterable[Said]:
        if facts.bad_light and facts.also and facts.route != "whistleblowing":
            need = Need("listening_telling", settings.recipient)
            yield requires("listening.several_routes", need, role=settings.recipient)


class Whistleblowing(Control):
    """May somebody follow the whistleblowing policy instead? Settings: `linked_policy`.

    Where they chose to, that takes the place of telling the role.
    """

    key = "listening.whistleblowing"
    listens_to = ("listening.found",)
    points = ("found_told",)

    class Settings(NoSettings):
        linked_policy: str

    def judge(self, facts: ListeningFound, settings: Settings) -> Iterable[Said]:
        if not facts.bad_light or facts.route == "line_manager":
            return
        if facts.route is None:
            yield advises("listening.whistleblowing", policy=settings.linked_policy)
        else:
            yield obliges(
                "listening_finder", "listening_whistleblowing", Due.none_promised(),
                "listening.whistleblowing_chosen", policy=settings.linked_policy,
            )  # fmt: skip


class EverybodysJob(Control):
    """Does looking after the school's name concern whoever saw it? Settings: none; it is said to everybody
    who asks."""

    key = "listening.everybodys_job"
    listens_to = ("listening.found",)
    points = ("found_everybody",)

    def judge(self, facts: ListeningFound, settings: NoSettings) -> Iterable[Said]:
        yield advises("listening.everybodys_job")
