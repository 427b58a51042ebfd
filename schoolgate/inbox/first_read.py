"""What may show danger is read by a safeguarding lead before anything ends it; who looks after items and
is asked, by tasks."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Model, Q
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, Part, TeamMember
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotNow
from schoolgate.core.events import record
from schoolgate.core.rows import insert, reserve
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import Then, cancel, discharge, open_duty
from schoolgate.duties.models import Basis, Due, Duty
from schoolgate.duties.queries import about, standing
from schoolgate.inbox import seeing
from schoolgate.inbox.duty_kinds import (
    APPEAL,
    CONFIRM_GONE,
    NO_PICTURE,
    OF_COLLEAGUE,
    READ_FIRST,
    REMOVE,
    REVIEW_BLOCK,
    TAKE_DOWN,
    TELL,
)
from schoolgate.inbox.models import Item, ItemLetIn, ItemState
from schoolgate.inbox.ranking import says_no_to_a_picture, tells_now
from schoolgate.inbox.seeing import SEES, leads_who_may
from schoolgate.people.leads import can_open, in_line
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for, capacities, here_on
from schoolgate.people.safeguarding import leads, leads_at
from schoolgate.rota.turns import on_duty
from schoolgate.triage import URGENT

# What may show danger to a child is read by a safeguarding lead before anything ends it. Whoever closes,
# deletes or destroys an item, by whatever page, program or clock, asks here. It waits from when people are
# told of the danger, or it is locked, until a lead that it isn't about has opened it. Until then no one
# shows it or replies either: an answer shows everyone that it was seen. A comment about a colleague that
# can't be told waits for that lead too, but for replies. Only where no lead may read it, because it may be
# about each of them or none is here, does the next person in line count (`people.leads`). Taking it out of
# sight and locking wait for nothing. What may show danger is every comment in a lane of `triage.URGENT`:
# whichever door it came in by, whatever of its kinds it has (`telling.tell_of_danger`). What a door
# forgot is told within a minute (`telling.tell_what_was_missed`).

MOST = 200
"""What is read at once of an account, to find something that is left to read."""
_then: list[Callable[..., None]] = []


def then(gives_back: Callable[..., None]) -> None:
    """Register what gives an item to the others that was kept to the leads. Called once, at start-up."""
    _then.append(gives_back)


def line_of(
    item: Item, *, at: datetime, out: Collection[int] = (), asked: Collection[int] = ()
) -> list[list[Person]]:
    """Return who is told of an item, step by step: no one that it may be about, nor of `out`. Those of
    `asked`, who were told before, are left out."""
    school = item.school or item.account.school
    meant = seeing.people_meant(item) | set(out)
    duty = on_duty(at).people(school.pk if school else None)
    book, last = book_for(item.account), seeing.accused_among(item)
    line = in_line(book, school, on=local_day(at), out=meant, on_duty=duty, last=last)
    here = leads(book, school, on=local_day(at))
    shut_out = set(here) - set(seeing.leads_who_may(item, on=local_day(at)))
    left = [[one for one in step if one.pk not in asked and one not in shut_out] for step in line]
    return [step for step in left if step]


def readers(item: Item, *, at: datetime) -> list[Person]:
    """Return who gets what only leads do about an item, and let them in: the leads that it isn't about, else
    the next people."""
    line = line_of(item, at=at)
    if line:
        let_in(item, line[0], at=at)
    return line[0] if line else []


def let_in(item: Item, people: Iterable[Person], *, at: datetime) -> None:
    """Let those of these open an item who don't lead on safeguarding: they are asked in a lead's place."""
    school = item.school or item.account.school
    lead = set(leads(book_for(item.account), school, on=local_day(at)))
    new = [one for one in people if one not in lead]
    before = ItemLetIn.objects.filter(item=item, person__in=new)
    before.update(at=at, read_at=None)  # it was locked since it was passed on
    known = set(before.values_list("person_id", flat=True))
    new = [one for one in new if one.pk not in known]
    ids = reserve(ItemLetIn, len(new))
    rows = [ItemLetIn(pk=pk, item=item, person=one, at=at) for pk, one in zip(ids, new, strict=True)]
    insert(rows, ignore_conflicts=True)


def expect(rows: Iterable[Item], *, at: datetime, quietly: bool = False) -> None:
    """Have these wait for a lead, from now on if they don't yet. `quietly`: until the morning."""
    new = [row for row in rows if row.waits_for_lead_since is None or (row.waits_quietly and not quietly)]
    changed = {"waits_for_lead_since": at, "waits_quietly": quietly}
    Item.every.filter(pk__in=[row.pk for row in new]).update(**changed)
    for row in new:
        _set(row, changed)


