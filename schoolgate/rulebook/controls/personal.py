"""Private accounts: who may have one, whether the policy covers what stands there, who leaves them alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    obliges,
    unknown,
)
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.situations.personal_reminder import PersonalReminder, RhythmChosen, Topic


class LookThrough(Control):
    """When are staff to look through their own accounts again?

    Settings: `reminder_interval_days` - None where the policy gives no number: then the federation's choice
    counts, and without one no time is promised. `topic` - what is looked through."""

    key = "personal.look_through"
    listens_to = ("personal.reminder",)
    points = ("own_settings_review", "own_connections_review")
    plumbing = frozenset({"topic"})

    class Settings(NoSettings):
        reminder_interval_days: int | None
        topic: Topic

    def judge(self, facts: PersonalReminder, settings: Settings) -> Iterator[Said]:
        if facts.chosen is None and settings.reminder_interval_days is None:
            yield unknown("own_rhythm", "office")
            return
        choice = next((one for one in facts.chosen or () if one.topic == settings.topic), None)
        who, what = "each_member_of_staff", f"own_{settings.topic}"
        if settings.reminder_interval_days is None and choice is None:
            yield obliges(who, what, Due.none_promised(), f"private.look_through_{settings.topic}")
        elif facts.last_reminded is None:
            yield unknown("own_last_reminded", "office")
        else:
            due = self._due(facts, settings, choice)
            if isinstance(due, Said):
                yield due
                return
            said = obliges(who, what, Due(day=due), f"private.look_through_{settings.topic}_by", day=due)
            yield replace(said, chosen=settings.reminder_interval_days is None)

    @staticmethod
    def _due(facts: PersonalReminder, settings: Settings, choice: RhythmChosen | None) -> date | Said:
        """The day of the next reminder, or the saying which fact is missing."""
        last = max((one.on for one in facts.last_reminded or () if one.topic == settings.topic), default=None)
        days = settings.reminder_interval_days
        if days is None and choice is not None and not choice.each_term:
            days = choice.days
        if days is not None and last is not None:
            return last + timedelta(days=days)
        if days is not None:
            return facts.day if facts.day is not None else unknown("day", "office")
        if facts.term_begins is None or (last is not None and facts.term_begins <= last):
            return unknown("own_next_term", "office")  # reminded this term: the coming one counts
        return facts.term_begins
