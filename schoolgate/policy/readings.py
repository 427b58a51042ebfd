"""The life of a reading: started from the previous one or read from a file, tried on past decisions, signed
by the policy’s owner."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from schoolgate.core.actions import action
from schoolgate.core.clock import begins, local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events import record
from schoolgate.core.moves import done_before
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.duties.actions import discharge
from schoolgate.people.confined import confined_kinds
from schoolgate.people.leads import roles_that_wait, told_roles
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import safeguarding_roles
from schoolgate.policy import rules
from schoolgate.policy.adopting import check, choices_for, with_rules_of
from schoolgate.policy.books import (
    bindings_digest,
    book_of_reading,
    book_with,
    changes_of,
    forget_policy,
    pack_of,
)
from schoolgate.policy.duty_kinds import READING
from schoolgate.policy.leads import ask_about_told, keep_seats
from schoolgate.policy.models import DecisionRecord, PolicyVersion, Reading, ReadingDraft, VersionState
from schoolgate.policy.queries import in_force
from schoolgate.policy.writing import is_own
from schoolgate.rulebook import Book, book
from schoolgate.rulebook.compare import Case, Differs, differing
from schoolgate.rulebook.deciding import read_facts
from schoolgate.rulebook.errors import BadPack, RulebookError
from schoolgate.rulebook.scenarios import supplied_scenarios
from schoolgate.rulebook.situations import situation

# Try what a reading that is not signed yet would change, or a version that is not adopted yet: in the
# stored cases of the policy, and in past decisions under the version in force. Long work is done in pieces,
# each a short transaction; it shows its progress, and stops.


PIECE = 500
"""Decisions that are repeated in one transaction."""
SHOWN = 200
"""Differences that are saved to be shown; all of them are counted."""
EXAMPLES = 3
"""Decisions that are named for each clause."""


def begun(draft: ReadingDraft) -> dict[str, Any]:
    """Return the state before the first piece: only how much there is to do."""
    return {
        "edition": draft.edition,
        "finished": False,
        "stored": {"asked": 0, "differ": 0, "shown": []},
        "past": {
            "total": _past(draft).count(),
            "asked": 0,
            "gone": 0,
            "differ": 0,
            "shown": [],
            "before": None,
        },
    }


def next_piece(draft: ReadingDraft) -> dict[str, Any]:
    """Do one more piece and return the state after it: first the stored cases, then past decisions, newest
    first."""
    tried: dict[str, Any] = draft.tried or begun(draft)
    before, after = book_of_reading(draft.based_on.version, draft.based_on), _after(draft)
    if not tried["stored"]["asked"]:
        _ask(tried["stored"], _stored(before.key), before, after)
    past = tried["past"]
    rows = _past(draft).order_by("-id")
    if past["before"] is not None:
        rows = rows.filter(pk__lt=past["before"])
    piece = list(rows.values_list("pk", "situation", "facts_row__facts")[:PIECE])
    cases = [case for pk, key, facts in piece if (case := case_of(str(pk), key, facts)) is not None]
    past["gone"] += len(piece) - len(cases)
    _ask(past, cases, before, after)
    past["before"] = piece[-1][0] if piece else past["before"]
    tried["finished"] = len(piece) < PIECE
    return tried


def _past(draft: ReadingDraft) -> QuerySet[DecisionRecord]:
    """Return the past decisions that a trial repeats: none about what only some people may know of, because
    who owns the policy may be one that a concern is about. Their rules are tried on the stored cases."""
    rows = DecisionRecord.objects.filter(version=draft.based_on.version)
    rooms = {kind.partition(".")[0] for kind in confined_kinds()}
    return rows.exclude(reduce(or_, (Q(subject__startswith=f"{room}.") for room in rooms), Q(pk__in=[])))


def _after(draft: ReadingDraft) -> Book:
    """Return the book under the draft. A version that is not in force yet is read with the choices of the
    version before that still fit, as its owner will find them to sign."""
    changes, before = changes_of(draft.changes), draft.based_on.version
    if draft.version_id != before.pk:
        changes = with_rules_of(choices_for(before, draft.version)[0], changes)
    return book_with(pack_of(draft.version), changes)


def _ask(told: dict[str, Any], cases: Sequence[Case], before: Book, after: Book) -> None:
    told["asked"] += len(cases)
    for found in differing(before, after, cases):
        told["differ"] += 1
        for clause in found.clauses:
            moved = told.setdefault("clauses", {}).setdefault(clause, {"times": 0, "such_as": []})
            moved["times"] += 1
            moved["such_as"] = [*moved["such_as"], found.key][:EXAMPLES]
        if len(told["shown"]) < SHOWN:
            told["shown"].append(found.to_json())


@lru_cache(maxsize=2)
def _stored(key: str) -> tuple[Case, ...]:
    """Return the stored cases of a policy; none of one that didn't come with the program."""
    return tuple(Case(one.name, one.situation, one.facts) for one in supplied_scenarios(key))


