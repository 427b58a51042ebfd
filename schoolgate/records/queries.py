"""Reads of periods, of what is due, of holds and of certificates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import LONDON, local_day
from schoolgate.core.errors import NotFound, NotNow
from schoolgate.core.models import Destruction, Hold
from schoolgate.core.retention import Kind, kind_of, kinds
from schoolgate.people.confined import known_among, seen_of
from schoolgate.people.models import Person
from schoolgate.records.due import over_before
from schoolgate.records.models import Erasing, Setting

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
    held = set(holds().filter(subject__startswith=OF_A_KIND).values_list("subject", flat=True))
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


def holds() -> QuerySet[Hold]:
    """Return the holds that are in force, newest first."""
    return Hold.objects.filter(lifted_at=None).order_by("-pk")


def holds_seen(person: Person, *, on: date) -> list[Hold]:
    """Return the holds that are in force on what this person may know of, newest first."""
    names = {one.confined_to for one in kinds() if one.confined_to}
    rows = list(holds())
    few = {one.subject for one in rows if one.subject.partition(":")[0] in names}
    known = known_among(person, few, on)
    return [one for one in rows if one.subject not in few or one.subject in known]


def held_things() -> list[str]:
    """Return the subjects of the holds on single things."""
    return list(holds().exclude(subject__startswith=OF_A_KIND).values_list("subject", flat=True))


def due(kind: Kind, months: int, *, at: datetime, held: Sequence[str] | None = None) -> QuerySet[Any]:
    """Return what of a kind is due at an instant and not on hold, oldest first. `held`: as `held_things`
    returned it just now."""
    rows = kind.due(over_before(local_day(at), months), at=at)
    return kind.unheld(rows, held_things() if held is None else held)


def going(kind: Kind, pk: int, *, at: datetime) -> Going:
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
