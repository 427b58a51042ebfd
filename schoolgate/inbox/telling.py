"""Tell people of danger in a comment, pass it on or hand it over, and look again where no door told of
it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action, each_by_itself
from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.leaving import reason
from schoolgate.core.moves import check_may_still_undo
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.duties.actions import Opened, cancel, discharge, open_duties, pass_on, reopen, tell_again
from schoolgate.duties.models import STILL_TO_DO, Due, Duty
from schoolgate.duties.queries import about, standing
from schoolgate.inbox import beside, first_read, seeing
from schoolgate.inbox.desk import keep_note
from schoolgate.inbox.duty_kinds import ANSWER, DANGER, OF_COLLEAGUE, READ, READ_AGAIN, READ_FIRST
from schoolgate.inbox.first_read import (
    Looking,
    ask_about_pictures,
    end_tasks_of_others,
    leads_of,
    who_looks_after,
)
from schoolgate.inbox.models import ORDINARY, Item, ItemState, ItemVersion
from schoolgate.inbox.ranking import (
    COLUMNS,
    FIRST,
    Known,
    for_leads_alone,
    known_at,
    leads_read,
    note_accuses,
    note_poses,
    note_said,
    read_of,
    tells_now,
    what_it_says,
    written_just_before,
)
from schoolgate.people.accusations import may_accuse
from schoolgate.people.confined import name_in_record
from schoolgate.people.leads import in_line
from schoolgate.people.models import Person
from schoolgate.people.named import Names, named_in
from schoolgate.people.queries import book_for, holders
from schoolgate.people.safeguarding import leads
from schoolgate.people.said_of import Said
from schoolgate.policy.choices import DANGER_ALARM, alarm_after
from schoolgate.rulebook import Book
from schoolgate.triage import URGENT, Lane

PASSED_AT_ONCE = 100
OLD = timedelta(days=7)
"""What was written so long before it came in wakes no one. House rule."""
OLD_WAITS = timedelta(days=2)
"""How long the leads have to read what wakes no one before the next people are asked. House rule."""


def tell_of_danger(rows: Iterable[Item], looking: Looking, *, at: datetime, edited: bool = False) -> None:
    """Tell the safeguarding leads of every item that may show danger to a person, and have it wait for them:
    none of them who is named in it, whether as victim or as the one who does it. Called for new items and new
    versions (`edited`), and for whatever a door forgot. At any hour, and then the person on duty too, unless
    it was written long before it came in or its kinds wake no one (`triage.BY_MORNING`): then in one task
    for its account. One that is locked, or may accuse an adult, goes to the leads alone."""
    there = list(rows)
    urgent = [row for row in there if row.lane in URGENT and (not was_told(row) or _says_danger(row))]
    ask_about_colleagues([row for row in there if row not in urgent], at=at)
    now = [row for row in urgent if tells_now(row.why) and (edited or not is_old(row, at=at))]
    others = [looking.first, looking.then.person if looking.then else None]
    tell_leads_and(now, others, looking.usual_role, at=at)
    tell_by_morning([row for row in urgent if row not in now], at=at)
    ask_about_pictures([row for row in there if edited or not is_old(row, at=at)], at=at)


def is_old(item: Item, *, at: datetime) -> bool:
    """Return whether an item was written long before people are told: in a list of old comments, the first
    look at an account, or what is ranked again. It is read by a lead, and wakes no one."""
    return item.received_at < at - OLD


def was_told(item: Item) -> bool:
    """Return whether the leads were told of an item."""
    return item.waits_for_lead_since is not None or item.lead_read_at is not None


def _says_danger(item: Item) -> bool:
    return any(lane in URGENT for lane, *_rest in item.why)


def tell_by_morning(rows: Sequence[Item], *, at: datetime) -> None:
    """Have these wait for a safeguarding lead; each lead gets one task for all of an account, in the morning
    mail. If no lead can be asked, the next people are."""
    if not rows:
        return
    asked: dict[tuple[int, int], Opened] = {}
    with_it: list[Item] = []
    named = named_by_item(rows, book=book_for(rows[0].account), on=local_day(at))
    for row in rows:
        people, held = _kept_for_leads(row, out=named[row.pk], at=at, quietly=True)
        with_it += held
        for one in people:
            asked.setdefault((row.account_id, one.pk), one_for_all(row, one))
    open_duties(at=at, wanted=list(asked.values()))
    tell_by_morning(with_it, at=at)


def one_for_all(row: Item, person: Person) -> Opened:
    """Return a person's task to read what waits quietly on the account of an item."""
    return Opened(
        kind=READ_FIRST, subject=row.account, due=Due.none_promised(), person=person,
        school=row.account.school, account=row.account_id,
    )  # fmt: skip


