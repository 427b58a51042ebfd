"""Tell people of danger in a comment, pass it on if no one reads it, and record that there is none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.each import each_by_itself
from schoolgate.core.errors import NotNow
from schoolgate.core.events import record
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.duties.actions import discharge
from schoolgate.duties.batch import Opened, open_duties
from schoolgate.duties.due import Due
from schoolgate.duties.models import Duty
from schoolgate.duties.queries import standing
from schoolgate.duties.states import STILL_TO_DO
from schoolgate.inbox import rules
from schoolgate.inbox.actions.tasks import leads_of
from schoolgate.inbox.duty_kinds import DANGER
from schoolgate.inbox.looking_after import Looking, who_looks_after
from schoolgate.inbox.models import ORDINARY, Item, ItemVersion
from schoolgate.inbox.ranking import FIRST, is_certain
from schoolgate.people.models import Person
from schoolgate.people.named import Names, named_in
from schoolgate.people.queries import book_of, holders
from schoolgate.people.safeguarding import leads
from schoolgate.policy.choices import DANGER_ALARM, alarm_after
from schoolgate.rulebook import Book
from schoolgate.triage import URGENT

AT_ONCE = 100


def tell_of_danger(rows: Iterable[Item], looking: Looking, *, at: datetime) -> None:
    """Tell the safeguarding leads and the person on duty, at any hour, of items that may show danger to a
    person: none of them who is named in it, whether as victim or as the one who does it. Called for new items
    and new versions. One that is locked goes to the leads alone."""
    urgent = [row for row in rows if row.lane in URGENT and is_certain(row.why)]
    if not urgent:
        return
    others = [looking.first, looking.then.person if looking.then else None]
    tell_leads_and(urgent, others, looking.usual_role, at=at)


def tell_leads_and(
    rows: Sequence[Item],
    others: Sequence[Person | None],
    role: str | None,
    *,
    texts: Sequence[str] = (),
    at: datetime,
) -> None:
    """Open the task to read these for danger, for every safeguarding lead and the first of the others who
    isn't named; for the role where no other is there. If no lead can be asked, the next people are. `texts`:
    what else was written about them."""
    on, account = local_day(at), rows[0].account
    school, book = rows[0].school or account.school, book_of(account.federation)
    named, besides = named_by_item(rows, book=book, on=on), named_in(*texts, book=book, on=on)
    wanted: list[Opened] = []
    for row in rows:
        out = named[row.pk] | besides
        people = [one for one in leads(book, school, on=on) if one.pk not in out]
        people = people or _next(row, book, without=out, on=on)
        other = next((one for one in others if one is not None and one.pk not in out), None)
        if row.locked_at is None and other is not None:
            people.append(other)
        wanted += [_task(row, person=one) for one in dict.fromkeys(people)]
        if row.locked_at is None and other is None and role and not _holds(role, out, row, on=on):
            wanted.append(_task(row, role=role))
    open_duties(at=at, wanted=wanted)


def named_by_item(rows: Sequence[Item], *, book: Book, on: date) -> Mapping[int, frozenset[int]]:
    """Return the ids of the people that each item names, in any of its versions, or describes."""
    texts: dict[int, list[str]] = {row.pk: [] for row in rows}
    versions = ItemVersion.objects.filter(item__in=texts)
    for pk, text in versions.values_list("item_id", "text"):
        texts[pk].append(text)
    names = Names(book, on=on)
    meant = {row.pk: row.meant for row in rows}
    return {pk: names.found_in(*words) | frozenset(meant[pk]) for pk, words in texts.items()}


def looking_after(item: Item, *, at: datetime) -> Looking:
    """Return who is asked about an item, and who is next: no one it names."""
    book = book_of(item.account.federation)
    named = named_by_item([item], book=book, on=local_day(at))[item.pk]
    return who_looks_after(item.account, at=at).without(named)


def _task(row: Item, *, person: Person | None = None, role: str | None = None) -> Opened:
    return Opened(
        kind=DANGER, subject=row, due=Due.none_promised(), person=person, role=role, school=row.school,
        account=row.account_id, danger=True,
    )  # fmt: skip


def _holds(role: str, people: Iterable[int], row: Item, *, on: date) -> bool:
    school = row.school or row.account.school
    return bool({one.pk for one in holders(role, on=on, school=school)} & set(people))


def _next(row: Item, book: Book, *, without: Iterable[int], on: date) -> list[Person]:
    """Return the next people, where no lead can be asked or no one reads it: those who look after people
    here, who see concerns, then who oversee; none who is named."""
    school, out = row.school or row.account.school, set(without)
    for capacity in ("administer", "see_incidents", "oversee"):
        keys = [one.key for one in book.pack.roles_with(capacity)]
        found = [one for key in keys for one in holders(key, on=on, school=school) if one.pk not in out]
        if found:
            return list(dict.fromkeys(found))
    return []


@action
def pass_danger_on(*, at: datetime, limit: int = AT_ONCE) -> int:
    """Tell the next people of each item that may show danger and that no one asked has read within the time
    for a danger; safe to run twice. What is locked is the leads' alone. Returns how many items were looked
    at."""
    span, _chosen = alarm_after(DANGER_ALARM, on=local_day(at))
    late = Duty.objects.filter(kind=DANGER, state__in=STILL_TO_DO, opened_at__lte=at - span)
    numbers = {number_of(one) for one in late.values_list("subject", flat=True)}
    rows = Item.every.filter(pk__in=numbers, locked_at=None).order_by("-pk")
    waiting = list(rows.select_related("account__federation", "account__school", "school")[:limit])
    each_by_itself(
        waiting, lambda row: _pass_on(row, at=at), at=at, failed="a comment of danger was not passed on"
    )
    return len(waiting)


def _pass_on(row: Item, *, at: datetime) -> None:
    duties = Duty.objects.filter(kind=DANGER, subject=subject_of(row))
    if duties.exclude(state__in=STILL_TO_DO).exists():
        return  # one of them has dealt with it
    asked = set(duties.exclude(person=None).values_list("person_id", flat=True))
    on, book = local_day(at), book_of(row.account.federation)
    named = named_by_item([row], book=book, on=on)[row.pk]
    if people := _next(row, book, without=named | asked, on=on):
        open_duties(at=at, wanted=[_task(row, person=one) for one in people])
        record("item.danger_passed_on", subject=row, at=at, number=len(people))


def note_read(*, by: Person, at: datetime, item: Item, how: str) -> None:
    """End the tasks to read an item for danger once someone has dealt with it: all but those of other
    safeguarding leads, who still have to see it."""
    others = {lead.pk for lead in leads_of(item, at=at)} - {by.pk}
    for duty in standing(DANGER, [item])[subject_of(item)]:
        if duty.person_id not in others:
            discharge(
                kind=DANGER, subject=item, by=by, at=at, how=how, person=duty.person, role=duty.role_key
            )


@action
def settle_danger(*, by: Person, at: datetime, item: Item) -> Item:
    """Record that a person has read it and no one is in danger: the tasks end, and it goes by its deadline.
    Those of the safeguarding leads end only where a lead says so: it may be about the person who settles it.

    Raises NotAllowed; NotNow where nothing put it first and no task about danger is open.
    """
    rules.check_may_settle(by, item, on=local_day(at))
    if item.goes_first >= len(FIRST) and not standing(DANGER, [item])[subject_of(item)]:
        raise NotNow(_("It isn’t at the top of the list any more."), _("Open it again to see its status."))
    Item.every.filter(pk=item.pk).update(goes_first=ORDINARY)
    item.goes_first = ORDINARY
    if by in leads_of(item, at=at):
        discharge(kind=DANGER, subject=item, by=by, at=at, how="no_danger")
    else:
        note_read(by=by, at=at, item=item, how="no_danger")
    record("item.no_danger", subject=item, at=at, actor=by, lane=item.lane)
    return item
