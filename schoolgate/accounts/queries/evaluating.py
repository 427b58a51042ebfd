"""Reads for looking back at an account: its day, its figures, who wrote for it."""

from collections.abc import Iterable
from datetime import date, timedelta

from schoolgate.accounts import figures
from schoolgate.accounts.facts.evaluating import plan_of
from schoolgate.accounts.models import Account, Care, Evaluation
from schoolgate.core.clock import local_day
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.queries import Where, held_on
from schoolgate.rulebook import Book

MONTHS = 12


def care_of(account: Account) -> Care | None:
    """Return what is recorded about an account's care; None where nothing is."""
    found = getattr(account, "watched", None)
    return found if isinstance(found, Care) else None


def evaluate_on(account: Account) -> date | None:
    """Return the day set for the next review: the latest one stated, at first the one from the proposal."""
    care = care_of(account)
    return care.evaluate_on if care and care.first_day_taken else plan_of(account).evaluate_on


def looked_back_since(account: Account) -> date:
    """Return the day after the last review, or the day of opening: the start of the figures."""
    last = account.evaluations.order_by("-id").first()
    return local_day(last.at if last else account.opened_at or account.made_at)


def evaluations(account: Account, *, limit: int = 20) -> list[Evaluation]:
    """Return the reviews of an account, newest first, with the result of each aim. Two queries."""
    rows = account.evaluations.select_related("by").prefetch_related("results").order_by("-id")
    return list(rows[:limit])


def names_of(people: Iterable[int]) -> dict[int, str]:
    """Return the name of each of these people. One query."""
    return dict(Person.objects.filter(pk__in=list(people)).values_list("pk", "name"))


def months_until(on: date, *, months: int = MONTHS) -> list[date]:
    """Return the first days of the last months, oldest first, this one included."""
    first = on.replace(day=1)
    found = [first]
    while len(found) < months:
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return found[::-1]


def contributed(
    account: Account, book: Book, *, on: date
) -> tuple[dict[int, int], dict[int, tuple[str, ...]]]:
    """Return how many posts each person wrote since the last review, and the roles of all who have a part
    in it."""
    posts = figures.posts_by(account, looked_back_since(account))
    people = set(account.team.filter(to_day=None).values_list("person_id", flat=True)) | set(posts)
    names = book.role_names
    roles: dict[int, tuple[str, ...]] = dict.fromkeys(sorted(people), ())
    held = RoleAssignment.objects.filter(
        held_on(on), Where(school=account.school, account=account).reached(), person__in=people
    )
    for person, key in held.order_by("person_id", "role_key").values_list("person_id", "role_key").distinct():
        if key in names:
            roles[person] = (*roles[person], names[key])
    return posts, roles
