"""Private accounts: who may have one, whether the policy covers what stands there, who leaves them alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from schoolgate.rulebook.clashes import in_force
from schoolgate.rulebook.controls.base import (
    Control,
    NoSettings,
    Said,
    excludes,
    met,
    obliges,
    refers,
    requires,
    standing_answer,
    unknown,
)
from schoolgate.rulebook.facts import Facts, Ruling
from schoolgate.rulebook.findings import Due, Need
from schoolgate.rulebook.situations.personal_leaving import PersonalLeaving
from schoolgate.rulebook.situations.personal_post import PersonalPost
from schoolgate.rulebook.situations.personal_reminder import PersonalReminder, RhythmChosen, Topic

NOBODY_NAMED = "federation"  # the policy names nobody who rules: the federation says who does
HOLDER = "private_person"


def ruled(facts: Facts, tension: str | None) -> Ruling | None:
    """The ruling on what this tension leaves open that is in force on the day judged.

    For tensions of which the policy names nobody who rules: whoever the federation had rule counts.
    """
    return next((one for one in facts.rulings if one.tension == tension and in_force(one, facts)), None)


class CoveredByGround(Control):
    """Does the policy cover a private post because of the harm that it could do?

    Settings: `ground` - harm to professional standards or to the good name. Where the post neither names nor
    affects the school, other words may leave it out (`tension`); then a ruling decides."""

    key = "personal.covered_by_ground"
    listens_to = ("personal.post",)
    points = ("private_post_covered",)
    plumbing = frozenset({"tension"})

    class Settings(NoSettings):
        ground: Literal["professional_standards", "reputation"]
        tension: str | None

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        harms = standing_answer(
            facts.harms_professional_standards
            if settings.ground == "professional_standards"
            else facts.harms_reputation
        )
        touches = either(facts.refers, facts.affects)
        if harms is None and touches is not True:
            yield unknown(f"own_harms_{settings.ground}", HOLDER)
        elif not harms:
            return
        elif settings.tension is None or touches:
            yield met(f"private.covered_{settings.ground}")
        elif touches is None:
            yield unknown("own_refers_or_affects", HOLDER)
        else:
            ruling = ruled(facts, settings.tension)
            if ruling is None:
                yield refers("private.covered_is_open", NOBODY_NAMED)
            elif not ruling.allows:
                yield met(f"private.covered_{settings.ground}")


class CoveredIf(Control):
    """Does the policy cover a private post because of its link to the school?

    Settings: `in_scope_if` - one of these is enough."""

    key = "personal.covered_if"
    listens_to = ("personal.post",)
    points = ("private_post_covered",)

    class Settings(NoSettings):
        in_scope_if: tuple[Literal["associates", "impacts"], ...]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        touches = {"associates": facts.refers, "impacts": facts.affects}
        asked = [touches[one] for one in settings.in_scope_if]
        if True in asked:
            yield met("private.covered_by_link")
        elif None in asked:
            yield unknown("own_refers_or_affects", HOLDER)


class NotCovered(Control):
    """Does the policy say that it does not cover this private post? Settings: `out_of_scope_if_all`."""

    key = "personal.not_covered"
    listens_to = ("personal.post",)
    points = ("private_post_covered",)

    class Settings(NoSettings):
        out_of_scope_if_all: tuple[Literal["does_not_refer", "does_not_impact"], ...]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        touches = {"does_not_refer": facts.refers, "does_not_impact": facts.affects}
        asked = [touches[one] for one in settings.out_of_scope_if_all]
        if True in asked:
            return
        if None in asked:
            yield unknown("own_refers_or_affects", HOLDER)
        else:
            yield excludes("private.not_covered")


class CoveredOutside(Control):
    """Does the policy cover what is posted in one's own time, away from school? Settings: outside_school."""

    key = "personal.covered_outside"
    listens_to = ("personal.post",)
    points = ("private_post_covered",)

    class Settings(NoSettings):
        outside_school: Literal[True]

    def judge(self, facts: PersonalPost, settings: Settings) -> Iterator[Said]:
        if facts.outside_school is None:
            yield unknown("own_outside_school", HOLDER)
        elif facts.outside_school:
            yield met("private.covered_outside")


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


class ConfidencesAfterLeaving(Control):
    """Is somebody who leaves told that confidences stay confidences, and what did they say to it?

    Settings: survives_employment."""

    key = "personal.confidences_after_leaving"
    listens_to = ("personal.leaving",)
    points = ("confidences_after_leaving",)

    class Settings(NoSettings):
        survives_employment: Literal[True]

    def judge(self, facts: PersonalLeaving, settings: Settings) -> Iterator[Said]:
        if facts.reminder is None or (facts.reminder == "given" and facts.reminded_on is None):
            yield unknown("own_reminder_of_confidences", "office")
        elif facts.reminder == "not_given":
            yield requires("private.remind_of_confidences", Need("own_reminder_of_confidences", "office"))
        elif facts.answered is None:
            yield unknown("own_answer_to_reminder", "office")
        elif facts.answered == "not_yet":
            yield requires("private.answer_to_reminder", Need("own_answer_to_reminder", "leaving_person"))
        else:
            yield met("private.reminded_of_confidences", day=facts.reminded_on)


def either(one: bool | None, other: bool | None) -> bool | None:
    """Whether one of the two is so; None where that is not known."""
    if True in (one, other):
        return True
    return None if None in (one, other) else False