def _kept_for_leads(
    row: Item, *, out: Collection[int], texts: Sequence[str] = (), at: datetime, quietly: bool = False
) -> tuple[list[Person], list[Item]]:
    """Have an item wait for the first people in line to read it, and lock what may accuse an adult, or
    anyone. Return them, and what was locked with it."""
    on, school = local_day(at), row.school or row.account.school
    last = seeing.accused_among(row)
    line = in_line(
        book_for(row.account), school, on=on, out=frozenset(out) | seeing.people_meant(row), last=last
    )
    people, with_it = line[0] if line else [], []
    if not people:
        return [], []
    if row.locked_at is None and (for_leads_alone(row) or any(may_accuse(one) for one in texts)):
        with_it = hold(row, at=at)[1:]
    first_read.expect([row], at=at, quietly=quietly)
    first_read.let_in(row, people, at=at)
    return people, with_it


def ask_about_colleagues(rows: Iterable[Item], *, at: datetime) -> None:
    """Ask the safeguarding leads to read what can't be told to be harmless, and names a colleague; where no
    one else could deal with it, or it waits to be shown to everyone and isn't plain abuse, anything that
    isn't theirs to read. It wakes no one, and nothing waits."""
    for row in rows:
        waits_to_be_shown = not (row.released or row.private or row.lane == Lane.ABUSE)
        if row.meant and (
            leads_read(row) or waits_to_be_shown or not seeing.others_deal(row, on=local_day(at))
        ):
            people = first_read.readers(row, at=at)
            due = Due.none_promised()
            open_duties(
                at=at,
                wanted=[
                    Opened(
                        kind=OF_COLLEAGUE, subject=row, due=due, person=one, school=row.school,
                        account=row.account_id,
                    )
                    for one in people
                ],
            )  # fmt: skip


def hold(item: Item, *, at: datetime) -> list[Item]:
    """Keep what may accuse an adult of harming a child to the safeguarding leads until one of them, or who is
    asked in their place, says that no one is in danger (`settle_danger`): the one it means may be among those
    who would find it. With it goes what the same person wrote just before. Returns all that is kept."""
    held = [item, *written_just_before(item)]
    for one in held:
        Item.every.filter(pk=one.pk).update(locked_at=at, locked_until_read=True)
        one.locked_at, one.locked_until_read = at, True
        end_tasks_of_others(one, at=at)
        beside.kept_from(one, at=at)
        record("item.held", subject=one, at=at)
    return held


def without_named(looking: Looking, item: Item, named: Collection[int], *, at: datetime) -> Looking:
    """Return who is asked about an item: no one it names and, where it may be about each of those who deal
    with what comes in, a safeguarding lead or who is next."""
    if (
        item.meant
        and not seeing.others_deal(item, on=local_day(at))
        and (line := first_read.readers(item, at=at))
    ):
        return looking.instead(line[0])
    return looking.without(named)


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
    if not rows:
        return
    on, book = local_day(at), book_for(rows[0].account)
    named, besides = named_by_item(rows, book=book, on=on), named_in(*texts, book=book, on=on)
    wanted: list[Opened] = []
    with_it: list[Item] = []
    for row in rows:
        out = named[row.pk] | besides
        people, held = _kept_for_leads(row, out=out, texts=texts, at=at)
        with_it += held
        other = next((one for one in others if one is not None and one.pk not in out), None)
        if row.locked_at is None and other is not None:
            people = [*people, other]
        wanted += [_task(row, person=one) for one in dict.fromkeys(people)]
        if row.locked_at is None and other is None and role and not _holds(role, out, row, on=on):
            wanted.append(_task(row, role=role))
    open_duties(at=at, wanted=wanted)
    if with_it:
        tell_leads_and(with_it, [], None, texts=texts, at=at)


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
    book = book_for(item.account)
    named = named_by_item([item], book=book, on=local_day(at))[item.pk]
    return without_named(who_looks_after(item.account, at=at), item, named, at=at)


def _task(row: Item, *, person: Person | None = None, role: str | None = None) -> Opened:
    return Opened(
        kind=DANGER, subject=row, due=Due.none_promised(), person=person, role=role, school=row.school,
        account=row.account_id, danger=True,
    )  # fmt: skip


def _holds(role: str, people: Iterable[int], row: Item, *, on: date) -> bool:
    school = row.school or row.account.school
    return bool({one.pk for one in holders(role, on=on, school=school)} & set(people))


