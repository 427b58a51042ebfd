"""Destroying what is due, a bounded piece in each transaction, with its certificate; what holds it back,
and what is erased before its time because a person decided so.

`destroy_due` and `remove_files` go through a federation outside any scope. When a record is due is
arithmetic on days alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from schoolgate.core import files, holds
from schoolgate.core.actions import action, each_by_itself
from schoolgate.core.clock import LONDON, begins, local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import reason
from schoolgate.core.models import DestroyedFile, Destruction, Hold
from schoolgate.core.retention import Kind, digest_of, forget, kind_of, kinds
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import scope
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.confined import known_among, may_know_of, meant_by, seen_of
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, capacities
from schoolgate.people.rules import check_capacity
from schoolgate.people.safeguarding import lead_of
from schoolgate.records.models import ERASE, Because, Erasing, Setting, Why
from schoolgate.rulebook.named_times import months_later


def due_on(day: date, months: int) -> date:
    """Return the day on which something is due whose period counts from `day`: the same day of a later month,
    or its last."""
    return months_later(day, months)


def over_before(on: date, months: int) -> datetime:
    """Return the instant before which a period must have begun, to be over on a day.

    The first days of the year 1 have no day before them: a period reaches back at most to that year.
    """
    day = months_later(on, -months)
    while due_on(day + timedelta(days=1), months) <= on:  # the 29th, 30th and 31st are due with the 28th
        day += timedelta(days=1)
    return begins(day + timedelta(days=1))


OF_A_KIND = "records.kind:"
"""How the subject of a hold on a whole kind begins."""
MOST_REASONS = 10
COUNTED = 10_000
"""As far as what is due is counted for a page."""


@dataclass(frozen=True)
class InForce:
    """What counts for a kind. `setting`: None: the default, and nothing is destroyed."""

    kind: Kind
    setting: Setting | None
    held: bool

    @property
    def months(self) -> int | None:
        """How long it is kept; None: until the federation says otherwise."""
        return self.kind.months if self.setting is None else self.setting.months

    @property
    def runs(self) -> bool:
        """Whether what is due is destroyed each day."""
        return self.setting is not None and self.setting.runs and not self.held


@dataclass(frozen=True)
class Counted:
    """What would go now. `more`: there are more than were counted."""

    number: int
    more: bool
    oldest: date | None


@dataclass(frozen=True)
class Going:
    """What would go if one thing were erased. `rows`: from which instant the period of each counts, by its
    number. `refusal`: why none of it may go now."""

    rows: Mapping[int, datetime]
    refusal: NotNow | None


def kind_named(key: str) -> Kind:
    """Return a kind by its key. Raises NotFound."""
    found = kind_of(key)
    if found is None:
        raise NotFound
    return found


def in_force(kind: Kind) -> InForce:
    """Return what counts for a kind now. Two queries."""
    return all_in_force([kind])[0]


def all_in_force(some: Sequence[Kind]) -> list[InForce]:
    """Return what counts for each of these kinds now. Two queries."""
    held = set(all_holds().filter(subject__startswith=OF_A_KIND).values_list("subject", flat=True))
    newest = Setting.objects.filter(kind__in=[one.key for one in some]).order_by("kind", "-pk")
    settings = {row.kind: row for row in newest.distinct("kind")}
    return [
        InForce(
            kind,
            settings.get(kind.key),
            any(one.subject in held for one in kinds() if one.key in (kind.key, *kind.held_with)),
        )
        for kind in some
    ]


def all_holds() -> QuerySet[Hold]:
    """Return the holds that are in force, newest first."""
    return Hold.objects.filter(lifted_at=None).order_by("-pk")


def holds_seen(person: Person, *, on: date) -> list[Hold]:
    """Return the holds that are in force on what this person may know of, newest first."""
    names = {one.confined_to for one in kinds() if one.confined_to}
    rows = list(all_holds())
    few = {one.subject for one in rows if one.subject.partition(":")[0] in names}
    known = known_among(person, few, on)
    return [one for one in rows if one.subject not in few or one.subject in known]


def held_things() -> list[str]:
    """Return the subjects of the holds on single things."""
    return list(all_holds().exclude(subject__startswith=OF_A_KIND).values_list("subject", flat=True))


def due(kind: Kind, months: int, *, at: datetime, held: Sequence[str] | None = None) -> QuerySet[Any]:
    """Return what of a kind is due at an instant and not on hold, oldest first. `held`: as `held_things`
    returned it just now."""
    rows = kind.due(over_before(local_day(at), months), at=at)
    return kind.unheld(rows, held_things() if held is None else held)


def going_now(kind: Kind, pk: int, *, at: datetime) -> Going:
    """Return what would go if the one with this number were erased now, and lock it. Raises NotFound where
    there is none, or it is gone."""
    kind.subject_of(pk)
    rows = kind.rows_of(pk)
    numbers = list(rows.values_list("pk", flat=True))
    if not numbers:
        raise NotFound(_("Nothing of this kind is stored under this number."), _("Check the number."))
    if in_force(kind).held or kind.unheld(rows, held_things()).count() < len(numbers):
        return Going(
            {}, NotNow(_("There is a ban on deleting this."), _("Lift the ban first, under Records."))
        )
    finished = kind.due(at + timedelta(microseconds=1), at=at).filter(pk__in=numbers)
    found = dict(finished.values_list("pk", "since"))
    if len(found) < len(numbers) or kind.still_needed(numbers):
        return Going({}, NotNow(_("This is still in use."), kind.first))
    return Going(found, None)


def erased() -> QuerySet[Destruction]:
    """Return the certificates of what was erased before its time, newest first."""
    return Destruction.objects.filter(thing__isnull=False).order_by("-pk")


def reasons_for_erasing(kind: str, thing: int) -> list[Erasing]:
    """Return why one was erased, or is to be, in the words of those who decide it, oldest first. For people
    who may know of it alone."""
    rows = Erasing.objects.filter(kind=kind, thing=thing).select_related("by")
    return list(rows.order_by("pk")[:MOST_REASONS])


def certificates(person: Person, *, on: date) -> QuerySet[Destruction]:
    """Return the certificates that a person may know of, newest first: those of what only some people may
    know of where it was one thing, and this person is one of them."""
    rows = Destruction.objects.order_by("-pk")
    for kind in kinds():
        if kind.confined_to:
            known = Q(thing__isnull=False, thing__in=seen_of(kind.confined_to, person, on))
            rows = rows.exclude(Q(kind=kind.key) & ~known)
    return rows


def counted(
    kind: Kind, months: int | None, *, at: datetime, held: Sequence[str] | None = None,
    person: Person | None = None,
) -> Counted:  # fmt: skip
    """Return what would go if it ran now, counted as far as a page needs, without what `person` may not know
    of. `held`: see `due`."""
    if months is None:
        return Counted(0, more=False, oldest=None)
    rows = due(kind, months, at=at, held=held)
    if person is not None and kind.confined_to:
        rows = rows.filter(pk__in=seen_of(kind.confined_to, person, local_day(at)))
    first = rows.first()
    number = rows.order_by()[: COUNTED + 1].count() if first else 0
    return Counted(min(number, COUNTED), number > COUNTED, local_day(first.since) if first else None)


def runs_by_day(person: Person, *, on: date) -> QuerySet[Any]:
    """Return the days on which records whose period was over were destroyed, by kind, newest first: day,
    kind, months, number, first, last, certificate. Of what this person may know of."""
    day = TruncDate("at", tzinfo=LONDON)
    rows = certificates(person, on=on).filter(thing=None).order_by()
    return (
        rows.annotate(day=day)
        .values("day", "kind", "months")
        .annotate(total=Sum("number"), first=Min("first_day"), last=Max("last_day"), certificate=Max("pk"))
        .order_by("-day", "kind", "months")
    )


def changed_since(kind: Kind, seen: int | None) -> bool:
    """Return whether another setting of the kind was made since the one with this number was shown."""
    newest = Setting.objects.filter(kind=kind.key).aggregate(newest=Max("pk"))["newest"]
    return bool(newest != seen)


AT_ONCE = 500
"""Things that one transaction destroys, so that its locks are short."""
Place = tuple[datetime, int]


@dataclass(frozen=True)
class Piece:
    """What one transaction did. `after`: where the next begins; None: there is no more."""

    number: int
    after: Place | None


@action
def destroy_some(*, at: datetime, kind: Kind, after: Place | None = None) -> Piece:
    """Destroy the next things of a kind that are due, with a certificate, in this transaction.

    Nothing goes while no one has started it, while the kind is on hold, nor what is on hold or needed. Holds
    are placed before or after this, never meanwhile: one that was there first wins.
    """
    holds.one_at_a_time()
    now = in_force(kind)
    if not now.runs or now.setting is None or now.months is None:
        return Piece(0, None)
    rows = due(kind, now.months, at=at)
    if after is not None:
        rows = rows.filter(Q(since__gt=after[0]) | Q(since=after[0], pk__gt=after[1]))
    found = dict(rows.values_list("pk", "since")[:AT_ONCE])
    if not found:
        return Piece(0, None)
    last = list(found.items())[-1]
    following = (last[1], last[0]) if len(found) == AT_ONCE else None
    needed = kind.still_needed(list(found))
    going = {pk: since for pk, since in found.items() if pk not in needed}
    if going:
        setting = {"months": now.months, "setting": now.setting.pk}
        destroy_with_certificate(kind, going, "records.destroyed", at=at, actor=None, **setting)
    return Piece(len(going), following)


def destroy_with_certificate(
    kind: Kind, going: Mapping[int, datetime], event: str, *, at: datetime, actor: Person | None, **why: Any
) -> Destruction:
    """Take these rows away, with the certificate without which the database keeps them, and record it.

    Args:
        going: from which instant the period of each counts, by its number.
        why: fields of the certificate: the period that was over, or the thing that was erased.
    """
    days = [local_day(since) for since in going.values()]
    certificate = Destruction.objects.create(
        kind=kind.key, number=len(going), first_day=min(days), last_day=max(days),
        ids_digest=digest_of(going), at=at, **why,
    )  # fmt: skip
    kind.take_down(list(going), at=at)
    digests = sorted(set(kind.destroy(list(going), at=at)))
    forget([f"{kind.due(at, at=at).model._meta.label_lower}:{pk}" for pk in going])
    DestroyedFile.objects.bulk_create([DestroyedFile(destruction=certificate, digest=one) for one in digests])
    said = {name: value for name, value in why.items() if name != "by"}
    record(
        event, subject=certificate, at=at, actor=actor, kind=kind.key, number=len(going),
        ids=certificate.ids_digest, **said,
    )  # fmt: skip
    return certificate


@action
def files_gone(*, at: datetime, rows: Collection[int]) -> None:
    """Note that these files are gone from the disk, or are needed by a row that came since."""
    DestroyedFile.objects.filter(pk__in=rows).delete()


DECIDES = "oversee"
"""No policy here gives records a role of its own: the people who oversee how it is followed decide."""
SEES = frozenset({DECIDES, "own_policy", "administer", "decide_account"})


def check_may_see(person: Person, *, on: date) -> None:
    """Raise NotAllowed unless the person is accountable for how records are kept, or is a safeguarding
    lead."""
    if not SEES & capacities(person, on=on, anywhere=True) and not is_lead(person, on=on):
        check_capacity(person, DECIDES, on=on, anywhere=True)


def is_lead(person: Person, *, on: date) -> bool:
    """Return whether a person is a designated safeguarding lead or a deputy, of any school."""
    return bool(lead_of(person, list(assignments(person, on=on, where=Where(anywhere=True)))))


def check_may_know(person: Person, kind: Kind, pk: int, *, on: date) -> None:
    """Raise NotFound where only some people may know of the one with this number, and this isn't one of
    them, or where it may be about this person."""
    subject = kind.subject_of(pk)
    meant = person.pk in meant_by([subject]).get(subject, ())
    if meant or (kind.confined_to and not may_know_of(person, f"{kind.confined_to}:{pk}", on)):
        raise NotFound(_("Nothing of this kind is stored under this number."), _("Check the number."))


def check_decides(person: Person, *, on: date, kind: Kind | None = None) -> None:
    """Raise NotAllowed unless the person may set periods, start destruction and lift holds, which counts for
    the whole federation; of a kind that the safeguarding leads decide on, unless they are one."""
    if kind is None or not kind.lead_decides:
        check_capacity(person, DECIDES, on=on)
    elif not is_lead(person, on=on):
        raise NotAllowed(
            _("Only a safeguarding lead can decide this."),
            _("Ask the safeguarding lead of your school."),
        )


@action
def erase_one(
    *, by: Person, at: datetime, kind: Kind, pk: int, because: str, words: str
) -> Destruction | None:
    """Erase one thing, whatever its period, unless a ban keeps it or something about it is open. Where a
    second person has to agree, the first asks (None), and one of the others erases it. Each writes why.

    This is the only way in which a person erases anything: each door comes here. Waits for a ban that is
    being placed, so that of the two the first counts. Raises NotAllowed; NotFound where there is none or it
    is gone; NotNow; BadInput: because, words.
    """
    on = local_day(at)
    check_decides(by, on=on, kind=kind)
    check_may_know(by, kind, pk, on=on)
    if because not in Why.values:
        raise BadInput(fields={"because": _("Choose a reason")})
    words = reason(words, "words")
    Erasing.objects.create(kind=kind.key, thing=pk, words=words, by=by, at=at)
    others = kind.second_people(pk, by=by, on=on)
    task: dict[str, Any] = {"kind": ERASE, "subject": kind.subject_of(pk), "at": at, "by": by}
    if others and not discharge(**task, how="agreed", person=by):
        _ask_second(kind, pk, others, by=by, at=at)
        return None
    cancel(**task, because="erased")
    return _erase(kind, pk, at=at, because=because, by=subject_of(by), actor=by)


def _ask_second(kind: Kind, pk: int, people: list[Person], *, by: Person, at: datetime) -> None:
    """Ask these people to erase it as the second one, if it could go now. Raises NotNow."""
    holds.one_at_a_time()
    going = going_now(kind, pk, at=at)
    if going.refusal is not None:
        raise going.refusal
    for person in people:
        open_duty(kind=ERASE, subject=kind.subject_of(pk), at=at, due=Due.none_promised(), person=person)
    record("records.erasing_asked", subject=kind.subject_of(pk), at=at, actor=by)


@action
def erase_again(*, at: datetime, kind: Kind, pk: int, because: str, by: str) -> Destruction:
    """Erase again what was erased after the backup that this installation was restored from.

    `by`: who had decided it, as the certificate has it. Raises NotFound where the backup does not have it;
    NotNow where a ban of that time keeps it, or something about it was open then.
    """
    return _erase(kind, pk, at=at, because=because, by=by, actor=None)


def _erase(kind: Kind, pk: int, *, at: datetime, because: str, by: str, actor: Person | None) -> Destruction:
    holds.one_at_a_time()
    going = going_now(kind, pk, at=at)
    if going.refusal is not None:
        raise going.refusal
    return destroy_with_certificate(
        kind, going.rows, "records.erased", at=at, actor=actor, thing=pk, because=because, by=by
    )


@action
def hold_kind(*, by: Person, at: datetime, kind: Kind, because: str) -> Hold:
    """Destroy nothing of a kind until the hold is lifted. Raises NotAllowed, BadInput: because."""
    check_may_see(by, on=local_day(at))
    return holds.place(subject=kind.subject, because=_known(because), by=by, at=at)


@action
def hold_thing(*, by: Person, at: datetime, kind: Kind, pk: int, because: str) -> Hold:
    """Keep one thing, and what was copied of it, until the hold is lifted.

    Waits for a destruction that is under way: then what went is not there any more. Raises NotAllowed,
    NotFound where there is none or it was destroyed, BadInput: because.
    """
    check_may_see(by, on=local_day(at))
    check_may_know(by, kind, pk, on=local_day(at))
    holds.one_at_a_time()
    return holds.place(subject=kind.subject_of(pk), because=_known(because), by=by, at=at)


@action
def lift_hold(*, by: Person, at: datetime, hold: Hold) -> Hold:
    """End a hold. Raises NotAllowed, NotFound where only others may know of the thing, NotNow where it has
    ended."""
    check_decides(by, on=local_day(at))
    if hold not in holds_seen(by, on=local_day(at)) and hold.lifted_at is None:
        raise NotFound
    return holds.lift(hold=hold, by=by, at=at)


def _known(because: str) -> str:
    if because not in Because.values:
        raise BadInput(fields={"because": _("Choose a reason")})
    return because


FILES_AT_ONCE = 200


def destroy_due(federation_id: int, *, at: datetime) -> int:
    """Destroy everything that is due; returns how many things. Killed at any point, the next run does the
    rest: each piece is there with its certificate or not at all, and files go after it."""
    with scope(federation_id):
        running = [now.kind for now in all_in_force(list(kinds())) if now.runs]
    number = sum(_all_of(kind, federation_id, at=at) for kind in running)
    remove_files(federation_id, at=at)
    return number


def remove_files(federation_id: int, *, at: datetime) -> int:
    """Take off the disk the files of what was destroyed, unless a row still needs them; returns how many.

    One that can't be removed delays none of the others. Raises OSError for it at the end, for a later try.
    """
    gone, after = 0, 0
    left: set[str] = set()
    while True:
        with scope(federation_id):
            rows = DestroyedFile.objects.filter(pk__gt=after).order_by("pk")
            waiting = list(rows.values_list("pk", "digest")[:FILES_AT_ONCE])
            free = {one for _, one in waiting if not any(kind.needs_file(one) for kind in kinds())}
        if not waiting:
            break
        left |= _remove_each(free, federation_id, at=at)
        with scope(federation_id):
            files_gone(at=at, rows=[pk for pk, digest in waiting if digest not in left])
        gone += len(free - left)
        after = waiting[-1][0]
    if left:
        raise OSError(f"{len(left)} files of destroyed records are still on the disk")
    return gone


def _remove_each(digests: set[str], federation_id: int, *, at: datetime) -> set[str]:
    """Remove files; return those that couldn't be."""

    def remove(digest: str) -> None:
        files.remove(digest, federation_id=federation_id)

    return set(
        each_by_itself(sorted(digests), remove, at=at, failed="a destroyed record's file is still there")
    )


def _all_of(kind: Kind, federation_id: int, *, at: datetime) -> int:
    number, after, more = 0, None, True
    while more:
        with scope(federation_id):
            piece = destroy_some(at=at, kind=kind, after=after)
        number, after, more = number + piece.number, piece.after, piece.after is not None
    return number
