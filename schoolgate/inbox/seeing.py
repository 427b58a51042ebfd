"""Who may find, read and act on items, what some people may not find, and reads of items by themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import Exists, ManyToOneRel, Model, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed, NotFound, NotNow
from schoolgate.core.reading_once import A_NUMBER, FixedQuery, Parts, read_once, with_all_parts
from schoolgate.core.subjects import number_of, subject_of
from schoolgate.duties.models import Duty
from schoolgate.inbox.models import (
    KEPT,
    Answer,
    AuthorStep,
    Item,
    ItemLetIn,
    ItemNote,
    ItemState,
    ItemVersion,
    Moderation,
    ReplyRemoval,
)
from schoolgate.inbox.ranking import for_leads_alone
from schoolgate.networks.capabilities import OURS
from schoolgate.networks.handshake import LIVE
from schoolgate.networks.intents import Waiting, waiting
from schoolgate.networks.noticeboard.models import NoticeboardComment
from schoolgate.people.confined import meant_by, meant_in, name_in_record, not_meant
from schoolgate.people.leads import can_open, may_be_in_line
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, book_for, capacities, held_by, holders_of_capacity
from schoolgate.people.rules import check_capacity
from schoolgate.people.safeguarding import lead_of, leads, leads_at, reads_from
from schoolgate.policy.models import PermissionAsked
from schoolgate.publishing.rules import stopped
from schoolgate.triage import URGENT

SEES = frozenset({"moderate", "answer", "second_person", "oversee"})
"""The capacities that let people read inbox items: they deal with them, or oversee that work."""


def check_may_answer(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` replies for this account, or stands in when a reply is overdue."""
    check_finds(person, item, on=on)
    if stands_in(person, item, on=on):
        return
    try:
        check_capacity(person, "answer", on=on, school=item.school, account=item.account)
    except NotAllowed:
        check_capacity(person, "second_person", on=on, school=item.school, account=item.account)