def _set(item: Item, changed: Mapping[str, Any]) -> None:
    for name, value in changed.items():
        setattr(item, name, value)


def note(*, by: Person, at: datetime, item: Item) -> None:
    """Note that a person has opened an item. One that waits for a lead waits no longer where they lead on
    safeguarding there or, where no lead may read it, it was passed on to them."""
    on = local_day(at)
    if item.meant and reads_first(by, item, at=at) and seeing.may_see(by, item, on=on):
        discharge(kind=OF_COLLEAGUE, subject=item, by=by, at=at, how="read")
    if item.waits_for_lead_since is None:
        return
    if not seeing.may_see(by, item, on=on):
        return
    ItemLetIn.objects.filter(item=item, person=by, read_at=None).update(read_at=at)
    if not leads_at(by, item.school_id or item.account.school_id, on=on) and (
        can_open(seeing.leads_who_may(item, on=on), on=on) or not seeing.is_let_in(by, item, on=on)
    ):
        return
    changed = {"waits_for_lead_since": None, "waits_quietly": False, "lead_read_at": at}
    Item.every.filter(pk=item.pk).update(**changed)
    _set(item, changed)
    record("item.first_read", subject=item, at=at, actor=by)
    end_read_first(item, by=by, at=at)


def end_read_first(item: Item, *, by: Person, at: datetime) -> None:
    """End the tasks to read what waits quietly on an account, each once nothing is left that its person may
    read."""
    tasks = standing(READ_FIRST, [item.account])[subject_of(item.account)]
    if not tasks:
        return
    for task in tasks:
        person = task.person
        if person is None or not any(seeing.may_see(person, one, on=local_day(at)) for one in _left_on(item)):
            discharge(
                kind=READ_FIRST, subject=item.account, by=by, at=at, how="read", person=person,
                role=task.role_key,
            )  # fmt: skip


def _left_on(item: Item) -> Iterator[Item]:
    """Yield what waits quietly on the account of an item, however much it is: `MOST` are read at once."""
    rows = Item.every.filter(account=item.account, waits_quietly=True).select_related("account", "school")
    piece = list(rows.order_by("pk")[:MOST])
    while piece:
        yield from piece
        piece = list(rows.filter(pk__gt=piece[-1].pk).order_by("pk")[:MOST])


def give_back(item: Item, *, by: Person, at: datetime) -> None:
    """Give an item that was kept to the safeguarding leads to the people who reply and moderate, once one of
    them, or who was asked in their place, says that no one is in danger. Having opened it is no decision."""
    if item.locked_until_read and item.waits_for_lead_since is None:
        for each in _then:
            each(item, by=by, at=at)


def reads_first(person: Person, item: Item, *, at: datetime) -> bool:
    """Return whether a person leads on safeguarding there, or is asked in a lead's place."""
    school = item.school_id or item.account.school_id
    return leads_at(person, school, on=local_day(at)) or item.let_in.filter(person=person).exists()


def waits(item: Item) -> bool:
    """Return whether an item that may show danger waits for a safeguarding lead, as it is stored now."""
    return Item.every.filter(pk=item.pk, waits_for_lead_since__isnull=False).exists()


def asked_of_colleague(item: Item) -> bool:
    """Return whether the leads were asked to read an item because of a colleague it names."""
    return bool(item.meant and standing(OF_COLLEAGUE, [item])[subject_of(item)])


def was_cleared(item: Item) -> bool:
    """Return whether a safeguarding lead, or the person asked in a lead's place, said that this version shows
    no danger."""
    by, at = item.cleared_by, item.cleared_at
    if by is None or at is None or item.cleared_version != item.version:
        return False
    return reads_first(by, item, at=at)


