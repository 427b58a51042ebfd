"""Who is trained, who is to be, what is kept of it, and whether there is guidance."""

from collections.abc import Iterator
from typing import Literal

from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    breached,
    day_or_unknown,
    met,
    obliges,
    requires,
    unknown,
)
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.training_status import TrainingStatus


class TrainingArranged(Control):
    """Is there a session to come while somebody is still to be trained?

    Settings: `provides` - "training"; `role` - who makes it possible. The policy names no day for it.
    """

    key = "training.arranged"
    listens_to = ("training.status",)
    points = ("training_arranged",)

    class Settings(NoSettings):
        provides: Literal["training"]
        role: str

    def judge(self, facts: TrainingStatus, settings: Settings) -> Iterator[Said]:
        if facts.people is None:
            yield unknown("policy.people_to_train", "office")
            return
        waiting = sum(1 for one in facts.people if one.needed)
        if not waiting:
            yield met("training.nobody_waits")
            return
        day = day_or_unknown(facts)
        if isinstance(day, Said):
            yield day
        elif facts.sessions is None:
            yield unknown("policy.training_sessions", "office")
        elif any(session >= day for session in facts.sessions):
            yield met("training.session_to_come")
        else:
            due = Due.none_promised()
            yield obliges(settings.role, "policy.arrange_training", due, "training.arrange", number=waiting)


class GuidanceThere(Control):
    """Is there guidance on using social media, looked through for the version in force?

    Settings: `provides` - "guidance"; `role` - who makes sure of it.
    """

    key = "training.guidance_there"
    listens_to = ("training.status",)
    points = ("guidance_there",)

    class Settings(NoSettings):
        provides: Literal["guidance"]
        role: str

    def judge(self, facts: TrainingStatus, settings: Settings) -> Iterator[Said]:
        if facts.guidance is None or facts.number is None:
            yield unknown(
                "policy.policy_number" if facts.number is None else "policy.guidance_pages", "office"
            )
            return
        if not facts.guidance:
            yield obliges(settings.role, "policy.write_guidance", Due.none_promised(), "training.no_guidance")
        for position, page in enumerate(facts.guidance):
            about = f"guidance[{position}]"
            if page.written_for is None:
                yield unknown("policy.guidance_version", "office", about)
            elif page.written_for >= facts.number:
                yield met("training.guidance_current", about)
            else:
                yield obliges(
                    settings.role,
                    "policy.review_guidance",
                    Due.none_promised(),
                    "training.guidance_old",
                    about,
                    version=page.written_for,
                )


class TrainingAttended(Control):
    """Did those whom a session was meant for go to it? Settings: `duty` - "attend training"; `who` owes it.

    Until the day it is owed; with the attendance list it is kept or missed.
    """

    key = "training.attended"
    listens_to = ("training.status",)
    points = ("training_attended",)

    class Settings(NoSettings):
        duty: Literal["attend training"]
        who: str

    def judge(self, facts: TrainingStatus, settings: Settings) -> Iterator[Said]:
        for position, one in enumerate(facts.people or ()):
            about = f"people[{position}]"
            if one.booked_on is None:
                continue
            if one.attended:
                yield met("training.attended", about)
                continue
            day = day_or_unknown(facts)
            if isinstance(day, Said):
                yield day
            elif one.attended is False:
                yield breached("training.missed", about, day=one.booked_on)
            elif day <= one.booked_on:
                yield obliges(
                    settings.who,
                    "policy.attend_training",
                    Due(day=one.booked_on),
                    "training.attend",
                    about,
                    day=one.booked_on,
                )
            else:
                yield unknown("policy.attendance_list", "training_keeper", about)


class TrainingEntries(Control):
    """Has everybody who was at a session an entry with its day and the version of the policy that it covered?

    Settings: `means` - "training", one of the means by which the policy promotes safe use.
    """

    key = "training.entries"
    listens_to = ("training.status",)
    points = ("training_entries",)

    class Settings(NoSettings):
        means: Literal["training"]

    def judge(self, facts: TrainingStatus, settings: Settings) -> Iterator[Said]:
        for position, one in enumerate(facts.attendances or ()):
            about = f"attendances[{position}]"
            if one.on is None:
                yield requires("training.no_day", Need("policy.training_day", "training_keeper"), about=about)
            elif one.version is None:
                yield requires(
                    "training.no_version", Need("policy.policy_number", "training_keeper"), about=about
                )
            else:
                yield met("training.entered", about)