def check_may_moderate(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` moderates this account."""
    check_finds(person, item, on=on)
    if stands_in(person, item, on=on):
        return
    check_capacity(person, "moderate", on=on, school=item.school, account=item.account)


def check_may_hide(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` may take it out of sight: they moderate this account or, of one that
    is locked, lead on safeguarding there."""
    if item.locked_at is None:
        check_may_moderate(person, item, on=on)
    else:
        check_finds(person, item, on=on)


DEALS = ("answer", "moderate", "second_person")
"""The capacities of those who deal with what comes in."""


def others_deal(item: Item, *, on: date) -> bool:
    """Return whether anyone else deals with what comes in on this account, and can sign in: none of those
    it names."""
    people = holders_of_capacity(
        *DEALS, federation=item.account.federation, on=on, school=item.school, account=item.account
    )
    return bool(can_open([one for one in people if one.pk not in item.meant], on=on))


def stands_in(person: Person, item: Item, *, on: date) -> bool:
    """Return whether a person deals with a comment because it may be about each of those who would: as
    safeguarding lead, or asked in a lead's place."""
    if not item.meant:
        return False
    school = item.school_id or item.account.school_id
    return (leads_at(person, school, on=on) or is_let_in(person, item, on=on)) and not others_deal(
        item, on=on
    )


def check_finds(person: Person, item: Item, *, on: date) -> None:
    """Raise NotFound where it tells something bad of this person, or is locked and they don't lead on
    safeguarding there. Who was asked in their place may read it, and acts only where no lead may."""
    if person.pk in item.meant:
        raise NotFound
    if item.locked_at is None or _finds_locked(person, item, on=on):
        return
    if not (is_let_in(person, item, on=on) and not can_open(leads_who_may(item, on=on), on=on)):
        raise NotFound


def _finds_locked(person: Person, item: Item, *, on: date) -> bool:
    """Return whether a person leads on safeguarding there, and the item may not be about them."""
    school = item.school_id or item.account.school_id
    since = reads_from(person, held_by(person, on=on)) if leads_at(person, school, on=on) else {}
    came = [at for there, at in since.items() if school is None or there in (None, school)]
    may = bool(came) and item.locked_at is not None and item.locked_at >= min(came)
    return may and person.pk not in people_meant(item)


def people_meant(item: Item) -> set[int]:
    """Return the ids of the people that an item may be about, by its own words or, once it's locked, those of
    a concern."""
    if item.locked_at is None:
        return set(item.meant)
    subject = subject_of(item)
    return set(item.meant) | meant_by([subject]).get(subject, set())


def accused_among(item: Item) -> set[int]:
    """Return the ids of the people who run a page below which something may be about one of them, without a
    name: who isn't a lead reads it after everyone else."""
    if item.meant or not for_leads_alone(item):
        return set()
    return set(item.account.team.filter(to_day=None).values_list("person_id", flat=True))


def leads_who_may(item: Item, *, on: date) -> list[Person]:
    """Return the safeguarding leads of its school who are here and may open it: it isn't about them and,
    where it is locked, they may read what came at that time."""
    school, out = item.school or item.account.school, people_meant(item)
    people = leads(book_for(item.account), school, on=on)
    return [
        one
        for one in people
        if one.pk not in out and (item.locked_at is None or _finds_locked(one, item, on=on))
    ]


def is_let_in(person: Person, item: Item, *, on: date) -> bool:
    """Return whether an item was passed on to this person because no lead could read it or did in time
    (`people.leads`), it isn't about them, and they still have a role for that. What was locked afterwards
    is the leads' again."""
    rows = ItemLetIn.objects.filter(item=item, person=person)
    if item.locked_at is not None:
        rows = rows.filter(at__gte=item.locked_at)
    return rows.exists() and person.pk not in people_meant(item) and may_be_in_line(person, on=on)


def check_may_sort(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` replies, moderates or stands in here: they may say what it is."""
    check_finds(person, item, on=on)
    held = capacities(person, on=on, school=item.school, account=item.account)
    if not held & {"answer", "moderate", "second_person"}:
        check_capacity(person, "answer", on=on, school=item.school, account=item.account)


def may_see(person: Person, item: Item, *, on: date) -> bool:
    """Return whether `person` may read this item: it is of an account of theirs; one that may show danger or
    tells something bad of a colleague, also as safeguarding lead; one that is locked, only as that; one that
    was passed on to them. Never one that tells something bad of themselves."""
    if person.pk in item.meant:
        return False
    school = item.school_id or item.account.school_id
    if item.locked_at is not None:
        return _finds_locked(person, item, on=on) or is_let_in(person, item, on=on)
    if SEES & capacities(person, on=on, school=item.school, account=item.account):
        return True
    if (item.lane in URGENT or item.meant or item.waits_for_lead_since) and leads_at(person, school, on=on):
        return True
    return is_let_in(person, item, on=on)


def check_may_settle(person: Person, item: Item, *, on: date) -> None:
    """Raise NotAllowed unless `person` deals with what comes in here, or leads on safeguarding; NotFound for
    one that it tells something bad about. Who was asked in a lead's place may say so too."""
    if is_let_in(person, item, on=on):
        return
    check_finds(person, item, on=on)
    if not leads_at(person, item.school_id or item.account.school_id, on=on):
        check_may_sort(person, item, on=on)


def check_not_stopped(item: Item, *, at: datetime) -> None:
    """Raise NotNow during a stop of the item's school, its federation or the installation."""
    if stopped(item.school_id, at=at):
        raise NotNow(
            _("Posting is stopped here, so nothing can start."),
            _("Wait until the stop is lifted, then decide again."),
        )


PARTS: Parts = {
    "versions": lambda: Prefetch("versions", ItemVersion.objects.order_by("number")),
    "answers": lambda: Prefetch("answers", Answer.objects.select_related("by").order_by("id")),
}
"""What belongs to an item."""


def _with_its_place(rows: QuerySet[Item]) -> QuerySet[Item]:
    return rows.select_related("account__school", "school", "post", "assigned_to")


def _whole() -> QuerySet[Item]:
    return _with_its_place(Item.objects.all()).prefetch_related(*(part() for part in PARTS.values()))


@cache
def _one() -> FixedQuery[Item]:
    return FixedQuery(_with_its_place(Item.every.filter(pk=A_NUMBER)))


def item(pk: int) -> Item:
    """Return one item, with its versions and answers, also one that is locked. Raises NotFound, also for
    another federation's and for one that was destroyed."""
    if not (rows := with_all_parts(_one().ask({A_NUMBER: pk}), PARTS)):
        raise NotFound
    found = rows[0]
    _check_still_here(found)
    if found.post is not None and found.post.school_id == found.school_id and found.school is not None:
        found.post.school = found.school
    return found


def items_page(
    *, before: int | None = None, limit: int = 50, state: ItemState | None = None
) -> tuple[list[Item], int | None]:
    """Return items, newest first, older than the id `before`; with the id to ask the next page with, None at
    the end."""
    rows = _whole().order_by("-id")
    if state is not None:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


def notes_for(person: Person, item: Item) -> QuerySet[ItemNote]:
    """Return what colleagues noted beside an item, but for what may be about this person and isn't theirs."""
    theirs = Q(by=person) | not_meant("inbox.itemnote", person)
    return ItemNote.objects.filter(theirs, item=item).select_related("by").order_by("id")


def answer(pk: int) -> Answer:
    """Return one answer with its item. Raises NotFound, also where they were destroyed."""
    found = Answer.objects.select_related("item__account__school", "item__school", "by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    _check_still_here(found.item)
    return found


def answers_to_advance(at: datetime) -> list[Waiting]:
    """Return the answers for which the program has to take a step by now."""
    return waiting(Answer.objects.all(), at, account="item__account_id")


def moderations_to_advance(at: datetime) -> list[Waiting]:
    """Return moderators' steps on comments that the program has to continue by now."""
    return waiting(Moderation.objects.all(), at, account="item__account_id")


def removals_to_advance(at: datetime) -> list[Waiting]:
    """Return the take-downs of replies that the program has to continue by now."""
    return waiting(ReplyRemoval.objects.all(), at, account="answer__item__account_id")


def reply_removal(pk: int) -> ReplyRemoval:
    """Return the take-down of one reply. Raises NotFound."""
    found = ReplyRemoval.objects.select_related("answer__by").filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def author_steps_to_advance(at: datetime) -> list[Waiting]:
    """Return steps about authors that the program has to continue by now."""
    return waiting(AuthorStep.objects.all(), at)


def author_step(pk: int) -> AuthorStep:
    """Return one step about the author of a comment. Raises NotFound."""
    rows = AuthorStep.objects.select_related("account__school", "item", "by", "agreed_by", "ends")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def locked_item(pk: int) -> Item:
    """Return the item, locked until this transaction ends. Raises NotFound."""
    list(Item.every.select_for_update().filter(pk=pk).values_list("pk"))
    return item(pk)


def moderation(pk: int) -> Moderation:
    """Return one step of a moderator with its comment. Raises NotFound."""
    rows = Moderation.objects.select_related("item__account__school", "item__school", "by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def moderations_of(item: Item) -> list[Moderation]:
    """Return every step of moderators about this comment, newest first."""
    return read_once(
        ("inbox.moderations", item.pk), lambda: list(Moderation.objects.filter(item=item).order_by("-pk"))
    )


def live_moderation(item: Item) -> Moderation | None:
    """Return a moderator's request about this comment that is not done yet."""
    rows = Moderation.objects.filter(item=item, state__in=sorted(LIVE))
    return rows.select_related("item__account", "by").first()


def _check_still_here(item: Item) -> None:
    if item.destroyed_at is not None:
        raise NotFound(
            _("This comment was destroyed."),
            _("The Records page has the certificate."),
        )


def locked_for(person: Person, *, on: date) -> QuerySet[Item]:
    """Return the locked items of the schools for which this person leads on safeguarding, to be paged by
    `locked_at`; none for others."""
    return _rows_for(person, on=on).select_related("account", "school")


def _rows_for(person: Person, *, on: date) -> QuerySet[Item]:
    """Return the locked items that this person leads on, and those passed on to them since they were
    locked."""
    held = assignments(person, on=on, where=Where(anywhere=True))
    schools = lead_of(person, held)
    since = ItemLetIn.objects.filter(person=person, item=OuterRef("pk"), at__gte=OuterRef("locked_at"))
    passed_on = Q(Exists(since)) if may_be_in_line(person, on=on) else Q(pk__in=[])
    rows = Item.every.filter(locked_at__isnull=False).exclude(meant__contains=[person.pk])
    rows = rows.alias(in_record=name_in_record("inbox.item")).exclude(meant_in(person, column="in_record"))
    may = passed_on
    for school, at in (reads_from(person, held) if schools else {}).items():
        here = Q(school=school) | Q(school=None, account__school=school) if school else Q()
        may |= here & Q(locked_at__gte=at)
    return rows.filter(may)


def about_colleagues(person: Person, *, on: date) -> QuerySet[Item]:
    """Return the items that are kept from a colleague, of the schools for which this person leads on
    safeguarding, to be paged by `received_at`: not those that are locked, nor what they themselves may be
    meant by."""
    schools = lead_of(person, assignments(person, on=on, where=Where(anywhere=True)))
    if not schools:
        return Item.objects.none()
    rows = Item.objects.exclude(meant=[]).exclude(meant__contains=[person.pk])
    if None not in schools:
        rows = rows.filter(Q(school__in=schools) | Q(school=None, account__school__in=schools))
    return rows.select_related("account", "school")


def to_read_first(person: Person, *, on: date) -> QuerySet[Item]:
    """Return the items that may show danger and can wait for the morning, to be paged by
    `waits_for_lead_since`: of the schools for which this person leads on safeguarding, and those passed on to
    them. Not those that are locked, nor what they themselves may be meant by."""
    schools = lead_of(person, assignments(person, on=on, where=Where(anywhere=True)))
    passed_on = Q(let_in__person=person) if may_be_in_line(person, on=on) else Q(pk__in=[])
    here = Q(school__in=schools) | Q(school=None, account__school__in=schools)
    rows = Item.objects.filter(waits_quietly=True).exclude(meant__contains=[person.pk])
    if None not in schools:
        rows = rows.filter(here | passed_on).distinct()
    return rows.select_related("account", "school")


def items_of(numbers: Collection[int]) -> list[Item]:
    """Return these items, locked or not: for a person whose own tasks they are. None without a query."""
    rows = Item.every.filter(pk__in=numbers) if numbers else Item.every.none()
    return list(rows.select_related("account", "school"))


def kept_from(person: Person, *, on: date) -> list[int]:
    """Return the ids of the items that this person may not find. At most four queries."""
    return read_once(("inbox.kept_from", person.pk, on), lambda: _kept_from(person, on))


def _kept_from(person: Person, on: date) -> list[int]:
    kept = list(Item.every.filter(KEPT).order_by("pk").values_list("pk", "meant", "locked_at"))
    out = {pk for pk, meant, _locked in kept if person.pk in meant}
    locked = {pk for pk, _meant, since in kept if since is not None} - out
    found = set(_rows_for(person, on=on).values_list("pk", flat=True)) if locked else set()
    return sorted(out | (locked - found))


def is_kept_from(person: Person, subject: str, on: date) -> bool:
    """Return whether the item with this name in the record is kept from this person."""
    found = Item.every.filter(KEPT, pk=number_of(subject)).select_related("account").first()
    return found is not None and not _finds(person, found, on)


def _finds(person: Person, item: Item, on: date) -> bool:
    return person.pk not in item.meant and (item.locked_at is None or may_see(person, item, on=on))


def items_meaning(person: Person) -> QuerySet[Item]:
    """Return the items that tell something bad of this person."""
    return Item.every.filter(KEPT, meant__contains=[person.pk])


def meant_by_item(numbers: Collection[int]) -> dict[int, set[int]]:
    """Return the ids of the people that each of these items tells something bad about."""
    rows = Item.every.filter(KEPT, pk__in=numbers).exclude(meant=[])
    return {pk: set(meant) for pk, meant in rows.values_list("pk", "meant")}


def locked_there() -> list[str]:
    """Return how their networks know the locked items."""
    return list(Item.every.filter(locked_at__isnull=False).values_list("network_id", flat=True))


def on_our_page(keys: Any) -> QuerySet[NoticeboardComment]:
    """Return what our own page has of comments with these keys: themselves and our replies below them."""
    return NoticeboardComment.objects.filter(Q(key__in=keys) | Q(parent__key__in=keys))


def hidden_subjects(person: Person, *, on: date) -> list[str]:
    """Return how the record names the items that this person may not find, what was done about them, in
    whatever room, and the tasks. Where there is one, a query for each kind of row about items."""
    return _named_in_record(kept_from(person, on=on))


def subjects_of_all() -> list[str]:
    """Return how the record names all locked items, what was done about them, and the tasks: for figures
    that are passed on, so that they are the same for all readers."""
    return _named_in_record(Item.every.filter(locked_at__isnull=False).values_list("pk", flat=True))


def _named_in_record(given: Iterable[int]) -> list[str]:
    pks = list(given)
    if not pks:
        return []
    found = _with_rows_about(Item, pks)
    asked = PermissionAsked.objects.filter(about__in=found).values_list("pk", flat=True)
    found |= {f"{PermissionAsked._meta.label_lower}:{pk}" for pk in asked}
    there = Item.every.filter(pk__in=pks, account__network=OURS).values("network_id")
    found |= {f"networks.noticeboardcomment:{pk}" for pk in on_our_page(there).values_list("pk", flat=True)}
    tasks = Duty.objects.filter(subject__in=found).values_list("pk", flat=True)
    return [*sorted(found), *(f"{Duty._meta.label_lower}:{pk}" for pk in tasks)]


def _with_rows_about(model: type[Model], pks: Iterable[int]) -> set[str]:
    """Return the names in the record of these rows, of the rows that point at them, and of the rows that
    point at those: an appeal is about a removal, and that about an item."""
    found: set[str] = set()
    waits = [(model, set(pks))]
    while waits:
        of, rows = waits.pop()
        fresh = {pk for pk in rows if f"{of._meta.label_lower}:{pk}" not in found}
        if not fresh:
            continue
        found |= {f"{of._meta.label_lower}:{pk}" for pk in fresh}
        for relation in of._meta.get_fields(include_hidden=True):
            if isinstance(relation, ManyToOneRel):
                about = relation.related_model
                same = about._default_manager.filter(**{f"{relation.field.name}__in": fresh})
                waits.append((about, set(same.values_list("pk", flat=True))))
    return found
