"""The register of permissions that owners gave: who sees it, what can be chosen from it, where each is in
use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.people.models import Person
from schoolgate.publishing.models import Post
from schoolgate.publishing.owner_models import OwnerPermission, OwnerPermissionPlace
from schoolgate.publishing.queries import schools_to_write_for
from schoolgate.publishing.sights import visible_to
from schoolgate.publishing.states import PostState

MOST = 200


def permissions_at(schools: Iterable[School]) -> QuerySet[OwnerPermission]:
    """Return the permissions of these schools that weren't destroyed, to be paged by key."""
    rows = OwnerPermission.objects.filter(school__in=list(schools), destroyed_at=None)
    places = OwnerPermissionPlace.objects.select_related("account")
    return rows.select_related("school", "by", "ended_by").prefetch_related(Prefetch("places", places))


def permission_for(person: Person, pk: int, *, on: date) -> OwnerPermission:
    """Return one permission, for those who write posts for its school. Raises NotFound for anyone else."""
    found = permissions_at(schools_to_write_for(person, on=on)).filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def offered_for(school: School, *, on: date, chosen: Iterable[int] = ()) -> list[OwnerPermission]:
    """Return what an author can choose for a post of this school, newest first: what has not ended, and what
    is chosen already."""
    now = Q(ended_at=None) & (Q(until=None) | Q(until__gte=on))
    rows = permissions_at([school]).filter(now | Q(pk__in=list(chosen)))
    return list(rows.order_by("-id")[:MOST])


def live_with(rows: Iterable[OwnerPermission], person: Person, *, on: date) -> dict[int, list[Post]]:
    """Return the live posts that use each of these permissions, of those that this person may see. One
    query and one for the rights."""
    ids = [each.pk for each in rows]
    found: dict[int, list[Post]] = {}
    posts = (
        Post.objects.filter(
            visible_to(person, on), used_permissions__permission__in=ids, state=PostState.PUBLISHED
        )
        .prefetch_related("used_permissions", "targets")
        .distinct()
        .order_by("-id")[:MOST]
    )
    for post in posts:
        for used in post.used_permissions.all():
            if used.permission_id in ids:
                found.setdefault(used.permission_id, []).append(post)
    return found
