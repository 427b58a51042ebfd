"""Training: who has had it and whether it still counts, who needs it for a role, and its sessions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.core.subjects import number_of, person_key, subject_of
from schoolgate.duties.actions import Opened, cancel, discharge, open_duties, open_duty
from schoolgate.duties.models import STILL_TO_DO, Due, Duty
from schoolgate.people.models import Person, RoleAssignment, ScopeKind
from schoolgate.people.queries import capacities_of_roles, held_on, here_on
from schoolgate.policy import briefing, guides, knowing, queries, rules
from schoolgate.policy.asking import record_decision, record_decisions, verdict, verdicts
from schoolgate.policy.briefing import note_told
from schoolgate.policy.duty_kinds import ARRANGE, ATTEND, CHECK_GUIDE, TRAIN, TRAIN_ROLE, WRITE_GUIDE
from schoolgate.policy.knowing import entrust_facts
from schoolgate.policy.models import (
    Attestation,
    Attested,
    PolicyVersion,
    TrainingPlace,
    TrainingRecord,
    TrainingSession,
)
from schoolgate.policy.queries import PolicyInForce, in_force, policy_begun
from schoolgate.policy.saying import attest
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.findings import Duty as Wanted
from schoolgate.rulebook.findings import Finding, clauses_of
from schoolgate.rulebook.kinds import Kind
from schoolgate.rulebook.situations.learning import Attendance, Trainee, TrainingStatus
from schoolgate.rulebook.situations.policy import PersonEntrust, TaskKind

# Reads of training: who has had it and whether it still counts, sessions, and who waits for one.


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


# Which people need training for the roles they hold, as the policy in force asks before it entrusts a task
# (`person.entrust`), and how they stand.


SITUATION = "person.entrust"
POINTS = ("manager_trained", "trained_regularly_procedures", "trained_regularly_cases", "training_fits")
"""The points of a task entrusted that training answers."""
TASKS: Mapping[Capacity, TaskKind] = {
    Capacity.APPROVE_POST: "approve",
    Capacity.DECIDE_ACCOUNT: "approve",
    Capacity.MODERATE: "moderate",
    Capacity.SEE_INCIDENTS: "investigate",
}
"""What a capacity lets its holder do, in the words of the rulebook."""


@dataclass(frozen=True)
class ForRole:
    """A person with a task that their roles give them, and the policy's answer about their training."""

    person: Person
    task: TaskKind
    facts: PersonEntrust
    decision: Decision
    months: int | None
    """How long training counts under this policy; None where it doesn't end."""

    @property
    def last(self) -> date | None:
        """Return the day of their latest training."""
        return max((one.on for one in self.facts.trainings or () if one.on), default=None)

    @property
    def until(self) -> date | None:
        """Return the last day on which that counts; None where it doesn't end, or there is none."""
        return queries.counts_until(self.last, self.months) if self.last else None

    @property
    def missing(self) -> tuple[Finding, ...]:
        """Return what is still missing."""
        return tuple(one for one in self._findings if one.kind is Kind.REQUIRES)

    @property
    def is_asked(self) -> bool:
        """Return whether the policy asks training of this task."""
        return bool(self._findings)

    @property
    def clauses(self) -> tuple[str, ...]:
        """Return the clauses that ask for it."""
        return clauses_of(self._findings)

    @property
    def _findings(self) -> tuple[Finding, ...]:
        return tuple(one for point in POINTS for one in self.decision.at(point) if one.stands)


def training_for_roles(
    policy: PolicyInForce, *, on: date, of: Iterable[int] | None = None, ahead: date | None = None
) -> list[ForRole]:
    """Return everyone with a role whose task asks training under this policy, by name. `of`: only of these
    people. `ahead`: judged as of that later day, by the policy in force then. A constant number of queries;
    none where the policy asks for none."""
    if not any(policy.book.at(SITUATION, point) for point in POINTS):
        return []
    tasks = _tasks(policy, on=on, of=of)
    people = list(Person.objects.filter(pk__in=tasks).order_by("name", "pk"))
    facts = _facts(people, tasks, policy, on=on)
    decided = verdicts(SITUATION, [known for _person, _task, known in facts], on=ahead or on)
    months = queries.months_it_counts(policy.book)
    found = [
        ForRole(person, task, known, decision, months)
        for (person, task, known), decision in zip(facts, decided, strict=True)
    ]
    return [one for one in found if one.is_asked]


def _tasks(policy: PolicyInForce, *, on: date, of: Iterable[int] | None) -> dict[int, tuple[TaskKind, ...]]:
    """Return for each person with a role the tasks that it gives them."""
    rows = RoleAssignment.objects.filter(held_on(on), here_on(on, "person__"))
    if of is not None:
        rows = rows.filter(person__in=list(of))
    roles: dict[int, set[str]] = {}
    for person, role in rows.values_list("person_id", "role_key"):
        roles.setdefault(person, set()).add(role)
    found = {}
    for person, keys in roles.items():
        held = capacities_of_roles(keys, policy.book)
        tasks = tuple(dict.fromkeys(task for capacity, task in TASKS.items() if capacity in held))
        if tasks:
            found[person] = tasks
    return found


