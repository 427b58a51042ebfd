"""Reads of training: who has had it and whether it still counts, sessions, and who waits for one."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from schoolgate.core.errors import NotFound
from schoolgate.core.subjects import number_of, person_key
from schoolgate.duties.models import STILL_TO_DO, Duty
from schoolgate.people.models import Person
from schoolgate.people.queries import here_on
from schoolgate.policy import briefing, guides
from schoolgate.policy.duty_kinds import TRAIN, TRAIN_ROLE
from schoolgate.policy.models import TrainingPlace, TrainingRecord, TrainingSession
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import Book
from schoolgate.rulebook.situations.learning import Attendance, Trainee, TrainingStatus

MOST_SESSIONS = 200
TRAINING = {
    "training.status": ("training_entries", "training_arranged", "training_attended"),
    "person.entrust": (
        "manager_trained", "trained_to_speak", "trained_regularly_procedures", "trained_regularly_cases",
        "training_fits",
    ),
    "account.open": ("trained",),
}  # fmt: skip
"""Where a policy speaks of training."""


def records_of(person: Person) -> list[TrainingRecord]:
    """Return a person's training, newest first."""
    rows = TrainingRecord.objects.filter(person=person).select_related(
        "attestation__by", "version", "session"
    )
    return list(rows.order_by("-on", "-id")[:MOST_SESSIONS])


def sessions() -> QuerySet[TrainingSession]:
    """Return every session, for a page of them."""
    return TrainingSession.objects.select_related("by", "version")


def session(pk: int) -> TrainingSession:
    """One session. Raises NotFound."""
    found = sessions().filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def open_places(*, on: date) -> list[TrainingPlace]:
    """Return places at sessions that are not over, or whose attendance is not entered; the soonest first."""
    rows = TrainingPlace.objects.filter(session__cancelled_at=None, session__listed_at=None, attended=None)
    return list(
        rows.filter(here_on(on, "person__"))
        .select_related("person", "session")
        .order_by("session__on", "id")[:5000]
    )


def waiting_for_training() -> list[int]:
    """Return the ids of people whose training was requested because an account about to open requires it."""
    rows = Duty.objects.filter(kind__in=(TRAIN, TRAIN_ROLE), state__in=STILL_TO_DO)
    return sorted({number_of(subject) for subject in rows.values_list("subject", flat=True)})


def people_waiting() -> QuerySet[Person]:
    """Return the people of `waiting_for_training` by name, as many as a page shows."""
    return Person.objects.filter(pk__in=waiting_for_training()[:MOST_SESSIONS]).order_by("name", "pk")


def status_facts(*, on: date) -> TrainingStatus:
    """Return the status of training: places first (in the order of `open_places`), then those who wait for
    training; and the published guides."""
    places = open_places(on=on)
    booked = [
        Trainee.model_validate(
            {
                "key": person_key(place.person_id),
                "relation": place.person.relation,
                "booked_on": place.session.on,
                "attended": place.attended,
            }
        )
        for place in places
    ]
    waiting = [Trainee(key=person_key(pk), needed=True) for pk in waiting_for_training()]
    days = TrainingSession.objects.filter(cancelled_at=None, listed_at=None, on__gte=on)
    newest = TrainingRecord.objects.select_related("version").order_by("-id")[:MOST_SESSIONS]
    return TrainingStatus(
        on=on,
        number=in_force(on).version.number,
        people=(*booked, *waiting),
        sessions=tuple(days.order_by("on").values_list("on", flat=True)[:MOST_SESSIONS]),
        attendances=tuple(_attendance(row) for row in newest),
        guidance=guides.guidance_pages(),
    )


def topics_of(book: Book) -> list[str]:
    """What the policy's own words say that training is about, where they do: for a task, and what everyone
    must know."""
    return [*book.stated("person.entrust", "training_fits", "topics"), *briefing.topics_of(book)]


def clauses_on_training(book: Book) -> Sequence[str]:
    """Return the clauses of the policy in force on training; empty where there are none."""
    found = [
        clause for situation, points in TRAINING.items() for clause in book.clauses_at(situation, *points)
    ]
    return list(dict.fromkeys(found))


def _attendance(row: TrainingRecord) -> Attendance:
    return Attendance(
        session=f"session-{row.session_id}" if row.session_id else f"training-{row.pk}",
        key=person_key(row.person_id),
        on=row.on,
        version=row.version.number if row.version else None,
    )


def places_of(person: Person) -> list[TrainingPlace]:
    """Return the sessions a person is invited to, newest day first, without cancelled ones."""
    rows = TrainingPlace.objects.filter(person=person, session__cancelled_at=None).select_related("session")
    return list(rows.order_by("-session__on", "-id")[:MOST_SESSIONS])