def is_left_to_say(item: Item) -> bool:
    """Return whether an item may show danger now, and no lead has said yet that no one is in danger."""
    return item.lane in URGENT and tells_now(item.why) and not was_cleared(item)


def is_left_to(person: Person, item: Item, *, at: datetime) -> bool:
    """Return whether it is left to this person, as a lead or in a lead's place, to say so."""
    return is_left_to_say(item) and reads_first(person, item, at=at)


def clear(item: Item, *, by: Person, at: datetime) -> None:
    """Note that a person says that an item shows no danger as it is now."""
    changed = {"cleared_at": at, "cleared_by": by, "cleared_version": item.version}
    Item.every.filter(pk=item.pk).update(**changed)
    _set(item, changed)


def check_shown(item: Item) -> None:
    """Raise NotNow where an item isn't to be shown to everyone yet: a safeguarding lead has to read it, or to
    say why no one is in danger. Having opened it is no decision."""
    check(item)
    check_cleared(item)


def check_cleared(item: Item) -> None:
    """Raise NotNow while an item that may show danger waits for a safeguarding lead, or for their word that
    no one is in danger."""
    check_no_danger(item)
    if is_left_to_say(item):
        raise NotNow(
            _("A safeguarding lead must say first that no one is in danger."),
            _("Ask them to open it and write down why. Until then it can’t be shown to everyone."),
        )


def must_be_read(item: Item) -> bool:
    """Return whether a safeguarding lead reads an item before anyone closes it."""
    return waits(item) or asked_of_colleague(item)


def check_no_danger(item: Item) -> None:
    """Raise NotNow while an item that may show danger waits for a safeguarding lead."""
    if waits(item):
        raise NotNow(
            _("A safeguarding lead must read this first: it may show that someone is in danger."),
            _("They have been told. Until they’ve read it, you can hide it, or report it as a concern."),
        )


def check(item: Item) -> None:
    """Raise NotNow while an item waits for a safeguarding lead, or they were asked to read it because of a
    colleague it names: nothing closes, deletes, destroys or shows it."""
    check_no_danger(item)
    if asked_of_colleague(item):
        raise NotNow(
            _("A safeguarding lead must read this first: it may be about a colleague."),
            _("They have been asked. Until they’ve read it, you can hide it, or reply."),
        )


@dataclass(frozen=True)
class Looking:
    """The first person, or the role where the account has no team; and the second person, by the program's
    own rule."""

    first: Person | None
    role: str | None
    then: Then | None
    usual_role: str
    """The policy's role that replies."""
    stand_in: Then | None
    """The role that stands in, where the policy has one."""

    def without(self, named: Collection[int]) -> Looking:
        """Return who is asked instead where the first, or the next, is a person that the item names."""
        if self.first is None or self.first.pk not in named:
            if self.then is not None and self.then.person is not None and self.then.person.pk in named:
                return replace(self, then=self.stand_in)
            return self
        person = self.then.person if self.then else None
        if person is not None and person.pk not in named:
            return replace(self, first=person, role=None, then=self.stand_in)
        return replace(self, first=None, role=self.usual_role, then=self.stand_in)

    def instead(self, person: Person) -> Looking:
        """Return that this person is asked, because an item may be about each of the others."""
        return replace(self, first=person, role=None, then=None)

    def asked(self) -> dict[str, Any]:
        """Return to which person or role a task goes, and who is next, for `open_duty` or `Opened`."""
        return {
            "person": self.first,
            "role": self.role if self.first is None else None,
            "then": self.then,
        }


def who_looks_after(account: Account, *, at: datetime, in_welsh: bool = False) -> Looking:
    """Return the person on duty by the rota, if there is one; else the first of the account's team who may
    reply, then the next of them, leads before others.

    If no one in the team may, the policy's role that replies; if the team has no second person, its role that
    stands in. `in_welsh`: of those, people who read Welsh come first.
    """
    on = local_day(at)
    there = list(dict.fromkeys([*on_duty(at).people(account.school_id), *_team(account, on)]))
    able = [(person, capacities(person, on=on, account=account)) for person in there]
    answering = [person for person, may in able if "answer" in may]
    standing_in = [person for person, may in able if may & {"answer", "second_person"}]
    if in_welsh:
        answering.sort(key=lambda person: not person.reads_welsh)
    first = answering[0] if answering else None
    second = next((person for person in standing_in if person != first), None)
    roles = book_for(account).roles
    role = next((role.key for role in roles if "answer" in role.capacities), roles[0].key)
    stand_in = next((role.key for role in roles if "second_person" in role.capacities), None)
    role_next = Then(Basis.HOUSE, role=stand_in) if stand_in is not None else None
    then = Then(Basis.HOUSE, person=second) if second is not None else role_next
    return Looking(first, None if first else role, then, role, role_next)


