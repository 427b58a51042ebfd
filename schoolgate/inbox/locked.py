"""Items that are locked to the safeguarding leads: who may find them, and what must not show that they are
there."""

from __future__ import annotations

from datetime import date

from django.db.models import ManyToOneRel, Q

from schoolgate.duties.models import Duty
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments
from schoolgate.people.safeguarding import lead_of

MOST = 100


def locked_for(person: Person, *, on: date) -> list[Item]:
    """Return the locked items of the schools for which this person leads on safeguarding, newest first; none
    for others."""
    schools = lead_of(person, assignments(person, on=on, where=Where(anywhere=True)))
    if not schools:
        return []
    rows = Item.every.filter(locked_at__isnull=False).select_related("account", "school")
    if None not in schools:
        rows = rows.filter(Q(school__in=schools) | Q(school=None, account__school__in=schools))
    return list(rows.order_by("-id")[:MOST])


def hidden_subjects(person: Person, *, on: date) -> list[str]:
    """Return how the record names the locked items that this person may not find, what was done about them,
    and the tasks. Where one is locked, a query for each kind of row about items."""
    seen = {item.pk for item in locked_for(person, on=on)}
    kept = Item.every.filter(locked_at__isnull=False).exclude(pk__in=seen)
    pks = list(kept.values_list("pk", flat=True))
    if not pks:
        return []
    found = [f"{Item._meta.label_lower}:{pk}" for pk in pks]
    for relation in Item._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ManyToOneRel):
            continue
        rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__in": pks})
        name = relation.related_model._meta.label_lower
        found += [f"{name}:{pk}" for pk in rows.values_list("pk", flat=True)]
    tasks = Duty.objects.filter(subject__in=found).values_list("pk", flat=True)
    return [*found, *(f"{Duty._meta.label_lower}:{pk}" for pk in tasks)]