@action
def pass_danger_on(*, at: datetime, after: int = 0, limit: int = PASSED_AT_ONCE) -> int | None:
    """Tell the next people in line of each item that may show danger, or is locked because someone said that
    a child tells of harm, and that no one asked has read in time; those asked before are told again. Safe to
    run twice. Looks at `limit` items with ids above `after`; returns the id to continue
    from, None at the end."""
    after_danger, _chosen = alarm_after(DANGER_ALARM, on=local_day(at))
    soonest = at - after_danger
    late = Duty.objects.filter(kind=DANGER, state__in=STILL_TO_DO, opened_at__lte=soonest)
    numbers = {number_of(one) for one in late.values_list("subject", flat=True)}
    rows = Item.every.filter(
        Q(waits_for_lead_since__lte=soonest, waits_quietly=False) | Q(pk__in=numbers, locked_at=None),
        destroyed_at=None,
        pk__gt=after,
    )
    waiting = list(
        rows.select_related("account__federation", "account__school", "school").order_by("pk")[:limit]
    )
    each_by_itself(
        waiting,
        lambda row: _pass_on(row, at=at, after=after_danger),
        at=at,
        failed="a comment of danger was not passed on",
    )
    return waiting[-1].pk if len(waiting) == limit else None


def _pass_on(row: Item, *, at: datetime, after: timedelta) -> None:
    """Tell the next step of the line, once those told before have had their time: unless one of them has
    dealt with it or, of what is locked, has read it."""
    duties = Duty.objects.filter(kind=DANGER, subject=subject_of(row))
    if row.locked_at is not None:
        duties = duties.filter(opened_at__gte=row.locked_at)
        dealt = row.let_in.filter(at__gte=row.locked_at, read_at__isnull=False).exists()
    else:
        # a moderator's word ends their own task alone: until a lead has read it, the next people are asked
        dealt = row.waits_for_lead_since is None and duties.exclude(state__in=STILL_TO_DO).exists()
    if dealt:
        return
    if row.waits_for_lead_since is not None or row.locked_at is not None:  # no lead has read it
        tell_again(duties.filter(state__in=STILL_TO_DO), at=at, after=after)
    if max([*duties.values_list("opened_at", flat=True), _begins(row)]) > at - after:
        return
    leads_told = set(leads_of(row, at=at)) if row.locked_at is not None else set()
    asked = set(duties.exclude(person=None).values_list("person_id", flat=True))
    asked |= {one.pk for one in leads_told}
    named = named_by_item([row], book=book_for(row.account), on=local_day(at))[row.pk]
    line = first_read.line_of(row, at=at, out=named, asked=asked)
    if line:
        first_read.let_in(row, line[0], at=at)
        open_duties(at=at, wanted=[_task(row, person=one) for one in line[0]])
        record("item.danger_passed_on", subject=row, at=at, number=len(line[0]))


def _begins(row: Item) -> datetime:
    """Return when the time of the first people began: when it was locked, or was told."""
    return row.locked_at or row.waits_for_lead_since or row.first_seen_at


def note_read(*, by: Person, at: datetime, item: Item, how: str) -> None:
    """End the tasks to read an item for danger once someone has dealt with it: all but those of other
    safeguarding leads, and of who is asked in their place, who still have to see it."""
    others = {lead.pk for lead in leads_of(item, at=at)} - {by.pk}
    others |= set(item.let_in.filter(read_at=None).values_list("person_id", flat=True)) - {by.pk}
    for duty in standing(DANGER, [item])[subject_of(item)]:
        if duty.person_id not in others:
            discharge(
                kind=DANGER, subject=item, by=by, at=at, how=how, person=duty.person, role=duty.role_key
            )


@action
def settle_danger(*, by: Person, at: datetime, item: Item, words: str) -> Item:
    """Record that a person has read it and no one is in danger: the tasks end, and it goes by its deadline.
    Those of the safeguarding leads end only where a lead says so: it may be about the person who settles it.
    Why is a note on it. It can be undone for a while (`danger_again`).

    Raises NotAllowed; BadInput (`words`) without a reason; NotNow where nothing put it first, no task about
    danger is open and, for a lead, a lead has said so.
    """
    seeing.check_may_settle(by, item, on=local_day(at))
    if not may_be_settled(by, item, at=at):
        raise NotNow(_("It’s no longer at the top of the list."), _("Open it again to see its status."))
    note = keep_note(by=by, at=at, item=item, text=reason(words, "words"))
    Item.every.filter(pk=item.pk).update(goes_first=ORDINARY)
    item.goes_first = ORDINARY
    first_read.clear(item, by=by, at=at)
    if by in leads_of(item, at=at):
        discharge(kind=DANGER, subject=item, by=by, at=at, how="no_danger")
    else:
        note_read(by=by, at=at, item=item, how="no_danger")
    record("item.no_danger", subject=item, at=at, actor=by, lane=item.lane, note=note.pk)
    first_read.note(by=by, at=at, item=item)
    first_read.give_back(item, by=by, at=at)
    return item