def _team(account: Account, on: date) -> list[Person]:
    """Return the people who run the account on that day and have not left, leads first, in the order in which
    they joined."""
    here = Q(to_day=None) | Q(to_day__gte=on)
    not_left = here_on(on, "person__")
    rows = TeamMember.objects.filter(here, not_left, account=account, from_day__lte=on).select_related(
        "person"
    )
    ordered = sorted(rows, key=lambda row: (row.part != Part.LEAD, row.pk))
    return list(dict.fromkeys(row.person for row in ordered))


def open_task(
    item: Item,
    *,
    kind: str,
    at: datetime,
    subject: Model | None = None,
    person: Person | None = None,
    role: str | None = None,
    due: Due | None = None,
    **more: Any,
) -> None:
    """Open a task about an item, for a person or a role. About one that is locked, each safeguarding lead
    gets it instead or, where it may be about all of them, the next people in line; no one else.

    Args:
        subject: what it is about, if that isn't the item itself.
        more: what else `open_duty` takes.
    """
    to: list[tuple[Person | None, str | None]] = [(person, role)]
    if item.locked_at is not None:
        to = [(one, None) for one in readers(item, at=at)]
    for one, its_role in to:
        open_duty(
            kind=kind,
            subject=subject or item,
            at=at,
            due=due or Due.none_promised(),
            person=one,
            role=its_role,
            school=item.school,
            account=item.account_id,
            **more,
        )


def leads_of(item: Item, *, at: datetime) -> list[Person]:
    """Return the safeguarding leads of the item's school that it isn't about."""
    return leads_who_may(item, on=local_day(at))


STILL_NEEDED = (APPEAL, CONFIRM_GONE, NO_PICTURE, REMOVE, REVIEW_BLOCK, TAKE_DOWN, TELL)
"""Tasks that have to be done although it is locked: the safeguarding leads get them, with their deadline."""


def end_tasks_of_others(item: Item, *, at: datetime, by: Person | None = None) -> None:
    """End the tasks about an item that is locked now; those that are needed still go to the leads."""
    for task in end_tasks(item, because="locked", at=at, by=by):
        open_task(item, kind=task.kind, at=at, due=task.due, clauses=task.clauses)


def end_tasks(
    item: Item, *, because: str, at: datetime, by: Person | None, but: Collection[str] = ()
) -> list[Duty]:
    """End every task about an item and its replies, but those of some kinds. Return those that are still
    needed, one of each kind: the most pressing."""
    tasks = [task for each in (item, *item.answers.all()) for task in about(each) if task.still_to_do]
    waiting = [task for task in tasks if task.kind not in but]
    for kind, subject in sorted({(task.kind, task.subject) for task in waiting}):
        cancel(kind=kind, subject=subject, because=because, at=at, by=by)
    latest_first = sorted(waiting, key=lambda task: task.due_by, reverse=True)
    return list({task.kind: task for task in latest_first if task.kind in STILL_NEEDED}.values())


# A no to a picture that someone writes below a post or in a message: a task of its own, due the same day,
# for those who take posts down here. The withdrawal itself is recorded where every other one is, on the
# pupil's own page (`pupils.answering`), which takes down each copy.


def ask_about_pictures(rows: Iterable[Item], *, at: datetime) -> None:
    """Ask those who may take posts down here, and find what comes in, to take a picture down the same day."""
    for row in rows:
        if row.state == ItemState.OPEN and says_no_to_a_picture(row):
            pack = book_for(row.account).pack
            finds = {role.key for each in SEES for role in pack.roles_with(each)}
            for role in pack.roles_with("stop_everything"):
                if role.key in finds:
                    open_task(row, kind=NO_PICTURE, at=at, role=role.key, due=Due.day(local_day(at)))
