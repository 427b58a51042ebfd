"""Who is next to read what only safeguarding leads read: the one order for comments, concerns and whatever
else comes in, where no lead can read it, or does in time.

Schoolgate's own rule, never presented as a clause: the lead on duty, the other leads and deputies, the head
(who owns the policy), who sees concerns, who looks after people here, and the governors, the fewest first:
the chair, where the policy has one. Where it may be about the head, governors come right after the leads.
No one that it may be about is in it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from schoolgate.core.models import School
from schoolgate.people.holding import holders_of_roles
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments_at, capacities
from schoolgate.people.reach import can_open
from schoolgate.people.safeguarding import leads
from schoolgate.people.told_roles import REACHES, roles_that_wait
from schoolgate.rulebook import Book

AFTER_LEADS = ("own_policy", "see_incidents", "administer")
"""What the roles carry that come after the leads, in this order; then governors, who only oversee."""


def in_line(
    book: Book,
    school: School | None,
    *,
    on: date,
    out: Collection[int] = (),
    on_duty: Sequence[Person] = (),
    last: Collection[int] = (),
) -> list[list[Person]]:
    """Return the people in the order in which they are told, those of a step together; each once, and no step
    empty. A step in which no one can open it is told together with the next. `out`: the ids of those it may
    be about. `on_duty`: who is on duty by the rota, who comes first among the leads. `last`: who comes after
    everyone else, unless they lead."""
    first = sorted(leads(book, school, on=on), key=lambda one: one not in on_duty)
    steps: list[Iterable[Person]] = [first]
    steps += [_people(keys, school, on=on) for keys in roles_after_leads(book, school, on=on, out=out)]
    lead = {one.pk for one in first}
    seen, found, after = set(out), [], []
    for step in steps:
        new = [one for one in dict.fromkeys(step) if one.pk not in seen]
        seen.update(one.pk for one in new)
        now = [one for one in new if one.pk in lead or one.pk not in last]
        after += [one for one in new if one not in now]
        found.append(now)
    return _told_together([step for step in [*found, after] if step], on=on)


def _told_together(steps: list[list[Person]], *, on: date) -> list[list[Person]]:
    can = can_open([one for step in steps for one in step], on=on)
    found: list[list[Person]] = []
    for step in steps:
        if found and not can & {one.pk for one in found[-1]}:
            found[-1] = [*found[-1], *step]
        else:
            found.append(step)
    return found


def roles_after_leads(
    book: Book, school: School | None, *, on: date, out: Collection[int] = (), together: bool = False
) -> list[list[str]]:
    """Return the keys of the roles that come after the leads, step by step. `together`: the head and who sees
    concerns are one step, for what isn't kept to the leads."""
    steps = [[role.key for role in book.pack.roles_with(what)] for what in AFTER_LEADS]
    if together:
        steps = [list(dict.fromkeys([*steps[0], *steps[1]])), *steps[2:]]
    govern = [[key] for key in governing_roles(book, school, on=on, out=out)]
    ordered = [*govern, *steps] if heads_meant(book, on=on, out=out) else [*steps, *govern]
    wait = roles_that_wait()
    told = ([key for key in keys if key not in wait] for keys in ordered)
    return [keys for keys in told if keys]


def governing_roles(book: Book, school: School | None, *, on: date, out: Collection[int] = ()) -> list[str]:
    """Return the roles that oversee and don't look after people here: first the one with the fewest people,
    such as a chair. Of two with as many, the one that the policy names later."""
    keys = [one.key for one in book.pack.roles_with("oversee") if "administer" not in one.capacities]
    many = {key: len({one.pk for one in _people([key], school, on=on)} - set(out)) for key in keys}
    return sorted((key for key in reversed(keys) if many[key]), key=lambda key: many[key])


def heads_meant(book: Book, *, on: date, out: Collection[int]) -> bool:
    """Return whether it may be about someone who owns the policy, such as the head."""
    keys = [role.key for role in book.pack.roles_with("own_policy")]
    held = assignments_at(Where(anywhere=True), on=on)
    return bool(out) and held.filter(person__in=list(out), role_key__in=keys).exists()


def may_be_in_line(person: Person, *, on: date) -> bool:
    """Return whether a person still has a role that can be told when no lead reads it."""
    return bool(REACHES & capacities(person, on=on, anywhere=True))


def _people(keys: Iterable[str], school: School | None, *, on: date) -> list[Person]:
    """Return who has one of these roles there; in any school, where none is known."""
    where = Where(school) if school is not None else Where(anywhere=True)
    return holders_of_roles(keys, where, on=on)
