"""Starters on a future day, and what each still lacks. The number of queries does not grow with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from schoolgate.core.clock import local_day
from schoolgate.people.models import Person, RoleAssignment, SchoolAccount
from schoolgate.people.queries import held_on, here_on, not_over
from schoolgate.policy import knowing
from schoolgate.policy.queries import PolicyInForce
from schoolgate.policy.taught import clauses_on_training
from schoolgate.policy.validity import still_trained

MOST = 50


@dataclass(frozen=True)
class Starter:
    """A person without a role today whose first one begins on a day. The other fields come from rows; None
    where the policy does not cover them."""

    person: Person
    first_day: date
    signs_in: bool
    has_read: bool | None
    is_trained: bool | None

    @property
    def lacks_nothing(self) -> bool:
        """Whether no row that could be there is missing."""
        return self.signs_in and self.has_read is not False and self.is_trained is not False


@dataclass(frozen=True)
class Starters:
    """The starters, soonest first, how many they are, and how many people here have no role at all."""

    rows: Sequence[Starter]
    number: int
    without_role: int


def starters(policy: PolicyInForce, *, until: date, at: datetime) -> Starters:
    """Return those who begin after today, up to and on a day. Eight queries at most."""
    on = local_day(at)
    coming = RoleAssignment.objects.filter(here_on(on, "person__"), from_day__gt=on, from_day__lte=until)
    coming = coming.filter(ended_on=None).exclude(
        person__in=RoleAssignment.objects.filter(held_on(on)).values("person")
    )
    first: dict[Person, date] = {}
    for row in coming.select_related("person__user").order_by("from_day", "person__name", "pk"):
        first.setdefault(row.person, row.from_day)
    shown = list(first)[:MOST]
    ids = [each.pk for each in shown]
    joined = set(
        SchoolAccount.objects.filter(user__in=[each.user_id for each in shown]).values_list(
            "user_id", flat=True
        )
    )
    asks = knowing.wants(policy, on=on).asks
    said = knowing.answers(ids, policy.version) if asks else {}
    trains = bool(clauses_on_training(policy.book))
    trained = still_trained(ids, book=policy.book, on=on) if trains else {}
    held = not_over(RoleAssignment.objects.all(), on=on).values("person")
    return Starters(
        [
            Starter(
                each,
                first[each],
                each.user.has_usable_password() or each.user_id in joined,
                (each.pk in said and said[each.pk].answer) if asks else None,
                trained.get(each.pk, False) if trains else None,
            )
            for each in shown
        ],
        len(first),
        Person.objects.filter(here_on(on)).exclude(pk__in=held).count(),
    )
