"""Which earlier posts name a pupil, and which pupils may not be named or shown in the posts of an account."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from schoolgate.accounts.models import Account
from schoolgate.core.clock import begins, local_day
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing.past.models import PastPost, PastToGo
from schoolgate.pupils.consents import KEPT_OFF, standings_by_channel
from schoolgate.pupils.models import Answer, Cause, Consent, Pupil, Use, Withdrawal
from schoolgate.pupils.named import letters_of, may_name, names, that_may_name

SEEN = frozenset({Use.PICTURE, Use.FILM, Use.VOICE})
"""Uses that an old post's pictures and films may be: they aren't here, so only people can look."""


def posts_of(said: Withdrawal) -> QuerySet[PastPost]:
    """Return the earlier posts on the accounts that a withdrawal is about; of that day on, if it is only
    that."""
    rows = PastPost.objects.select_related("account__school")
    if said.channel:
        rows = rows.filter(account__network=said.channel)
    return rows.filter(at__gte=begins(local_day(said.at))) if said.cause == Cause.TODAY else rows


def naming(pupil: Pupil, posts: QuerySet[PastPost]) -> list[PastPost]:
    """Return those that have the pupil's full name in their words, written in any way in which names are
    looked for everywhere."""
    some = that_may_name(posts, pupil, "text", "alts")
    return [post for post in some if names(pupil, [post.text, post.alts])]


def concerned(said: Withdrawal, posts: QuerySet[PastPost]) -> list[PastPost]:
    """Return those of these that a withdrawal is about by their words. One with a name and pictures may show
    the pupil, too."""
    return naming(said.pupil, posts if Use.NAME in said.uses else posts.filter(pictures__gt=0))


def with_pictures(said: Withdrawal, posts: QuerySet[PastPost]) -> list[Account]:
    """Return the accounts of which such posts have pictures: a person has to look through them for the
    pupil."""
    if not SEEN.intersection(said.uses):
        return []
    rows = posts.filter(pictures__gt=0).values("account")
    return list(Account.objects.filter(pk__in=rows).select_related("school").order_by("pk"))


def rows_of(said: Withdrawal) -> QuerySet[PastToGo]:
    """Return what was found for a withdrawal, newest first, whenever it came in."""
    rows = PastToGo.objects.filter(pupil=said.pupil_id).select_related("account", "post")
    if said.channel:
        rows = rows.filter(account__network=said.channel)
    if Use.NAME not in said.uses:
        rows = rows.filter(Q(post=None) | Q(post__pictures__gt=0))
    if not SEEN.intersection(said.uses):
        rows = rows.exclude(post=None)
    if said.cause == Cause.TODAY:
        rows = rows.filter(Q(post=None) | Q(post__at__gte=begins(local_day(said.at))))
    return rows.order_by("-pk")


def not_to_be_in(account: Account, posts: Iterable[PastPost], *, on: date) -> list[tuple[PastPost, Pupil]]:
    """Return which of these posts name a pupil who is on the do-not-publish list or may, by an answer, not be
    named on this account, or not be shown where the post has pictures."""
    found = _said_no(account, on=on)
    pairs = []
    for post in posts:
        letters = letters_of(f"{post.text}\n{post.alts}")
        for pupil, uses in found:
            near = (Use.NAME in uses or post.pictures) and may_name(letters, pupil)
            if near and names(pupil, [post.text, post.alts]):
                pairs.append((post, pupil))
    return pairs


def _said_no(account: Account, *, on: date) -> list[tuple[Pupil, Collection[str]]]:
    no = Consent.objects.filter(pupil=OuterRef("pk"), answer=Answer.REFUSED)
    gone = Withdrawal.objects.filter(pupil=OuterRef("pk"))
    rows = Pupil.objects.filter(KEPT_OFF | Exists(no) | Exists(gone), destroyed_at=None)
    pupils = list(rows.select_related("school"))
    if not pupils:
        return []
    uses = [Use.NAME, Use.PICTURE]
    said = standings_by_channel(
        pupils, uses=uses, channels=[account.network], on=on, own_yes_from=own_yes_from(on=on)
    )
    may_not = [
        (pupil, [use for use in uses if not said[pupil.pk][account.network][use].may]) for pupil in pupils
    ]
    return [(pupil, uses) for pupil, uses in may_not if uses]
