"""Who is trained, who is to be, and is there guidance? Asked by sweeps."""

from schoolgate.rulebook.facts import Day, Facts, Name, Part, Relation, Tri, Whole
from schoolgate.rulebook.sentences import gettext_noop
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


class Attendance(Part):
    """Somebody's entry for a session that was held. `version`: of the policy, that it covered."""

    session: Name
    key: Name
    on: Day | None = None
    version: Whole | None = None


class GuidancePage(Part):
    """A page of guidance. `written_for`: the version of the policy that it was last looked through for."""

    key: Name
    written_for: Whole | None = None


class TrainingStatus(Facts):
    """`sessions`: the days of sessions in the calendar, empty for none. `number`: the version in force."""

    number: Whole | None = None
    people: tuple[Trainee, ...] | None = None
    sessions: tuple[Day, ...] | None = None
    attendances: tuple[Attendance, ...] | None = None
    guidance: tuple[GuidancePage, ...] | None = None


TRAINING_STATUS = Situation(
    key="training.status",
    title=gettext_noop("Training and guidance today"),
    facts=TrainingStatus,
    points=points("training_arranged guidance_there training_attended training_entries"),
)