def may_be_settled(by: Person, item: Item, *, at: datetime) -> bool:
    """Return whether it is left for a person to say that no one is in danger: for a safeguarding lead, also
    of what may be danger now and a lead has opened without saying so."""
    if item.goes_first < len(FIRST) or standing(DANGER, [item])[subject_of(item)]:
        return True
    return first_read.is_left_to(by, item, at=at)


@action
def danger_again(*, by: Person, at: datetime, item: Item) -> Item:
    """Take back, for a while, that no one is in danger: it comes first again, with the tasks that this ended,
    and what was kept to the leads is kept to them again. The note stays.

    Raises NotAllowed for others than who said so and the leads; NotNow where it was said too long ago.
    """
    seeing.check_may_settle(by, item, on=local_day(at))
    if item.cleared_at is None or item.cleared_version != item.version:
        raise NotNow(_("No one has marked it “No one is in danger”."), _("Open it again to see its status."))
    if by.pk != item.cleared_by_id and not first_read.reads_first(by, item, at=at):
        raise NotAllowed(_("Only the person who said so can undo it."), _("Ask the safeguarding lead."))
    check_may_still_undo(item.cleared_at, at=at)
    first = FIRST.index(Lane.DANGER if item.lane not in URGENT else Lane(item.lane))
    ended_at, by_lead = item.cleared_at, first_read.was_cleared(item)
    changed = {"goes_first": first, "cleared_at": None, "cleared_by": None, "cleared_version": ""}
    Item.every.filter(pk=item.pk).update(**changed)
    for name, value in changed.items():
        setattr(item, name, value)
    if by_lead and item.locked_at is None and for_leads_alone(item):
        hold(item, at=at)
    reopen(subjects=[item], ended_at=ended_at, by=by, at=at, kinds=(DANGER,))
    record("item.danger_again", subject=item, at=at, actor=by)
    return item


@action
def hand_over(*, by: Person, at: datetime, item: Item) -> int:
    """Pass this person's tasks about the item to the next person, or to the role that stands in; the deadline
    stays. What a safeguarding lead, or who is asked in their place, has to read for danger stays theirs.
    Returns how many tasks.

    Raises NotNow where they have none, or no one else can take it.
    """
    looking = looking_after(item, at=at)
    other = next(
        (
            person
            for person in (looking.first, looking.then.person if looking.then else None)
            if person is not None and person != by
        ),
        None,
    )
    role = looking.then.role if looking.then and looking.then.role else (looking.role or "")
    kinds = [ANSWER, READ, READ_AGAIN]
    if not first_read.reads_first(by, item, at=at):
        kinds.append(DANGER)
    mine = [
        duty
        for kind in kinds
        for duties in standing(kind, [item]).values()
        for duty in duties
        if duty.person_id == by.pk
    ]
    if not mine:
        raise NotNow(_("You have no task about this."), _("Open it again to see who is dealing with it."))
    if other is None and not role:
        raise NotNow(
            _("No one else here can take it over."), _("Ask the person who looks after the accounts.")
        )
    for duty in mine:
        pass_on(duty=duty, because="handed_over", at=at, person=other, role="" if other else role)
    record("item.handed_over", subject=item, at=at, actor=by)
    return len(mine)


@action
def tell_what_was_missed(*, at: datetime, after: int = 0, limit: int = PASSED_AT_ONCE) -> int | None:
    """Tell the safeguarding leads of each open item that may show danger and of which they weren't told,
    whichever door it came in by: ranked later, by an earlier version, or when no one could be asked. Each by
    itself, safe to run twice. Looks at `limit` items with ids above `after`; returns the id to continue from,
    None at the end."""
    rows = Item.every.filter(
        state=ItemState.OPEN, goes_first__lt=ORDINARY, lane__in=URGENT, destroyed_at=None, locked_at=None,
        waits_for_lead_since=None, lead_read_at=None, pk__gt=after,
    )  # fmt: skip
    told = Duty.objects.filter(kind=DANGER).values("subject")
    rows = rows.alias(in_record=name_in_record("inbox.item")).exclude(in_record__in=told)
    missed = list(
        rows.select_related("account__federation", "account__school", "school").order_by("pk")[:limit]
    )
    each_by_itself(
        missed, lambda row: tell_of_danger([row], who_looks_after(row.account, at=at), at=at), at=at,
        failed="no lead was told of a comment of danger",
    )  # fmt: skip
    return missed[-1].pk if len(missed) == limit else None


