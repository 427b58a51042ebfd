"""Items that some people may not find, because they are locked to the safeguarding leads or tell something
bad of them: who may find them, and what must not show that they are there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, ManyToOneRel, Model, OuterRef, Q, QuerySet

from schoolgate.core.reading_once import read_once
from schoolgate.core.subjects import number_of
from schoolgate.duties.models import Duty
from schoolgate.inbox.models import KEPT, Item, ItemLetIn
from schoolgate.inbox.rules import may_see
from schoolgate.networks.capabilities import OURS
from schoolgate.networks.noticeboard.models import NoticeboardComment
from schoolgate.people.confined import meant_in, name_in_record
from schoolgate.people.leads import may_be_in_line
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments
from schoolgate.people.safeguarding import lead_of, reads_from
from schoolgate.policy.models import PermissionAsked


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
