"""Training: sessions in the calendar, who is invited and who attended, single records, and imported lists."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import Opened, cancel, discharge, open_duties, open_duty
from schoolgate.duties.models import STILL_TO_DO, Due, Duty
from schoolgate.people.models import Person
from schoolgate.policy import rules, taught
from schoolgate.policy.actions.briefing import note_told
from schoolgate.policy.actions.roles_trained import watch_roles
from schoolgate.policy.actions.saying import attest
from schoolgate.policy.asking import record_decision, verdict
from schoolgate.policy.duty_kinds import ARRANGE, ATTEND, CHECK_GUIDE, WRITE_GUIDE
from schoolgate.policy.models import (
    Attestation,
    PolicyVersion,
    TrainingPlace,
    TrainingRecord,
    TrainingSession,
)
from schoolgate.policy.queries import PolicyInForce, in_force, policy_begun
from schoolgate.policy.states import Attested
from schoolgate.rulebook.findings import Duty as Wanted
from schoolgate.rulebook.situations.learning import TrainingStatus

MOST_TOPICS = 10
LONGEST_TOPIC = 120
MOST_AT_ONCE = 500
"""People in one imported list, or at one session."""
_POSITION = re.compile(r"\D")


@action
def record_training(
    *,
    person: Person,
    by: Person,
    at: datetime,
    note: str = "",
    on: date | None = None,
    topics: Sequence[str] = (),
    version: PolicyVersion | None = None,
    session: TrainingSession | None = None,
    imported: bool = False,
) -> Attestation:
    """Record that a person has had suitable training on these topics, on a day (without one: today).

    Raises NotAllowed unless `by` may record it; BadInput for a day in the future.
    """
    today = local_day(at)
    rules.check_may_record_training(by, on=today)
    day = on or today
    if day > today:
        raise BadInput({"on": _("The training date can’t be in the future.")})
    row = attest(
        kind=Attested.TRAINED,
        about=person,
        about_person=person,
        by=by,
        at=at,
        seen={"person": person.pk, "on": day, "topics": list(topics)},
        note=note,
    )
    TrainingRecord.objects.create(
        attestation=row,
        person=person,
        on=day,
        topics=_topics(topics),
        version=version,
        session=session,
        imported=imported,
    )
    if session is None and not imported:
        note_told(people=[person], topics=topics, at=at)
        watch_roles(at=at, of=[person])
    return row


@action
def plan_session(
    *,
    by: Person,
    at: datetime,
    on: date,
    topics: Sequence[str],
    place: str = "",
    people: Iterable[Person] = (),
) -> TrainingSession:
    """Put a session in the calendar; it covers the version in force. Raises NotAllowed; BadInput."""
    today = local_day(at)
    rules.check_may_record_training(by, on=today)
    if not _topics(topics):
        raise BadInput({"topics": _("Enter what the session is about.")})
    session = TrainingSession.objects.create(
        on=on, topics=_topics(topics), place=place.strip(), version=in_force(today).version, by=by, at=at
    )
    record("trainingsession.planned", subject=session, at=at, actor=by, on=on.isoformat())
    book_places(by=by, at=at, session=session, people=people)
    return session


@action
def book_places(
    *, by: Person, at: datetime, session: TrainingSession, people: Iterable[Person]
) -> list[TrainingPlace]:
    """Tell people that a session is meant for them; where the policy requires them to attend, each gets a
    task until its day.

    Raises NotAllowed; NotNow once its list is entered; BadInput for too many."""
    rules.check_may_record_training(by, on=local_day(at))
    standing = _locked(session)
    everybody = list({person.pk: person for person in people}.values())
    if len(everybody) > MOST_AT_ONCE:
        raise BadInput({"people": _("Too many at once (500 maximum).")})
    TrainingPlace.objects.bulk_create(
        (TrainingPlace(session=standing, person=person, by=by, at=at) for person in everybody),
        ignore_conflicts=True,
    )
    watch_training(at=at)
    return list(standing.places.select_related("person"))


@action
def cancel_session(*, by: Person, at: datetime, session: TrainingSession) -> None:
    """Take a session out of the calendar. Raises NotAllowed; NotNow once its list is entered."""
    rules.check_may_record_training(by, on=local_day(at))
    standing = _locked(session, cancelled_at__isnull=False)
    standing.cancelled_at = at
    standing.save(update_fields=["cancelled_at"])
    cancel(kind=ATTEND, subject=standing, because="cancelled", at=at, by=by)
    record("trainingsession.cancelled", subject=standing, at=at, actor=by)
    watch_training(at=at)


@action
def enter_list(
    *, by: Person, at: datetime, session: TrainingSession, present: Iterable[int]
) -> list[Attestation]:
    """Enter who attended among people with a place; each attendee gets a training record.

    `present`: the persons' ids. Raises NotAllowed; NotNow before the day, and once it is entered.
    """
    today = local_day(at)
    rules.check_may_record_training(by, on=today)
    standing = _locked(session, listed_at__isnull=False)
    if standing.on > today:
        raise NotNow(_("This session hasn’t taken place yet."), _("Record who attended after the session."))
    there, made = set(present), []
    for place in standing.places.select_related("person").order_by("pk"):
        place.attended = place.person_id in there
        place.save(update_fields=["attended"])
        if place.attended:
            made.append(
                record_training(
                    person=place.person, by=by, at=at, on=standing.on, topics=standing.topics,
                    version=standing.version, session=standing,
                )
            )  # fmt: skip
            discharge(kind=ATTEND, subject=standing, person=place.person, by=by, at=at, how="attended")
    told = [row.about_person for row in made if row.about_person]
    watch_roles(at=at, of=told)
    note_told(people=told, topics=standing.topics, at=at)
    standing.listed_at = at
    standing.save(update_fields=["listed_at"])
    cancel(kind=ATTEND, subject=standing, because="missed", at=at, by=by)
    record("trainingsession.listed", subject=standing, at=at, actor=by, present=len(made))
    watch_training(at=at)
    record_decision("training.status", taught.status_facts(on=today), at=at, by=by, subject=standing.version)
    return made


@action
def take_over(*, by: Person, at: datetime, rows: Sequence[tuple[Person, date, str]]) -> int:
    """Import records of training from elsewhere; each is marked as imported. A record that exists already
    (same person, day and topic) is left unchanged. Returns how many are new.

    Raises NotAllowed; BadInput for a day in the future, or for too many rows.
    """
    rules.check_may_record_training(by, on=local_day(at))
    if len(rows) > MOST_AT_ONCE:
        raise BadInput({"file": _("Too many at once (500 maximum).")})
    there = {
        (row.person_id, row.on, tuple(row.topics))
        for row in TrainingRecord.objects.filter(person__in={person for person, _day, _topic in rows})
    }
    new = 0
    for person, day, topic in rows:
        topics = _topics([topic])
        if (person.pk, day, tuple(topics)) in there:
            continue
        record_training(person=person, by=by, at=at, on=day, topics=topics, imported=True)
        there.add((person.pk, day, tuple(topics)))
        new += 1
    for topic in {topic for _person, _day, topic in rows}:
        note_told(people=[one for one, _day, of in rows if of == topic], topics=[topic], at=at)
    watch_roles(at=at, of={person for person, _day, _topic in rows})
    return new


@action
def watch_training(*, at: datetime) -> None:
    """Open and close the tasks that the policy in force asks for about training: arranging a session while
    people wait for one, and attending the session a person has a place at. Safe to run twice."""
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None:
        return
    facts = taught.status_facts(on=on)
    found = verdict("training.status", facts, on=on)
    for kind in (ARRANGE, WRITE_GUIDE):
        wanted = [(policy.version, duty) for duty in found.duties if duty.what == kind][:1]
        if not wanted:
            discharge(kind=kind, subject=policy.version, by=None, at=at, how="arranged")
        _open_for_roles(policy, wanted, facts, at=at)
    old = [(_guide(facts, _position(duty)), duty) for duty in found.duties if duty.what == CHECK_GUIDE]
    _open_for_roles(policy, old, facts, at=at)
    places = taught.open_places(on=on)
    attend = [(_position(duty), duty) for duty in found.duties if duty.what == ATTEND]
    open_duties(
        at=at,
        wanted=[
            Opened(
                kind=ATTEND,
                subject=places[position].session,
                due=Due.of(duty.due),
                person=places[position].person,
                clauses=duty.clauses,
            )
            for position, duty in attend
        ],
    )


def _open_for_roles(
    policy: PolicyInForce,
    wanted: Sequence[tuple[Model | str, Wanted]],
    facts: TrainingStatus,
    *,
    at: datetime,
) -> None:
    """Open what the policy asks of a role, each with the decision it comes from, unless it is open."""
    for subject, duty in wanted:
        role = policy.book.role(duty.who).key
        if not _stands(duty.what, subject):
            kept = record_decision("training.status", facts, at=at, by=None, subject=subject)
            open_duty(
                kind=duty.what, subject=subject, role=role, at=at, due=Due.of(duty.due),
                clauses=duty.clauses, decision=kept,
            )  # fmt: skip


def _stands(kind: str, subject: Model | str) -> bool:
    there = Duty.objects.filter(kind=kind, subject=subject_of(subject), state__in=STILL_TO_DO)
    return there.exists()


def _position(duty: Wanted) -> int:
    return int(_POSITION.sub("", duty.about or ""))


def _guide(facts: TrainingStatus, position: int) -> str:
    """Return the subject of a guide by its position among the facts' pages of guidance."""
    page = (facts.guidance or ())[position]
    return f"policy.guide:{page.key.removeprefix('guide-')}"


def _locked(session: TrainingSession, **so: Any) -> TrainingSession:
    """Lock the session and return it, while no attendance is entered. Raises NotNow; AlreadyDone where this
    step was taken before, `so`."""
    row = TrainingSession.objects.select_for_update(of=("self",)).select_related("version").get(pk=session.pk)
    if row.listed_at is not None or row.cancelled_at is not None:
        over = NotNow(
            _("This session was cancelled, or its attendance is recorded."),
            _("Open it again to see its status."),
        )
        raise done_before(row, otherwise=over, **so) if so else over
    return row


def _topics(topics: Iterable[str]) -> list[str]:
    """Return each topic once, without blanks around it. Raises BadInput where one is too long, or they are
    too many."""
    found = list(dict.fromkeys(topic.strip() for topic in topics if topic.strip()))
    if len(found) > MOST_TOPICS or any(len(topic) > LONGEST_TOPIC for topic in found):
        raise BadInput({"topics": _("No more than ten topics, each in a few words.")})
    return found
