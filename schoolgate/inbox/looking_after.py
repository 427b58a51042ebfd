"""Who looks after what comes in on an account, and who is asked next when it is overdue."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from schoolgate.accounts.models import Account, TeamMember
from schoolgate.accounts.states import Part
from schoolgate.duties.actions import Then
from schoolgate.duties.states import Basis
from schoolgate.people.models import Person
from schoolgate.people.queries import book_of


@dataclass(frozen=True)
class Looking:
    """The first person, or the role where the account has no team; and the second one, by the house's
    rule."""

    first: Person | None
    role: str | None
    then: Then | None


def who_looks_after(account: Account, *, on: date) -> Looking:
    """The account's lead first, then the next of its team; without a team the policy's role that answers."""
    team = _team(account, on)
    roles = book_of(account.federation).roles
    answering = next((role.key for role in roles if "answer" in role.capacities), None)
    second_role = next((role.key for role in roles if "second_person" in role.capacities), None)
    if not team:
        then = Then(Basis.HOUSE, role=second_role) if second_role else None
        return Looking(None, answering or roles[0].key, then)
    if len(team) > 1:
        return Looking(team[0], None, Then(Basis.HOUSE, person=team[1]))
    return Looking(team[0], None, Then(Basis.HOUSE, role=second_role) if second_role else None)


def _team(account: Account, on: date) -> list[Person]:
    """Those who run the account on that day and have not left, leads first, in the order in which they
    joined."""
    here = Q(to_day=None) | Q(to_day__gte=on)
    not_left = Q(person__left_on=None) | Q(person__left_on__gt=on)
    rows = TeamMember.objects.filter(here, not_left, account=account, from_day__lte=on).select_related(
        "person"
    )
    ordered = sorted(rows, key=lambda row: (row.part != Part.LEAD, row.pk))
    return list(dict.fromkeys(row.person for row in ordered))
