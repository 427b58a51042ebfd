"""Who is trained, who is to be, and is there guidance? Asked by sweeps."""

from typing import Annotated

from schoolgate.rulebook.facts import Ask, Day, Facts, Name, Part, Relation, Tri, Whole, derived
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import Situation, points


class Trainee(Part):
    """Somebody whom training is meant for. `needed`: still to be trained. `booked_on`: the day of the session
    that they are booked on; `attended`: whether the attendance list of it has them, None while there is no
    list."""

    key: Name
    relation: Relation | None = None
    needed: Tri = None
    booked_on: Day | None = None
    attended: Tri = None

    @derived("policy.attendance_list", "training_keeper")
    def on_list(self, _facts: Facts) -> bool | None:
        """Whether the attendance list has them."""
        return self.attended

    @derived("day", "office")
    def session_due(self, _facts: Facts) -> Due | None:
        """The day of the session that they are booked on."""
        return None if self.booked_on is None else Due(day=self.booked_on)

    @derived("day", "office")
    def session_over(self, facts: Facts) -> bool | None:
        """Whether the day of that session has passed."""
        if self.booked_on is None or facts.day is None:
            return None
        return facts.day > self.booked_on


class Attendance(Part):
    """Somebody's entry for a session that was held. `version`: of the policy, that it covered."""

    session: Name
    key: Name
    on: Day | None = None
    version: Whole | None = None


class GuidancePage(Part):
    """A page of guidance. `written_for`: the version of the policy that it was last looked through for."""

    key: Name
    written_for: Annotated[
        Whole | None,
        Ask("policy.guidance_version", "office", _("the version that the guidance was written for")),
    ] = None


class TrainingStatus(Facts):
    """`sessions`: the days of sessions in the calendar, empty for none. `number`: the version in force."""

    number: Annotated[Whole | None, Ask("policy.policy_number", "office")] = None
    people: Annotated[
        tuple[Trainee, ...] | None,
        Ask("policy.people_to_train", "office", _("the list of people to be trained")),
    ] = None
    sessions: Annotated[
        tuple[Day, ...] | None, Ask("policy.training_sessions", "office", _("the sessions in the calendar"))
    ] = None
    attendances: Annotated[
        tuple[Attendance, ...] | None,
        Ask("policy.attendance_list", "training_keeper", _("the attendance list")),
    ] = None
    guidance: Annotated[
        tuple[GuidancePage, ...] | None, Ask("policy.guidance_pages", "office", _("the pages of guidance"))
    ] = None

    @derived("policy.people_to_train", "office")
    def waiting(self, _facts: Facts) -> int | None:
        """How many people are still to be trained."""
        return None if self.people is None else sum(1 for one in self.people if one.needed)

    @derived("policy.people_to_train", "office")
    def somebody_waits(self, _facts: Facts) -> bool | None:
        """Whether anybody is still to be trained."""
        return None if self.people is None else any(one.needed for one in self.people)

    @derived("policy.training_sessions", "office")
    def session_to_come(self, _facts: Facts) -> bool | None:
        """Whether there is a session today or later."""
        day = self.day
        if self.sessions is None or day is None:
            return None
        return any(session >= day for session in self.sessions)


TRAINING_STATUS = Situation(
    key="training.status",
    title=_("Training and guidance today"),
    facts=TrainingStatus,
    points=points("training_arranged guidance_there training_attended training_entries"),
)
