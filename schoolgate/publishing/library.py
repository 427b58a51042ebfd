"""What can be used again: pictures of posts that a person may see, and the register of permissions that
owners gave."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Prefetch, Q, QuerySet

from schoolgate.accounts.models import Account
from schoolgate.core.clock import begins, local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.models import School
from schoolgate.media.models import Picture
from schoolgate.people.models import Person
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.publishing import queries
from schoolgate.publishing.models import (
    OwnerPermission,
    OwnerPermissionPlace,
    Post,
    PostPerson,
    PostPicture,
    PostState,
    PostTarget,
)
from schoolgate.publishing.of_pupils import SEEN, noes_in, withheld_in_each
from schoolgate.publishing.queries import schools_to_write_for
from schoolgate.publishing.sights import visible_to
from schoolgate.pupils.models import Pupil
from schoolgate.rulebook.kinds import REFUSED

POINTS = (
    "photo_consent", "leadership_consent", "do_not_publish", "opt_out", "image_permission", "image_judged",
    "consent_list",
)  # fmt: skip
"""What of `post.publish` is about a picture and the people in it."""


class Again(StrEnum):
    """Whether a picture may be used again on an account."""

    YES = "yes"
    ASK = "ask"
    NO = "no"


@dataclass(frozen=True)
class Filters:
    """What the library shows. `month`: its first day."""

    account: int | None = None
    month: date | None = None
    pupils: QuerySet[Pupil, int] | None = None


def pictures_page(
    person: Person, filters: Filters, *, on: date, before: int | None = None, limit: int
) -> tuple[list[Picture], int | None]:
    """Return pictures of posts that this person may see, newest first, older than the id `before`; with the
    id to ask the next page with, None on the last. One query, and those of the person's roles."""
    placed = _placed(person, filters, on=on).values("picture")
    rows = Picture.objects.filter(pk__in=placed, destroyed_at=None)
    if filters.month is not None:
        following = (filters.month.replace(day=28) + timedelta(days=4)).replace(day=1)
        rows = rows.filter(added_at__gte=begins(filters.month), added_at__lt=begins(following))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.select_related("school").order_by("-pk")[: limit + 1])
    return found[:limit], found[limit - 1].pk if len(found) > limit else None


def uses_of(pictures: Collection[Picture], person: Person, *, on: date) -> dict[int, list[Post]]:
    """Return the posts with each of these pictures that the person may see, newest first. A constant number
    of queries."""
    found: dict[int, list[Post]] = {each.pk: [] for each in pictures}
    rows = _placed(person, Filters(), on=on).filter(picture__in=list(found))
    targets = PostTarget.objects.select_related("account").order_by("account_id")
    for row in rows.prefetch_related(Prefetch("post__targets", targets)).order_by("-post_id"):
        found[row.picture_id].append(row.post)
    return found


def accounts_used(person: Person, *, on: date) -> list[Account]:
    """Return the accounts of posts with a picture that this person may see, by name."""
    posts = _placed(person, Filters(), on=on).values("post")
    used = PostTarget.objects.filter(post__in=posts).values("account")
    return list(Account.objects.filter(pk__in=used).order_by("name", "pk"))


def may_be_used_again(post: Post, *, at: datetime) -> list[tuple[Account, Again]]:
    """Return, for each account of a post, whether a new post with its pictures and people could go out there:
    asked anew of the consents and the policy.

    What an author once said about a person who isn't on the school's list may have changed, so they are asked
    again, and so is someone with that job where a picture may be one that must not be shown. Not known is
    never yes.
    """
    on = local_day(at)
    noes = {each.network for each in noes_in(post, on=on)}
    seen = [each for each in withheld_in_each([post], on=on)[0] if each.field.startswith(SEEN)]
    withheld = {network for each in seen for network in each.networks}
    by_word = any(each.pupil_id is None for each in post.people.all())
    found = []
    for each in queries.judged(post, at=at):
        outcomes = [outcome for point, outcome in each.decision.points.items() if point in POINTS]
        network = each.target.account.network
        if network in noes or any(one in REFUSED for one in outcomes):
            again = Again.NO
        elif by_word or network in withheld or any(one not in GOES_AHEAD for one in outcomes):
            again = Again.ASK
        else:
            again = Again.YES
        found.append((each.target.account, again))
    return found


def people_of(post: Post) -> list[dict[str, object]]:
    """Return the people of a post as a new draft takes them: who they are, no answer about consent."""
    return [
        {name: getattr(each, name) for name in ("pupil", "number", "relation", "shown")}
        for each in post.people.all()
    ]


def _placed(person: Person, filters: Filters, *, on: date) -> QuerySet[PostPicture]:
    posts = Post.objects.filter(visible_to(person, on))
    if filters.account is not None:
        posts = posts.filter(pk__in=PostTarget.objects.filter(account=filters.account).values("post"))
    if filters.pupils is not None:
        posts = posts.filter(pk__in=PostPerson.objects.filter(pupil__in=filters.pupils).values("post"))
    return PostPicture.objects.filter(post__in=posts.values("pk"))


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