def _facts(
    people: Sequence[Person], tasks: Mapping[int, tuple[TaskKind, ...]], policy: PolicyInForce, *, on: date
) -> list[tuple[Person, TaskKind, PersonEntrust]]:
    ids = [one.pk for one in people]
    engaged, said = knowing.engagements(ids), knowing.answers(ids, policy.version)
    trainings: dict[int, list[TrainingRecord]] = {pk: [] for pk in ids}
    for row in TrainingRecord.objects.filter(person__in=ids).select_related("version").order_by("-on", "-id"):
        trainings[row.person_id].append(row)
    leads = RoleAssignment.objects.filter(held_on(on), scope_kind=ScopeKind.LINE_MANAGER_OF, person__in=ids)
    manage = set(leads.values_list("person_id", flat=True))
    return [
        (
            one,
            task,
            entrust_facts(
                one, task, engaged.get(one.pk), trainings[one.pk],
                acknowledged=one.pk in said and said[one.pk].answer, manages=one.pk in manage, on=on,
            ),
        )
        for one in people
        for task in tasks[one.pk]
    ]  # fmt: skip


# Open and end the task to train someone for the role they hold, as the policy in force asks.


AHEAD = timedelta(days=30)
"""How long before training stops counting it becomes a task. No policy says: it is our own rule."""


@action
def watch_roles(*, at: datetime, of: Iterable[Person] | None = None) -> None:
    """Open the task to train those whose roles ask it and who lack it, or will within a month; end it for
    those who have it. `of`: only these people. Safe to run twice. The role that records training gets it."""
    on = local_day(at)
    policy = policy_begun(on)
    keeper = trainer(policy.book) if policy else None
    if policy is None or keeper is None:
        return
    ids = None if of is None else [one.pk for one in of]
    rows = training_for_roles(policy, on=on, of=ids, ahead=on + AHEAD)
    lacking: dict[int, list[ForRole]] = {}
    for one in rows:
        if one.missing:
            lacking.setdefault(one.person.pk, []).append(one)
    duties = Duty.objects.filter(kind=TRAIN_ROLE, state__in=STILL_TO_DO)
    standing = {number_of(subject): subject for subject in duties.values_list("subject", flat=True)}
    trained = {one.person.pk: one for one in rows if one.person.pk not in lacking}
    for pk, subject in standing.items():
        if pk in trained:
            record_decisions(SITUATION, [(trained[pk].facts, subject)], at=at, by=None)
            discharge(kind=TRAIN_ROLE, subject=subject, by=None, at=at, how="trained")
        elif pk not in lacking and (ids is None or pk in ids):
            cancel(kind=TRAIN_ROLE, subject=subject, because="role_ended", at=at)
    new = [found for pk, found in lacking.items() if pk not in standing]
    kept = record_decisions(SITUATION, [(one[0].facts, one[0].person) for one in new], at=at, by=None)
    open_duties(
        at=at,
        wanted=[
            Opened(
                kind=TRAIN_ROLE,
                subject=found[0].person,
                role=keeper,
                due=Due.day(found[0].until) if found[0].until else Due.none_promised(),
                clauses=_clauses(found),
                decision=row,
            )
            for found, row in zip(new, kept, strict=True)
        ],
    )


def trainer(book: Book) -> str | None:
    """Return the key of the role that records training: the first that decides on accounts, else that looks
    after people."""
    deciding = book.pack.roles_with("decide_account") or book.pack.roles_with("administer")
    return next((role.key for role in deciding), None)


def _clauses(found: Iterable[ForRole]) -> tuple[str, ...]:
    return clauses_of(each for one in found for each in one.missing)


# Training: sessions in the calendar, who is invited and who attended, single records, and imported lists.


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
    record_decision("training.status", status_facts(on=today), at=at, by=by, subject=standing.version)
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
    facts = status_facts(on=on)
    found = verdict("training.status", facts, on=on)
    for kind in (ARRANGE, WRITE_GUIDE):
        wanted = [(policy.version, duty) for duty in found.duties if duty.what == kind][:1]
        if not wanted:
            discharge(kind=kind, subject=policy.version, by=None, at=at, how="arranged")
        _open_for_roles(policy, wanted, facts, at=at)
    old = [(_guide(facts, _position(duty)), duty) for duty in found.duties if duty.what == CHECK_GUIDE]
    _open_for_roles(policy, old, facts, at=at)
    places = open_places(on=on)
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
