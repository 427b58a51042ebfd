"""Who is trained, who is to be, and is there guidance? Asked by sweeps."""

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Relation, Tri, Whole, derived, fact
from schoolgate.rulebook.findings import Due
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


class Trainee(Part, asked_of="office"):
    """Somebody whom training is meant for. `needed`: still to be trained. `booked_on`: the day of the session
    that they are booked on; `attended`: whether the attendance list of it has them, None while there is no
    list."""

    key: Name
    relation: Relation | None = None
    needed: Tri = None
    booked_on: Day | None = None
    attended: Tri = None

    @derived("policy.attendance_list", of="training_keeper")
    def on_list(self, _facts: Facts) -> bool | None:
        """Whether the attendance list has them."""
        return self.attended

    @derived("day")
    def session_due(self, _facts: Facts) -> Due | None:
        """The day of the session that they are booked on."""
        return None if self.booked_on is None else Due(day=self.booked_on)

    @derived("day")
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


class GuidancePage(Part, asked_of="office"):
    """A page of guidance. `written_for`: the version of the policy that it was last looked through for."""

    key: Name
    written_for: Whole | None = fact(
        _("the version that the guidance was written for"), need="policy.guidance_version"
    )


@moment(
    "training.status",
    _("Training and guidance today"),
    "training_arranged guidance_there training_attended training_entries",
)
class TrainingStatus(Facts, asked_of="office"):
    """`sessions`: the days of sessions in the calendar, empty for none. `number`: the version in force."""

    number: Whole | None = fact(need="policy.policy_number")
    people: tuple[Trainee, ...] | None = fact(
        _("the list of people to be trained"), need="policy.people_to_train"
    )
    sessions: tuple[Day, ...] | None = fact(
        _("the sessions in the calendar"), need="policy.training_sessions"
    )
    attendances: tuple[Attendance, ...] | None = fact(
        _("the attendance list"), need="policy.attendance_list", of="training_keeper"
    )
    guidance: tuple[GuidancePage, ...] | None = fact(_("the pages of guidance"), need="policy.guidance_pages")

    @derived("policy.people_to_train")
    def waiting(self, _facts: Facts) -> int | None:
        """How many people are still to be trained."""
        return None if self.people is None else sum(1 for one in self.people if one.needed)

    @derived("policy.people_to_train")
    def somebody_waits(self, _facts: Facts) -> bool | None:
        """Whether anybody is still to be trained."""
        return None if self.people is None else any(one.needed for one in self.people)

    @derived("policy.training_sessions")
    def session_to_come(self, _facts: Facts) -> bool | None:
        """Whether there is a session today or later."""
        day = self.day
        if self.sessions is None or day is None:
            return None
        return any(session >= day for session in self.sessions)
