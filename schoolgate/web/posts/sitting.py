"""Posts that a person approves one after the other: the place among them is carried in the address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.people.rules import can
from schoolgate.publishing import queries, rules
from schoolgate.publishing.models import Post, PostState
from schoolgate.web.frame.carrying import READS, linked_from
from schoolgate.web.frame.doors import Visit

LAST = _("No more posts need your approval here.")
MOST = 50
"""Posts of one sitting; the list offers the rest in the next."""
FIELD = "sitting"
IDS = re.compile(rf"[1-9]\d{{0,17}}(\.[1-9]\d{{0,17}}){{0,{MOST - 1}}}")


@dataclass(frozen=True)
class Sitting:
    """The posts of one sitting in their order, and the one on the page. It is carried in the address, so that
    the place survives a new sign-in."""

    ids: tuple[int, ...]
    here: int

    @property
    def number(self) -> int:
        """Return the place of this post, from 1."""
        return self.ids.index(self.here) + 1

    @property
    def of(self) -> int:
        """Return how many posts the sitting has."""
        return len(self.ids)

    @property
    def is_last(self) -> bool:
        """Return whether no post comes after this one."""
        return self.number == self.of

    @property
    def value(self) -> str:
        """Return it as it is carried in an address or a form."""
        return ".".join(str(each) for each in self.ids)

    @property
    def start(self) -> str:
        """Return the address of its first post."""
        return self.address(self.ids[0])

    def address(self, pk: int, act: str = "") -> str:
        """Return the address of one of its posts, with its place."""
        opened = f"act={act}&" if act else ""
        return f"{reverse('post', args=[pk])}?{opened}{FIELD}={self.value}"


def sitting_of(request: HttpRequest, pk: int) -> Sitting | None:
    """Return the sitting that the request carries, or the page of this post from which it was sent, if this
    post is one of it. Raises NotFound for anything that isn't a list of posts."""
    carried = request.GET.get(FIELD, "") or request.POST.get(FIELD, "")
    if not carried and (path := linked_from(request)).partition("?")[0] == reverse("post", args=[pk]):
        carried = QueryDict(path.partition("?")[2]).get(FIELD, "")
    if not carried:
        return None
    if not IDS.fullmatch(carried):
        raise NotFound
    ids = tuple(dict.fromkeys(int(each) for each in carried.split(".")))
    return Sitting(ids, pk) if pk in ids else None


def in_sitting(request: HttpRequest, pk: int) -> str:
    """Return the address of a post's page with the sitting in which the person is, where the link or form
    that led here left it out; else empty."""
    if request.method not in READS or FIELD in request.GET or not (sitting := sitting_of(request, pk)):
        return ""
    return sitting.address(pk, request.GET.get("act", ""))


def further(pk: int, visit: Visit) -> Sitting | None:
    """Return a sitting of this post and those that wait for the person besides; None without any."""
    others = [post.pk for post in waiting_for(visit) if post.pk != pk]
    return Sitting((pk, *others[: MOST - 1]), pk) if others else None


def next_of(sitting: Sitting, visit: Visit) -> int | None:
    """Return the next post of the sitting that still waits for this person; None after the last."""
    after = sitting.ids[sitting.number :]
    rows = {post.pk: post for post in queries.posts_by_id(after, seen_by=visit.person, on=visit.on)}
    return next((pk for pk in after if pk in rows and _waits(rows[pk], visit)), None)


def way_on(sitting: Sitting, visit: Visit) -> str:
    """Return the address of the next post of the sitting; after the last, of the list."""
    following = next_of(sitting, visit)
    return sitting.address(following) if following else f"{reverse('posts')}?show=waiting"


def skipped(sitting: Sitting, visit: Visit) -> str | None:
    """Return the address of the next post without a decision on this one; None where it is the last."""
    following = next_of(sitting, visit)
    return sitting.address(following) if following else None


def waiting_for(visit: Visit) -> list[Post]:
    """Return the posts that wait for this person's approval: the soonest to be posted first, then the
    oldest."""
    if "approve_post" not in visit.capacities:
        return []
    found, _older = queries.posts_page(
        limit=MOST, states=(PostState.SUBMITTED,), seen_by=visit.person, on=visit.on
    )
    waiting = [post for post in found if _waits(post, visit)]
    waiting.sort(key=lambda post: (post.planned_at is None, post.planned_at or post.created_at, post.pk))
    return waiting


def sitting_from(posts: Sequence[Post]) -> Sitting | None:
    """Return these posts as a sitting that begins with the first; None without any."""
    return Sitting(tuple(post.pk for post in posts), posts[0].pk) if posts else None


def _waits(post: Post, visit: Visit) -> bool:
    """Return whether the post waits for this person: they may approve it, and have not."""
    given = any(each.by_id == visit.person.pk and each.lapsed_at is None for each in post.approvals.all())
    return (
        post.state == PostState.SUBMITTED
        and not given
        and can(rules.check_may_approve, visit.person, post, on=visit.on)
    )


def told(text: str | Promise, *, more: bool) -> str:
    """Return what is said after a decision in a sitting: the decision, and whether that was the last post."""
    return str(text) if more else f"{text} {LAST}"