def case_of(key: str, situation_key: str, facts: dict[str, Any] | None) -> Case | None:
    """Return a past decision as a case; None where its facts were erased, or have a shape no longer in
    use."""
    if facts is None:
        return None
    try:
        known = read_facts(situation(situation_key), facts)
    except RulebookError:
        return None
    return Case(key, situation_key, known)


# Past decisions put to two policies again, in pieces, by one process or several; nothing is written.
# A piece names its decisions by their ids, so that any process which reaches the database can do it: a pool
# of this machine's, or the executor of a cluster. What the pieces found is added up as it arrives; memory
# does not grow with the decisions.


REPLAYED_AT_ONCE = 2_000
"""Decisions in one piece."""
SUCH_AS = 3
"""Decisions that are named for each clause, the earliest first."""

_VERSION = re.compile(r"([0-9]{1,6})(?:\.([0-9]{1,6}))?")

Way = tuple[str, str, str, str]
"""Situation, point, outcome before and after; where only a task or its time differs, the last three are
empty."""


class UnknownVersion(RulebookError):
    """The federation has no such version, or the version no such interpretation."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the federation has no version {name}. 3 is its third version as last interpreted, 3.1 the "
            "same version in its first interpretation"
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """Decisions of one federation, by their first and last id, and the days that bound them."""

    federation: int
    policies: tuple[str, str]
    first: int
    last: int
    days: tuple[date | None, date | None] = (None, None)


@dataclass(slots=True)
class Moved:
    """How a clause took part in differences: in how many decisions, in which ways, and some of them."""

    decisions: int = 0
    ways: Counter[Way] = field(default_factory=Counter)
    examples: list[int] = field(default_factory=list)

    def add(self, other: "Moved") -> None:
        """Take in what another piece found."""
        self.decisions += other.decisions
        self.ways.update(other.ways)
        self.examples = sorted({*self.examples, *other.examples})[:SUCH_AS]


@dataclass(slots=True)
class Tally:
    """What came out: decisions asked, those whose facts are gone, those that differ, and clause by clause."""

    asked: int = 0
    gone: int = 0
    differ: int = 0
    by_clause: dict[str, Moved] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        """Take in what another piece found, in any order."""
        self.asked += other.asked
        self.gone += other.gone
        self.differ += other.differ
        for clause, moved in other.by_clause.items():
            self.by_clause.setdefault(clause, Moved()).add(moved)

    def to_json(self) -> dict[str, Any]:
        """Return it as it is printed: the clauses that moved most decisions first."""
        ordered = sorted(self.by_clause.items(), key=lambda each: (-each[1].decisions, each[0]))
        return {
            "asked": self.asked,
            "gone": self.gone,
            "differ": self.differ,
            "by_clause": [
                {
                    "clause": clause,
                    "decisions": moved.decisions,
                    "ways": [
                        {"situation": situation, "point": point, "before": was, "after": now, "times": times}
                        for (situation, point, was, now), times in sorted(
                            moved.ways.items(), key=lambda each: (-each[1], each[0])
                        )
                    ],
                    "examples": moved.examples,
                }
                for clause, moved in ordered
            ],
        }


def book_named(name: str) -> Book:
    """Return a policy by its key, as it comes with the program, or by the number of a version of the
    federation in scope: "3", or "3.1" in its first interpretation.

    Raises UnknownPolicy, UnknownVersion.
    """
    numbers = _VERSION.fullmatch(name)
    if numbers is None:
        return book(name)
    version, reading = numbers.groups()
    rows = Reading.objects.filter(version__number=version).select_related("version__text")
    if reading:
        rows = rows.filter(number=reading)
    found = rows.defer("version__text__text").order_by("-version_id", "-number").first()
    if found is None:
        raise UnknownVersion(name)
    return book_of_reading(found.version, found)


def pieces_of(
    policies: tuple[str, str],
    *,
    days: tuple[date | None, date | None] = (None, None),
    size: int = REPLAYED_AT_ONCE,
) -> Iterator[Piece]:
    """Yield the pieces of the federation in scope, the oldest decisions first.

    `days`: the first and the last day of the decisions, both included; None: no bound.
    """
    federation, last = current_scope().federation_id, 0
    rows = _between(days).order_by("pk").values_list("pk", flat=True)
    while ids := list(rows.filter(pk__gt=last)[:size]):
        yield Piece(federation, policies, ids[0], ids[-1], days)
        last = ids[-1]


def replayed(piece: Piece) -> Tally:
    """Put each decision of a piece to both policies and return what differs. Reads only."""
    with scope(piece.federation):
        before, after = (book_named(name) for name in piece.policies)
        rows = _between(piece.days).filter(pk__range=(piece.first, piece.last)).order_by("pk")
        found = rows.values_list("pk", "situation", "facts_row__facts")
        cases = [case_of(str(pk), situation, facts) for pk, situation, facts in found]
    ready = [case for case in cases if case is not None]
    tally = Tally(asked=len(ready), gone=len(cases) - len(ready))
    for one in differing(before, after, ready):
        tally.differ += 1
        ways = Counter(_ways(one))
        for clause in one.clauses:
            tally.by_clause.setdefault(clause, Moved()).add(Moved(1, ways, [int(one.key)]))
    return tally


def _ways(one: Differs) -> Iterator[Way]:
    for point, (was, now) in one.points.items():
        yield one.situation, point, was, now
    if not one.points:
        yield one.situation, "", "", ""


def _between(days: tuple[date | None, date | None]) -> QuerySet[DecisionRecord]:
    rows = DecisionRecord.objects.all()
    first, last = days
    if first is not None:
        rows = rows.filter(at__gte=begins(first))
    return rows if last is None else rows.filter(at__lt=begins(last + timedelta(days=1)))


# The life of a reading: started from the previous one, tried on past decisions, signed by the policy's
# owner.


TRY = "policy.try_draft"
"""The job that continues a long trial; jobs are above this app, so it is known by name."""
TRIALS_AT_ONCE = 100
"""The task to check the choices made under the previous version, and to sign them for this one."""


@action
def sign_reading(*, by: Person, at: datetime) -> Reading:
    """Sign the reading that came with the version in force, as its owner. A newer reading gets a new
    number.

    Raises NotAllowed; NotNow where it is signed already.
    """
    on = local_day(at)
    rules.check_may_own(by, on=on)
    policy = in_force(on)
    reading = Reading.objects.select_for_update().get(pk=policy.reading.pk)
    if reading.signed_by_id is not None:
        raise done_before(
            reading,
            _("This interpretation has already been signed."),
            _("Start a new one based on it."),
            signed_by__isnull=False,
        )
    reading.signed_by, reading.signed_at = by, at
    reading.save(update_fields=["signed_by", "signed_at"])
    record("reading.signed", subject=reading, at=at, actor=by, number=reading.number)
    forget_policy()
    return reading


@action
def start_draft(*, by: Person, at: datetime, coming: PolicyVersion | None = None) -> ReadingDraft:
    """Start the next reading of the version in force, or continue the one already started.

    `coming`: a version that is being prepared; then its first reading, which can be tried and signed once
    that version is in force. Raises NotAllowed.
    """
    on = local_day(at)
    rules.check_may_own(by, on=on)
    policy = in_force(on)
    draft, _new = ReadingDraft.objects.get_or_create(
        version=coming or policy.version,
        defaults={
            "based_on": policy.reading,
            "changes": {} if coming else policy.reading.changes,
            "by": by,
            "at": at,
        },
    )
    return draft


@action
def save_draft(
    *, by: Person, at: datetime, draft: ReadingDraft, edition: int, changes: Mapping[str, Any], because: str
) -> ReadingDraft:
    """Save what the owner has written so far; its effects must then be tried again.

    `edition`: the one that was shown. Raises NotAllowed; BadInput on `changes` where they do not fit the
    policy; NotNow where the draft was saved by another person meanwhile.
    """
    rules.check_may_own(by, on=local_day(at))
    row = _locked(draft, edition)
    check_fits(row, changes)
    row.changes, row.because, row.by, row.at = dict(changes), because.strip(), by, at
    row.edition, row.tried = edition + 1, None
    row.save()
    return row


@action
def try_draft(*, by: Person | None, at: datetime, draft: ReadingDraft, edition: int) -> ReadingDraft:
    """Run the stored cases and the next batch of past decisions under the draft; save the changes in
    `draft.tried`. A job continues where more is left; `by` is None there.

    Raises NotAllowed, NotNow where the draft was changed, stopped or signed meanwhile.
    """
    if by is not None:
        rules.check_may_own(by, on=local_day(at))
    row = _locked(draft, edition)
    row.tried = next_piece(row)
    row.save(update_fields=["tried"])
    if not row.tried["finished"]:
        _defer(row)
    return row


@action
def try_version(*, by: Person, at: datetime, version: PolicyVersion) -> ReadingDraft:
    """Begin to try a version that is not in force yet on the decisions under the one that is.

    The progress is that of a draft of its first reading. Raises NotAllowed; NotNow where it is in force or
    withdrawn by now.
    """
    on = local_day(at)
    rules.check_may_own(by, on=on)
    row = PolicyVersion.objects.get(pk=version.pk)
    if row.state not in (VersionState.DRAFT, VersionState.ADOPTED):
        raise NotNow(_("This version has changed in the meantime."), _("Open it again to see its status."))
    draft = start_draft(by=by, at=at, coming=row)
    if draft.based_on_id != in_force(on).reading.pk:
        draft.based_on, draft.edition, draft.tried = in_force(on).reading, draft.edition + 1, None
        draft.save(update_fields=["based_on", "edition", "tried"])
    return try_draft(by=by, at=at, draft=draft, edition=draft.edition)


@action
def go_on_trying(*, at: datetime) -> int:
    """Defer a job for each started trial of the federation that has none. Returns how many.

    A trial defers its next piece in the transaction of the last, and a killed worker's job is put back; so
    this finds only what was lost in another way, such as a job that failed or was thrown away.
    """
    unfinished = list(
        ReadingDraft.objects.select_for_update(skip_locked=True)
        .filter(tried__finished=False)
        .order_by("pk")[:TRIALS_AT_ONCE]
    )
    ids = [draft.pk for draft in unfinished]
    in_hand = ProcrastinateJob.objects.filter(
        task_name=TRY, status__in=("todo", "doing"), args__draft_id__in=ids
    )
    going_on = {(args["draft_id"], args["edition"]) for args in in_hand.values_list("args", flat=True)}
    lost = [draft for draft in unfinished if (draft.pk, draft.edition) not in going_on]
    for draft in lost:
        _defer(draft)
    return len(lost)


@action
def stop_trying(*, by: Person, at: datetime, draft: ReadingDraft, edition: int) -> ReadingDraft:
    """Stop the work on a draft; its results so far are deleted. Raises NotAllowed, NotNow."""
    rules.check_may_own(by, on=local_day(at))
    row = _locked(draft, edition)
    row.edition, row.tried = edition + 1, None
    row.save(update_fields=["edition", "tried"])
    return row


@action
def drop_draft(*, by: Person, at: datetime, draft: ReadingDraft) -> None:
    """Delete the draft of a reading. Raises NotAllowed."""
    rules.check_may_own(by, on=local_day(at))
    discharge(kind=READING, subject=draft.version, by=by, at=at, how="put_aside")
    ReadingDraft.objects.filter(pk=draft.pk).delete()


@action
def sign_draft(*, by: Person, at: datetime, draft: ReadingDraft, edition: int) -> Reading:
    """Sign a reading as the policy's owner; from now on this version is read that way.

    It takes the next number; open tasks stay under the reading they were opened with. Raises NotAllowed;
    NotNow where it was changed meanwhile, changes nothing, was not tried on past decisions, or another
    reading is open beside it; BadInput without a reason.
    """
    on = local_day(at)
    rules.check_may_own(by, on=on)
    row = _locked(draft, edition)
    policy = in_force(on)
    if row.version_id != policy.version.pk or row.based_on_id != policy.reading.pk:
        raise NotNow(_("Another interpretation is now in force."), _("Start a new one based on it."))
    if row.changes == row.based_on.changes:
        raise NotNow(_("This interpretation changes nothing."), _("Make a change first."))
    if not row.because:
        raise BadInput({"because": _("Give the reason in one or two sentences.")})
    if not row.tried or row.tried.get("edition") != row.edition or not row.tried.get("finished"):
        raise NotNow(
            _("No one has checked yet what this changes."), _("Try it on past decisions, then sign.")
        )
    check_fits(row, row.changes)
    was = book_for(by)
    led, told = safeguarding_roles(was), told_roles(was) - roles_that_wait()
    book = book_with(pack_of(policy.version), changes_of(row.changes))
    reading = Reading.objects.create(
        version=policy.version,
        number=policy.reading.number + 1,
        bindings_digest=bindings_digest(book.pack),
        changes=row.changes,
        because=row.because,
        signed_by=by,
        signed_at=at,
    )
    row.delete()
    discharge(kind=READING, subject=policy.version, by=by, at=at, how="signed")
    record(
        "reading.signed",
        subject=reading,
        at=at,
        actor=by,
        number=reading.number,
        rules=reading.bindings_digest,
    )
    forget_policy()
    keep_seats(at=at, led=led)
    ask_about_told(at=at, by=by, told=told)
    return reading


def check_fits(draft: ReadingDraft, changes: Mapping[str, Any]) -> None:
    """Raise BadInput on `changes` unless they can be applied to the draft's version."""
    if changes.get("rules") and not is_own(draft.version):
        told = _("This policy’s rules came with Schoolgate. Prepare the next version instead.")
        raise BadInput({"changes": told})
    try:
        book = book_with(pack_of(draft.version), changes_of(dict(changes)))
    except BadPack as bad:
        raise BadInput({"changes": str(bad)}) from None
    check(book.pack, field="changes")


def _defer(draft: ReadingDraft) -> None:
    app.configure_task(TRY).defer(federation_id=draft.federation_id, draft_id=draft.pk, edition=draft.edition)


def _locked(draft: ReadingDraft, edition: int) -> ReadingDraft:
    row = (
        ReadingDraft.objects.select_for_update(of=("self",))
        .select_related("based_on__version__text", "version__text")
        .filter(pk=draft.pk)
        .first()
    )
    if row is None:
        raise NotNow(
            _("This interpretation has since been signed or discarded."),
            _("Open it again to see its status."),
        )
    if row.edition != edition:
        raise NotNow(
            _("Someone else has saved changes in the meantime."),
            _("Open it again. Your text is still in the form."),
        )
    return row
