"""Live posts that can be taken down, and posts waiting to be posted by hand."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q

from schoolgate.accounts.models import Account
from schoolgate.core.clock import begins
from schoolgate.core.errors import NotFound
from schoolgate.networks.handshake import STANDING, Intent
from schoolgate.people.models import Person, ScopeKind
from schoolgate.people.queries import book_for, capacities_by_school, held_by
from schoolgate.people.safeguarding import lead_of
from schoolgate.publishing import queries
from schoolgate.publishing.lines import lines_of_posts
from schoolgate.publishing.models import Delivery, Post, TakeDown
from schoolgate.publishing.states import PostState, Purpose

STANDS = frozenset({PostState.APPROVED, PostState.SENDING, PostState.PUBLISHED})
"""The states in which a post can be taken down: one that waits is withdrawn, one being sent is removed once
it has arrived."""


def to_take_down(
    person: Person,
    *,
    on: date,
    account: Account | None = None,
    day: date | None = None,
    among: Collection[int] | None = None,
    limit: int,
    lines: bool = False,
) -> list[Post]:
    """Return the live posts that this person may take down, newest first: on an account, of a day, or `among`
    these ids. `lines`: with what a list shows.

    One row more than `limit` says that there are more.
    """
    sent = Delivery.objects.filter(purpose=Purpose.PUBLISH, state__in=STANDING)
    if account is not None:
        sent = sent.filter(account=account)
    if day is not None:
        sent = sent.filter(written_at__gte=begins(day), written_at__lt=begins(day + timedelta(days=1)))
    out = [PostState.SENDING, PostState.PUBLISHED]
    rows = Post.objects.filter(takes_down(person, on=on), state__in=out, pk__in=sent.values("post"))
    if among is not None:
        rows = rows.filter(pk__in=among)
    ids = list(rows.order_by("-id").values_list("pk", flat=True)[: limit + 1])
    if lines:
        return list(lines_of_posts().filter(pk__in=ids).order_by("-id"))
    return queries.posts_by_id(ids)


def takes_down(person: Person, *, on: date) -> Q:
    """Return the posts that the person may take down by `rules.check_may_take_down`."""
    leads = lead_of(person, held_by(person, on=on))
    if None in leads:
        return Q()
    able = capacities_by_school(person, on=on)
    over = [school.pk for school, may in able.items() if may & {"stop_everything", "approve_post"}]
    own = [school.pk for school, may in able.items() if "write_post" in may]
    over += [pk for pk in leads if pk is not None]
    return Q(school__in=over) | Q(author=person, school__in=own) | _of_those_managed(person, on=on)


def may_take_down(person: Person, posts: list[Post], *, on: date) -> set[int]:
    """Return the ids of those of these posts that are live and that the person may take down; one check per
    school."""
    standing = [post.pk for post in posts if post.state in STANDS]
    if not standing:
        return set()
    rows = Post.objects.filter(takes_down(person, on=on), pk__in=standing)
    return set(rows.values_list("pk", flat=True))


def sent_under_key(key: str) -> Delivery:
    """Return the publication with this key on its network. Raises NotFound."""
    found = Delivery.objects.filter(intent_key=key, purpose=Purpose.PUBLISH).first()
    if found is None:
        raise NotFound
    return found


def act_for(person: Person, pk: int, *, on: date) -> TakeDown:
    """Return a take-down of several posts, for the person who did it and people who see one of its posts.
    Raises NotFound."""
    found = TakeDown.objects.select_related("by", "account").filter(pk=pk).first()
    if found is None or not (found.by_id == person.pk or posts_of(found, seen_by=person, on=on)):
        raise NotFound
    return found


def posts_of(act: TakeDown, *, seen_by: Person, on: date) -> list[tuple[Post, bool]]:
    """Return its posts that the person may see, with whether it requested the removal of each."""
    asked = dict(act.posts.values_list("post_id", "asked"))
    seen = queries.posts_by_id(list(asked), seen_by=seen_by, on=on)
    return [(post, asked[post.pk]) for post in seen]


def acts_on(post: Post) -> list[TakeDown]:
    """Return every take-down that included this post, the oldest first. One query."""
    return list(TakeDown.objects.filter(posts__post=post).select_related("by").order_by("posts__id"))


def began(post: Post) -> TakeDown | None:
    """Return the take-down that began the removal of this post; None where none did."""
    return TakeDown.objects.filter(posts__post=post, posts__asked=True).select_related("by").last()


def next_by_hand(person: Person, *, on: date) -> Delivery | None:
    """Return the oldest post that waits to be posted by hand and that this person may post."""
    able = capacities_by_school(person, on=on)
    schools = [school.pk for school, may in able.items() if may & {"write_post", "approve_post"}]
    theirs = Post.objects.filter(Q(school__in=schools) | _of_those_managed(person, on=on))
    rows = Delivery.objects.filter(
        purpose=Purpose.PUBLISH, by_hand=True, state=Intent.WRITTEN, post__in=theirs.values("pk")
    )
    return rows.order_by("id").first()


def beside_it(of: Delivery) -> list[Delivery]:
    """Return the other accounts on which the same post waits to be posted by hand."""
    rows = Delivery.objects.filter(
        post=of.post_id, purpose=Purpose.PUBLISH, by_hand=True, state=Intent.WRITTEN
    )
    return list(rows.exclude(pk=of.pk).select_related("account").order_by("id"))


def may_go_again(of: Delivery) -> bool:
    """Return whether a failed publication can be sent again: it is the last one on its account, and none of
    the post stands there."""
    if of.state != Intent.FAILED or of.purpose != Purpose.PUBLISH:
        return False
    beside = Delivery.objects.filter(post=of.post_id, account=of.account_id, purpose=Purpose.PUBLISH)
    return not beside.filter(Q(pk__gt=of.pk) | Q(state__in=STANDING)).exists()


def may_be_left(of: Delivery) -> bool:
    """Return whether a refused post may stay off its account: it is out, or on its way, on another."""
    elsewhere = Delivery.objects.filter(post=of.post_id, purpose=Purpose.PUBLISH, state__in=STANDING)
    out = of.post.state in (PostState.SENDING, PostState.PUBLISHED)
    return out and may_go_again(of) and elsewhere.exists()


def sent_again(among: Collection[Delivery]) -> set[int]:
    """Return the ids of those of a post's publications that another one followed on the same account."""
    last = {each.account_id: each.pk for each in sorted(among, key=lambda one: one.pk) if each.of_id is None}
    return {each.pk for each in among if each.of_id is None and each.pk != last[each.account_id]}


def _of_those_managed(person: Person, *, on: date) -> Q:
    """Return the posts of the person's own staff, where a line manager approves posts."""
    approving = [role.key for role in book_for(person).pack.roles_with("approve_post")]
    held = [
        one.managed_id
        for one in held_by(person, on=on)
        if one.scope_kind == ScopeKind.LINE_MANAGER_OF and one.role_key in approving
    ]
    return Q(author__in=held)
