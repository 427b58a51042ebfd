"""What reached each rule in real decisions: counted in pieces, each decision once, and read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Max, Q, QuerySet

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.policy.books import book_of_reading
from schoolgate.policy.models import DecisionRecord, Measuring, RuleAsked
from schoolgate.policy.queries import guarded_kinds
from schoolgate.rulebook.coverage import Asking, came_out, stored_by_rule
from schoolgate.rulebook.errors import RulebookError

WEEK = timedelta(weeks=1)
Asked = dict[str, dict[str, Asking]]
"""Rule -> situation -> what came out."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many decisions are counted; how many of these have no facts any more; how many are not counted yet,
    or cannot be."""

    counted: int = 0
    facts_gone: int = 0
    waiting: int = 0
    unread: int = 0


def asking_of(row: RuleAsked) -> Asking:
    """Return the numbers of one row."""
    asking = Asking(row.decided, row.waited, row.shown, row.told, first=row.week, last=row.week)
    asking.facts.update(row.facts)
    asking.missing.update(row.missing)
    return asking


def rules_asked(
    policy: str, *, clauses: Collection[str] | None = None, since: date | None = None, apart: bool = True
) -> Asked:
    """Return what reached each rule of a policy, with the law's and the program's own beside it.

    `clauses`: only rules that begin with one of these. `since`: from the week of this day. `apart`: also
    what is counted apart.
    """
    found: Asked = {}
    for row in _rows(policy, clauses, since, apart).iterator():
        by_situation = found.setdefault(row.rule, {})
        if row.situation in by_situation:
            by_situation[row.situation].add(asking_of(row))
        else:
            by_situation[row.situation] = asking_of(row)
    return found


def rules_reached(policy: str, *, apart: bool = True) -> set[str]:
    """Return the rules that had every fact that they needed in some decision. One query."""
    rows = _rows(policy, None, None, apart).filter(Q(decided__gt=0) | Q(shown__gt=0))
    return set(rows.values_list("rule", flat=True).distinct())


def reach() -> Reach:
    """Return how far the decisions of the federation in scope are counted. Two queries."""
    far = Measuring.objects.first() or Measuring()
    waiting = DecisionRecord.objects.filter(pk__gt=far.last).count()
    return Reach(far.counted, far.facts_gone, waiting, far.unread)


def _rows(
    policy: str, clauses: Collection[str] | None, since: date | None, apart: bool
) -> QuerySet[RuleAsked]:
    rows = RuleAsked.objects.filter(policy=policy)
    if clauses is not None:
        rows = rows.filter(clause__in=clauses)
    if since is not None:
        rows = rows.filter(week__gt=since - WEEK)
    return rows if apart else rows.filter(apart=False)


# Count what reached each rule in the decisions on record, in pieces, each decision once.


PIECE = 250
"""Decisions that are counted in one transaction."""
SETTLED = timedelta(minutes=10)
"""How long after a decision got its number it is counted: by then no lower number is still being saved."""
COLUMNS = ("decided", "waited", "shown", "told", "facts", "missing")


class Key(NamedTuple):
    """What is counted together."""

    policy: str
    rule: str
    situation: str
    week: date
    apart: bool


@action
def measure_decisions(*, at: datetime, told: Collection[str]) -> bool:
    """Count the next decisions of the federation in scope; return whether more can be counted now.

    `told`: kinds of subjects ("conduct.keptanswer") whose decisions only answer a person. Decisions that only
    some people may see are counted apart: one number could show that there is one. The rows and how far they
    reach are saved together, so that a run that is killed has counted nothing twice and lost nothing.
    """
    Measuring.objects.bulk_create([Measuring()], ignore_conflicts=True)
    far = Measuring.objects.select_for_update().get()
    if far.last >= far.head:
        newest = DecisionRecord.objects.aggregate(newest=Max("pk"))["newest"] or 0
        if newest > far.head:
            far.head, far.head_at = newest, at
            far.save()
        return False
    if far.head_at is not None and at - far.head_at < SETTLED:
        return False
    rows = DecisionRecord.objects.filter(pk__gt=far.last, pk__lte=far.head).order_by("pk")
    rows = rows.select_related("version__text", "reading", "facts_row").defer("version__text__text")
    piece = list(rows[:PIECE])
    _save(_counted(piece, far, told=frozenset(told)))
    far.last = piece[-1].pk if len(piece) == PIECE else far.head
    far.save()
    return far.last < far.head


def _counted(piece: Iterable[DecisionRecord], far: Measuring, *, told: frozenset[str]) -> dict[Key, Asking]:
    """Return what these decisions add, and note in `far` how many there were."""
    found: dict[Key, Asking] = {}
    apart = guarded_kinds()
    turning: dict[tuple[int, str], Mapping[str, tuple[str, ...]]] = {}
    for row in piece:
        try:
            asked = (row.reading_id, row.situation)
            if asked not in turning:
                book = book_of_reading(row.version, row.reading)
                turning[asked] = stored_by_rule(book, row.situation)
        except RulebookError:
            far.unread += 1
            continue
        facts = _facts_of(row)
        far.counted += 1
        far.facts_gone += facts is None
        kind, day = row.subject.partition(":")[0], local_day(row.at)
        week = day - timedelta(days=day.weekday())
        for one in came_out(row.body, turning[asked], facts):
            key = Key(row.version.pack_key, one.rule, row.situation, week, kind in apart)
            found.setdefault(key, Asking()).came(one, week, told=kind in told)
    return found


def _facts_of(row: DecisionRecord) -> dict[str, Any] | None:
    kept = getattr(row, "facts_row", None)  # Django raises an AttributeError where there is none
    return None if kept is None else kept.facts


def _save(found: Mapping[Key, Asking]) -> None:
    """Add to the rows that are there, and make the others."""
    weeks = {key.week for key in found}
    there = {
        Key(row.policy, row.rule, row.situation, row.week, row.apart): row
        for row in RuleAsked.objects.filter(week__in=weeks, rule__in={key.rule for key in found})
    }
    new, changed = [], []
    for key, more in found.items():
        row = there.get(key)
        if row is None:
            row = RuleAsked(**key._asdict(), clause=key.rule.partition("@")[0])
            new.append(row)
        else:
            more.add(asking_of(row))
            changed.append(row)
        for column in COLUMNS:
            setattr(row, column, getattr(more, column))
    RuleAsked.objects.bulk_create(new)
    RuleAsked.objects.bulk_update(changed, COLUMNS, batch_size=500)