@action
def pass_quiet_on(*, at: datetime, after: int = 0, limit: int = PASSED_AT_ONCE) -> int | None:
    """Ask the next people in line to read what waits quietly and none of those asked has read in time; safe
    to run twice. Looks at `limit` items with ids above `after`; returns the id to continue from, None at the
    end."""
    rows = Item.every.filter(
        waits_quietly=True, waits_for_lead_since__lte=at - OLD_WAITS, destroyed_at=None, pk__gt=after
    )
    asked = rows.exclude(let_in__at__gt=at - OLD_WAITS)
    waiting = list(
        asked.select_related("account__federation", "account__school", "school").order_by("pk")[:limit]
    )
    each_by_itself(
        waiting, lambda row: _ask_next(row, at=at), at=at, failed="a comment was not passed on to be read"
    )
    return waiting[-1].pk if len(waiting) == limit else None


def _ask_next(row: Item, *, at: datetime) -> None:
    on, book = local_day(at), book_for(row.account)
    asked = {one.pk for one in leads(book, row.school or row.account.school, on=on)}
    asked |= set(row.let_in.values_list("person_id", flat=True))
    named = named_by_item([row], book=book, on=on)[row.pk]
    line = first_read.line_of(row, at=at, out=named, asked=asked)
    if line:
        first_read.let_in(row, line[0], at=at)
        open_duties(at=at, wanted=[one_for_all(row, one) for one in line[0]])
        record("item.danger_passed_on", subject=row, at=at, number=len(line[0]))


READ_AT_ONCE = 200


@action
def read_names_again(*, at: datetime, limit: int = READ_AT_ONCE) -> int:
    """Keep comments and messages from people they may mean, who weren't found when they came in;
    newest first, each by itself, safe to run twice. Returns how many were read; if that is `limit`, there are
    more."""
    known = known_at(on=local_day(at))
    digest = known.people.digest()
    rows = Item.every.filter(destroyed_at=None).exclude(names_read=digest).order_by("-pk")
    waiting = list(
        rows.select_related("account__federation", "account__school", "school").select_for_update(
            skip_locked=True, of=("self",)
        )[:limit]
    )
    texts: dict[int, list[str]] = {row.pk: [] for row in waiting}
    for pk, text in ItemVersion.objects.filter(item__in=texts).values_list("item_id", "text"):
        texts[pk].append(text)
    left = each_by_itself(
        waiting, lambda row: _read(row, texts[row.pk], known, digest, at=at), at=at,
        failed="a comment was not read again",
    )  # fmt: skip
    return len(waiting) - len(left)


def _read(item: Item, texts: Collection[str], known: Known, digest: str, *, at: datetime) -> None:
    before, item.names_read = set(item.meant), digest
    heard = [
        what_it_says(item, text, read_of(text, known, press=bool(item.from_press)), known) for text in texts
    ]
    open_still = item.state == ItemState.OPEN
    changed = [note_said(item, one) for one in heard if open_still or one.said != Said.UNTOLD]
    changed += [note_accuses(item, text) for text in texts if open_still]
    changed += [note_poses(item, text, known) for text in texts if open_still]
    item.meant = sorted(set(item.meant).union(*(one.kept_from for one in heard)))
    item.save(update_fields=[*COLUMNS, "names_read"])
    if new := set(item.meant) - before:
        record("item.kept_from", subject=item, at=at, number=len(new))
        _take_tasks_from(new, item, at=at)
        beside.kept_from(item, at=at)
    if new or any(changed):
        tell_of_danger([item], who_looks_after(item.account, at=at), at=at)


def _take_tasks_from(people: Collection[int], item: Item, *, at: datetime) -> None:
    """Pass on the open tasks about an item that these people have: to the person who looks after it, else to
    a lead. The one who gets it has none of the kind yet."""
    theirs = [one for one in about(item) if one.still_to_do and one.person_id in people]
    if not theirs:
        return
    other = looking_after(item, at=at).first or _lead(item, people, at=at)
    for task in theirs:
        if other is None or other.pk in people:
            cancel(kind=task.kind, subject=item, because="kept_out", at=at, person=task.person)
        else:
            pass_on(duty=task, because="kept_out", at=at, person=other)


def _lead(item: Item, people: Collection[int], *, at: datetime) -> Person | None:
    book, school = book_for(item.account), item.school or item.account.school
    return next((one for one in leads(book, school, on=local_day(at)) if one.pk not in people), None)
